"""The agreement of first steps: written, closed, declined; and what becomes of its steps."""

from datetime import date, datetime

from peewee import fn

from models.base import db
from models.operations.case_lock import take_open_case
from models.operations.documents import Belongs, IssuedFile, store_file
from models.operations.ledger import claim, record
from models.operations.next_talks import check_chosen, settle_talk
from models.operations.uploads import keep_upload
from models.queries.case_view import CaseView
from models.rules.agreements import (
    STEP_STATES,
    AgreementPlan,
    AgreementState,
    Closing,
    NextTalk,
    StepState,
    check_closing,
    check_plan,
    check_reason,
    copy_problem,
    may_settle,
    step_text,
)
from models.rules.day_bundle import read_time
from models.rules.errors import NotAllowed, RuleBroken, StaleVersion
from models.rules.files import CheckedFile
from models.rules.message import N_, Message
from models.rules.past_days import past_day_problem
from models.rules.roles import Actor
from models.rules.times import german_date, local_day, stamp
from models.tables import Agreement, AgreementStep, Case

CHANGED = N_("Die Vereinbarung wurde inzwischen geändert. Ihre Eingabe steht noch da; bitte vergleichen.")


def save_draft(
    case: Case, draft: Agreement | None, plan: AgreementPlan, *, seen_version: int, actor: Actor, now: datetime
) -> None:
    """Write the draft of the next version. RuleBroken by field; StaleVersion where another one was begun meanwhile."""
    check_plan(plan, local_day(now))
    with db.atomic():
        take_open_case(case.id, actor=actor, now=now)
        row = draft or _begin(case, actor, now)
        if draft and not claim(Agreement, draft.id, seen_version):
            raise StaleVersion(Message(CHANGED))
        check_chosen(case.id, plan.talk, actor=actor, now=now)
        Agreement.update(
            goal=plan.goal.strip(),
            services=plan.services.strip(),
            contributions=plan.contributions.strip(),
            **_next(plan.talk),
            language=plan.language,
            interpreter=plan.interpreter.strip(),
            account=actor.account_id,
            written_at=stamp(now),
        ).where(Agreement.id == row.id, Agreement.state == AgreementState.DRAFT).execute()
        _write_steps(row.id, plan)
        data: dict[str, object] = {"number": row.number, "steps": len(plan.steps), "from_version": seen_version}
        record(actor, "agreement.drafted", data, now=now, case_id=case.id)


def _next(talk: NextTalk) -> dict[str, object]:
    begins = read_time(talk.begins) if talk.is_new else ""
    place = talk.place.strip() if talk.is_new else ""
    return {
        "appointment": talk.chosen,
        "next_on": talk.on,
        "next_begins": begins or "",
        "next_site": talk.site,
        "next_where": place,
    }


def _begin(case: Case, actor: Actor, now: datetime) -> Agreement:
    here = Agreement.select().where(Agreement.case == case.id)
    if here.where(Agreement.state == AgreementState.DRAFT).exists():
        raise StaleVersion(Message(CHANGED))
    number = (Agreement.select(fn.MAX(Agreement.number)).where(Agreement.case == case.id).scalar() or 0) + 1
    row: Agreement = Agreement.create(
        case=case.id,
        number=number,
        organisation=actor.organisation_id,
        account=actor.account_id,
        written_at=stamp(now),
    )
    return row


def _write_steps(agreement_id: int, plan: AgreementPlan) -> None:
    AgreementStep.delete().where(AgreementStep.agreement == agreement_id).execute()
    for position, step in enumerate(plan.steps, start=1):
        AgreementStep.create(
            agreement=agreement_id,
            position=position,
            kind=step.kind,
            detail=step.detail.strip(),
            who=step.who,
            until=step.until,
        )


def drop_draft(case: Case, draft: Agreement, *, seen_version: int, actor: Actor, now: datetime) -> None:
    """Throw a draft away; what holds goes on."""
    with db.atomic():
        take_open_case(case.id, actor=actor, now=now)
        _take(draft, seen_version)
        AgreementStep.delete().where(AgreementStep.agreement == draft.id).execute()
        Agreement.delete().where(Agreement.id == draft.id).execute()
        record(actor, "agreement.dropped", {"number": draft.number}, now=now, case_id=case.id)


def close_agreement(
    view: CaseView,
    draft: Agreement,
    closing: Closing,
    said: str,
    file: IssuedFile,
    scan: CheckedFile | None,
    *,
    seen_version: int,
    now: datetime,
) -> None:
    """Close an agreement: its paper is kept, its steps become tasks, the version before is replaced and stays readable.

    Its next appointment is agreed in the same transaction; ``said`` is what the paper says of it and stays whatever
    becomes of the appointment. RuleBroken by field, StaleVersion where the draft was changed since it was printed.
    """
    case, actor = view.held.case, view.actor
    check_closing(closing, opened_on=case.opened_on, today=local_day(now))
    with db.atomic():
        take_open_case(case.id, actor=actor, now=now)
        _take(draft, seen_version)
        appointment = settle_talk(view, draft, closing.despite, now=now)
        document, digest = store_file(file, Belongs(case_id=case.id), actor=actor, now=now)
        upload = keep_upload(case.id, scan, actor=actor, now=now) if scan else None
        Agreement.update(
            state=AgreementState.AGREED,
            agreed_on=closing.agreed_on,
            paper_reason=closing.paper_reason if closing.with_pin else "",
            copy_on=closing.copy_on,
            appointment=appointment,
            next_said=said,
            document=document,
            scan=upload,
        ).where(Agreement.id == draft.id).execute()
        _replace_earlier(case.id, draft.id)
        data: dict[str, object] = {"number": draft.number, "on": _iso(closing.agreed_on), "file": digest}
        data |= {"signatures": file.signatures, "copy_on": _iso(closing.copy_on), "from_version": seen_version}
        data |= {"appointment": appointment}
        record(actor, "agreement.closed", data, now=now, case_id=case.id)


