"""What stands around an item, and the page of one item."""

from dataclasses import dataclass
from typing import Any

from flask import Response, request

from blueprints.checklists.forms import BY_ITSELF
from blueprints.checklists.proofs import ProofForms
from blueprints.shared.render import page, wants_fragment
from models.queries.case_head import name_for
from models.queries.case_view import CaseView
from models.queries.checklists import LIST_WORDS
from models.queries.evidence import evidence_of_item
from models.queries.item_rows import ItemRow
from models.queries.needs import needs_of
from models.queries.questions import questions_of


@dataclass(frozen=True, slots=True)
class Frame:
    """What stands around an item: address and number of the case, name of the person, word and title of the list."""

    address: str
    number: str
    name: str
    word: str
    title: str

    @property
    def back(self) -> str:
        """The address of the list."""
        return f"{self.address}?liste={self.word}"


def frame_of(view: CaseView, row: ItemRow) -> Frame:
    """The frame of an item of this case."""
    case = view.held.case
    name = name_for(view)
    return Frame(f"/faelle/{case.number}", case.number, name, LIST_WORDS[row.key], view.definitions[row.key].title)


def anchor(frame: Frame, row: ItemRow) -> str:
    """The address of an item in its list."""
    return f"{frame.back}#punkt-{row.code}"


def item_page(
    view: CaseView, row: ItemRow, sheet: object, status: int = 200, forms: ProofForms | None = None
) -> Response:
    """One item with its form and, on a page of its own, with its evidence."""
    frame = frame_of(view, row)
    context: dict[str, Any] = {
        "row": row,
        "sheet": sheet,
        "lists": frame,
        "back": anchor(frame, row),
        "saved": "",
        "head": None,
        "focus": BY_ITSELF not in request.form,
    }
    if not wants_fragment():
        evidence = evidence_of_item(view, row.key, row.code)
        context |= {"needs": needs_of(view), "evidence": evidence, "forms": forms or ProofForms.fresh()}
        asks = view.standing.case_open and not view.standing.read_only
        context |= {"questions": questions_of(view, row.code), "may_ask": asks}
    return page("checklists/item.html", fragment="checklists/_item.html", status=status, area="cases", **context)
