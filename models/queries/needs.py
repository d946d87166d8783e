"""The needs of a person as far as one reader may see them; page heads and papers ask here."""

from collections.abc import Mapping
from typing import Any

from models.queries.case_view import CaseView
from models.queries.code_names import named
from models.queries.consent_states import may_call
from models.queries.definitions import items_of
from models.rules.checklists import display_field
from models.rules.needs import ITEM_LITERACY, ITEM_WISHES, LATIN, Needs, needs_line
from models.rules.permissions import Block
from models.rules.states import ListKey
from models.tables import Person

_SPOKEN = frozenset({Block.PERSON, Block.CONTACT})
"""Language and interpreter are part of the contact line (rules.md 13)."""


def languages_of(person: Person) -> str:
    """The languages in which one can talk with her, mother tongue first."""
    return named("languages", language_codes(person))


def language_codes(person: Person) -> list[str]:
    """The same by their codes."""
    return list(dict.fromkeys(code for code in (person.mother_tongue, *(person.languages or ())) if code))


def needs_of(view: CaseView) -> str:
    """The line for whoever looks at the case; empty for those who see no more than the name."""
    if view.blocks.isdisjoint(_SPOKEN):
        return ""
    person = view.held.person
    wishes = _said(view, ListKey.INTAKE, ITEM_WISHES)
    script = _said(view, ListKey.COUNSELLING, ITEM_LITERACY, leave_out=LATIN)
    needs = Needs(
        languages=languages_of(person),
        interpreter=person.interpreter_needed,
        literacy=script.get("literacy", ""),
        counsellor=wishes.get("counsellor", ""),
        channel=wishes.get("channel", ""),
        access=wishes.get("access", ""),
        no_calls=not may_call(view.held, view.actor.organisation_id),
    )
    return needs_line(needs)


def spoken_line(person: Person) -> str:
    """Language and interpreter alone, for whoever is sent a paper."""
    return needs_line(Needs(languages=languages_of(person), interpreter=person.interpreter_needed))


def handed_over_needs(sections: Mapping[str, Any]) -> str:
    """The line from section B of a snapshot, in the words that were handed over; empty where it was withheld."""
    cells = sections.get("B", {})
    said = [str((cells.get(key) or {}).get("value") or "") for key in ("understood_languages", "script")]
    interpreter = str((cells.get("interpreter_needed") or {}).get("value") or "")
    words = {"ja": "Dolmetschen nötig", "nein": "ohne Dolmetschen"}
    return " · ".join(filter(None, (said[0], words.get(interpreter, interpreter), said[1])))


def _said(view: CaseView, key: ListKey, code: str, leave_out: str = "") -> dict[str, str]:
    """What was answered to an item, in words by field; nothing where it is not this reader's to see."""
    item, answer = items_of(view.definitions).get(code), view.known.answers.get(code)
    if item is None or answer is None or not view.sees(key, item):
        return {}
    values = ((field, answer.value(field.key)) for field in item.fields)
    return {
        field.key: display_field(field, value)
        for field, value in values
        if value and value != leave_out and not isinstance(value, dict)  # a dict says why a value is missing
    }
