"""Which courses suit somebody, in an order with reasons (F42). A proposal: the person decides.

Every comparison says in words what speaks for a course, against it, or what nobody knows. What speaks against
it has a weight; the course with the least weight comes first, of equal ones the one that begins first.
Many courses share a kind, a house and their times: each comparison is made once for all that are alike in it.
"""

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from functools import lru_cache, partial
from operator import attrgetter
from typing import Any, NamedTuple

from models.rules.arrivals.names import fold
from models.rules.competences.availability import DAYS, PARTS, Availability, Lesson, fits
from models.rules.courses import LEVELS
from models.rules.lesson_times import lessons_of
from models.rules.message import N_, Message

SIX_WEEKS = timedelta(weeks=6)
"""§ 7 Abs. 4 IntV: an integration course begins within six weeks after the registration."""
SOON_OVER = timedelta(days=7)
INTEGRATION = "IK"


class Says(StrEnum):
    """What a comparison says of a course."""

    FOR = "for"
    AGAINST = "against"
    UNKNOWN = "unknown"


class Finding(NamedTuple):
    """One comparison. ``weight`` counts against the course."""

    says: Says
    message: Message
    weight: int = 0


@dataclass(frozen=True, slots=True)
class Wishes:
    """What is known of a person that matters for a course; empty or None where it is not known.

    ``paths`` are labels of the access paths that are open or may be decided, by family of course, without paying
    oneself. ``municipality`` is the name of where she lives, ``kind`` the recommended kind of course.
    """

    level: str = ""
    availability: Availability | None = None
    childcare: bool | None = None
    municipality: str = ""
    kind: str = ""
    paths: Mapping[str, tuple[str, ...]] | None = None


