"""What a provider says of a registration beside its day: placement test with result, reference number of the BAMF."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType

from models.rules.competences.languages import LEVELS
from models.rules.enrolments import COURSES_SINCE, INTEGRATION_FAMILY
from models.rules.message import N_, Message

MODULES: Mapping[str, str] = MappingProxyType(
    {
        "ALPHA": N_("Alphabetisierungskurs"),
        "ZWS": N_("Zweitschriftkurs"),
        **{f"M{number}": f"Modul {number}" for number in range(1, 7)},
    }
)
"""Where a placement test says that somebody begins (§ 11 Abs. 2 IntV), by the codes of checklist item K07."""

LEVEL_LABELS: Mapping[str, str] = MappingProxyType(
    {LEVELS[0]: N_("keine Kenntnisse")} | {level: level for level in LEVELS[1:]}
)
"""Levels of the GER as they are shown."""

RESULT_NAMES: Mapping[str, Mapping[str, str]] = MappingProxyType({"level": LEVEL_LABELS, "module": MODULES})
"""How the two parts of a result are shown."""

LISTED_LEVELS = frozenset({"A2", "B1", "B2", "C1"})
"""Levels that item K07 knows as a result."""

MOST_PK = 40
_PK = re.compile(r"[0-9A-Za-z][0-9A-Za-z ./-]*")


@dataclass(frozen=True, slots=True)
class Registration:
    """The placement test with its result, and the Personenkennziffer of the BAMF; empty where nothing is said.

    ``test_on`` may lie ahead: then it is the appointment. The result is a level, a module to begin with, or both.
    """

    test_on: date | None = None
    pk_number: str = ""
    test_level: str = ""
    test_module: str = ""

    @property
    def has_result(self) -> bool:
        """Whether the test says something already."""
        return bool(self.test_level or self.test_module)


NOTHING_SAID = Registration()


def result_code(test_level: str, test_module: str) -> str | None:
    """The result of a placement test as item K07 names it: the module, else the level; None where it has no word."""
    return test_module or (test_level if test_level in LISTED_LEVELS else None)


def registration_problems(
    said: Registration, family: str | None, starts_on: date | None, today: date
) -> dict[str, Message]:
    """What cannot be, by form field. ``family`` of the course, ``starts_on`` the day on which the person begins.

    The test comes before the course (§ 11 Abs. 2 Satz 1 IntV, § 8 Abs. 1 DeuFöV), its result not before the test.
    Modules and the Personenkennziffer belong to integration courses alone.
    """
    problems = _number_problems(said.pk_number, family)
    if said.test_on and starts_on and said.test_on > starts_on:
        problems["test_on"] = Message(N_("Der Einstufungstest liegt vor dem Beginn des Kurses."))
    elif said.test_on and said.test_on < COURSES_SINCE:
        problems["test_on"] = Message(N_("Diese Kurse gibt es erst seit 2005. Bitte das Jahr prüfen."))
    if said.has_result and said.test_on is None:
        problems["test_on"] = Message(N_("Zum Ergebnis gehört der Tag des Tests."))
    elif said.has_result and said.test_on and said.test_on > today:
        problems["test_on"] = Message(N_("Ein Ergebnis gibt es erst nach dem Test."))
    if said.test_level and said.test_level not in LEVELS:
        problems["test_level"] = Message(N_("Bitte ein Niveau aus der Liste wählen."))
    if said.test_module and said.test_module not in MODULES:
        problems["test_module"] = Message(N_("Bitte aus der Liste wählen."))
    elif said.test_module and family != INTEGRATION_FAMILY:
        problems["test_module"] = Message(N_("Module gibt es nur im Integrationskurs."))
    return problems


def _number_problems(number: str, family: str | None) -> dict[str, Message]:
    if not number:
        return {}
    if family != INTEGRATION_FAMILY:
        return {"pk_number": Message(N_("Eine Personenkennziffer gibt es nur für Integrationskurse."))}
    if len(number) > MOST_PK or not _PK.fullmatch(number):
        return {"pk_number": Message(N_("Nur Buchstaben, Ziffern, Punkt, Strich und Schrägstrich, höchstens 40."))}
    return {}