def _take(draft: Agreement, seen_version: int) -> None:
    is_draft = Agreement.select(Agreement.id).where(Agreement.id == draft.id, Agreement.state == AgreementState.DRAFT)
    if not claim(Agreement, draft.id, seen_version) or not is_draft.exists():
        raise StaleVersion(Message(CHANGED))


def _replace_earlier(case_id: int, agreement_id: int) -> None:
    Agreement.update(replaced_by=agreement_id).where(
        Agreement.case == case_id,
        Agreement.id != agreement_id,
        Agreement.state != AgreementState.DRAFT,
        Agreement.replaced_by.is_null(),
    ).execute()


def _holding(case_id: int) -> Agreement | None:
    """The closed version that no later one has replaced."""
    holds = (Agreement.case == case_id) & (Agreement.state != AgreementState.DRAFT) & Agreement.replaced_by.is_null()
    found: Agreement | None = Agreement.select().where(holds).order_by(Agreement.number.desc()).first()
    return found


def decline_agreement(
    case: Case, state: AgreementState, on: date | None, reason: str, *, seen: int, actor: Actor, now: datetime
) -> None:
    """Note that the person refused an agreement, or that it is not possible yet. It blocks nothing (rules.md 11).

    ``seen``: the id of the version that held when the form was shown, 0 for none. StaleVersion where another one came
    since. RuleBroken without a reason, and where an agreement holds: that one goes on.
    """
    check_reason(reason)
    if problem := past_day_problem(on, case.opened_on, local_day(now)):
        raise RuleBroken(problem, {"agreed_on": problem})
    with db.atomic():
        take_open_case(case.id, actor=actor, now=now)
        held = _holding(case.id)
        if (held.id if held else 0) != seen:
            raise StaleVersion(Message(CHANGED))
        if held and held.state == AgreementState.AGREED:
            text = N_("Es gilt die Vereinbarung vom {day}. Lehnt die Person die neue ab, verwerfen Sie den Entwurf.")
            raise RuleBroken(Message(text, day=german_date(held.agreed_on)))
        row = _begin(case, actor, now)
        Agreement.update(state=state, agreed_on=on, reason=reason.strip()).where(Agreement.id == row.id).execute()
        _replace_earlier(case.id, row.id)
        data: dict[str, object] = {"state": state, "on": _iso(on), "reason": reason.strip()}
        record(actor, "agreement.declined", data, now=now, case_id=case.id)


def settle_step(
    case: Case,
    step: AgreementStep,
    state: StepState,
    on: date | None,
    *,
    seen_version: int,
    actor: Actor,
    now: datetime,
) -> None:
    """Note what became of a step, or that it is open again; its task goes or comes back. StaleVersion, NotAllowed."""
    if not may_settle(actor.role, step.who):
        raise NotAllowed(Message(N_("Den Stand dieses Schritts trägt die Agentur ein.")))
    day = None if state == StepState.OPEN else on or local_day(now)
    if day and (problem := past_day_problem(day, case.opened_on, local_day(now))):
        raise RuleBroken(problem, {"settled_on": problem})
    with db.atomic():
        take_open_case(case.id, actor=actor, now=now)
        if not claim(AgreementStep, step.id, seen_version):
            raise StaleVersion(Message(CHANGED))
        AgreementStep.update(state=state, settled_on=day).where(AgreementStep.id == step.id).execute()
        words = {"step": step_text(step.kind, step.detail), "state": STEP_STATES[state][0]}
        data: dict[str, object] = {**words, "on": _iso(day), "from_version": seen_version}
        record(actor, "agreement.step", data, now=now, case_id=case.id)


def note_copy(
    case: Case, agreement: Agreement, on: date | None, *, seen_version: int, actor: Actor, now: datetime
) -> None:
    """Note that the person was given a copy (§ 37 Abs. 3 SGB III). RuleBroken at ``copy_on``, StaleVersion."""
    problem = copy_problem(on, agreement.agreed_on, local_day(now))
    if problem:
        raise RuleBroken(problem, {"copy_on": problem})
    with db.atomic():
        take_open_case(case.id, actor=actor, now=now)
        if not claim(Agreement, agreement.id, seen_version):
            raise StaleVersion(Message(CHANGED))
        Agreement.update(copy_on=on).where(Agreement.id == agreement.id).execute()
        record(actor, "agreement.copy", {"number": agreement.number, "on": _iso(on)}, now=now, case_id=case.id)


def _iso(day: date | None) -> str:
    return day.isoformat() if day else ""
