"""The weekly times of a course: from the words in which people write them to lessons, and back."""

import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import time
from itertools import groupby, pairwise

from models.rules.competences.availability import DAYS, Lesson
from models.rules.message import N_, Message

MOST_LESSONS = 28
"""Four a day: more is a slip."""

SHORT: dict[str, str] = {
    "mon": N_("Mo"), "tue": N_("Di"), "wed": N_("Mi"), "thu": N_("Do"), "fri": N_("Fr"), "sat": N_("Sa"),
    "sun": N_("So"),
}  # fmt: skip
_WORDS = {
    word: day
    for day, whole in DAYS.items()
    for word in (SHORT[day].lower(), f"{SHORT[day].lower()}.", whole.lower(), f"{whole.lower()}s")
} | {"sonnabend": "sat", "sonnabends": "sat"}
_DAY = "(?:" + "|".join(sorted(map(re.escape, _WORDS), key=len, reverse=True)) + ")"
_TIME = r"[0-9]{1,2}(?:[:.][0-9]{2})?"
_SPAN = rf"{_TIME} ?- ?{_TIME}"
_DAYS = rf"{_DAY}(?: ?[-,] ?{_DAY})*"
_PART = re.compile(rf"(?P<days>{_DAYS}) ?[:,]? ?(?P<times>{_SPAN}(?: ?, ?{_SPAN})*)(?: ?, ?|$)")
_AND = re.compile(r" ?(?:\bund\b|[;/&+\n]) ?")
_TO = re.compile(r" ?(?:\bbis\b|[–—−]) ?")
_NOISE = re.compile(r"\buhr\b|\bvon\b|\bjeweils\b")


class UnreadableTimes(Exception):
    """The words are no weekly times; ``message`` says why and how to write them."""

    def __init__(self, message: Message) -> None:
        super().__init__(message.text)
        self.message = message


class NoTimes(UnreadableTimes):
    """The words say something else than times, or more."""


def read_lessons(text: str) -> tuple[Lesson, ...]:
    """The lessons that words like "Mo-Fr 8:30-12:30, Sa 9-12 Uhr" name, in the order of the week.

    Raises UnreadableTimes for anything else, for times that end before they begin and for lessons that overlap.
    """
    words = _NOISE.sub("", _TO.sub("-", _AND.sub(",", text.lower())))
    words = re.sub(r" ?, ?(?=,|$)", "", " ".join(words.split()))
    lessons = sorted(_parts(words), key=_moment)
    if len(lessons) > MOST_LESSONS:
        raise UnreadableTimes(Message(N_("Das sind mehr als 28 Unterrichtszeiten in der Woche.")))
    for before, after in pairwise(lessons):
        if before.day == after.day and after.begins < before.ends:
            raise UnreadableTimes(Message(N_("Zwei Zeiten am {day} überschneiden sich."), day=DAYS[after.day]))
    return tuple(lessons)


def _moment(lesson: Lesson) -> tuple[int, time]:
    return list(DAYS).index(lesson.day), lesson.begins


def _parts(words: str) -> Iterator[Lesson]:
    place = 0
    while place < len(words):
        part = _PART.match(words, place)
        if part is None:
            raise NoTimes(Message(N_("Bitte die Zeiten wie „Mo–Fr 8:30–12:30, Sa 9–12“ schreiben.")))
        place = part.end()
        spans = [_span(span) for span in part["times"].split(",")]
        yield from (Lesson(day, *span) for day in _days(part["days"]) for span in spans)


def _days(text: str) -> list[str]:
    order = list(DAYS)
    days: list[str] = []
    for one in text.split(","):
        first, _dash, last = one.partition("-")
        start, end = (order.index(_WORDS[word.strip()]) for word in (first, last or first))
        if end < start:
            raise UnreadableTimes(Message(N_("Die Wochentage laufen von Montag bis Sonntag, nicht rückwärts.")))
        days += order[start : end + 1]
    return list(dict.fromkeys(days))


def _span(text: str) -> tuple[time, time]:
    begins, ends = (_clock(moment.strip()) for moment in text.split("-"))
    if ends <= begins:
        raise UnreadableTimes(Message(N_("Das Ende der Unterrichtszeit liegt vor ihrem Beginn.")))
    return begins, ends


def _clock(text: str) -> time:
    hours, _colon, minutes = text.replace(".", ":").partition(":")
    try:
        return time(int(hours), int(minutes or 0))
    except ValueError:
        raise UnreadableTimes(Message(N_("Die Uhrzeit {value} gibt es nicht."), value=text)) from None


def says_the_same(words: str, lessons: Iterable[Lesson]) -> bool:
    """Whether words beside lessons say these times and nothing else."""
    try:
        return read_lessons(words) == tuple(sorted(lessons, key=_moment))
    except UnreadableTimes:
        return False


def lesson_words(lessons: Iterable[Lesson]) -> str:
    """Lessons as people write them: days with the same times together, following days as from-to."""
    ordered = sorted(lessons, key=_moment)
    of_day = {day: tuple((one.begins, one.ends) for one in ones) for day, ones in groupby(ordered, lambda one: one.day)}
    by_times: dict[tuple[tuple[time, time], ...], list[str]] = {}
    for day, spans in of_day.items():
        by_times.setdefault(spans, []).append(day)
    return "; ".join(
        f"{_day_words(days)} {', '.join(f'{_hour(begins)}–{_hour(ends)}' for begins, ends in spans)}"
        for spans, days in by_times.items()
    )


def _hour(moment: time) -> str:
    return f"{moment.hour}:{moment:%M}"


def _day_words(days: Sequence[str]) -> str:
    """``Mo–Mi, Fr`` for Monday to Wednesday and Friday; two days in a row stay two."""
    order, runs = list(DAYS), list[list[str]]()
    for day in days:
        if runs and order.index(day) == order.index(runs[-1][-1]) + 1:
            runs[-1].append(day)
        else:
            runs.append([day])
    words = []
    for run in runs:
        short = [SHORT[day] for day in run]
        words.append(f"{short[0]}–{short[-1]}" if len(run) > 2 else ", ".join(short))
    return ", ".join(words)


def lesson_rows(lessons: Iterable[Lesson]) -> list[list[str]]:
    """Lessons as plain JSON: day, from, to."""
    return [[one.day, f"{one.begins:%H:%M}", f"{one.ends:%H:%M}"] for one in lessons]


def lessons_of(rows: Iterable[Sequence[str]]) -> tuple[Lesson, ...]:
    """Lessons from plain JSON, as ``lesson_rows`` made it."""
    return tuple(Lesson(day, time.fromisoformat(begins), time.fromisoformat(ends)) for day, begins, ends in rows)
