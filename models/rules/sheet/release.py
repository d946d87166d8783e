"""What the sender releases of a sheet, section by section (§ 67d, § 69 Abs. 1 Nr. 1 SGB X: only what is needed).

Preselected is the smallest set: the sections that hold required fields. Section L and whatever concerns health are off
until somebody decides otherwise, and so is the AZR number (§ 10 Abs. 4 AZRG). What is not handed over is named by its
letter alone, in the same neutral words on every sheet, so that silence tells nothing.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from models.rules.message import N_
from models.rules.transfer_sheet import SECTIONS, Cell, Sections, given, not_given

HEALTH_FIELDS = ("restriction", "report_available")


class Azr(StrEnum):
    """How the AZR number is handed over."""

    NOT = "not"
    MASKED = "masked"
    WHOLE = "whole"


AZR_LABELS: Mapping[Azr, str] = {
    Azr.NOT: N_("nicht übermitteln"),
    Azr.MASKED: N_("nur die letzten vier Ziffern"),
    Azr.WHOLE: N_("ganz übermitteln"),
}


@dataclass(frozen=True, slots=True)
class Release:
    """Letters of the released sections, how the AZR number goes, and whether section L carries health data."""

    letters: frozenset[str]
    azr: Azr = Azr.NOT
    health: bool = False

    def to_data(self) -> dict[str, str]:
        """As it is stored: letter to what of it is released; an absent letter is withheld."""
        kinds = {"A": f"azr_{self.azr}", "L": "with_health" if self.health else "without_health"}
        return {letter: kinds.get(letter, "all") for letter in sorted(self.letters)}


ALWAYS = frozenset(section.letter for section in SECTIONS if not section.may_be_withheld)
CHOSEN = tuple(section for section in SECTIONS if section.may_be_withheld)
MINIMUM = Release(
    frozenset(section.letter for section in SECTIONS if any(field.required for field in section.fields)) | ALWAYS
)


def release_from(data: Mapping[str, Any]) -> Release:
    """A stored release; the preselected minimum where nobody has decided yet."""
    if not data:
        return MINIMUM
    azr = str(data.get("A", "")).removeprefix("azr_")
    known = azr in set(Azr)
    letters = frozenset(section.letter for section in SECTIONS if data.get(section.letter)) | ALWAYS
    return Release(letters, Azr(azr) if known else Azr.NOT, data.get("L") == "with_health")


def withheld_letters(release: Release) -> list[str]:
    """The sections that are not handed over, for the neutral line on the sheet."""
    return [section.letter for section in SECTIONS if section.letter not in release.letters]


def released_sections(sections: Sections, release: Release, *, consent_e3: bool) -> dict[str, dict[str, Cell]]:
    """Exactly what the receiver will see: withheld sections are gone, single fields say "nicht freigegeben".

    Health data and the state of consent E3 go only with that consent (§ 67b Abs. 1 Satz 3, § 76 SGB X).
    """
    shown = {letter: dict(cells) for letter, cells in sections.items() if letter in release.letters}
    health = release.health and consent_e3
    shown["A"]["azr_number"] = _azr(shown["A"]["azr_number"], release.azr)
    if "L" in shown and not health:
        shown["L"] |= {key: not_given("not_released") for key in HEALTH_FIELDS}
    if not health:
        shown["Q"]["consent_e3"] = not_given("not_released")
    return shown


def _azr(cell: Cell, azr: Azr) -> Cell:
    if azr is Azr.NOT:
        return not_given("not_released")
    if azr is Azr.MASKED and cell["value"]:
        return given(f"•••• •••• {cell['value'][-4:]}", cell["source"])
    return cell
