"""What person and Agentur agree on: consents on their forms, first steps, and what becomes of them."""

from datetime import date, datetime

from demo.people import PIN
from demo.training import Told
from models.operations.agreements import decline_agreement, save_draft, settle_step
from models.operations.consents import record_consent
from models.queries.agreements import agreement_page, step_of
from models.queries.case_view import CaseView, view_of
from models.queries.consents import consent_line
from models.rules.agreements import AgreementPlan, AgreementState, Closing, StepPlan, StepState, Who
from models.rules.consents import Decision, Purpose
from models.rules.states import Holder
from models.rules.texts import first_language
from models.rules.times import local_day
from pdf.agreement.issue import Place, issue_agreement

INTERPRETER = "A. Karimi"


def _view(told: Told, now: datetime) -> CaseView:
    return view_of(told.held(local_day(now)), told.training.clerks["agentur"])


def decide(told: Told, purpose: Purpose, now: datetime, *, is_granted: bool) -> None:
    """Record what the person decided on the form of a consent."""
    view, day = _view(told, now), local_day(now)
    line = consent_line(view, purpose, view.actor.organisation_id if purpose == Purpose.E5 else None)
    language = first_language(view.held.person.languages or ())
    decision = Decision(purpose, is_granted, day, line.recipient, language, INTERPRETER)
    record_consent(view.held.case, decision, None, seen=line.version, actor=view.actor, now=now)


def agree(told: Told, now: datetime, *, with_pin: bool = False) -> None:
    """Close the agreement with the steps that the person told of (B38)."""
    view = _view(told, now)
    save_draft(view.held.case, None, _plan(view, local_day(now)), seen_version=0, actor=view.actor, now=now)
    page = agreement_page(_view(told, now))
    current = told.training.settings
    day = local_day(now)
    issue_agreement(
        view,
        page,
        page.draft,
        Closing(day, with_pin, "wish" if with_pin else "", day),
        PIN if with_pin else "",
        None,
        Place(current.pki, current.pepper, current.demo),
        seen_version=page.draft.version,
        now=now,
    )


def decline(told: Told, reason: str, now: datetime) -> None:
    """An agreement is not possible yet."""
    view = _view(told, now)
    state = AgreementState.NOT_YET
    decline_agreement(view.held.case, state, local_day(now), reason, seen=0, actor=view.actor, now=now)


def _plan(view: CaseView, today: date) -> AgreementPlan:
    told = view.held.answer("B38", Holder.JOINT)
    values = told.values if told else {}
    return AgreementPlan(
        goal="Deutsch lernen und eine passende Arbeit finden.",
        steps=tuple(_step(values, row, today) for row in range(1, int(values.get("entries", 0)) + 1)),
        services="Beratung, Hilfe bei Anträgen",
        contributions="Termine wahrnehmen, Unterlagen mitbringen",
        language=first_language(view.held.person.languages or ()),
        interpreter=INTERPRETER,
    )


def _step(values: dict[str, str], row: int, today: date) -> StepPlan:
    who = values[f"who_{row}"]
    until = max(today, date.fromisoformat(values[f"until_{row}"]))
    return StepPlan(row, values[f"step_{row}"], values.get(f"detail_{row}", ""), _known(who), until)


def _known(who: str) -> str:
    return who if who in set(Who) else Who.PERSON


def finish_first_step(told: Told, now: datetime) -> None:
    """The first step is done."""
    view = _view(told, now)
    page = agreement_page(view)
    step = step_of(view, page.steps[page.current.id][0].id)
    day = local_day(now)
    settle_step(view.held.case, step, StepState.DONE, day, seen_version=step.version, actor=view.actor, now=now)
