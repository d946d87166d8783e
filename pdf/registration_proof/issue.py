"""Issue a proof of registration: collect, render, sign where the person has a PIN, keep. Outside any transaction."""

from dataclasses import replace
from datetime import datetime

from models.operations.documents import IssuedFile
from models.operations.registration_proofs import keep_proof
from models.queries.case_view import CaseView
from models.queries.courses import provider_by_id
from models.queries.enrolments import EnrolmentRow
from models.queries.registration_proofs import ProofState, reference_for
from models.rules.enrolments import VOCATIONAL, Act, next_state
from models.rules.errors import StaleVersion
from models.rules.message import N_
from models.rules.path_requests import BODY_ROLES
from models.rules.roles import Actor, Role
from models.rules.states import DocumentKind
from models.rules.times import german_date, local_day
from models.tables import Enrolment, Organisation
from pdf.base.office import address_of, place_lines, return_line_of, sender_of
from pdf.base.sheet import Party
from pdf.enrolment_form.issue import Place, reference_of
from pdf.registration_proof.sheet import ProofFacts, registration_proof
from pdf.render import render_pdf
from pdf.signatures.fields import FieldSpec
from pdf.signatures.personal import open_signer
from pdf.signatures.sign import sign_pdf

ISSUER_FIELD = FieldSpec("Ausstellende_Stelle", N_("Unterschrift der ausstellenden Stelle"))
REASON = N_("Nachweis der Anmeldung")
ALIEN_AUTHORITY = ("Landesverwaltungsamt", "Zentrale Ausländerbehörde", "66822 Lebach")
"""The one Ausländerbehörde of the Saarland; it has no account and so no row among the organisations."""


def issue_proof(
    view: CaseView,
    row: EnrolmentRow,
    proof: ProofState,
    pin: str,
    place: Place,
    *,
    seen_version: int,
    actor: Actor,
    now: datetime,
) -> int:
    """Issue the proof of a confirmed enrolment and keep it; returns the id of the document.

    With a ``pin`` it is signed with the person's key, without one it has a line for ink. RuleBroken at ``pin`` for a
    wrong one; StaleVersion where somebody was faster.
    """
    if row.version != seen_version:
        raise StaleVersion
    next_state(Act.PROVE, row.state)
    signer = open_signer(actor, pin, place.pki, place.pepper, now=now) if pin else None
    sheet = registration_proof(replace(_facts(view, row, proof, actor, now), signed=signer is not None))
    fields = (ISSUER_FIELD,) if signer else ()
    content = render_pdf("registration_proof", sheet, fields=fields, watermark=place.watermark)
    if signer:
        content = sign_pdf(content, field=ISSUER_FIELD.name, signer=signer, reason=REASON, signed_at=now)
    file = IssuedFile(
        kind=DocumentKind.REGISTRATION_PROOF,
        title=sheet.metadata.title,
        filename=filename_of(view.held.case.number, row),
        content=content,
        signatures=1 if signer else 0,
    )
    enrolment = Enrolment.get_by_id(row.id)
    return keep_proof(view.held, enrolment, file, seen_version=seen_version, actor=actor, now=now)


def filename_of(number: str, row: EnrolmentRow) -> str:
    """The name of the file, without personal data."""
    return f"Anmeldenachweis-{reference_of(number, row)}.pdf"


def _facts(view: CaseView, row: EnrolmentRow, proof: ProofState, actor: Actor, now: datetime) -> ProofFacts:
    held, office = view.held, Organisation.get_by_id(actor.organisation_id)
    provider = provider_by_id(row.provider_id)
    return ProofFacts(
        reference=reference_of(held.case.number, row),
        address=_address(proof.body),
        return_line=return_line_of(office),
        sender=sender_of(office, N_("ausstellende Stelle")),
        issued_by=actor.with_function,
        issued_on=german_date(local_day(now)),
        created=now,
        norm=proof.norm,
        vocational=row.access_path == VOCATIONAL,
        person=f"{held.person.family_name}, {held.person.given_name}",
        birth_date=german_date(held.person.date_of_birth),
        course=_course(row),
        course_number=row.course_number,
        provider=Party(N_("Kursträger"), provider.name, place_lines(provider)),
        confirmed_on=german_date(row.confirmed_on),
        expected_start=german_date(row.expected_start),
        pk_number=row.registration.pk_number,
        their_reference=reference_for(held, row.access_path),
        decided_on=german_date(row.path_dated),
    )


def _course(row: EnrolmentRow) -> str:
    title, kind = row.course_title, row.kind_name
    return title if title.startswith(kind) else f"{kind}: {title}"


def _address(body: str) -> tuple[str, ...]:
    """The lines of the address; of several offices of a kind the first."""
    kind = BODY_ROLES.get(body, Role.BAMF)
    if body == "ABH":
        return ALIEN_AUTHORITY
    office = Organisation.select().where(Organisation.kind == kind).order_by(Organisation.id).first()
    return address_of(office) if office else ("BAMF",)
