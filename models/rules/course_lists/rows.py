"""A row of a list of courses: what it says of a course, or every error in it by column."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from models.rules.arrivals.word_lists import word_key
from models.rules.course_lists.columns import REQUIRED, CourseColumn
from models.rules.courses import LEVELS, CourseData
from models.rules.lesson_times import NoTimes, UnreadableTimes, lesson_words, read_lessons, says_the_same
from models.rules.lists.cells import Unreadable, day, refuse, up_to, yes_or_no
from models.rules.lists.reading import RowReading
from models.rules.lists.table import TableRow
from models.rules.message import Message

RowErrors = dict[CourseColumn, Message]
NUMBER = re.compile(r"^(?=.*[0-9])[A-Za-z0-9][A-Za-z0-9._-]*$")
"""A course number stands in addresses: letters, digits, full stop, hyphen, with a digit."""
_EARLIEST = 2000
_LATEST = 2100


@dataclass(frozen=True, slots=True)
class CourseWords:
    """What words mean, by ``word_key``: providers by name and code, kinds by name and code, sites of a provider."""

    providers: Mapping[str, int]
    kinds: Mapping[str, str]
    sites: Mapping[tuple[int, str], int]


@dataclass(frozen=True, slots=True)
class ListedCourse:
    """What a row says: fields of ``CourseData`` with their values; what it does not say is left out."""

    row: int
    line: int
    said: Mapping[str, Any]

    @property
    def number(self) -> str:
        """The course number."""
        return str(self.said["number"])


def parse_course(row: TableRow, words: CourseWords) -> ListedCourse | RowErrors:
    """What the row says in normal form, or all errors in it. Words alone are judged here, the rest by the catalogue."""
    reading = RowReading(row, REQUIRED)
    said = {name: reading.value(column, read) for name, (column, read) in _FIELDS.items()}
    said["provider_id"] = reading.value(CourseColumn.PROVIDER, _known(words.providers, _NO_PROVIDER))
    said["kind"] = reading.value(CourseColumn.KIND, _known(words.kinds, _NO_KIND))
    said |= reading.value(CourseColumn.TIMES, _times) or {}
    said |= _place(reading, said["provider_id"], words)
    if row.has_surplus:
        last = CourseColumn.ONLINE
        reading.refuse(last, Message("Die Zeile hat mehr Spalten als die Kopfzeile. Ist etwas verrutscht?"))
    if reading.errors:
        return {column: reading.errors[column] for column in CourseColumn if column in reading.errors}
    return ListedCourse(row.number, row.line, {name: value for name, value in said.items() if value is not None})


def _number(text: str) -> str:
    if not NUMBER.match(text) or len(text) > 40:
        raise refuse("Eine Kursnummer hat nur Buchstaben, Ziffern, Punkt und Bindestrich, mit mindestens einer Ziffer.")
    return text


def _level(text: str) -> str:
    level = text.upper().replace(" ", "")
    if level not in LEVELS:
        raise refuse("„{value}“ ist kein Niveau. Möglich sind 0, A1, A2, B1, B2, C1, C2.", value=text)
    return level


def _count(text: str) -> int:
    if not re.fullmatch(r"[0-9]{1,5}", text):
        raise refuse("„{value}“ ist keine ganze Zahl.", value=text)
    return int(text)


def _day(text: str) -> date:
    read = day(text)
    if not _EARLIEST <= read.year <= _LATEST:
        raise refuse("Das Jahr von „{value}“ kann nicht stimmen.", value=text)
    return read


def _yes(text: str) -> bool:
    answer = yes_or_no(text)
    if answer is None:
        raise refuse("Bitte „ja“ oder „nein“ schreiben, nicht „{value}“.", value=text)
    return answer


_NO_PROVIDER = "„{value}“ ist als Kursträger nicht bekannt oder nicht mehr aktiv."
_NO_KIND = "„{value}“ ist als Kursart nicht bekannt."


def _known(words: Mapping[str, Any], unknown: str) -> Callable[[str], Any]:
    def read(text: str) -> Any:
        found = words.get(word_key(text))
        if found is None:
            raise refuse(unknown, value=text)
        return found

    return read


def _times(text: str) -> dict[str, Any]:
    """Lessons where the words are times; other words stay words. Times that cannot be are refused."""
    try:
        return {"lessons": read_lessons(text)}
    except NoTimes:
        return {"schedule": up_to(200)(text)}
    except UnreadableTimes as error:
        raise Unreadable(error.message) from None


def _place(reading: RowReading, provider_id: int | None, words: CourseWords) -> dict[str, Any]:
    """A site of the provider by its name or its words; any other text is the place in words."""
    text = reading.value(CourseColumn.PLACE, up_to(200))
    if not text:
        return {}
    site = words.sites.get((provider_id or 0, word_key(text)))
    return {"site": text, "place_id": None} if site is None else {"place_id": site}


_FIELDS: Mapping[str, tuple[CourseColumn, Callable[[str], Any]]] = {
    "number": (CourseColumn.NUMBER, _number),
    "title": (CourseColumn.TITLE, up_to(200)),
    "level_from": (CourseColumn.LEVEL_FROM, _level),
    "level_to": (CourseColumn.LEVEL_TO, _level),
    "starts_on": (CourseColumn.STARTS_ON, _day),
    "ends_on": (CourseColumn.ENDS_ON, _day),
    "register_until": (CourseColumn.REGISTER_UNTIL, _day),
    "seats": (CourseColumn.SEATS, _count),
    "threshold": (CourseColumn.THRESHOLD, _count),
    "transport": (CourseColumn.TRANSPORT, up_to(200)),
    "units": (CourseColumn.UNITS, _count),
    "module_from": (CourseColumn.MODULE_FROM, _count),
    "module_to": (CourseColumn.MODULE_TO, _count),
    "childcare": (CourseColumn.CHILDCARE, _yes),
    "barrier_free": (CourseColumn.BARRIER_FREE, _yes),
    "online": (CourseColumn.ONLINE, _yes),
}

_UNSAID: Mapping[str, Any] = {
    "level_from": "", "level_to": "", "site": "", "schedule": "", "transport": "", "ends_on": None,
    "register_until": None, "threshold": None, "childcare": False, "barrier_free": False,
}  # fmt: skip


def course_of(listed: ListedCourse, stored: CourseData | None) -> CourseData:
    """The course as the row wants it. What the row does not say stays as it is: an empty cell takes nothing away."""
    if stored is None:
        return CourseData(**{**_UNSAID, **listed.said})
    said = dict(listed.said)
    if "place_id" in said and said["place_id"] is None and said["site"] == stored.site:
        del said["place_id"]  # the words of the site that it has
    if lesson_words(said.get("lessons", ())) == lesson_words(stored.lessons):
        said.pop("lessons", None)  # the same times again leave the words beside them
    if "lessons" in said and any(says_the_same(stored.schedule, one) for one in (stored.lessons, said["lessons"])):
        said["schedule"] = ""  # the words were those of the times, and follow them
    return replace(stored, **said)
