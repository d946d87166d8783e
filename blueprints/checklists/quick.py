"""Quick entry: what a printed list says, typed in at one go; and the scan of that paper."""

from flask import Response, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext

from blueprints.checklists.proofs import CopyForm, ProofForms, RemoveForm
from blueprints.checklists.quick_rows import QuickRow, counted, quick_row
from blueprints.checklists.quick_saving import UNTOUCHED, save_rows
from blueprints.checklists.routes import bp
from blueprints.shared import access
from blueprints.shared.access_log import note_access
from blueprints.shared.refusals import accepted
from blueprints.shared.render import go_to, page
from models.operations.evidence import add_scan, remove_evidence
from models.queries.case_head import name_for, needs_for
from models.queries.case_view import CaseView, view_of
from models.queries.checklists import list_of
from models.queries.dossier import dossier_numbered
from models.queries.evidence import scans_of_list
from models.queries.paper import Paper, paper_of, rows_in_order
from models.rules.answering import takes_nothing
from models.rules.permissions import Permission
from models.rules.times import german_time, local_day, stamp

bp.add_app_template_global(scans_of_list)
ADDRESS = "/faelle/<number>/papier/<word>/<int:version>"


def _paper(number: str, word: str, version: int) -> tuple[CaseView, Paper]:
    key = list_of(word)
    held = dossier_numbered(access.actor(), number, local_day(access.now()))
    view = view_of(held, access.actor())
    return view, paper_of(view, key, version)


@bp.get(ADDRESS)
@access.requires(Permission.ITEM_ANSWER)
def quick_entry(number: str, word: str, version: int) -> ResponseReturnValue:
    """All items of a printed list as one form; where its QR code leads."""
    view, paper = _paper(number, word, version)
    note_access(view.held.case.id, "quick_entry")
    return _shown(view, paper, word, _rows(view, paper, {}))


@bp.post(ADDRESS)
@access.requires(Permission.ITEM_ANSWER)
def quick_save(number: str, word: str, version: int) -> ResponseReturnValue:
    """Save what was changed, item by item; the page says for each what came of it."""
    view, paper = _paper(number, word, version)
    done = save_rows(view, paper.key, request.form)
    if not done.view.blocks:  # the end of the coaching and a withdrawn consent close the case for the coach
        return go_to("/faelle/")
    rows = _rows(done.view, paper, done.outcomes)
    conflicts = any(row.outcome.conflict for row in rows)
    status = 409 if conflicts else 422 if any(row.wrong for row in rows) else 200
    return _shown(done.view, paper, word, rows, status, _said(rows))


def _rows(view: CaseView, paper: Paper, outcomes: dict[str, object]) -> list[QuickRow]:
    rows = rows_in_order(view, paper.key)
    return [quick_row(row, outcomes.get(row.code, UNTOUCHED)) for row in rows]  # type: ignore[arg-type]


def _said(rows: list[QuickRow]) -> str:
    saved, open_rows = counted(rows)
    time = german_time(stamp(access.now())).split(", ")[1]
    words = ngettext("%(num)s Punkt gespeichert", "%(num)s Punkte gespeichert", saved)
    if not saved and not open_rows:
        return _("Es war nichts zu ändern.")
    more = ngettext(", %(num)s bitte prüfen", ", %(num)s bitte prüfen", open_rows) if open_rows else ""
    return f"{words}{more}, {time} Uhr"


def _shown(
    view: CaseView, paper: Paper, word: str, rows: list[QuickRow], status: int = 200, said: str = ""
) -> Response:
    refused = takes_nothing(view.standing, view.held.stages[paper.key].state)
    return page(
        "checklists/quick.html",
        fragment="checklists/_quick.html",
        status=status,
        said_done=said,
        rows=rows,
        refused=str(refused) if refused else "",
        **_context(view, paper, word, ProofForms.fresh()),
    )


def _context(view: CaseView, paper: Paper, word: str, forms: ProofForms) -> dict[str, object]:
    case = view.held.case
    return {
        "area": "cases",
        "case": case,
        "paper": paper,
        "title": view.definitions[paper.key].title,
        "name": name_for(view),
        "needs": needs_for(view),
        "address": f"/faelle/{case.number}",
        "back": f"/faelle/{case.number}?liste={word}",
        "here": f"/faelle/{case.number}/papier/{word}/{paper.version}",
        "scans": scans_of_list(view, paper.key),
        "forms": forms,
    }


@bp.post(f"{ADDRESS}/scan")
@access.requires(Permission.ITEM_ANSWER)
def add_paper_scan(number: str, word: str, version: int) -> ResponseReturnValue:
    """Add the scanned paper to the case, with list and version."""
    view, paper = _paper(number, word, version)
    form = CopyForm()
    done = form.validate() and accepted(
        form, lambda: add_scan(view, paper.key, paper.version, form.checked(), now=access.now())
    )
    return _scans(number, word, version, done, ProofForms.fresh().with_copy(form), _("Scan gespeichert"))


@bp.post(f"{ADDRESS}/scan/<int:proof_id>/entfernen")
@access.requires(Permission.ITEM_ANSWER)
def remove_paper_scan(number: str, word: str, version: int, proof_id: int) -> ResponseReturnValue:
    """Remove a scan with a reason."""
    view, _found = _paper(number, word, version)
    form = RemoveForm()
    reason, seen = form.reason.data or "", form.version.data
    done = form.validate() and accepted(
        form, lambda: remove_evidence(view, proof_id, reason, seen_version=seen, now=access.now())
    )
    return _scans(number, word, version, done, ProofForms.fresh().with_remove(form, proof_id), _("Scan entfernt"))


def _scans(number: str, word: str, version: int, done: bool, forms: ProofForms, said: str) -> Response:
    """The scans of a paper by themselves, so that what is typed in the list stays as it is."""
    view, paper = _paper(number, word, version)
    context = _context(view, paper, word, ProofForms.fresh() if done else forms)
    return page(
        "checklists/scans.html",
        fragment="checklists/_scans.html",
        status=200 if done else 422,
        said_done=said if done else "",
        **context,
    )
