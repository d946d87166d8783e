"""Decisions about consents E1 to E5, whichever page or list they come from, and what follows at once."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from models.base import db
from models.operations.case_lock import take_open_case
from models.operations.ledger import record
from models.operations.uploads import keep_upload
from models.queries.consent_states import newest_consent
from models.rules.consents import Decision, Purpose, Standing, check_decision, ends_on, latest_ended, state_after
from models.rules.enrolments import RESERVED_FOR
from models.rules.errors import RuleBroken, StaleVersion
from models.rules.files import CheckedFile
from models.rules.message import N_, Message
from models.rules.roles import SYSTEM, Actor
from models.rules.states import CaseState, ConsentState, EnrolmentState, HandoverState
from models.rules.times import local_day, stamp
from models.tables import Case, Consent, Course, Enrolment, Handover, Organisation, Person, Provider

CHANGED = N_("Die Einwilligung wurde inzwischen geändert. Ihre Eingabe steht noch da; bitte vergleichen.")
NOTHING_TO_WITHDRAW = N_("Es gibt keine Einwilligung, die widerrufen werden könnte.")
NO_RECIPIENT = N_("Wählen Sie zuerst einen Kurs: Die Einwilligung gilt für einen benannten Träger.")


@dataclass(frozen=True, slots=True)
class Kept:
    """What stood before and what stands now."""

    before: ConsentState
    now: ConsentState


def record_consent(
    case: Case, decision: Decision, scan: CheckedFile | None, *, seen: int, actor: Actor, now: datetime
) -> ConsentState:
    """Record a decision from the form of the consent; returns the state that follows.

    ``seen`` is the id of the decision that was shown, 0 for none. RuleBroken by field, StaleVersion.
    """
    if decision.recipient is None:
        raise RuleBroken(Message(NO_RECIPIENT))
    with db.atomic():
        take_open_case(case.id, actor=actor, now=now)
        upload = keep_upload(case.id, scan, actor=actor, now=now) if scan else None
        kept = keep_decision(case, decision, seen=seen, actor=actor, now=now, upload=upload)
        data = _told(decision) | {"before": kept.before, "scan": bool(scan), "from_version": seen}
        record(actor, f"consent.{kept.now}", data, now=now, case_id=case.id)
    return kept.now


def withdraw_consent(
    case: Case, purpose: Purpose, recipient: int | None, on: date | None, *, seen: int, actor: Actor, now: datetime
) -> None:
    """Take a granted consent back; it takes effect at once (Art. 7 Abs. 3 DSGVO). RuleBroken, StaleVersion."""
    standing = newest_consent(case.id, purpose, recipient)
    if standing is None or standing.state != ConsentState.GRANTED:
        raise RuleBroken(Message(NOTHING_TO_WITHDRAW)) if not seen else StaleVersion(Message(CHANGED))
    record_consent(case, Decision(purpose, False, on, recipient), None, seen=seen, actor=actor, now=now)


def keep_decision(
    case: Case,
    decision: Decision,
    *,
    seen: int,
    actor: Actor,
    now: datetime,
    upload: int | None = None,
    by_form: bool = True,
) -> Kept:
    """Add a decision and let take effect what follows; inside the transaction that has locked the case.

    The one way for all pages and lists. The caller records the event.
    """
    latest = newest_consent(case.id, decision.purpose, decision.recipient)
    if (latest.id if latest else 0) != seen:
        raise StaleVersion(Message(CHANGED))
    before = ConsentState(latest.state) if latest else ConsentState.NONE
    since = latest.decided_on if latest else None
    standing = Standing(before, since, case.opened_on, _born(case))
    check_decision(decision, standing, local_day(now), by_form=by_form)
    state = state_after(decision, before)
    _insert(case.id, decision, state, actor, now, upload)
    _take_effect(case.id, decision, state, now)
    return Kept(before, state)


def _born(case: Case) -> date | None:
    born: date | None = Person.select(Person.date_of_birth).where(Person.id == case.person_id).scalar()
    return born


def _insert(
    case_id: int, decision: Decision, state: ConsentState, actor: Actor, now: datetime, upload: int | None
) -> None:
    Consent.insert(
        case=case_id,
        purpose=decision.purpose,
        recipient=decision.recipient,
        state=state,
        decided_on=decision.decided_on,
        language=decision.language,
        interpreter=decision.interpreter.strip(),
        named=decision.named.strip(),
        guardian=decision.guardian.strip(),
        scan=upload,
        organisation=actor.organisation_id,
        account=actor.account_id,
        recorded_at=stamp(now),
    ).execute()


def _take_effect(case_id: int, decision: Decision, state: ConsentState, now: datetime) -> None:
    """What rests on the consent, and what is being printed with it in this moment: its version goes on."""
    purpose, day = decision.purpose, decision.decided_on
    if purpose == Purpose.E1:
        until = ends_on(day) if day and state == ConsentState.GRANTED else None
        Case.update(coach_consent=state, coach_consent_until=until).where(Case.id == case_id).execute()
    elif purpose == Purpose.E2 and state != ConsentState.GRANTED:
        _take_back(case_id, decision.recipient, now)
    elif purpose == Purpose.E3 and state != ConsentState.GRANTED:
        Handover.update(version=Handover.version + 1).where(
            Handover.case == case_id, Handover.state == HandoverState.DRAFT
        ).execute()


def _take_back(case_id: int, recipient: int | None, now: datetime) -> None:
    """What the provider has not answered goes back to the reservation: the person takes the form there herself.

    What it confirmed goes on as a contract between the two. A form that is being printed says the consent, so it must
    be printed anew.
    """
    courses = Course.select(Course.id).join(Provider)
    if recipient is not None:
        courses = courses.where(Provider.organisation == recipient)
    mine = (Enrolment.case == case_id) & Enrolment.course.in_(courses)
    Enrolment.update(version=Enrolment.version + 1).where(mine, Enrolment.state == EnrolmentState.RESERVED).execute()
    Enrolment.update(
        state=EnrolmentState.RESERVED,
        sent_on=None,
        reserved_until=local_day(now) + RESERVED_FOR,
        version=Enrolment.version + 1,
    ).where(mine, Enrolment.state == EnrolmentState.SENT).execute()


def _told(decision: Decision) -> dict[str, object]:
    name = Organisation.select(Organisation.name).where(Organisation.id == decision.recipient).scalar()
    return {
        "purpose": decision.purpose,
        "recipient": name or "",
        "on": decision.decided_on.isoformat() if decision.decided_on else "",
        "language": decision.language,
    }


def expire_consents(*, now: datetime) -> int:
    """End the consents whose time is over or whose case is closed; returns how many. To be run once a day."""
    return sum(_expire(row, now) for row in _over(local_day(now)))


def _over(today: date) -> list[Consent]:
    query = Consent.select(Consent, Case).join(Case).where(Consent.state == ConsentState.GRANTED)
    old = Consent.decided_on <= latest_ended(today)
    return list(query.where(old | (Case.state == CaseState.CLOSED)).order_by(Consent.id))


def _expire(row: Consent, now: datetime) -> bool:
    with db.atomic():
        Case.update(changed_at=Case.changed_at).where(Case.id == row.case_id).execute()
        newest = newest_consent(row.case_id, row.purpose, row.recipient_id)
        if newest is None or newest.id != row.id:
            return False
        on = min(local_day(now), ends_on(row.decided_on) + timedelta(days=1))
        decision = Decision(Purpose(row.purpose), False, on, row.recipient_id)
        _insert(row.case_id, decision, ConsentState.EXPIRED, SYSTEM, now, None)
        _take_effect(row.case_id, decision, ConsentState.EXPIRED, now)
        record(SYSTEM, "consent.expired", _told(decision), now=now, case_id=row.case_id)
    return True
