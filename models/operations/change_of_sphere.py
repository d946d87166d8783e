"""The draft of a handover follows the proposed change of legal sphere; a person may set another day with a reason."""

from datetime import date, datetime

from models.base import db
from models.operations.handovers import close
from models.operations.ledger import claim, record
from models.queries.dossier import Dossier, dossier
from models.queries.law_days import version_due
from models.queries.residence import propose_change
from models.rules.errors import NotAllowed, RuleBroken, StaleVersion
from models.rules.handovers import days_of_change
from models.rules.law.outcomes import SphereOutcome
from models.rules.message import N_, Message
from models.rules.roles import Actor, Role
from models.rules.states import CaseState, HandoverState
from models.rules.times import local_day, stamp
from models.tables import Case, Handover, Person

ENDED = (HandoverState.REJECTED, HandoverState.WITHDRAWN, HandoverState.EXPIRED, HandoverState.SUPERSEDED)


def lock_case(case_id: int, seen_version: int, now: datetime) -> Case:
    """Claim the case inside a transaction and return it with its person as it stands.

    StaleVersion for a double click or an outdated page, RuleBroken for a closed case.
    """
    if not claim(Case, case_id, seen_version):
        raise StaleVersion(Message(N_("Der Fall wurde inzwischen geändert. Es wurde nichts doppelt eingetragen.")))
    case: Case = Case.select(Case, Person).join(Person).where(Case.id == case_id).get()
    if case.state == CaseState.CLOSED:
        raise RuleBroken(Message(N_("Der Fall ist abgeschlossen.")))
    Case.update(changed_at=stamp(now)).where(Case.id == case_id).execute()
    return case


def prepare_handover(case: Case, *, seen_version: int, actor: Actor, now: datetime) -> SphereOutcome:
    """Bring the draft up to the proposal on request; returns the proposal. StaleVersion, RuleBroken as usual."""
    with db.atomic():
        return follow_proposal(lock_case(case.id, seen_version, now), actor=actor, now=now)


def follow_proposal(case: Case, *, actor: Actor, now: datetime) -> SphereOutcome:
    """Make, renew or withdraw the draft so that it says what follows from the facts; returns the proposal.

    Runs inside the transaction of the operation that changed a fact. What was transmitted already is never touched.
    """
    held = dossier(case, local_day(now))
    outcome = propose_change(held)
    if held.direct or held.accepted:
        return outcome
    latest = held.handovers[0] if held.handovers else None
    if latest is not None and latest.state == HandoverState.DRAFT:
        _renew(latest, held, outcome, actor, now)
    elif outcome.sgb2_from and _wanted(latest, outcome):
        _draft(held, outcome, outcome.sgb2_from, "", actor, now)
    return outcome


def _wanted(latest: Handover | None, outcome: SphereOutcome) -> bool:
    """A new draft is due for the first proposal, after a draft was dropped, and for another day than was sent."""
    if latest is None:
        return True
    return latest.state in ENDED and (latest.sent_at is None or latest.proposed_on != outcome.sgb2_from)


def _renew(draft: Handover, held: Dossier, outcome: SphereOutcome, actor: Actor, now: datetime) -> None:
    overridden = bool(draft.override_reason)
    if outcome.sgb2_from is None and not overridden:
        drop_draft(draft, str(outcome.say), actor=actor, now=now)
        return
    change_on = draft.change_on if overridden else outcome.sgb2_from
    values = (
        _proposal(held, outcome) | days_of_change(change_on) | {"due_on": version_due(draft.recorded_on, change_on)}
    )
    if all(draft.__data__[name] == value for name, value in values.items()):
        return
    Handover.update(**values, version=Handover.version + 1).where(
        Handover.id == draft.id, Handover.state == HandoverState.DRAFT
    ).execute()
    data: dict[str, object] = {
        "reference": draft.reference,
        "proposed_on": [_iso(draft.proposed_on), _iso(outcome.sgb2_from)],
        "change_on": [_iso(draft.change_on), _iso(change_on)],
        "from_version": draft.version,
    }
    record(actor, "handover.redrafted", data, now=now, case_id=held.case.id)


