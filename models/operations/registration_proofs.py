"""The proof of registration (§ 7 Abs. 2 IntV, § 7 Abs. 3 DeuFöV): issued, sent to the body that is owed it, seen."""

from datetime import date, datetime

from models.base import db
from models.operations.documents import Belongs, IssuedFile, replace_document, store_file
from models.operations.enrolment_claims import take
from models.operations.ledger import claim, hold_case, record
from models.queries.dossier import Dossier
from models.queries.path_requests import present_roles
from models.queries.registration_proofs import owed_to, proof_document
from models.rules.enrolments import Act
from models.rules.errors import NotVisible, RuleBroken, StaleVersion
from models.rules.message import N_, Message
from models.rules.path_requests import answers_itself, body_named
from models.rules.registration_proofs import check_sent
from models.rules.roles import Actor
from models.rules.times import local_day
from models.tables import Enrolment, RegistrationProof


def keep_proof(
    held: Dossier, enrolment: Enrolment, file: IssuedFile, *, seen_version: int, actor: Actor, now: datetime
) -> int:
    """Keep an issued proof; returns the id of the document. An earlier one is replaced and must be sent anew."""
    with db.atomic():
        row, _state = take(enrolment, Act.PROVE, seen_version)
        body = owed_to(held, row.access_path, row.path_issued_by)
        if not body:
            raise RuleBroken(Message(N_("Für diese Anmeldung verlangt niemand einen Nachweis.")))
        earlier = _issued(row.id)
        document_id, digest = store_file(file, Belongs(case_id=row.case_id, enrolment_id=row.id), actor=actor, now=now)
        if earlier:
            replace_document(earlier, document_id)
        RegistrationProof.delete().where(RegistrationProof.enrolment == row.id).execute()
        RegistrationProof.insert(
            enrolment=row.id,
            body=body,
            issued_on=local_day(now),
            organisation=actor.organisation_id,
            account=actor.account_id,
        ).execute()
        data = {"enrolment": row.id, "document": document_id, "file": digest, "body": body_named(body)}
        record(actor, "enrolment.proof_issued", data | {"from_version": seen_version}, now=now, case_id=row.case_id)
    return document_id


def _issued(enrolment_id: int) -> int | None:
    try:
        return proof_document(enrolment_id)
    except NotVisible:
        return None


def send_proof(
    held: Dossier, enrolment: Enrolment, posted_on: date | None, *, seen_version: int, actor: Actor, now: datetime
) -> bool:
    """Send an issued proof; returns whether the body reads it here. Else ``posted_on`` is the day of the post.

    RuleBroken where none is issued, at ``sent_on`` for a day that cannot be, and for one that was sent already.
    """
    today = local_day(now)
    with db.atomic():
        row, _state = take(enrolment, Act.PROVE, seen_version)
        proof = RegistrationProof.get_or_none(RegistrationProof.enrolment == row.id)
        if proof is None:
            raise RuleBroken(Message(N_("Stellen Sie zuerst den Nachweis aus.")))
        if proof.sent_on:
            raise RuleBroken(Message(N_("Der Nachweis ist schon gesendet.")))
        in_system = answers_itself(proof.body, present_roles(held))
        sent_on = today if in_system else posted_on
        check_sent(sent_on, proof.issued_on, today)
        sent = {"sent_on": sent_on, "in_system": in_system}
        RegistrationProof.update(**sent).where(RegistrationProof.enrolment == row.id).execute()
        data = {"enrolment": row.id, "body": body_named(proof.body), "in_system": in_system, "on": str(sent_on)}
        record(actor, "enrolment.proof_sent", data | {"from_version": seen_version}, now=now, case_id=row.case_id)
    return in_system


def note_proof(enrolment_id: int, *, seen_version: int, actor: Actor, now: datetime) -> None:
    """The body has seen the proof. StaleVersion for a double click; who may, the caller asked (``received_proof``)."""
    with db.atomic():
        row = Enrolment.get_by_id(enrolment_id)
        hold_case(row.case_id)
        if not claim(Enrolment, enrolment_id, seen_version):
            raise StaleVersion(Message(N_("Die Anmeldung wurde inzwischen geändert. Sehen Sie sie noch einmal an.")))
        seen = {"seen_on": local_day(now), "seen_by": actor.organisation_id}
        unseen = RegistrationProof.seen_on.is_null()
        if not RegistrationProof.update(**seen).where(RegistrationProof.enrolment == row.id, unseen).execute():
            raise RuleBroken(Message(N_("Der Nachweis ist schon zur Kenntnis genommen.")))
        data = {"enrolment": row.id, "from_version": seen_version}
        record(actor, "enrolment.proof_seen", data, now=now, case_id=row.case_id)
