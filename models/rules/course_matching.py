"""Which courses suit somebody, in an order with reasons (F42). A proposal: the person decides.

Every comparison says in words what speaks for a course, against it, or what nobody knows. What speaks against
it has a weight; the course with the least weight comes first, of equal ones the one that begins first.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import NamedTuple

from models.rules.arrivals.names import fold
from models.rules.competences.availability import DAYS, PARTS, Availability, Lesson, fits
from models.rules.courses import LEVELS
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


@dataclass(frozen=True, slots=True)
class Candidate:
    """A course as far as it is compared."""

    number: str
    kind: str
    family: str
    level_from: str
    level_to: str
    starts_on: date
    register_until: date | None = None
    lessons: tuple[Lesson, ...] = ()
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


def suggestions(wishes: Wishes, courses: Iterable[Candidate], today: date) -> list[Suggestion]:
    """The courses in their order for this person."""
    judged = [(_suggestion(wishes, course, today), course) for course in courses]
    judged.sort(key=lambda one: (one[0].weight, one[1].starts_on, one[1].number))
    return [suggestion for suggestion, _course in judged]


def not_compared(wishes: Wishes) -> tuple[Message, ...]:
    """What is not known of the person, so that no course could be compared with it."""
    checks = (
        (not wishes.level, N_("das Sprachniveau: Kurse ohne vorausgesetztes Niveau stehen zuerst")),
        (wishes.availability is None, N_("die Verfügbarkeit in der Woche")),
        (wishes.childcare is None, N_("ob Kinder beaufsichtigt werden müssen")),
        (not wishes.municipality, N_("die Wohngemeinde")),
    )
    return tuple(Message(text) for unknown, text in checks if unknown)


def _suggestion(wishes: Wishes, course: Candidate, today: date) -> Suggestion:
    found = [
        *_kind(wishes, course),
        *_level(wishes, course),
        *_path(wishes, course),
        *_seat(course),
        *_start(course, today),
        *_schedule(wishes, course),
        *_childcare(wishes, course),
        *_distance(wishes, course),
    ]
    said = {what: tuple(one.message for one in found if one.says == what) for what in Says}
    weight = sum(one.weight for one in found)
    return Suggestion(course.number, said[Says.FOR], said[Says.AGAINST], said[Says.UNKNOWN], weight)


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


def _seat(course: Candidate) -> Iterator[Finding]:
    if not course.is_open:
        yield Finding(Says.AGAINST, Message(N_("Zurzeit nur auf der Warteliste.")), 20)


def _start(course: Candidate, today: date) -> Iterator[Finding]:
    wait = course.starts_on - today
    weeks = wait.days // 7
    text = N_("Beginnt am {day}, in {weeks} Wochen.") if weeks > 1 else N_("Beginnt am {day}.")
    begins = Message(text, day=f"{course.starts_on:%d.%m.%Y}", weeks=weeks)
    if course.family == INTEGRATION and wait > SIX_WEEKS:
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
    if not course.lessons:
        yield Finding(Says.UNKNOWN, Message(N_("Die Unterrichtszeiten sind nicht eingetragen.")), 3)
        return
    suits = fits(wishes.availability, course.lessons, online=course.online)
    if suits:
        yield Finding(Says.FOR, Message(N_("Passt zur Verfügbarkeit in der Woche.")))
    elif suits is False:
        yield Finding(Says.AGAINST, _missed(wishes.availability, course), 40)


def _missed(availability: Availability, course: Candidate) -> Message:
    if course.online and not availability.online:
        return Message(N_("Ein Online-Kurs; die Person kann nicht online teilnehmen."))
    slots = dict.fromkeys(slot for one in course.lessons for slot in one.slots if slot not in availability.slots)
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


def _lies_in(place: str, municipality: str) -> bool:
    return f" {fold(municipality)} " in f" {fold(place)} "
