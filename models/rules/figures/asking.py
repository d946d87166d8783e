"""What is asked of a report, in the words of the address and in German; and when a remembered one is filed again."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from types import MappingProxyType

from models.rules.errors import RuleBroken
from models.rules.figures.catalogue import Cut, Figure, Shape
from models.rules.message import N_, Message
from models.rules.times import german_date

ALL_YEARS = "alle"
YEAR, CUT, PLACE = "jahr", "schnitt", "gemeinde"
CUT_LABELS: Mapping[Cut, str] = MappingProxyType(
    {Cut.WORDS: N_("Art"), Cut.MUNICIPALITY: N_("Gemeinde"), Cut.OFFICE: N_("zuständige Stelle")}
)
DAY_LABEL = N_("Tagen")
MOST_REMEMBERED = 20
LONGEST_NAME = 60


class Rhythm(StrEnum):
    """How often a remembered report is filed for the organisation."""

    NEVER = ""
    WEEKLY = "weekly"
    MONTHLY = "monthly"


RHYTHM_LABELS: Mapping[Rhythm, str] = MappingProxyType(
    {Rhythm.NEVER: N_("nur merken"), Rhythm.WEEKLY: N_("jeden Montag"), Rhythm.MONTHLY: N_("jeden Monatsersten")}
)


@dataclass(frozen=True, slots=True)
class Question:
    """What somebody asks for: a figure, how it is cut, of which year (none: all by years), as known on which day.

    ``place`` is the id of a municipality as text, or empty for all.
    """

    figure: Figure
    cut: Cut
    year: str
    place: str
    known_on: date
    today: date


def question_of(
    figure: Figure, words: Mapping[str, str], today: date, *, own: bool, known_on: date | None = None
) -> Question:
    """The question behind checked words of an address. The county's numbers of one municipality are cut by it."""
    place, year = words.get(PLACE) or "", words.get(YEAR) or str(today.year)
    cut = Cut(words[CUT]) if words.get(CUT) else figure.cuts[0]
    return Question(
        figure=figure,
        cut=Cut.MUNICIPALITY if place and not own else cut,
        year="" if year == ALL_YEARS else year,
        place=place,
        known_on=known_on or today,
        today=today,
    )


def remembered(words: Mapping[str, str], today: date) -> dict[str, str]:
    """The words that a remembered report keeps; this year is not one of them, so that it goes on with the years."""
    kept = {name: words[name] for name in (YEAR, CUT, PLACE) if words.get(name)}
    if kept.get(YEAR) == str(today.year):
        del kept[YEAR]
    return kept


def cut_label(figure: Figure, cut: Cut) -> str:
    """What the columns are called."""
    return DAY_LABEL if cut == Cut.WORDS and figure.shape == Shape.DAYS else CUT_LABELS[cut]


def asked_in_words(question: Question, place: str, office: str) -> str:
    """What is asked for, as it stands on files: the filters and the day."""
    day = Message(N_("Stand {day}"), day=german_date(question.known_on))
    return f"{filters_in_words(question, place, office)}, {day}"


def filters_in_words(question: Question, place: str, office: str) -> str:
    """The filters; ``place`` and ``office`` are names, empty for all of the county.

    An office without a place says no more: a municipality has only its own.
    """
    parts = []
    if question.figure.shape in (Shape.OFTEN, Shape.DAYS):
        cut = Message(N_("aufgeteilt nach: {cut}"), cut=cut_label(question.figure, question.cut))
        parts += [question.year or str(Message(N_("alle Jahre"))), str(cut)]
    parts += [name for name in (office, place) if name] or [str(Message(N_("alle Gemeinden")))]
    return ", ".join(parts)


def report_name(typed: str, taken: Iterable[str]) -> str:
    """The name of a remembered report; RuleBroken at ``name`` for none, a long one, a second one, or too many."""
    name, others = " ".join(typed.split()), [other.casefold() for other in taken]
    problem = None
    if not name:
        problem = Message(N_("Bitte einen Namen eingeben."))
    elif len(name) > LONGEST_NAME:
        problem = Message(N_("Der Name hat höchstens {most} Zeichen."), most=LONGEST_NAME)
    elif name.casefold() in others:
        problem = Message(N_("Sie haben schon eine Auswertung mit diesem Namen gemerkt."))
    elif len(others) >= MOST_REMEMBERED:
        problem = Message(
            N_("Sie haben schon {most} Auswertungen gemerkt. Löschen Sie zuerst eine."), most=MOST_REMEMBERED
        )
    if problem:
        raise RuleBroken(problem, {"name": problem})
    return name


def next_filing(rhythm: Rhythm, today: date) -> date | None:
    """The first Monday or first of a month after the day."""
    if rhythm == Rhythm.WEEKLY:
        return today + timedelta(days=7 - today.weekday())
    if rhythm == Rhythm.MONTHLY:
        return (today.replace(day=1) + timedelta(days=32)).replace(day=1)
    return None
