"""The proof of registration: issued and sent by the office of the case, read by the body that is owed it."""

from flask import flash, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from blueprints.courses.desk import by, desk_page, seen_enrolment
from blueprints.courses.forms import IssueForm
from blueprints.courses.path_forms import ProofSentForm
from blueprints.courses.routes import bp
from blueprints.shared import access
from blueprints.shared.access_log import note_access
from blueprints.shared.addresses import page_number
from blueprints.shared.commands import settings
from blueprints.shared.forms import PressForm
from blueprints.shared.refusals import accepted
from blueprints.shared.render import download, go_to, page
from models.operations.registration_proofs import note_proof, send_proof
from models.queries import documents
from models.queries.enrolments import case_id_of
from models.queries.registration_proofs import proof_document, proof_state, received_page, received_proof
from models.rules.errors import NotVisible, StaleVersion
from models.rules.permissions import Permission
from models.rules.times import local_day
from pdf.enrolment_form.issue import Place
from pdf.registration_proof.issue import filename_of, issue_proof


@bp.post("/faelle/<number>/anmeldung/<int:enrolment_id>/nachweis")
@access.requires(Permission.COURSE_RESERVE)
def prove(number: str, enrolment_id: int) -> ResponseReturnValue:
    """Issue the proof, signed where a PIN was given."""
    view, row, _enrolled = seen_enrolment(number, enrolment_id)
    proof, form, current = proof_state(view.held, row), IssueForm(), settings()
    if proof is None:
        raise NotVisible
    place = Place(current.pki, current.pepper, current.base_url, current.demo)
    seen_version = form.version.data
    if form.validate_on_submit() and accepted(
        form, lambda: issue_proof(view, row, proof, form.signing_pin(), place, seen_version=seen_version, **by())
    ):
        flash(_("Nachweis ausgestellt. Senden Sie ihn jetzt."))
        return go_to(f"/faelle/{number}/kurs?anmeldung={enrolment_id}")
    return desk_page(view, enrolment_id, prove=form)


@bp.post("/faelle/<number>/anmeldung/<int:enrolment_id>/nachweis-senden")
@access.requires(Permission.COURSE_RESERVE)
def post_proof(number: str, enrolment_id: int) -> ResponseReturnValue:
    """Put the proof into the body's inbox, or note that it went by post."""
    view, _row, enrolment = seen_enrolment(number, enrolment_id)
    form, here = ProofSentForm(), list[bool]()
    seen_version = form.version.data
    if form.validate_on_submit() and accepted(
        form,
        lambda: here.append(send_proof(view.held, enrolment, form.sent_on.data, seen_version=seen_version, **by())),
    ):
        flash(_("Nachweis in den Eingang der Stelle gesendet.") if here[0] else _("Versand des Nachweises vermerkt."))
        return go_to(f"/faelle/{number}/kurs?anmeldung={enrolment_id}")
    return desk_page(view, enrolment_id, post=form)


@bp.get("/faelle/<number>/anmeldung/<int:enrolment_id>/nachweis.pdf")
@access.requires(Permission.COURSE_RESERVE)
def proof_pdf(number: str, enrolment_id: int) -> ResponseReturnValue:
    """The stored proof, byte for byte."""
    view, row, _enrolled = seen_enrolment(number, enrolment_id)
    note_access(view.held.case.id, "registration_proof")
    content = documents.content_of(proof_document(row.id))
    return download(content, filename_of(number, row), "application/pdf")


@bp.get("/zugangsanfragen/nachweise")
@access.requires(Permission.PATH_ANSWER)
def proof_inbox() -> ResponseReturnValue:
    """The proofs that this body got and nobody has seen; with ``?gesehen=1`` the others."""
    number, seen = page_number(), request.args.get("gesehen") == "1"
    rows, more = received_page(access.actor(), local_day(access.now()), number, seen=seen)
    context = {"rows": rows, "more": more, "page": number, "seen": seen}
    return page("courses/proof_inbox.html", area="path_requests", **context)


@bp.get("/zugangsanfragen/nachweise/<int:enrolment_id>.pdf")
@access.requires(Permission.PATH_ANSWER)
def received_pdf(enrolment_id: int) -> ResponseReturnValue:
    """The proof as the body got it."""
    row = received_proof(access.actor(), enrolment_id, local_day(access.now()))
    note_access(case_id_of(row.enrolment), "registration_proof")
    content = documents.content_of(proof_document(row.enrolment))
    return download(content, f"Anmeldenachweis-{row.number}.pdf", "application/pdf")


@bp.post("/zugangsanfragen/nachweise/<int:enrolment_id>/gesehen")
@access.requires(Permission.PATH_ANSWER)
def note_received(enrolment_id: int) -> ResponseReturnValue:
    """Somebody there has seen the proof."""
    row = received_proof(access.actor(), enrolment_id, local_day(access.now()))
    form = PressForm()
    if not form.validate_on_submit():
        raise StaleVersion
    note_proof(row.enrolment, seen_version=form.version.data, **by())
    flash(_("Nachweis zur Kenntnis genommen."))
    return go_to("/zugangsanfragen/nachweise")
