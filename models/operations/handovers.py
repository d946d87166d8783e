"""What the sender does with a handover: prepare, send, withdraw, begin a new version; and the calendar: expire."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from models.base import db
from models.operations.documents import Belongs, IssuedFile, store_file
from models.operations.ledger import claim, record
from models.queries.law_days import receipt_due, version_due
from models.rules.errors import RuleBroken, StaleVersion
from models.rules.handovers import Action, change_problems, days_of_change, expires_on, next_state
from models.rules.message import N_, Message
from models.rules.roles import SYSTEM, Actor
from models.rules.states import CaseState, ListKey, StageState
from models.rules.states import HandoverState as State
from models.rules.times import from_stamp, local_day, stamp
from models.tables import Case, CaseStage, Handover

CHANGED = N_("Die Übergabe wurde inzwischen geändert oder schon übermittelt. Es wurde nichts doppelt angelegt.")


@dataclass(frozen=True, slots=True)
class Preparation:
    """What the sender decides before sending. ``gap_reasons`` maps codes of gaps to reasons that are printed."""

    released: Mapping[str, Any]
    gap_reasons: Mapping[str, str]
    informed_on: date | None
    change_on: date | None
    override_reason: str = ""


@dataclass(frozen=True, slots=True)
class FrozenSheet:
    """The snapshot as it was frozen (canonical JSON text), its SHA-256, the code printed on the sheet, the signed file.

    ``subject`` is the person's name as transmitted: before acceptance the receiver sees no other.
    """

    snapshot: str
    sha256: str
    code: str
    subject: str
    file: IssuedFile


def take(
    handover: Handover, action: Action, *, seen_version: int, actor: Actor, reason: str | None = None
) -> tuple[Handover, State]:
    """Claim the handover for an action; returns its row as it stands and the state that follows.

    Must be the second statement of the operation. StaleVersion for a double click or an outdated page, RuleBroken where
    the table of transitions forbids it.
    """
    if not claim(Handover, handover.id, seen_version):
        raise StaleVersion(Message(CHANGED))
    current = Handover.get_by_id(handover.id)
    return current, next_state(action, State(current.state), actor.role, reason)


def save_preparation(
    handover: Handover, preparation: Preparation, *, seen_version: int, actor: Actor, now: datetime
) -> None:
    """Keep what the sender decided. RuleBroken for a day in the future or another change date without a reason."""
    _check_preparation(handover, preparation, local_day(now))
    with db.atomic():
        row, _state = take(handover, Action.PREPARE, seen_version=seen_version, actor=actor)
        follows = preparation.change_on == row.proposed_on
        Handover.update(
            released=dict(preparation.released),
            gap_reasons=dict(preparation.gap_reasons),
            informed_on=preparation.informed_on,
            override_reason="" if follows else preparation.override_reason.strip(),
            due_on=version_due(row.recorded_on, preparation.change_on),
            **days_of_change(preparation.change_on),
        ).where(Handover.id == row.id).execute()
        _begin_stage(row.case_id)
        data: dict[str, object] = {
            "reference": row.reference,
            "released": dict(preparation.released),
            "gaps": sorted(preparation.gap_reasons),
            "informed_on": _iso(preparation.informed_on),
            "change_on": [_iso(row.change_on), _iso(preparation.change_on)],
            "from_version": seen_version,
        }
        record(actor, "handover.prepared", data, now=now, case_id=row.case_id)


def _begin_stage(case_id: int) -> None:
    CaseStage.update(state=StageState.IN_PROGRESS, version=CaseStage.version + 1).where(
        CaseStage.case == case_id, CaseStage.key == ListKey.HANDOVER, CaseStage.state == StageState.OPEN
    ).execute()


def _check_preparation(handover: Handover, preparation: Preparation, today: date) -> None:
    problems = change_problems(preparation.change_on, handover.proposed_on, preparation.override_reason)
    if preparation.informed_on and preparation.informed_on > today:
        problems["informed_on"] = Message(N_("Das Datum liegt in der Zukunft."))
    if problems:
        raise RuleBroken(next(iter(problems.values())), problems)


def _at(field: str, text: str) -> RuleBroken:
    return RuleBroken(Message(text), {field: Message(text)})


def send_handover(handover: Handover, sheet: FrozenSheet, *, seen_version: int, actor: Actor, now: datetime) -> None:
    """Transmit a signed sheet: keep snapshot and file; from now on the receiver sees the snapshot.

    The earlier version that this one answers is superseded. StaleVersion where the draft changed since the snapshot was
    frozen; RuleBroken while another version is under way or the case was handed over already.
    """
    with db.atomic():
        is_open = touch_case(handover.case_id, now)
        row, state = take(handover, Action.SEND, seen_version=seen_version, actor=actor)
        if not is_open:
            raise RuleBroken(Message(N_("Der Fall ist abgeschlossen.")))
        _refuse_second_way(row)
        Handover.update(
            state=state,
            snapshot=sheet.snapshot,
            snapshot_sha256=sheet.sha256,
            code=sheet.code,
            subject=sheet.subject,
            sent_at=stamp(now),
            sent_by=actor.account_id,
            due_on=receipt_due(local_day(now)),
        ).where(Handover.id == row.id).execute()
        _id, digest = store_file(sheet.file, Belongs(row.case_id, row.id), actor=actor, now=now)
        _supersede_earlier(row, actor, now)
        _begin_stage(row.case_id)
        data = {"reference": row.reference, "snapshot": sheet.sha256, "file": digest, "from_version": seen_version}
        record(actor, "handover.sent", data | {"signed_as": actor.function}, now=now, case_id=row.case_id)


def touch_case(case_id: int, now: datetime) -> bool:
    """Lock the case, always before its handovers, so that two operations never wait for each other; is it open?"""
    query = Case.update(changed_at=stamp(now)).where(Case.id == case_id, Case.state == CaseState.OPEN)
    return bool(query.execute())


def _refuse_second_way(row: Handover) -> None:
    others = Handover.select(Handover.id).where(
        Handover.case == row.case_id,
        Handover.id != row.id,
        Handover.state.in_([State.SENT, State.RECEIVED, State.ACCEPTED]),
    )
    if others.exists():
        raise RuleBroken(Message(N_("Eine andere Fassung ist noch unterwegs oder schon angenommen.")))


def _supersede_earlier(row: Handover, actor: Actor, now: datetime) -> None:
    earlier = Handover.select().where(
        Handover.case == row.case_id,
        Handover.number < row.number,
        Handover.replaced_by.is_null() | (Handover.replaced_by == row.id),
    )
    for old in earlier:
        queried = old.state == State.QUERIED
        state = State.SUPERSEDED if queried else State(old.state)
        Handover.update(
            state=state,
            replaced_by=row.id,
            closed_at=old.closed_at or stamp(now),
            due_on=None,
            version=Handover.version + 1,
        ).where(Handover.id == old.id).execute()
        if queried:
            data = {"reference": old.reference, "by": row.reference, "from_version": old.version}
            record(actor, "handover.superseded", data, now=now, case_id=row.case_id)


def withdraw_handover(handover: Handover, reason: str, *, seen_version: int, actor: Actor, now: datetime) -> None:
    """Take a transmitted sheet back, with a reason; the receiver no longer sees its content."""
    with db.atomic():
        row, state = take(handover, Action.WITHDRAW, seen_version=seen_version, actor=actor, reason=reason)
        close(row, state, reason, "handover.withdrawn", seen_version, actor=actor, now=now)


def close(
    row: Handover, state: State, reason: str, kind: str, seen_version: int, *, actor: Actor, now: datetime
) -> None:
    """End the way of a version without acceptance; inside the transaction that claimed it."""
    Handover.update(state=state, reason=reason.strip(), closed_at=stamp(now), due_on=None).where(
        Handover.id == row.id
    ).execute()
    data = {"reference": row.reference, "reason": reason.strip(), "from_version": seen_version}
    record(actor, kind, data, now=now, case_id=row.case_id)


def begin_new_version(handover: Handover, *, seen_version: int, actor: Actor, now: datetime) -> str:
    """A new draft with the decisions of a version that came back; returns its reference.

    RuleBroken where a later version exists already, or for a draft that was dropped: its ground is gone.
    """
    with db.atomic():
        touch_case(handover.case_id, now)
        row, _state = take(handover, Action.RENEW, seen_version=seen_version, actor=actor)
        if row.sent_at is None:
            raise RuleBroken(Message(N_("Der Entwurf ist hinfällig. Ein neuer entsteht mit dem Wechsel.")))
        if Handover.select().where(Handover.case == row.case_id, Handover.number > row.number).exists():
            raise RuleBroken(Message(N_("Es gibt schon eine neuere Fassung.")))
        new_id, reference = _copy_as_draft(row, local_day(now))
        Handover.update(replaced_by=new_id, due_on=None).where(Handover.id == row.id).execute()
        data = {"reference": reference, "after": row.reference, "from_version": seen_version}
        record(actor, "handover.renewed", data, now=now, case_id=row.case_id)
    return reference


_KEPT = (
    Handover.case, Handover.sender, Handover.receiver, Handover.decision_code, Handover.served_on,
    Handover.asylblg_until, Handover.proposed_on, Handover.change_on, Handover.application_latest,
    Handover.legal_basis, Handover.override_reason, Handover.released, Handover.gap_reasons, Handover.informed_on,
)  # fmt: skip


def _copy_as_draft(row: Handover, today: date) -> tuple[int, str]:
    number = row.number + 1
    reference = f"{row.reference.rpartition('-')[0]}-{number}"
    kept = {field.name: row.__data__.get(field.name) for field in _KEPT}
    due = version_due(today, row.change_on)
    new = Handover.create(reference=reference, number=number, recorded_on=today, due_on=due, **kept)
    return new.id, reference


def note_copy_given(handover: Handover, given_on: date, *, seen_version: int, actor: Actor, now: datetime) -> None:
    """Note when the person got a copy of the sheet (U12; Art. 13, 14 DSGVO); RuleBroken for a day in the future."""
    if given_on > local_day(now):
        raise _at("copy_given_on", N_("Das Datum liegt in der Zukunft."))
    with db.atomic():
        row, _state = take(handover, Action.NOTE_COPY, seen_version=seen_version, actor=actor)
        Handover.update(copy_given_on=given_on).where(Handover.id == row.id).execute()
        data = {"reference": row.reference, "on": given_on.isoformat(), "from_version": seen_version}
        record(actor, "handover.copy_given", data, now=now, case_id=row.case_id)


def expire_handovers(*, now: datetime) -> list[str]:
    """End the sheets that nobody accepted while their data was fresh; returns their references."""
    today = local_day(now)
    waiting = list(Handover.select().where(Handover.state.in_([State.SENT, State.RECEIVED])))
    late = [row for row in waiting if expires_on(local_day(from_stamp(row.sent_at))) <= today]
    return [row.reference for row in late if _expire(row, now)]


def _expire(handover: Handover, now: datetime) -> bool:
    reason = str(Message(N_("Nicht innerhalb von drei Monaten angenommen; die Angaben sind nicht mehr aktuell.")))
    try:
        with db.atomic():
            row, state = take(handover, Action.EXPIRE, seen_version=handover.version, actor=SYSTEM)
            close(row, state, reason, "handover.expired", handover.version, actor=SYSTEM, now=now)
    except StaleVersion:
        return False  # somebody answered it in this moment
    return True


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None
