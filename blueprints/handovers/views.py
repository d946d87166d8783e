"""What the pages of a handover show, put together from queries; no rule and no write."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from flask import current_app

from blueprints.shared import access
from models.queries import documents, handovers
from models.queries.case_view import view_of
from models.queries.dossier import dossier
from models.queries.needs import handed_over_needs, needs_of
from models.queries.sheet import Draft, draft_of
from models.rules.checklists import Missing, role_names
from models.rules.handovers import STATE_BADGES, STATE_LABELS, Action, may_now, shows_content
from models.rules.sheet.gaps import address_of, supplier_of
from models.rules.sheet.lines import Part, changed, count_of, parts_of
from models.rules.sheet.release import Release, release_from
from models.rules.states import DocumentKind, HandoverState
from models.rules.times import local_day
from models.tables import Document, Handover
from pdf.signatures.verdict import Verdict
from pdf.transfer_sheet.issue import Place
from pdf.verification import judge

RELEASE = "U10"
HERE = {"U04": "change_on", "U05": "override_reason", RELEASE: "sections-group", "U12": "informed_on"}
"""Items that are answered on the preparing page itself."""


@dataclass(frozen=True, slots=True)
class GapRow:
    """A gap with the place where it can be closed, and the reason typed so far."""

    gap: Missing
    address: str
    reason: str

    @property
    def key(self) -> str:
        """For ids and names of controls."""
        return self.gap.code

    @property
    def explainable(self) -> bool:
        """Whether a reason can stand for it; the release is decided by saving this very page."""
        return self.gap.code != RELEASE

    @property
    def who(self) -> str:
        """Who can supply it, in German."""
        return role_names(self.gap.who)


@dataclass(frozen=True, slots=True)
class Question:
    """A question of the receiver with the place where the sender can answer it."""

    label: str
    address: str


@dataclass(frozen=True, slots=True)
class Sent:
    """A transmitted version as one side may see it. ``parts`` is empty where the content is closed to it."""

    handover: Handover
    head: Mapping[str, Any]
    parts: list[Part]
    withheld: list[str]
    count: int
    files: Mapping[str, Document]
    names: Mapping[int, str]


def today() -> date:
    """The German day of this request."""
    return local_day(access.now())


def signing_place() -> Place:
    """Where this installation signs."""
    current = current_app.config["SETTINGS"]
    return Place(current.pki, current.pepper, current.base_url, current.demo)


def found(reference: str) -> Handover:
    """The handover that this person may know; NotVisible else."""
    return handovers.handover_in_sight(access.actor(), reference, today())


def name_of(handover: Handover) -> str:
    """The name for the heading: as transmitted, before that as recorded."""
    person = handover.case.person
    return handover.subject or f"{person.family_name}, {person.given_name}"


def state_of(handover: Handover) -> dict[str, str]:
    """German word and colour of the state."""
    state = HandoverState(handover.state)
    return {"label": STATE_LABELS[state], "badge": STATE_BADGES[state]}


def actions_of(handover: Handover) -> frozenset[str]:
    """What this person may do now, by the same table that the operations ask."""
    state, role = HandoverState(handover.state), access.actor().role
    if handover.state != HandoverState.DRAFT and handover.sent_at is None:
        return frozenset()  # a draft that was dropped
    return frozenset(str(action) for action in Action if may_now(action, state, role))


def collected(handover: Handover, release: Release | None = None) -> Draft:
    """The draft, with the stored release or one that is being tried out."""
    held = dossier(handover.case, today())
    return draft_of(held, handover, release or release_from(handover.released or {}))


def gap_rows(draft: Draft, typed: Mapping[str, str] | None = None) -> list[GapRow]:
    """What is missing, open ones first, each with a link to where it can be supplied."""
    reasons = typed if typed is not None else (draft.handover.gap_reasons or {})
    return [
        GapRow(gap, _place(draft, gap.code), reasons.get(gap.code, gap.reason))
        for gap in (*draft.gaps, *draft.explained)
    ]


def closable_here(draft: Draft) -> bool:
    """Whether everything that is still missing can be filled in on the preparing page itself."""
    return all(gap.code in HERE for gap in draft.gaps)


def _place(draft: Draft, code: str) -> str:
    number = draft.held.case.number
    item = supplier_of(code, draft.items)
    if item is None:
        return f"/faelle/{number}"
    if item.code in HERE:
        return f"#{HERE[item.code]}"
    return f"/faelle/{number}/punkte/{item.code}"


def questions_of(handover: Handover, draft: Draft | None) -> list[Question]:
    """The receiver's questions; with the sender's draft each leads to the item that answers it."""
    return [Question(str(row["label"]), _question_place(draft, str(row["field"]))) for row in handover.queries or []]


def _question_place(draft: Draft | None, field: str) -> str:
    return _place(draft, address_of(field)) if draft else ""


def snapshot_of(handover: Handover | None) -> dict[str, Any]:
    """The frozen data; empty where nothing was transmitted."""
    return json.loads(handover.snapshot) if handover and handover.snapshot else {}


def open_parts(handover: Handover, snapshot: Mapping[str, Any]) -> list[Part]:
    """The values line by line; nothing where the content is closed to this side."""
    shown = snapshot and shows_content(HandoverState(handover.state), access.actor().role)
    return parts_of(snapshot["sections"]) if shown else []


def needs_in(handover: Handover, draft: Draft | None = None) -> str:
    """What the person needs to be understood, in the words that were handed over; of a draft as the case has it."""
    if draft:
        return needs_of(view_of(draft.held, access.actor()))
    snapshot = snapshot_of(handover)
    shown = snapshot and shows_content(HandoverState(handover.state), access.actor().role)
    return handed_over_needs(snapshot["sections"]) if shown else ""


def sent_view(handover: Handover) -> Sent:
    """A transmitted version with its values, if this side may still see them."""
    snapshot = snapshot_of(handover)
    parts = open_parts(handover, snapshot)
    kinds = (DocumentKind.TRANSFER_SHEET, DocumentKind.RECEIPT)
    files = {kind.value: documents.current_document(handover.id, kind) for kind in kinds} if parts else {}
    return Sent(
        handover=handover,
        head=snapshot.get("head", {}),
        parts=parts,
        withheld=snapshot.get("withheld", []),
        count=count_of(parts),
        files={kind: row for kind, row in files.items() if row},
        names=handovers.names_of([handover.sent_by_id, handover.received_by_id, handover.accepted_by_id]),
    )


def verdict_on(sent: Sent) -> Verdict | None:
    """The judgement on the stored file; None where the content is closed."""
    document = sent.files.get(DocumentKind.TRANSFER_SHEET)
    return judge(documents.content_of(document.id), signing_place().pki, now=access.now()) if document else None


def differences(handover: Handover, sections: Mapping[str, Any]) -> dict[str, str]:
    """What differs from the version transmitted before, by address; empty for a first version."""
    before = snapshot_of(handovers.earlier_version(handover))
    return changed(before["sections"], sections) if before else {}


def outdated(handover: Handover) -> list[str]:
    """Names of the values that changed in the case since this version was transmitted."""
    snapshot = snapshot_of(handover)
    now = collected(handover).shown
    addresses = changed(snapshot["sections"], now)
    labels = {line.address: f"{part.letter} {line.label}" for part in parts_of(snapshot["sections"]) + parts_of(now)
              for line in part.lines}  # fmt: skip
    return [labels[address] for address in addresses if address in labels]
