"""Papers, decisions of the BAMF, and the change of legal sphere that follows."""

from collections.abc import Sequence
from typing import Any

from flask.typing import ResponseReturnValue

from blueprints.cases import views
from blueprints.cases.forms import ChangeForm, DecisionForm, PaperForm, PressForm, ReasonForm
from blueprints.cases.routes import bp
from blueprints.shared import access
from blueprints.shared.access_log import note_access
from blueprints.shared.render import go_to
from models.operations import change_of_sphere, residence
from models.queries.case_notices import current_handover, explained
from models.queries.case_page import act_facts
from models.queries.case_view import CaseView
from models.queries.code_names import code_names
from models.queries.law import current_law
from models.queries.residence import decisions_of, papers_of, propose_change
from models.queries.work_page import sees_work, work_page
from models.rules.case_acts import Act, may_act
from models.rules.errors import NotAllowed, NotVisible
from models.rules.permissions import Block, Permission
from models.rules.residence_entries import decision_name, paper_name

LISTS = ("residence_documents", "work_notes", "residence_conditions")


@bp.get("/faelle/<number>/aufenthalt")
@access.requires(Permission.CASE_VIEW)
def papers(number: str) -> ResponseReturnValue:
    """The dated history of papers and decisions."""
    view = views.view_for(number, Act.RESIDENCE)
    note_access(view.held.case.id, "residence")
    return _papers_page(view, _paper_form())


@bp.post("/faelle/<number>/aufenthalt")
@access.requires(Permission.RESIDENCE_EDIT)
def add_paper(number: str) -> ResponseReturnValue:
    """Add a paper to the history."""
    view, form = views.view_for(number, Act.PAPER), _paper_form()
    refused = None
    if form.validate_on_submit():
        refused = views.attempt(
            form,
            lambda: residence.add_paper(
                view.held.case, form.entry(), seen_version=form.version.data, actor=access.actor(), now=access.now()
            ),
        )
        if refused is None:
            return go_to(f"/faelle/{number}/aufenthalt?getan=papier")
    return _papers_page(view, form, refused)


def _paper_form() -> PaperForm:
    return PaperForm().offer({name: code_names(name) for name in LISTS})


def _papers_page(view: CaseView, form: PaperForm, refused: views.Refused | None = None) -> ResponseReturnValue:
    return views.case_form(view, "cases/residence.html", form, refused, **_history(view))


def _history(view: CaseView) -> dict[str, Any]:
    person = view.held.case.person_id
    return {
        "papers": papers_of(person),
        "decisions": decisions_of(person),
        "names": {name: code_names(name) for name in LISTS},
        "paper_name": _paper_name,
        "decision_name": _decision_name,
        "may_edit": may_act(Act.PAPER, act_facts(view)),
        "may_record": may_act(Act.SERVICE, act_facts(view)),
    }


def _paper_name(code: str) -> str:
    return paper_name(current_law(), code)


def _decision_name(code: str) -> str:
    return decision_name(current_law(), code)


@bp.route("/faelle/<number>/aufenthalt/<int:paper_id>/streichen", methods=["GET", "POST"])
@access.requires(Permission.RESIDENCE_EDIT)
def void_paper(number: str, paper_id: int) -> ResponseReturnValue:
    """Strike a paper out, with a reason."""
    view, form = views.view_for(number, Act.PAPER), ReasonForm()
    row = _one_of(papers_of(view.held.case.person_id), paper_id)
    refused = None
    if form.validate_on_submit():
        refused = views.attempt(
            form,
            lambda: residence.void_paper(
                view.held.case,
                paper_id,
                form.reason.data,
                seen_version=form.version.data,
                actor=access.actor(),
                now=access.now(),
            ),
        )
        if refused is None:
            return go_to(f"/faelle/{number}/aufenthalt?getan=papier-gestrichen")
    return views.case_form(view, "cases/void.html", form, refused, what=_paper_name(row.code), row=row)


@bp.route("/faelle/<number>/bescheid", methods=["GET", "POST"])
@access.requires(Permission.SERVICE_RECORD)
def decision(number: str) -> ResponseReturnValue:
    """Record a decision and its service; what follows for the legal sphere stands on the next page."""
    view = views.view_for(number, Act.SERVICE)
    form = DecisionForm().offer({row.code: row.label for row in current_law().decisions})
    refused = None
    if form.validate_on_submit():
        refused = views.attempt(
            form,
            lambda: residence.record_decision(
                view.held.case, form.entry(), seen_version=form.version.data, actor=access.actor(), now=access.now()
            ),
        )
        if refused is None:
            return go_to(_after_service(view))
    shown = decisions_of(view.held.case.person_id) if Block.PAPERS in view.blocks else ()
    name = current_law()
    return views.case_form(
        view,
        "cases/decision.html",
        form,
        refused,
        decisions=shown,
        decision_name=lambda code: decision_name(name, code),
    )


