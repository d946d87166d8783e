"""What the receiver does with a handover: confirm receipt, accept, return, reject, copy values into its own system."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from models.base import db
from models.operations.documents import Belongs, IssuedFile, replace_document, store_file
from models.operations.handovers import CHANGED, close, take
from models.operations.ledger import claim, record
from models.queries.law_days import first_talk_due, version_due
from models.rules.errors import NotVisible, RuleBroken, StaleVersion
from models.rules.handovers import AGENTUR_SEES_MONTHS, CONTENT_STATES, Action, acceptance_due
from models.rules.law.calendar import add_months
from models.rules.message import N_, Message
from models.rules.roles import Actor
from models.rules.states import HandoverState as State
from models.rules.times import local_day, stamp
from models.tables import Case, Handover, TakenField


@dataclass(frozen=True, slots=True)
class Query:
    """A field that the receiver misses: its place on the sheet ("F.school_years") and its German name."""

    field: str
    label: str


@dataclass(frozen=True, slots=True)
class Acceptance:
    """What accepting needs: the check (U17), the countersigned sheet, the receipt, and the first talk if agreed."""

    checked: bool
    sheet: IssuedFile
    receipt: IssuedFile
    signed_document_id: int
    case_version: int
    first_talk_on: date | None = None


def confirm_receipt(handover: Handover, *, seen_version: int, actor: Actor, now: datetime) -> None:
    """Confirm that the sheet arrived (U16)."""
    with db.atomic():
        row, state = take(handover, Action.RECEIVE, seen_version=seen_version, actor=actor)
        Handover.update(
            state=state,
            received_at=stamp(now),
            received_by=actor.account_id,
            checked={"U16": local_day(now).isoformat()},
            due_on=acceptance_due(local_day(now), row.change_on),
        ).where(Handover.id == row.id).execute()
        data = {"reference": row.reference, "from_version": seen_version}
        record(actor, "handover.received", data, now=now, case_id=row.case_id)


def accept_handover(
    handover: Handover, acceptance: Acceptance, *, seen_version: int, actor: Actor, now: datetime
) -> None:
    """Take the case over: keep the countersigned sheet and the receipt, and make the receiver responsible.

    RuleBroken unless signature and completeness were checked (U17); StaleVersion where handover or case changed.
    """
    if not acceptance.checked:
        raise _at("checked", N_("Bestätigen Sie, dass Sie Unterschrift und Vollständigkeit geprüft haben."))
    with db.atomic():
        unchanged = claim(Case, handover.case_id, acceptance.case_version)  # the case is locked before its handovers
        row, state = take(handover, Action.ACCEPT, seen_version=seen_version, actor=actor)
        if not unchanged:
            raise StaleVersion(Message(CHANGED))
        today = local_day(now)
        Handover.update(
            state=state,
            accepted_at=stamp(now),
            accepted_by=actor.account_id,
            checked={**row.checked, "U17": today.isoformat()},
            first_talk_on=acceptance.first_talk_on,
            due_on=first_talk_due(today) if acceptance.first_talk_on is None else None,
        ).where(Handover.id == row.id).execute()
        digest = _keep_files(row, acceptance, actor, now)
        data = {"reference": row.reference, "file": digest, "from_version": seen_version}
        if acceptance.first_talk_on:
            data["first_talk_on"] = acceptance.first_talk_on.isoformat()
        record(actor, "handover.accepted", data | {"signed_as": actor.function}, now=now, case_id=row.case_id)
        _hand_over_case(row, acceptance.case_version, actor, now)


def _keep_files(row: Handover, acceptance: Acceptance, actor: Actor, now: datetime) -> str:
    belongs = Belongs(row.case_id, row.id)
    later, digest = store_file(acceptance.sheet, belongs, actor=actor, now=now)
    replace_document(acceptance.signed_document_id, later)
    store_file(acceptance.receipt, belongs, actor=actor, now=now)
    return digest


def _hand_over_case(row: Handover, case_version: int, actor: Actor, now: datetime) -> None:
    today = local_day(now)
    before = Case.get_by_id(row.case_id)
    Case.update(
        responsible=row.receiver_id,
        legal_sphere="S2",
        accepted_on=today,
        agentur_sees_until=add_months(today, AGENTUR_SEES_MONTHS),
        asylblg_until=row.asylblg_until or _day_before(row.change_on) or before.asylblg_until,
        changed_at=stamp(now),
    ).where(Case.id == row.case_id).execute()
    data = {
        "from": before.responsible_id,
        "to": row.receiver_id,
        "sphere": [before.legal_sphere, "S2"],
        "reference": row.reference,
        "from_version": case_version,
    }
    record(actor, "case.responsibility_changed", data, now=now, case_id=row.case_id)


def _day_before(day: date | None) -> date | None:
    return day - timedelta(days=1) if day else None


def return_handover(
    handover: Handover,
    queries: Sequence[Query],
    explanation: str,
    *,
    seen_version: int,
    actor: Actor,
    now: datetime,
) -> None:
    """Send the sheet back with what is missing; the sender gets it as a task. RuleBroken without any question."""
    reason = explanation.strip() or "; ".join(query.label for query in queries)
    if not reason:
        raise _at("queries", N_("Kreuzen Sie an, was fehlt, oder erläutern Sie Ihre Rückfrage."))
    with db.atomic():
        row, state = take(handover, Action.QUERY, seen_version=seen_version, actor=actor, reason=reason)
        today = local_day(now)
        Handover.update(
            state=state,
            queries=[{"field": query.field, "label": query.label} for query in queries],
            reason=explanation.strip(),
            due_on=version_due(today, row.change_on),
        ).where(Handover.id == row.id).execute()
        data = {
            "reference": row.reference,
            "fields": [query.field for query in queries],
            "explained": bool(explanation.strip()),
            "from_version": seen_version,
        }
        record(actor, "handover.queried", data, now=now, case_id=row.case_id)


def reject_handover(handover: Handover, reason: str, *, seen_version: int, actor: Actor, now: datetime) -> None:
    """Refuse the sheet, with a reason; the case stays where it was."""
    with db.atomic():
        row, state = take(handover, Action.REJECT, seen_version=seen_version, actor=actor, reason=reason)
        close(row, state, reason, "handover.rejected", seen_version, actor=actor, now=now)


def note_first_talk(handover: Handover, talk_on: date, *, seen_version: int, actor: Actor, now: datetime) -> None:
    """Note the day of the first talk in the Jobcenter (U22; § 15 Abs. 4 SGB II)."""
    with db.atomic():
        row, _state = take(handover, Action.NOTE_FIRST_TALK, seen_version=seen_version, actor=actor)
        Handover.update(first_talk_on=talk_on, due_on=None).where(Handover.id == row.id).execute()
        data = {"reference": row.reference, "on": talk_on.isoformat(), "from_version": seen_version}
        record(actor, "handover.first_talk", data, now=now, case_id=row.case_id)


def mark_taken(handover: Handover, field: str, taken: bool, *, actor: Actor, now: datetime) -> None:
    """Tick off a value that was copied into the receiver's own system, or take the tick back.

    No event and no version: it changes nothing that anybody answers for, and two ticks of two people do not collide.
    """
    if handover.receiver_id != actor.organisation_id or State(handover.state) not in CONTENT_STATES:
        raise NotVisible
    with db.atomic():
        if taken:
            TakenField.insert(
                handover=handover.id, field=field, account=actor.account_id, taken_at=stamp(now)
            ).on_conflict_ignore().execute()
        else:
            TakenField.delete().where(TakenField.handover == handover.id, TakenField.field == field).execute()


def _at(field: str, text: str) -> RuleBroken:
    return RuleBroken(Message(text), {field: Message(text)})
