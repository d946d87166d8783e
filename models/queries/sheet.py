"""The transfer sheet of a case as it stands: every field of the sections A–Q with its value, mark and source."""

from collections.abc import Mapping
from dataclasses import dataclass

from models.queries.consent_states import state_of
from models.queries.definitions import Definitions, definitions_of, items_of
from models.queries.derived import consent_behind
from models.queries.dossier import Dossier
from models.queries.facts import known_of
from models.queries.sheet_records import cells_from_records, source_of
from models.rules.checklists import Item, Known, Missing, printed_gaps, sending_gaps
from models.rules.sheet.answers import Said, cells_from_answers
from models.rules.sheet.gaps import also_for_fields, held_up, with_reasons, without_health
from models.rules.sheet.release import Release, released_sections, withheld_letters
from models.rules.states import ConsentState, ListKey
from models.rules.times import german_date
from models.rules.transfer_sheet import SECTIONS, Cell, not_given, required_gaps
from models.tables import Handover

Cells = Mapping[str, Mapping[str, Cell]]
CONSENTS = {"consent_e1": "E1", "consent_e2": "E2", "consent_e3": "E3"}


@dataclass(frozen=True, slots=True)
class Draft:
    """A handover before sending: what exactly is released, what holds up the sending, which reasons are printed."""

    held: Dossier
    handover: Handover
    known: Known
    definitions: Definitions
    release: Release
    shown: Cells
    gaps: tuple[Missing, ...]
    explained: tuple[Missing, ...]
    consent_e3: bool

    @property
    def items(self) -> Mapping[str, Item]:
        """All items of the case's lists by code."""
        return items_of(self.definitions)

    @property
    def withheld(self) -> list[str]:
        """Letters of the sections that are not handed over."""
        return withheld_letters(self.release)


def draft_of(held: Dossier, handover: Handover, release: Release) -> Draft:
    """Collect a draft for a release, the stored one or one that is being tried out."""
    known, definitions = known_of(held), definitions_of(held)
    consent = has_consent(held, "E3")
    released = released_sections(sheet_sections(held, handover, known), release, consent_e3=consent)
    reasons = also_for_fields(handover.gap_reasons or {}, items_of(definitions))
    missing = required_gaps(released, withheld_letters(release))
    handover_list = definitions[ListKey.HANDOVER]
    explained = printed_gaps(handover_list, known, missing, reasons)
    gaps = sending_gaps(handover_list, known, missing, reasons)
    if not (release.health and consent):
        gaps, explained = without_health(gaps), without_health(explained)
    return Draft(
        held=held,
        handover=handover,
        known=known,
        definitions=definitions,
        release=release,
        shown=with_reasons(released, explained),
        gaps=held_up(gaps, items_of(definitions)),
        explained=held_up(explained, items_of(definitions)),
        consent_e3=consent,
    )


def sheet_sections(held: Dossier, handover: Handover, known: Known) -> dict[str, dict[str, Cell]]:
    """Every field that can be known before sending, section by section, released or not. Section R is filled later."""
    cells = cells_from_answers(_said(held, known)) | cells_from_records(held, handover, known) | _consents(held)
    return {
        section.letter: {
            field.key: cells.get(f"{section.letter}.{field.key}") or not_given()
            for field in section.fields
            if not field.later and (not field.where_given or f"{section.letter}.{field.key}" in cells)
        }
        for section in SECTIONS
        if section.letter != "R"
    }


def has_consent(held: Dossier, purpose: str) -> bool:
    """Whether a purpose has a consent that holds today."""
    return state_of(consent_behind(held, purpose), held.today) == ConsentState.GRANTED


def _consents(held: Dossier) -> dict[str, Cell]:
    """Only a granted consent is told. Refused and never asked look the same: silence tells nothing (rules.md 12)."""
    return {
        f"Q.{key}": _granted(held, purpose) if has_consent(held, purpose) else not_given("not_released")
        for key, purpose in CONSENTS.items()
    }


def _granted(held: Dossier, purpose: str) -> Cell:
    row = consent_behind(held, purpose)
    source = held.office(row.organisation_id) or None
    return {
        "value": f"erteilt am {german_date(row.decided_on)}",
        "mark": None,
        "source": source,
        "code": row.decided_on.isoformat(),
        "reason": None,
    }


def _said(held: Dossier, known: Known) -> list[Said]:
    items = items_of(definitions_of(held))
    return [
        Said(items[code], answer, source_of(held, known, code))
        for code, answer in known.answers.items()
        if code in items
    ]
