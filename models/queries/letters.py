"""To whom a letter goes, in which language, and who writes it, as far as the acting person may see it. Reads only."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from models.queries.case_head import name_for
from models.queries.case_view import CaseView
from models.queries.code_names import code_names
from models.queries.needs import language_codes
from models.rules.permissions import Block
from models.rules.roles import Role
from models.rules.states import HandoverState
from models.rules.texts import first_language
from models.tables import Handover


@dataclass(frozen=True, slots=True)
class Addressee:
    """``lines`` is empty where no address is known or the acting person sees none: then the letter is handed over."""

    name: str
    lines: tuple[str, ...]
    language: str


def addressee_of(view: CaseView) -> Addressee:
    """Name, address and language of the person.

    The coach sees no address (rules.md 13). After the acceptance the Jobcenter writes to the address handed over.
    """
    if view.actor.role == Role.JOBCENTER and Block.SNAPSHOT in view.blocks:
        return _as_handed_over(view)
    person = view.held.person
    seen = Block.PERSON in view.blocks and person.street and person.town
    lines = (person.street, f"{person.postcode} {person.town}".strip()) if seen else ()
    return Addressee(name_for(view), lines, paper_language(view))


def paper_language(view: CaseView) -> str:
    """The code of the language for papers to the person; after the acceptance, for both sides, as handed over.

    Empty where the acting person knows none.
    """
    if not view.blocks.isdisjoint((Block.PERSON, Block.CONTACT)):
        return first_language(language_codes(view.held.person))
    return _language_of(_sections(view)) if Block.SNAPSHOT in view.blocks else ""


def _language_of(sections: Mapping[str, Any]) -> str:
    said = str((sections.get("B", {}).get("understood_languages") or {}).get("value") or "")
    codes = {label: code for code, label in code_names("languages").items()}
    return first_language(codes[word] for word in said.split(", ") if word in codes)


def _as_handed_over(view: CaseView) -> Addressee:
    sections = _sections(view)
    address = str((sections.get("A", {}).get("address") or {}).get("value") or "")
    lines = tuple(part.strip() for part in address.split(",") if part.strip())
    return Addressee(name_for(view), lines, _language_of(sections))


def _sections(view: CaseView) -> Mapping[str, Any]:
    row = next(row for row in view.held.handovers if row.state == HandoverState.ACCEPTED)
    text = Handover.select(Handover.snapshot).where(Handover.id == row.id).scalar()
    return dict(json.loads(text)["sections"]) if text else {}
