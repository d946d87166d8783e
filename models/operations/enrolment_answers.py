"""The enrolment form and what follows: issued, sent to the provider, confirmed or declined by it."""

from dataclasses import dataclass
from datetime import date, datetime

from models.base import db
from models.operations.consents import keep_decision
from models.operations.documents import Belongs, IssuedFile, replace_document, store_file
from models.operations.enrolment_claims import end, take
from models.operations.ledger import record
from models.operations.open_proposals import settle_proposal
from models.operations.registrations import check_registration, check_start, keep_registration, told
from models.operations.seats import offer_free_seats
from models.operations.speakers import at_field, check_source, refuse_speaking_for
from models.queries.consent_states import newest_consent
from models.queries.enrolments import consent_e2, form_document
from models.rules.consents import Decision, Purpose
from models.rules.enrolments import RESERVED_FOR, Act
from models.rules.errors import RuleBroken
from models.rules.message import N_, Message
from models.rules.proposals import FURTHEST, ProposalState
from models.rules.reasons import Reason, check_reason
from models.rules.registrations import NOTHING_SAID, Registration
from models.rules.roles import Actor
from models.rules.states import ConsentState
from models.rules.times import local_day, stamp
from models.tables import Case, Course, Enrolment, Provider


@dataclass(frozen=True, slots=True)
class Confirmation:
    """What a provider confirms: registered when, expected to start when, and what it says beside that.

    ``source`` names who said so for it.
    """

    confirmed_on: date | None
    expected_start: date | None
    source: str = ""
    said: Registration = NOTHING_SAID


def keep_form(
    enrolment: Enrolment, file: IssuedFile, form: dict[str, str], *, seen_version: int, actor: Actor, now: datetime
) -> int:
    """Keep an issued enrolment form and its printed values; returns the id of the document.

    The reservation is held for two more weeks, in which the form reaches the provider. An earlier form is replaced.
    """
    with db.atomic():
        row, _state = take(enrolment, Act.ISSUE_FORM, seen_version)
        earlier = form_document(row.id)
        document_id, digest = store_file(file, Belongs(case_id=row.case_id, enrolment_id=row.id), actor=actor, now=now)
        if earlier:
            replace_document(earlier.id, document_id)
        until = local_day(now) + RESERVED_FOR
        Enrolment.update(form=form, reserved_until=until).where(Enrolment.id == row.id).execute()
        data = {"enrolment": row.id, "document": document_id, "file": digest, "signatures": file.signatures}
        record(actor, "enrolment.form_issued", data | {"from_version": seen_version}, now=now, case_id=row.case_id)
    return document_id


def send_to_provider(
    enrolment: Enrolment, consented_on: date | None, *, seen_version: int, actor: Actor, now: datetime
) -> None:
    """Release an enrolment to its provider, who sees the fields of the form from now on.

    Needs the issued form and the consent E2 (§ 67b Abs. 2 SGB X): a recorded one, or the day on which the person gave
    it, which is then recorded. RuleBroken otherwise: the person takes the form there herself.
    """
    today = local_day(now)
    with db.atomic():
        Case.update(changed_at=stamp(now)).where(Case.id == enrolment.case_id).execute()  # no withdrawal in between
        row, state = take(enrolment, Act.SEND, seen_version)
        if not row.form:
            raise RuleBroken(Message(N_("Stellen Sie zuerst den Anmeldebogen aus.")))
        recipient = Provider.select().join(Course).where(Course.id == row.course_id).get()
        _need_consent(row, recipient, consented_on, actor, now)
        Enrolment.update(state=state, sent_on=today, reserved_until=None).where(Enrolment.id == row.id).execute()
        data = {"enrolment": row.id, "provider": recipient.id, "from_version": seen_version}
        record(actor, "enrolment.sent", data, now=now, case_id=row.case_id)


def _need_consent(row: Enrolment, recipient: Provider, consented_on: date | None, actor: Actor, now: datetime) -> None:
    if consent_e2(row.case_id, recipient.organisation_id, local_day(now)) == ConsentState.GRANTED:
        return
    if consented_on is None:
        sentence = Message(N_("Ohne Einwilligung E2 geht nichts an den Träger: Geben Sie den Bogen der Person mit."))
        raise RuleBroken(sentence, {"consented_on": sentence})
    standing = newest_consent(row.case_id, Purpose.E2, recipient.organisation_id)
    decision = Decision(Purpose.E2, True, consented_on, recipient.organisation_id)
    seen = standing.id if standing else 0
    try:
        keep_decision(Case.get_by_id(row.case_id), decision, seen=seen, actor=actor, now=now, by_form=False)
    except RuleBroken as broken:
        raise RuleBroken(broken.message, {"consented_on": broken.message}) from None


def confirm_enrolment(
    enrolment: Enrolment, confirmation: Confirmation, *, seen_version: int, actor: Actor, now: datetime
) -> None:
    """Note that the provider registered the person (§ 7 Abs. 4 IntV); the six weeks until the start begin.

    RuleBroken by field without the day, for one in the future, for a start before the registration, and for what cannot
    be of placement test and Personenkennziffer.
    """
    _check(confirmation, local_day(now))
    check_source(confirmation.source, actor)
    with db.atomic():
        row, state = take(enrolment, Act.CONFIRM, seen_version)
        refuse_speaking_for(row, actor)
        said, start = confirmation.said, confirmation.expected_start
        check_registration(said, row, start, actor=actor, today=local_day(now))
        keep_registration(row, said, confirmation.source, actor=actor, now=now)
        settle_proposal(row.id, ProposalState.REPLACED, now=now)
        Enrolment.update(
            state=state,
            confirmed_on=confirmation.confirmed_on,
            expected_start=confirmation.expected_start,
            source=confirmation.source,
            reserved_until=None,
        ).where(Enrolment.id == row.id).execute()
        data = {
            "enrolment": row.id,
            "on": str(confirmation.confirmed_on),
            **told(said, start),
            "source": confirmation.source,
            "from_version": seen_version,
        }
        record(actor, "enrolment.confirmed", data, now=now, case_id=row.case_id)


def _check(confirmation: Confirmation, today: date) -> None:
    registered, start = confirmation.confirmed_on, confirmation.expected_start
    if registered is None:
        raise at_field("confirmed_on", N_("Bitte ausfüllen."))
    if registered > today:
        raise at_field("confirmed_on", N_("Das Datum liegt in der Zukunft."))
    if registered < today - FURTHEST:
        raise at_field("confirmed_on", N_("Das liegt mehr als ein Jahr zurück. Bitte das Jahr prüfen."))
    check_start(start, registered, today)


def decline_enrolment(
    enrolment: Enrolment, reason: Reason, source: str = "", *, seen_version: int, actor: Actor, now: datetime
) -> None:
    """Note that the provider does not take the person, with its reason; the seat is free again."""
    check_reason(Act.DECLINE, reason)
    check_source(source, actor)
    with db.atomic():
        row, state = take(enrolment, Act.DECLINE, seen_version)
        refuse_speaking_for(row, actor)
        end(row, state, reason, actor=actor, now=now, source=source)
    offer_free_seats([row.course_id], now=now)
