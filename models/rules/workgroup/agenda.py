"""The agenda that is proposed from the data: the nine points of domain.md 6.1 with what the figures say today.

The working group sees aggregates alone (domain.md D11): no case, no name, and one or two people as "<3".
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from models.rules.appointments import broken
from models.rules.figures.report import rounded
from models.rules.figures.suppression import FEW, MEAN_BASE, SMALLEST_SHOWN
from models.rules.message import N_, Message
from models.rules.times import german_date
from models.rules.workgroup.minutes import personal_data_in

MOST_LINES = 12
LONG_WAIT_DAYS = 42
"""Six weeks (§ 7 Abs. 5 IntV)."""
AHEAD_MONTHS = 6
LONGEST_TITLE, LONGEST_TEXT = 120, 4_000


class Source(StrEnum):
    """Where a point comes from: the template, the figures, the last meeting, or somebody who added or changed it."""

    TEMPLATE = "template"
    DATA = "data"
    CARRIED = "carried"
    OWN = "own"


@dataclass(frozen=True, slots=True)
class Shortage:
    """A course that lacks registrations to be held."""

    number: str
    title: str
    starts_on: date
    wanting: int


@dataclass(frozen=True, slots=True)
class OpenTask:
    """A resolution of an earlier meeting that nobody has reported as done."""

    text: str
    owner: str
    due_on: date
    decided_on: date


@dataclass(frozen=True, slots=True)
class AgendaFacts:
    """Counts of one day. ``since``: the day of the last meeting, or three months ago; ``minutes_of``: its minutes.

    ``waiting_long`` of the people ``waiting`` wait for more than six weeks, ``childcare`` of them need it.
    """

    today: date
    since: date
    minutes_of: date | None = None
    arrivals: int = 0
    open_cases: int = 0
    accepted: int = 0
    planned: int = 0
    running: int = 0
    shortages: Sequence[Shortage] = ()
    waiting: int = 0
    waiting_long: int = 0
    childcare: int = 0
    with_childcare: int = 0
    overdue: int = 0
    queried: int = 0
    days_to_accept: Sequence[int] = ()
    open_tasks: Sequence[OpenTask] = ()


@dataclass(frozen=True, slots=True)
class Proposal:
    """A point of the agenda."""

    title: str
    text: str
    source: Source


def propose(facts: AgendaFacts) -> tuple[Proposal, ...]:
    """The nine points in their order, filled with what the facts say."""
    return (
        Proposal(N_("Begrüßung und Protokoll"), _opening(facts), Source.TEMPLATE),
        Proposal(N_("Zahlen: Zugang, Bestand, Übergänge"), _figures(facts), Source.DATA),
        Proposal(N_("Kursplanung der nächsten sechs Monate"), "\n".join(_courses(facts)), Source.DATA),
        Proposal(
            N_("Zugangswege zu den Kursen"),
            N_("Stand der Zulassungen nach § 44 Abs. 4 AufenthG und der Verpflichtungen: Bericht BAMF und AsylbLG."),
            Source.TEMPLATE,
        ),
        Proposal(N_("Kinderbetreuung und Fahrt"), _childcare(facts), Source.DATA),
        Proposal(N_("Übergaben: Dauer, Rückfragen, Lücken"), "\n".join(_handovers(facts)), Source.DATA),
        Proposal(N_("Rückmeldungen der Gemeinden"), N_("Bericht der Gemeinden."), Source.TEMPLATE),
        _tasks(facts),
        Proposal(N_("Verschiedenes und nächster Termin"), "", Source.TEMPLATE),
    )


def people(number: int) -> str:
    """A number of people as the working group is told it: one and two are not told."""
    return FEW if 0 < number < SMALLEST_SHOWN else str(number)


def standing(number: int) -> str:
    """How many people stand on a day, rounded to five: two days and what came between them would tell who went."""
    told = rounded(number)
    return people(number) if not told else N_("rund {number}").format(number=told)


def part_of(part: int, whole: int) -> str:
    """How many of ``whole`` people: told neither where the part nor where the rest is one or two."""
    if 0 < whole - part < SMALLEST_SHOWN and part >= SMALLEST_SHOWN:
        return N_("fast alle")
    return standing(part)


def _opening(facts: AgendaFacts) -> str:
    if facts.minutes_of is None:
        return N_("Vorstellung, wer Protokoll führt.")
    return f"Protokoll der Sitzung vom {german_date(facts.minutes_of)}; wer Protokoll führt."


def _figures(facts: AgendaFacts) -> str:
    return (
        f"Seit dem {german_date(facts.since)}: {people(facts.arrivals)} neue Fälle, {people(facts.accepted)} "
        f"angenommene Übergaben. Offen sind {standing(facts.open_cases)} Fälle."
    )


def _courses(facts: AgendaFacts) -> Iterator[str]:
    running = _counted(facts.running, N_("Kurs läuft"), N_("Kurse laufen"))
    yield f"{running}, {_counted(facts.planned, N_('beginnt'), N_('beginnen'))} bis in sechs Monaten."
    if facts.shortages:
        yield f"{_counted(len(facts.shortages), 'Kurs', 'Kurse')} unter der Startschwelle:"
        for one in facts.shortages[:MOST_LINES]:
            yield f"– {one.number} {one.title}, Beginn {german_date(one.starts_on)}: es fehlen {one.wanting}"
        if len(facts.shortages) > MOST_LINES:
            yield f"– und {len(facts.shortages) - MOST_LINES} weitere"
    if facts.waiting:
        yield (
            f"Auf einen Kurs warten {standing(facts.waiting)} Personen, {part_of(facts.waiting_long, facts.waiting)} "
            "davon länger als sechs Wochen."
        )


def _counted(number: int, one: str, many: str) -> str:
    return f"{number} {one if number == 1 else many}"


def _childcare(facts: AgendaFacts) -> str:
    courses = f"Kinderbetreuung gibt es in {facts.with_childcare} der laufenden und geplanten Kurse."
    if not facts.childcare:
        return courses
    asked = part_of(facts.childcare, facts.waiting)
    return f"{courses} Während des Kurses brauchen sie {asked} der Wartenden."


def _handovers(facts: AgendaFacts) -> Iterator[str]:
    yield (
        f"{people(facts.overdue)} Übergaben sind überfällig, zu {people(facts.queried)} ist eine Rückfrage offen."
        if facts.overdue or facts.queried
        else N_("Keine Übergabe ist überfällig, keine Rückfrage offen.")
    )
    days = facts.days_to_accept
    if len(days) >= MEAN_BASE:
        mean = f"{sum(days) / len(days):.1f}".replace(".", ",")
        yield f"Vom erfassten Bescheid bis zur Annahme im Mittel {mean} Tage (seit dem {german_date(facts.since)})."


def _tasks(facts: AgendaFacts) -> Proposal:
    title = N_("Aufgaben aus früheren Sitzungen")
    if not facts.open_tasks:
        return Proposal(title, N_("Alle Aufgaben sind erledigt."), Source.TEMPLATE)
    lines = [
        f"– {one.text} ({one.owner}, bis {german_date(one.due_on)}{', überfällig' if one.due_on < facts.today else ''})"
        for one in facts.open_tasks
    ]
    return Proposal(title, "\n".join(lines)[:LONGEST_TEXT], Source.CARRIED)


def check_point(title: str, text: str, today: date) -> None:
    """RuleBroken by field for a point without a title, too long, or with what belongs to one person's case."""
    problems = {}
    if not title.strip():
        problems["title"] = Message(N_("Bitte ausfüllen."))
    for name, value, most in (("title", title, LONGEST_TITLE), ("text", text, LONGEST_TEXT)):
        if len(value.strip()) > most:
            problems[name] = Message(N_("Höchstens {most} Zeichen."), most=most)
        elif found := personal_data_in(value, today):
            problems[name] = found
    if problems:
        raise broken(problems)
