"""Evidence of an item: noted as shown, added as a file, removed with a reason; and the files themselves."""

from collections.abc import Callable

from flask import Response, make_response, render_template
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from blueprints.checklists.forms import form_of
from blueprints.checklists.frame import anchor, frame_of, item_page
from blueprints.checklists.proofs import CopyForm, ProofForms, RemoveForm, SeenForm
from blueprints.checklists.routes import bp
from blueprints.shared import access
from blueprints.shared.access_log import note_access
from blueprints.shared.refusals import accepted
from blueprints.shared.render import VARY, go_to, uploaded, wants_fragment
from models.operations.evidence import add_file, add_seen, remove_evidence
from models.queries.case_view import CaseView, view_of
from models.queries.checklists import item_in, one_item
from models.queries.dossier import dossier_numbered
from models.queries.evidence import evidence_of_item, stored_copy
from models.queries.item_rows import ItemRow
from models.rules.permissions import Permission
from models.rules.times import local_day


def _item(number: str, code: str) -> tuple[CaseView, ItemRow]:
    held = dossier_numbered(access.actor(), number, local_day(access.now()))
    return one_item(held, access.actor(), code)


@bp.post("/faelle/<number>/punkte/<code>/vorgelegt")
@access.requires(Permission.ITEM_ANSWER)
def note_seen(number: str, code: str) -> ResponseReturnValue:
    """Note that a paper was shown, without a copy."""
    view, row = _item(number, code)
    form = SeenForm()
    done = form.validate() and accepted(
        form, lambda: add_seen(view, row, form.seen_on.data, form.note.data or "", now=access.now())
    )
    return _answer(view, row, done, ProofForms.fresh().with_seen(form), _("Nachweis eingetragen"))


@bp.post("/faelle/<number>/punkte/<code>/datei")
@access.requires(Permission.ITEM_ANSWER)
def add_copy(number: str, code: str) -> ResponseReturnValue:
    """Add a file to an item."""
    view, row = _item(number, code)
    form = CopyForm()
    done = form.validate() and accepted(form, lambda: add_file(view, row, form.checked(), now=access.now()))
    return _answer(view, row, done, ProofForms.fresh().with_copy(form), _("Datei gespeichert"))


@bp.post("/faelle/<number>/punkte/<code>/nachweise/<int:proof_id>/entfernen")
@access.requires(Permission.ITEM_ANSWER)
def remove(number: str, code: str, proof_id: int) -> ResponseReturnValue:
    """Remove evidence with a reason."""
    view, row = _item(number, code)
    form = RemoveForm()
    done = form.validate() and accepted(form, _removal(view, form, proof_id))
    return _answer(view, row, done, ProofForms.fresh().with_remove(form, proof_id), _("Nachweis entfernt"))


def _removal(view: CaseView, form: RemoveForm, proof_id: int) -> Callable[[], object]:
    reason, seen = form.reason.data or "", form.version.data
    return lambda: remove_evidence(view, proof_id, reason, seen_version=seen, now=access.now())


def _answer(view: CaseView, row: ItemRow, done: bool, forms: ProofForms, said: str) -> Response:
    """After success the renewed part, or by plain POST the page of the item; else the forms with their errors."""
    if not wants_fragment():
        if done:
            return go_to(f"/faelle/{view.held.case.number}/punkte/{row.code}#nachweise")
        sheet = form_of(row, back=anchor(frame_of(view, row), row), in_place=False) if row.mine else None
        return item_page(view, row, sheet, 422, forms)
    if done:
        held = dossier_numbered(access.actor(), view.held.case.number, view.held.today)
        view = view_of(held, access.actor())
        row, forms = item_in(view, row.code), ProofForms.fresh()
    context = {"evidence": evidence_of_item(view, row.key, row.code), "forms": forms, "said": said if done else ""}
    page = render_template("checklists/_evidence.html", row=row, lists=frame_of(view, row), **context)
    response = make_response(page, 200 if done else 422)
    response.headers["Vary"] = VARY
    return response


@bp.get("/faelle/<number>/dateien/<name>")
@access.requires(Permission.CASE_VIEW)
def stored_file(number: str, name: str) -> ResponseReturnValue:
    """The file of a piece of evidence that this person sees."""
    held = dossier_numbered(access.actor(), number, local_day(access.now()))
    copy = stored_copy(view_of(held, access.actor()), name)
    note_access(held.case.id, "file")
    return uploaded(copy.content, copy.filename, copy.media_type)
