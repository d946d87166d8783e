"""Adds evidence to a case, and removes it with a reason."""

import hashlib
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from models.base import db
from models.operations.ledger import claim, record
from models.operations.uploads import drop_unused, keep_upload
from models.queries.case_view import CaseView
from models.queries.evidence import seen_proofs
from models.queries.item_rows import ItemRow, holder_of
from models.queries.proofs import Proof
from models.rules.answering import has_ended
from models.rules.errors import NotAllowed, NotVisible, RuleBroken, StaleVersion
from models.rules.evidence import check_seen, checked_reason, may_prove
from models.rules.files import CheckedFile
from models.rules.message import N_, Message
from models.rules.states import CaseState, EvidenceKind, ListKey
from models.rules.times import local_day, stamp
from models.tables import Case, Evidence


@dataclass(frozen=True, slots=True)
class _Addition:
    """A piece of evidence on its way into the database; ``item`` is empty for the paper of a whole list."""

    view: CaseView
    key: ListKey
    item: str
    kind: EvidenceKind
    now: datetime
    paper_version: int | None = None

    @property
    def case_id(self) -> int:
        return int(self.view.held.case.id)


def add_seen(view: CaseView, row: ItemRow, seen_on: date | None, note: str, *, now: datetime) -> None:
    """Note that a paper was shown, without a copy: the way to be preferred (domain.md 1.4).

    NotAllowed for whom the item is none of her tasks; RuleBroken at ``seen_on`` or ``note``, and for the same note of
    the same day again, so that a double click adds one.
    """
    _check(view, row.key, may_prove(row.item, view.standing))
    check_seen(seen_on, note, local_day(now))
    addition = _Addition(view, row.key, row.code, EvidenceKind.SEEN, now)
    with db.atomic():
        _lock(addition)
        same = (Evidence.kind == EvidenceKind.SEEN) & (Evidence.seen_on == seen_on) & (Evidence.note == note)
        _refuse_twice(addition, same, "seen_on", N_("Das steht schon bei diesem Punkt."))
        _insert(addition, {"seen_on": seen_on, "note": note}, {"seen_on": str(seen_on)})


def add_file(view: CaseView, row: ItemRow, file: CheckedFile, *, now: datetime) -> None:
    """Add a copy to an item; NotAllowed as ``add_seen``, RuleBroken at ``file`` for one that it has already."""
    _check(view, row.key, may_prove(row.item, view.standing))
    _add_upload(_Addition(view, row.key, row.code, EvidenceKind.FILE, now), file)


def add_scan(view: CaseView, key: ListKey, paper_version: int, file: CheckedFile, *, now: datetime) -> None:
    """Add the filled paper of a list; ``paper_version`` is the version of the list that was printed."""
    items = view.items(view.definitions[key])
    _check(view, key, any(may_prove(item, view.standing) for item in items))
    _add_upload(_Addition(view, key, "", EvidenceKind.SCAN, now, paper_version), file)


def _add_upload(addition: _Addition, file: CheckedFile) -> None:
    digest = hashlib.sha256(file.content).hexdigest()
    with db.atomic():
        _lock(addition)
        upload_id = keep_upload(addition.case_id, file, actor=addition.view.actor, now=addition.now)
        twice = N_("Diese Datei liegt hier schon.")
        _refuse_twice(addition, Evidence.upload == upload_id, "file", twice)
        told = {"sha256": digest, "media_type": file.media_type, "size": len(file.content)}
        _insert(addition, {"upload": upload_id, "paper_version": addition.paper_version}, told)


def _check(view: CaseView, key: ListKey, may_add: bool) -> None:
    if not may_add:
        raise NotAllowed
    if refused := has_ended(view.standing, view.held.stages[key].state):
        raise RuleBroken(refused)


def _lock(addition: _Addition) -> None:
    """Evidence of one case is added one after the other: this row is the lock. The case must not have ended."""
    is_open = (Case.id == addition.case_id) & (Case.state == CaseState.OPEN)
    if not Case.update(changed_at=stamp(addition.now)).where(is_open).execute():
        raise RuleBroken(Message(N_("Der Fall ist abgeschlossen.")))


def _refuse_twice(addition: _Addition, same: Any, field: str, sentence: str) -> None:
    here = (
        (Evidence.case == addition.case_id)
        & (Evidence.list == addition.key)
        & (Evidence.item == addition.item)
        & (Evidence.organisation == addition.view.actor.organisation_id)
        & Evidence.removed_at.is_null()
    )
    if Evidence.select(Evidence.id).where(here & same).exists():
        message = Message(sentence)
        raise RuleBroken(message, {field: message})


def _insert(addition: _Addition, columns: dict[str, Any], told: dict[str, object]) -> None:
    actor = addition.view.actor
    place = {"list": addition.key, "item": addition.item, "holder": holder_of(addition.view), "kind": addition.kind}
    Evidence.insert(
        case=addition.case_id,
        organisation=actor.organisation_id,
        account=actor.account_id,
        recorded_at=stamp(addition.now),
        **place,
        **columns,
    ).execute()
    record(actor, "evidence.added", {**place, **told}, now=addition.now, case_id=addition.case_id)


def remove_evidence(view: CaseView, proof_id: int, reason: str, *, seen_version: int, now: datetime) -> Proof:
    """Remove evidence of the own organisation; the row and the reason stay, a file that nothing rests on is deleted.

    Returns what was removed. NotVisible for none that this person sees, NotAllowed for another organisation's,
    RuleBroken at ``reason`` without one, StaleVersion where somebody was faster.
    """
    proof = next((one for one in seen_proofs(view) if one.id == proof_id), None)
    if proof is None:
        raise NotVisible
    _check(view, ListKey(proof.list), proof.organisation_id == view.actor.organisation_id)
    text = checked_reason(reason)
    with db.atomic():
        _lock(_Addition(view, ListKey(proof.list), proof.item, EvidenceKind(proof.kind), now))
        if not claim(Evidence, proof_id, seen_version):
            raise StaleVersion
        actor = view.actor
        Evidence.update(removed_at=stamp(now), removed_by=actor.account_id, remove_reason=text).where(
            Evidence.id == proof_id
        ).execute()
        drop_unused(view.held.case.id, proof.sha256)
        told = {"list": proof.list, "item": proof.item, "kind": proof.kind, "reason": text, "sha256": proof.sha256}
        record(actor, "evidence.removed", told, now=now, case_id=view.held.case.id)
    return proof