def _after_service(view: CaseView) -> str:
    """Who sees the change reads what follows; the others read that it was recorded."""
    address = f"/faelle/{view.held.case.number}"
    return f"{address}/folge?getan=erfasst" if Block.HANDOVER in view.blocks else f"{address}?getan=bescheid"


@bp.get("/faelle/<number>/folge")
@access.requires(Permission.SERVICE_RECORD)
def consequence(number: str) -> ResponseReturnValue:
    """What follows from the facts for the legal sphere, with reasons and paragraphs."""
    view = views.view_for(number, Act.SERVICE)
    if Block.HANDOVER not in view.blocks:
        raise NotVisible
    outcome = propose_change(view.held)
    return views.case_page(
        view,
        "cases/consequence.html",
        outcome=outcome,
        sentences=tuple(explained(outcome)),
        handover=current_handover(view.held),
        form=PressForm(),
    )


@bp.route("/faelle/<number>/bescheid/<int:decision_id>/streichen", methods=["GET", "POST"])
@access.requires(Permission.SERVICE_RECORD)
def void_decision(number: str, decision_id: int) -> ResponseReturnValue:
    """Strike a decision out, with a reason; a draft that rests on it is withdrawn."""
    view, form = views.view_for(number, Act.PAPER), ReasonForm()
    row = _one_of(decisions_of(view.held.case.person_id), decision_id)
    refused = None
    if form.validate_on_submit():
        refused = views.attempt(
            form,
            lambda: residence.void_decision(
                view.held.case,
                decision_id,
                form.reason.data,
                seen_version=form.version.data,
                actor=access.actor(),
                now=access.now(),
            ),
        )
        if refused is None:
            return go_to(f"/faelle/{number}/aufenthalt?getan=bescheid-gestrichen")
    return views.case_form(view, "cases/void.html", form, refused, what=_decision_name(row.code), row=row)


def _one_of(rows: Sequence[Any], row_id: int) -> Any:
    row = next((row for row in rows if row.id == row_id), None)
    if row is None:
        raise NotVisible
    return row


@bp.route("/faelle/<number>/wechsel", methods=["GET", "POST"])
@access.requires(Permission.HANDOVER_SEND)
def change(number: str) -> ResponseReturnValue:
    """Set another day of the change than proposed, with a reason."""
    view = views.view_for(number, Act.CHANGE)
    draft = current_handover(view.held)
    form = ChangeForm(data={"change_on": draft.change_on, "reason": draft.override_reason} if draft else None)
    refused = None
    if form.validate_on_submit():
        refused = views.attempt(
            form,
            lambda: change_of_sphere.override_change(
                view.held.case,
                form.change_on.data,
                form.reason.data or "",
                seen_version=form.version.data,
                actor=access.actor(),
                now=access.now(),
            ),
        )
        if refused is None:
            return go_to(f"/faelle/{number}?getan=wechsel")
    outcome = propose_change(view.held)
    return views.case_form(
        view, "cases/change.html", form, refused, outcome=outcome, sentences=tuple(explained(outcome)), draft=draft
    )


@bp.post("/faelle/<number>/uebergabe-anlegen")
@access.requires(Permission.HANDOVER_SEND)
def draft(number: str) -> ResponseReturnValue:
    """Bring the draft of the handover up to what follows from the facts."""
    view, form = views.view_for(number, Act.DRAFT), PressForm()
    if not form.validate_on_submit():
        return go_to(f"/faelle/{number}")
    outcome = change_of_sphere.prepare_handover(
        view.held.case, seen_version=form.version.data, actor=access.actor(), now=access.now()
    )
    return go_to(f"/faelle/{number}?getan={'entwurf' if outcome.sgb2_from else 'kein-entwurf'}")


@bp.get("/faelle/<number>/arbeit")
@access.requires(Permission.CASE_VIEW)
def work(number: str) -> ResponseReturnValue:
    """When and how the person may work, what is missing for an answer, and what it rests on."""
    view = views.view_for(number)
    if not sees_work(view):
        raise NotAllowed
    note_access(view.held.case.id, "work")
    return views.case_page(view, "cases/work.html", work=work_page(view))
