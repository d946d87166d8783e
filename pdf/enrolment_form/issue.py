"""Issue an enrolment form: collect, render, sign where the person has a PIN, keep. Slow, outside any transaction."""

from datetime import datetime
from pathlib import Path
from typing import NamedTuple

from models.operations.documents import IssuedFile
from models.operations.enrolment_answers import keep_form
from models.queries.case_view import CaseView
from models.queries.courses import provider_by_id
from models.queries.enrolment_form import Values, family_of, form_values, open_parts
from models.queries.enrolments import EnrolmentRow, consent_e2
from models.rules.enrolments import MEASURE_FAMILY, OPEN_FAMILY, VOCATIONAL_FAMILY, Act, next_state
from models.rules.errors import StaleVersion
from models.rules.message import N_
from models.rules.roles import Actor
from models.rules.states import ConsentState, DocumentKind
from models.rules.times import german_date, local_day
from models.tables import Enrolment, Organisation
from pdf.base.office import address_of, place_lines
from pdf.base.sheet import Party
from pdf.enrolment_form.fields import Gap, gaps, marked
from pdf.enrolment_form.sheet import Consent, CourseFamily, EnrolmentFacts, EnrolmentForm, enrolment_form
from pdf.render import render_pdf
from pdf.signatures.fields import FieldSpec
from pdf.signatures.personal import open_signer
from pdf.signatures.sign import Signer, sign_pdf

ISSUER_FIELD = FieldSpec("Ausstellende_Stelle", N_("Unterschrift der ausstellenden Stelle"))
SLIPS = "/kurse/rueckmeldung"
"""Below it the sign of a form leads to where its return slip is entered."""
REASON = N_("Zuleitung an den Kursträger")
FAMILIES: dict[str, CourseFamily] = {
    VOCATIONAL_FAMILY: "vocational",
    OPEN_FAMILY: "open",
    MEASURE_FAMILY: "measure",
}
CONSENTS: dict[ConsentState, Consent] = {
    ConsentState.GRANTED: "given",
    ConsentState.REFUSED: "declined",
    ConsentState.WITHDRAWN: "declined",
}


class Place(NamedTuple):
    """Where an installation signs: its authority, its pepper, its address, and whether its papers say MUSTER."""

    pki: Path
    pepper: Path
    base_url: str
    watermark: bool


def missing(view: CaseView, row: EnrolmentRow) -> tuple[Gap, ...]:
    """What the form lacks of § 7 Abs. 1 IntV, to be named before it is printed."""
    return gaps(form_values(view, row), open_parts(view, row))


def reference_of(case_number: str, row: EnrolmentRow) -> str:
    """The sign on the form, ``SWD-2026-00417-K1``, by which the return slip is found."""
    return f"{case_number}-K{row.number}"


def issue_form(
    view: CaseView, row: EnrolmentRow, pin: str, place: Place, *, seen_version: int, actor: Actor, now: datetime
) -> int:
    """Issue the form of an enrolment and keep it; returns the id of the document.

    With a ``pin`` it is signed with the person's key, without one it has a line for ink. RuleBroken at ``pin`` for a
    wrong one, and where the enrolment went on already; StaleVersion where somebody was faster.
    """
    if row.version != seen_version:
        raise StaleVersion
    next_state(Act.ISSUE_FORM, row.state)
    signer = open_signer(actor, pin, place.pki, place.pepper, now=now) if pin else None
    values = _printed_values(view, row)
    sheet = enrolment_form(_facts(view, row, values, place.base_url, actor, now))
    fields = (ISSUER_FIELD,) if signer else ()
    content = render_pdf("enrolment_form", sheet, fields=fields, watermark=place.watermark)
    file = IssuedFile(
        kind=DocumentKind.ENROLMENT_FORM,
        title=sheet.metadata.title,
        filename=f"Kursanmeldung-{sheet.reference}.pdf",
        content=_signed(content, signer, now) if signer else content,
        signatures=1 if signer else 0,
    )
    enrolment = Enrolment.get_by_id(row.id)
    return keep_form(enrolment, file, _released(values, sheet), seen_version=seen_version, actor=actor, now=now)


def _printed_values(view: CaseView, row: EnrolmentRow) -> Values:
    values = form_values(view, row)
    return marked(values, gaps(values, open_parts(view, row)))


def _signed(content: bytes, signer: Signer, now: datetime) -> bytes:
    return sign_pdf(content, field=ISSUER_FIELD.name, signer=signer, reason=REASON, signed_at=now)


def _released(values: Values, sheet: EnrolmentForm) -> dict[str, str]:
    """What the provider may read: the values that are printed, and the sign of the form."""
    printed = {key: text for key, text in values.items() if text}
    return printed | {"reference": sheet.reference, "issued_on": sheet.issued_on, "issuer": sheet.issuer.organisation}


def _facts(
    view: CaseView, row: EnrolmentRow, values: Values, base_url: str, actor: Actor, now: datetime
) -> EnrolmentFacts:
    provider = provider_by_id(row.provider_id)
    office = Organisation.get_by_id(actor.organisation_id)
    return EnrolmentFacts(
        reference=reference_of(view.held.case.number, row),
        issued_on=german_date(local_day(now)),
        created=now,
        provider=Party(N_("Kursträger"), provider.name, place_lines(provider)),
        issuer=Party(N_("ausstellende Stelle"), office.name, _contact(actor, office)),
        return_to=address_of(office),
        slip_address=f"{base_url}{SLIPS}/{reference_of(view.held.case.number, row)}",
        family=FAMILIES.get(family_of(row) or "", "integration"),
        values=values,
        consent=CONSENTS.get(consent_e2(view.held.case.id, row.provider_office, local_day(now)), "open"),
    )


def _contact(actor: Actor, office: Organisation) -> tuple[str, ...]:
    return (actor.with_function, f"Tel. {office.phone}") if office.phone else (actor.with_function,)
