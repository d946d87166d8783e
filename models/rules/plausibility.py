"""What cannot be right about a person in a course, and what somebody should look at again (features F50).

One table. A hard row refuses the place at its field; a soft one is a sentence beside the field, and people decide.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from models.rules.errors import RuleBroken
from models.rules.law.calendar import ADULT
from models.rules.message import N_, Message
from models.rules.path_requests import age_on
from models.rules.times import german_date

YOUNGEST = 16
"""Nobody younger is on the list of a course."""


class Weight(StrEnum):
    """Whether a row refuses or only asks to look again."""

    HARD = "hard"
    SOFT = "soft"


@dataclass(frozen=True, slots=True)
class InCourse:
    """A person and a course, as plain facts of a day; None is not known and says nothing."""

    born: date
    today: date
    starts_on: date
    ends_on: date | None = None
    in_school: bool | None = None
    path_valid_to: date | None = None
    stay_valid_to: date | None = None


@dataclass(frozen=True, slots=True)
class Row:
    """One row of the table: at which field, which sentence, when it applies. ``basis`` is the law or an own rule."""

    weight: Weight
    field: str
    text: str
    basis: str
    applies: Callable[[InCourse], bool]


@dataclass(frozen=True, slots=True)
class Finding:
    """A row that applies, as a sentence at its field."""

    weight: Weight
    field: str
    sentence: Message
    basis: str


def _age(facts: InCourse) -> int:
    return age_on(facts.born, facts.today)


def _ends_before_start(day: date | None, facts: InCourse) -> bool:
    return day is not None and day < facts.starts_on


OWN = N_("eigene Regel")
TABLE: tuple[Row, ...] = (
    Row(
        Weight.HARD, "course",
        N_("Unter {youngest} Jahren kommt niemand auf eine Kursliste: Hier geht die Schule vor."), OWN,
        lambda facts: _age(facts) < YOUNGEST,
    ),
    Row(
        Weight.HARD, "course", N_("Das Ende des Kurses liegt vor seinem Beginn. Berichtigen Sie zuerst den Kurs."),
        OWN, lambda facts: _ends_before_start(facts.ends_on, facts),
    ),
    Row(
        Weight.HARD, "course", N_("Der Kurs war am {ends_on} zu Ende."),
        OWN, lambda facts: facts.ends_on is not None and facts.starts_on <= facts.ends_on < facts.today,
    ),
    Row(
        Weight.SOFT, "course", N_("Unter 18 Jahren: Klären Sie die Schulpflicht, bevor die Person einen Kurs beginnt."),
        "§ 44 Abs. 3 S. 1 Nr. 1 AufenthG", lambda facts: YOUNGEST <= _age(facts) < ADULT,
    ),
    Row(
        Weight.SOFT, "course",
        N_("Laut Fall besucht die Person eine Schule. Dann gibt es keinen Anspruch auf den Kurs."),
        "§ 44 Abs. 3 S. 1 Nr. 1 AufenthG", lambda facts: facts.in_school is True,
    ),
    Row(
        Weight.SOFT, "course",
        N_("Der Kurs läuft schon seit {starts_on}: Klären Sie mit dem Träger, ob sie einsteigen kann."), OWN,
        lambda facts: facts.starts_on < facts.today,
    ),
    Row(
        Weight.SOFT, "valid_to", N_("Der Bescheid endet am {path_valid_to}, vor dem Beginn des Kurses."),
        "§ 4 Abs. 1 S. 3 IntV, § 6 Abs. 3 DeuFöV", lambda facts: _ends_before_start(facts.path_valid_to, facts),
    ),
    Row(
        Weight.SOFT, "course", N_("Das Aufenthaltspapier läuft am {stay_valid_to} ab, vor dem Beginn des Kurses."),
        OWN, lambda facts: _ends_before_start(facts.stay_valid_to, facts),
    ),
)  # fmt: skip
"""Every row, the hard ones first."""


def findings(facts: InCourse, weight: Weight | None = None) -> tuple[Finding, ...]:
    """The rows that apply, in the order of the table; those of one weight where it is named."""
    rows = (row for row in TABLE if weight in (None, row.weight) and row.applies(facts))
    return tuple(Finding(row.weight, row.field, _sentence(row, facts), row.basis) for row in rows)


def check_plausible(facts: InCourse) -> None:
    """RuleBroken at the fields of the hard rows that apply: nobody gets a place against one of them."""
    problems: dict[str, Message] = {}
    for one in findings(facts, Weight.HARD):
        problems.setdefault(one.field, one.sentence)
    if problems:
        raise RuleBroken(next(iter(problems.values())), problems)


def _sentence(row: Row, facts: InCourse) -> Message:
    days = ("starts_on", "ends_on", "path_valid_to", "stay_valid_to")
    words: dict[str, object] = {name: german_date(getattr(facts, name)) for name in days if f"{{{name}}}" in row.text}
    return Message(row.text, **words | ({"youngest": YOUNGEST} if "{youngest}" in row.text else {}))