def drop_draft(draft: Handover, reason: str, *, actor: Actor, now: datetime) -> None:
    """Withdraw a draft whose ground is gone; inside the transaction of the operation that took it away."""
    if claim(Handover, draft.id, draft.version):
        close(draft, HandoverState.WITHDRAWN, reason, "handover.dropped", draft.version, actor=actor, now=now)


def _draft(
    held: Dossier, outcome: SphereOutcome, change_on: date, override_reason: str, actor: Actor, now: datetime
) -> None:
    case, today = held.case, held.today
    number = held.handovers[0].number + 1 if held.handovers else 1
    reference = f"{case.number}-{number}"
    Handover.insert(
        reference=reference,
        case=case.id,
        number=number,
        sender=case.agentur_id,
        receiver=next(office.id for office in held.offices.values() if office.kind == Role.JOBCENTER),
        recorded_on=today,
        override_reason=override_reason,
        due_on=version_due(today, change_on),
        **_proposal(held, outcome),
        **days_of_change(change_on),
    ).execute()
    data: dict[str, object] = {
        "reference": reference,
        "proposed_on": _iso(outcome.sgb2_from),
        "change_on": _iso(change_on),
        "rule": outcome.rule,
        "override_reason": override_reason,
    }
    record(actor, "handover.drafted", data, now=now, case_id=case.id)


def _proposal(held: Dossier, outcome: SphereOutcome) -> dict[str, object]:
    decision = held.decisions[0] if held.decisions else None
    return {
        "decision_code": decision.code if decision else "",
        "served_on": decision.served_on if decision else None,
        "proposed_on": outcome.sgb2_from,
        "legal_basis": "; ".join((outcome.basis, *outcome.paragraphs[1:2]))[:200] if outcome.sgb2_from else "",
    }


def override_change(
    case: Case, change_on: date, reason: str, *, seen_version: int, actor: Actor, now: datetime
) -> None:
    """Set another day of the change than proposed, with a reason that the sheet prints; the proposal stays beside it.

    Also where the rules propose no day, because they leave it to people. RuleBroken without a reason, for a day that is
    not the first of a month (§ 1 Abs. 3 S. 1 AsylbLG: the AsylbLG ends with a month), or once the sheet was sent.
    """
    _check_override(change_on, reason)
    with db.atomic():
        held = dossier(lock_case(case.id, seen_version, now), local_day(now))
        if held.case.agentur_id != actor.organisation_id or held.accepted:
            raise NotAllowed
        latest = held.handovers[0] if held.handovers else None
        outcome = propose_change(held)
        if latest is None or latest.state in ENDED:
            _draft(held, outcome, change_on, reason.strip(), actor, now)
        elif latest.state == HandoverState.DRAFT:
            _set_day(latest, held, change_on, reason.strip(), actor, now)
        else:
            raise RuleBroken(Message(N_("Die Übergabe ist schon übermittelt. Ziehen Sie sie zuerst zurück.")))


def _check_override(change_on: date, reason: str) -> None:
    problems = {}
    if not reason.strip():
        problems["reason"] = Message(N_("Begründen Sie, warum der Wechseltermin vom Vorschlag abweicht."))
    if change_on.day != 1:
        problems["change_on"] = Message(N_("Der Wechsel ist immer am Ersten eines Monats (§ 1 Abs. 3 AsylbLG)."))
    if problems:
        raise RuleBroken(next(iter(problems.values())), problems)


def _set_day(draft: Handover, held: Dossier, change_on: date, reason: str, actor: Actor, now: datetime) -> None:
    # the case's lock orders this after other changes of the case; a sending clerk may still be faster
    if not claim(Handover, draft.id, draft.version):
        raise StaleVersion
    follows = change_on == draft.proposed_on
    Handover.update(
        override_reason="" if follows else reason,
        due_on=version_due(draft.recorded_on, change_on),
        **days_of_change(change_on),
    ).where(Handover.id == draft.id).execute()
    data: dict[str, object] = {
        "reference": draft.reference,
        "proposed_on": _iso(draft.proposed_on),
        "change_on": [_iso(draft.change_on), _iso(change_on)],
        "reason": reason,
        "from_version": draft.version,
    }
    record(actor, "handover.overridden", data, now=now, case_id=held.case.id)


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None
