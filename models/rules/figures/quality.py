"""What the report of the quality of data looks at (F101): values that are missing, unknown or contradict each other."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType

from models.rules.message import N_
from models.rules.roles import Role
from models.rules.states import AnswerState


class Lack(StrEnum):
    """Why a value cannot be relied on."""

    MISSING = "missing"
    UNKNOWN = AnswerState.UNKNOWN.value
    NOT_ASKED = AnswerState.NOT_ASKED.value
    DECLINED = AnswerState.DECLINED.value
    CONTRADICTORY = "contradictory"


LACK_LABELS: Mapping[Lack, str] = MappingProxyType(
    {
        Lack.MISSING: N_("fehlt"),
        Lack.UNKNOWN: N_("unbekannt"),
        Lack.NOT_ASKED: N_("nicht gefragt"),
        Lack.DECLINED: N_("keine Angabe"),
        Lack.CONTRADICTORY: N_("widersprüchlich"),
    }
)
UNCLEAR = (Lack.UNKNOWN, Lack.NOT_ASKED, Lack.DECLINED)
"""How an item of a list may be answered without a value."""
PERSON_FIELDS: Mapping[str, str] = MappingProxyType(
    {
        "phone": N_("Telefon"),
        "mother_tongue": N_("Muttersprache"),
        "marital_status": N_("Familienstand"),
        "street": N_("Straße"),
        "accommodation": N_("Unterkunft"),
        "bamf_reference": N_("BAMF-Aktenzeichen"),
    }
)
"""Columns of a person that are empty where nobody has entered them."""
NO_TALK = "no_talk"
DAYS_WITHOUT_TALK = 28
PERIODS, LANGUAGES = "periods", "languages"
OTHER_FIELDS: Mapping[str, str] = MappingProxyType(
    {
        NO_TALK: N_("erstes Gespräch (vier Wochen nach Anlegen des Falls)"),
        PERIODS: N_("Werdegang"),
        LANGUAGES: N_("Sprachen"),
    }
)


@dataclass(frozen=True, slots=True)
class Gap:
    """So many cases lack this field in this way."""

    field: str
    lack: Lack
    cases: int


COMPETENCES = (PERIODS, LANGUAGES)
"""Fields that are no business of a municipality, whose people see no profile (domain.md 4.1, D2)."""


def fields_for(role: Role) -> tuple[str, ...]:
    """The fields beside items whose contradictions are looked at."""
    return () if role == Role.MUNICIPALITY else COMPETENCES


def items_for(role: Role) -> tuple[str, ...]:
    """First letters of the items that are looked at: the coach's list is his own, a municipality sees intake."""
    return ("A",) if role == Role.MUNICIPALITY else ("A", "B", "K", "U")
