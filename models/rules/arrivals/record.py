"""What a row says about a person's record: which columns it fills, and which of them it may still change."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from models.rules.arrivals.rows import ArrivalRow
from models.rules.law.arrival import code_for_label, sphere_on_arrival
from models.rules.law.calendar import ABLE_TO_WORK_FROM, age_limit_end, has_completed
from models.rules.law.data import Arrival, Law

LIST = "Ankunftsliste"
"""Source of values that came with a list. Only these may a later list change."""
FORM = "Ankunftsmeldung"
"""Source of values that somebody typed into the form for one person or one family."""

PERSONALIA = frozenset({"family_name", "given_name", "date_of_birth", "sex", "nationality"})
"""Columns that are confirmed where somebody has compared them with the paper (item A03)."""
PERSONALIA_ITEM = "A03"

NOT_DECIDED = "UNK"
"""The legal sphere of a person whose paper does not decide it: somebody has to look."""

_OTHER_PAPER, _UNKNOWN_PAPER = "SON", "UNB"
_WITHOUT_LABEL = frozenset({_OTHER_PAPER, _UNKNOWN_PAPER, "none"})

_SAME_NAME = (
    "family_name", "given_name", "date_of_birth", "sex", "nationality", "arrived_on", "street", "postcode", "town",
    "phone", "bamf_reference", "azr_number", "interpreter_needed", "marital_status",
)  # fmt: skip
_SAYS_NOTHING: tuple[Any, ...] = (None, "", [], "NB")
"""``NB`` is the marital status "nicht bekannt"."""


def columns_of(row: ArrivalRow) -> dict[str, Any]:
    """The columns of a person that this row fills; what it does not say is left out."""
    said = {name: getattr(row, name) for name in _SAME_NAME}
    said |= {"languages": list(row.languages), "children_in_household": row.children, "remark": row.note}
    return {name: value for name, value in said.items() if value not in _SAYS_NOTHING}


def changes(
    said: Mapping[str, Any], stored: Mapping[str, Any], provenance: Mapping[str, Any], confirmed: Collection[str] = ()
) -> dict[str, Any]:
    """The columns that a later row changes: said differently, and nobody has entered or confirmed them since.

    An empty cell is not among ``said`` (``columns_of``), so it takes nothing away.
    """
    return {
        name: value
        for name, value in said.items()
        if value != stored[name] and _is_open(name, stored, provenance, confirmed)
    }


def _is_open(name: str, stored: Mapping[str, Any], provenance: Mapping[str, Any], confirmed: Collection[str]) -> bool:
    if name in confirmed:
        return False
    entry = provenance.get(name)
    return entry.get("source") == LIST if entry else stored[name] in _SAYS_NOTHING


def gets_contact_line(sphere: str, born: date, today: date) -> bool:
    """Whether the coach is told of a new person: sphere SGB III and of an age to work (§§ 7, 7a SGB II; item A19)."""
    return sphere == "S3" and has_completed(born, ABLE_TO_WORK_FROM, today) and today <= age_limit_end(born)


@dataclass(frozen=True, slots=True)
class Paper:
    """A residence paper as a row names it; ``label`` is the text of the row."""

    code: str
    label: str
    valid_to: date | None


def paper_of(row: ArrivalRow, law: Law) -> Paper | None:
    """The paper that a row names by its words or its code; None where it says nothing.

    Words that the law does not know are kept as text.
    """
    label = row.document_label or ""
    if not label and row.valid_to is None:
        return None
    code = _code_of(label, law)
    return Paper(code, "" if label == code else label, row.valid_to)


def _code_of(label: str, law: Law) -> str:
    if not label or label in _WITHOUT_LABEL:
        return label or _UNKNOWN_PAPER
    return code_for_label(label, law) or _OTHER_PAPER


def sphere_of(paper: Paper | None, law: Law, day: date) -> str:
    """The legal sphere of a new person by her paper: S2, S3, or UNK where facts are missing (rules.md 5)."""
    found = sphere_on_arrival(paper.code if paper else None, law, day=day)
    return NOT_DECIDED if found is Arrival.HINT else str(found)
