"""Evidence ready for the page, as far as the acting person may see it."""

from collections.abc import Iterator
from dataclasses import dataclass

from models.queries.case_view import CaseView
from models.queries.definitions import items_of
from models.queries.newer_versions import every_item
from models.queries.proofs import Proof, content_of_upload
from models.rules.answering import has_ended
from models.rules.checklists import Item
from models.rules.errors import NotVisible
from models.rules.evidence import may_prove
from models.rules.files import EXTENSIONS, KIND_NAMES
from models.rules.message import N_, Message
from models.rules.permissions import LIST_BLOCK
from models.rules.roles import Role
from models.rules.states import EvidenceKind, Holder, ListKey, MediaType
from models.rules.times import from_stamp, german_date, local_day


@dataclass(frozen=True, slots=True)
class Shown:
    """One piece of evidence. ``address`` leads to its file; ``removable``: this person's organisation added it."""

    id: int
    code: str
    what: Message
    note: str
    who: str
    address: str
    version: int
    removable: bool


@dataclass(frozen=True, slots=True)
class EvidencePart:
    """The evidence of an item or of a paper list, and whether more may be added; ``refused`` says why not now."""

    rows: tuple[Shown, ...]
    may_add: bool
    refused: str


@dataclass(frozen=True, slots=True)
class StoredCopy:
    """A file to hand out: its bytes, its kind, and a name without personal data."""

    content: bytes
    media_type: str
    filename: str


def seen_proofs(view: CaseView) -> Iterator[Proof]:
    """The evidence that this person sees: of items and lists that she sees, within what her record holds.

    After the acceptance each side keeps its own; a scan shows every item, so it needs sight of the whole list. What
    proves an item that the case's version does not ask any more stays, like its answer.
    """
    for proof in view.held.evidence:
        key = ListKey(proof.list)
        mine = proof.organisation_id == view.actor.organisation_id
        if not (mine or _shared(view, proof)):
            continue
        item = _item(view, proof.item)
        if (mine or LIST_BLOCK[key] in view.blocks) if not proof.item else (item and view.sees(key, item)):
            yield proof


def _item(view: CaseView, code: str) -> Item | None:
    asked = items_of(view.definitions).get(code)
    if asked or not code:
        return asked
    return every_item(view.held).get(code, (None, None))[1]


def _shared(view: CaseView, proof: Proof) -> bool:
    """Whether the evidence of another organisation belongs to the record that this person works with."""
    apart = view.standing.read_only or (view.actor.role == Role.JOBCENTER and view.held.accepted)
    return proof.holder == Holder.JOINT and not apart


def evidence_of_item(view: CaseView, key: ListKey, code: str) -> EvidencePart:
    """What proves the answer to an item that this person sees."""
    may_add = may_prove(items_of(view.definitions)[code], view.standing)
    return _part(view, key, [proof for proof in seen_proofs(view) if proof.item == code], may_add)


def evidence_of_dropped(view: CaseView, code: str) -> tuple[Shown, ...]:
    """What proves the answer to an item that is not asked any more: to be read, nothing is added."""
    return tuple(_shown(view, proof, may_add=False) for proof in seen_proofs(view) if proof.item == code)


def scans_of_list(view: CaseView, key: ListKey) -> EvidencePart:
    """The scanned papers of a list, and whether this person may add one: who answers any of its items."""
    items = view.items(view.definitions[key])
    found = [proof for proof in seen_proofs(view) if not proof.item and proof.list == key]
    return _part(view, key, found, any(may_prove(item, view.standing) for item in items))


def proof_count(view: CaseView, code: str) -> int:
    """How many pieces of evidence an item has that this person sees."""
    return sum(proof.item == code for proof in seen_proofs(view)) if view.held.evidence else 0


def name_of_proof(view: CaseView, evidence_id: int | None) -> str:
    """What one piece of evidence is, in words; empty for one that this person does not see, or no more."""
    proof = next((one for one in seen_proofs(view) if one.id == evidence_id), None) if evidence_id else None
    if proof is None:
        return ""
    return f"{_what(view, proof)} ({proof.note})" if proof.note else str(_what(view, proof))


def _part(view: CaseView, key: ListKey, proofs: list[Proof], may_add: bool) -> EvidencePart:
    refused = has_ended(view.standing, view.held.stages[key].state)
    may_add = may_add and refused is None
    rows = tuple(_shown(view, proof, may_add=may_add) for proof in proofs)
    return EvidencePart(rows, may_add, str(refused) if refused else "")


def _shown(view: CaseView, proof: Proof, *, may_add: bool) -> Shown:
    on = german_date(local_day(from_stamp(proof.recorded_at)))
    mine = proof.organisation_id == view.actor.organisation_id
    parts = (proof.person or "", view.held.office(proof.organisation_id), on)
    return Shown(
        id=proof.id,
        code=proof.item,
        what=_what(view, proof),
        note=proof.note,
        who=", ".join(part for part in parts if part),
        address=_address(view, proof),
        version=proof.version,
        removable=may_add and mine,
    )


def _what(view: CaseView, proof: Proof) -> Message:
    if proof.kind == EvidenceKind.SEEN:
        return Message(N_("vorgelegt am {day}, keine Kopie"), day=german_date(proof.seen_on))
    kind = KIND_NAMES[MediaType(str(proof.media_type))]
    size = f"{max(1, round((proof.size or 0) / 1024)):,} KB".replace(",", ".")
    if proof.kind == EvidenceKind.FILE:
        return Message(N_("Datei, {kind}, {size}"), kind=kind, size=size)
    title = view.definitions[ListKey(proof.list)].title
    return Message(
        N_("{title}, Papier der Fassung {version}: {kind}, {size}"),
        title=title,
        version=proof.paper_version,
        kind=kind,
        size=size,
    )


def _address(view: CaseView, proof: Proof) -> str:
    if proof.sha256 is None:
        return ""
    return f"/faelle/{view.held.case.number}/dateien/{proof.sha256}.{EXTENSIONS[MediaType(str(proof.media_type))]}"


def stored_copy(view: CaseView, name: str) -> StoredCopy:
    """The file behind the end of an address; NotVisible for one that this person does not see or that is gone."""
    for proof in seen_proofs(view):
        if proof.sha256 and _address(view, proof).endswith(f"/{name}"):
            content = content_of_upload(view.held.case.id, proof.sha256)
            if content is None:
                break
            subject = proof.item or proof.list
            return StoredCopy(
                content, str(proof.media_type), f"{view.held.case.number}-{subject}.{name.split('.')[-1]}"
            )
    raise NotVisible