class Candidate(NamedTuple):
    """A course as far as it is compared; ``lessons`` are the JSON text of its weekly times, empty for none."""

    number: str
    kind: str
    family: str
    level_from: str
    level_to: str
    starts_on: date
    register_until: date | None = None
    lessons: str = ""
    online: bool = False
    childcare: bool = False
    place: str = ""
    transport: str = ""
    is_open: bool = True


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A course in its place of the order, with what speaks for it, against it, and what is not known of it."""

    number: str
    reasons: tuple[Message, ...]
    against: tuple[Message, ...]
    unknown: tuple[Message, ...]
    weight: int


_LEARNING = attrgetter("kind", "level_from", "level_to", "family", "is_open")
_PLACE_AND_TIME = attrgetter("lessons", "online", "childcare", "place", "transport")


class Comparison:
    """Courses compared with one person on one day."""

    def __init__(self, wishes: Wishes, today: date) -> None:
        self._wishes = wishes
        self._groups: tuple[_Alike, ...] = (
            _Alike(_LEARNING, (_kind, _level, _path, _seat), {}),
            _Alike(lambda course: _is_late(course, today), (partial(_start, today=today),), {}),
            _Alike(_PLACE_AND_TIME, (_schedule, _childcare, _distance), {}),
        )

    def in_order(self, courses: Iterable[Candidate]) -> list[Candidate]:
        """The courses, what suits best first."""
        weighed = [(self._weight(course), course.starts_on, course.number, course) for course in courses]
        return [course for *_order, course in sorted(weighed)]

    def suggestion(self, course: Candidate) -> Suggestion:
        """What is to be said of a course."""
        found = [finding for group in self._groups for finding in self._findings(group, course)]
        said = {what: tuple(one.message for one in found if one.says == what) for what in Says}
        weight = self._weight(course)
        return Suggestion(course.number, said[Says.FOR], said[Says.AGAINST], said[Says.UNKNOWN], weight)

    def _weight(self, course: Candidate) -> int:
        weight = 0
        for group in self._groups:
            alike = group.of(course)
            known = group.weights.get(alike)
            if known is None:
                known = group.weights[alike] = sum(finding.weight for finding in self._findings(group, course))
            weight += known
        return weight

    def _findings(self, group: "_Alike", course: Candidate) -> Iterator[Finding]:
        return (finding for compare in group.comparisons for finding in compare(self._wishes, course))


class _Alike(NamedTuple):
    """Comparisons whose weight is the same for all courses that are alike in these facts, and the weights so far."""

    of: Callable[[Candidate], Any]
    comparisons: tuple[Callable[[Wishes, Candidate], Iterable[Finding]], ...]
    weights: dict[Any, int]


def not_compared(wishes: Wishes) -> tuple[Message, ...]:
    """What is not known of the person, so that no course could be compared with it."""
    checks = (
        (not wishes.level, N_("das Sprachniveau: Kurse ohne vorausgesetztes Niveau stehen zuerst")),
        (wishes.availability is None, N_("die Verfügbarkeit in der Woche")),
        (wishes.childcare is None, N_("ob Kinder beaufsichtigt werden müssen")),
        (not wishes.municipality, N_("die Wohngemeinde")),
    )
    return tuple(Message(text) for unknown, text in checks if unknown)


def _kind(wishes: Wishes, course: Candidate) -> Iterator[Finding]:
    if wishes.kind and wishes.kind == course.kind:
        yield Finding(Says.FOR, Message(N_("Die Kursart ist empfohlen.")))
    elif wishes.kind:
        yield Finding(Says.AGAINST, Message(N_("Empfohlen ist eine andere Kursart.")), 25)


def _level(wishes: Wishes, course: Candidate) -> Iterator[Finding]:
    needed, known = course.level_from, wishes.level
    if needed in ("", "0"):
        yield Finding(Says.FOR, Message(N_("Setzt kein Niveau voraus.")), 0 if known in ("", "0") else 10)
    elif not known:
        yield Finding(
            Says.UNKNOWN, Message(N_("Setzt {needed} voraus; das Niveau ist nicht bekannt."), needed=needed), 60
        )
    else:
        yield _compared(needed, known)
    if known and course.level_to and _rank(course.level_to) <= _rank(known):
        text = N_("Das Ziel {goal} ist mit {known} schon erreicht.")
        yield Finding(Says.AGAINST, Message(text, goal=course.level_to, known=known), 100)


def _compared(needed: str, known: str) -> Finding:
    steps = _rank(known) - _rank(needed)
    words = {"needed": needed, "known": known}
    if steps == 0:
        return Finding(Says.FOR, Message(N_("Das Eingangsniveau {needed} ist das der Person."), needed=needed))
    if steps < 0:
        text = N_("Setzt {needed} voraus, die Person hat {known}.")
        return Finding(Says.AGAINST, Message(text, **words), 100 - steps)
    text = N_("Beginnt bei {needed}, die Person hat schon {known}.")
    return Finding(Says.AGAINST, Message(text, **words), 10 * steps)


def _rank(level: str) -> int:
    return LEVELS.index(level) if level in LEVELS else 0


def _path(wishes: Wishes, course: Candidate) -> Iterator[Finding]:
    if wishes.paths is None:
        return
    open_paths = wishes.paths.get(course.family, ())
    if open_paths:
        yield Finding(Says.FOR, Message(N_("Zugangsweg: {paths}."), paths=", ".join(open_paths)))
    else:
        yield Finding(Says.AGAINST, Message(N_("Kein Zugangsweg außer als Selbstzahler.")), 50)


def _seat(_wishes: Wishes, course: Candidate) -> Iterator[Finding]:
    if not course.is_open:
        yield Finding(Says.AGAINST, Message(N_("Zurzeit nur auf der Warteliste.")), 20)


def _is_late(course: Candidate, today: date) -> bool:
    return course.family == INTEGRATION and course.starts_on - today > SIX_WEEKS


def _start(_wishes: Wishes, course: Candidate, *, today: date) -> Iterator[Finding]:
    wait = course.starts_on - today
    weeks = wait.days // 7
    text = N_("Beginnt am {day}, in {weeks} Wochen.") if weeks > 1 else N_("Beginnt am {day}.")
    if _is_late(course, today) and wait.days % 7:
        text = N_("Beginnt am {day}, in mehr als {weeks} Wochen.")
    begins = Message(text, day=f"{course.starts_on:%d.%m.%Y}", weeks=weeks)
    if _is_late(course, today):
        yield Finding(Says.AGAINST, begins, 5)
        yield Finding(
            Says.AGAINST, Message(N_("Nach der Anmeldung soll es höchstens sechs Wochen dauern (§ 7 Abs. 4 IntV)."))
        )
    else:
        yield Finding(Says.FOR, begins)
    if course.register_until and course.register_until - today <= SOON_OVER:
        text = N_("Anmeldung nur noch bis {day}.")
        yield Finding(Says.AGAINST, Message(text, day=f"{course.register_until:%d.%m.%Y}"))


def _schedule(wishes: Wishes, course: Candidate) -> Iterator[Finding]:
    if wishes.availability is None:
        return
    lessons = lessons_of(json.loads(course.lessons)) if course.lessons else ()
    if not lessons:
        yield Finding(Says.UNKNOWN, Message(N_("Die Unterrichtszeiten sind nicht eingetragen.")), 3)
        return
    suits = fits(wishes.availability, lessons, online=course.online)
    if suits:
        yield Finding(Says.FOR, Message(N_("Passt zur Verfügbarkeit in der Woche.")))
    elif suits is False:
        yield Finding(Says.AGAINST, _missed(wishes.availability, lessons, online=course.online), 40)


def _missed(availability: Availability, lessons: Iterable[Lesson], *, online: bool) -> Message:
    if online and not availability.online:
        return Message(N_("Ein Online-Kurs; die Person kann nicht online teilnehmen."))
    slots = dict.fromkeys(slot for one in lessons for slot in one.slots if slot not in availability.slots)
    words = (slot.split("-") for slot in slots)
    when = ", ".join(f"{DAYS[day]} {PARTS[part]}" for day, part in words)
    return Message(N_("Die Person kann nicht kommen: {when}."), when=when)


def _childcare(wishes: Wishes, course: Candidate) -> Iterator[Finding]:
    if wishes.childcare and course.childcare:
        yield Finding(Says.FOR, Message(N_("Kinder werden während des Kurses betreut.")))
    elif wishes.childcare:
        yield Finding(Says.AGAINST, Message(N_("Keine Kinderbetreuung, die Person braucht sie.")), 30)


def _distance(wishes: Wishes, course: Candidate) -> Iterator[Finding]:
    if course.online:
        yield Finding(Says.FOR, Message(N_("Online, ohne Weg.")))
    elif not course.place:
        yield Finding(Says.UNKNOWN, Message(N_("Der Ort ist nicht eingetragen.")), 3)
    elif wishes.municipality and _lies_in(course.place, wishes.municipality):
        yield Finding(Says.FOR, Message(N_("In der Wohngemeinde {name}."), name=wishes.municipality))
    elif wishes.municipality:
        text = N_("Nicht in der Wohngemeinde {name}. Bus und Bahn: {way}")
        way = course.transport or "nicht eingetragen"
        yield Finding(Says.AGAINST, Message(text, name=wishes.municipality, way=way), 8)


@lru_cache(maxsize=2_000)
def _lies_in(place: str, municipality: str) -> bool:
    return f" {fold(municipality)} " in f" {fold(place)} "
