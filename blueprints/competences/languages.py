"""Languages and script of a case: the history, a new row, removing and confirming one."""

from typing import Any

from flask.typing import ResponseReturnValue

from blueprints.competences.forms import RemovalForm, ScriptForm, SkillForm
from blueprints.competences.routes import bp, own_case, seen_case, show, show_form
from blueprints.shared import access
from blueprints.shared.access_log import note_access
from blueprints.shared.case_frame import today
from blueprints.shared.forms import PressForm
from blueprints.shared.refusals import attempt
from blueprints.shared.render import go_to
from models.operations import language_skills as operations
from models.queries import competences
from models.queries.code_names import named
from models.queries.competence_rows import scripts_of, skills_of
from models.rules.competences.languages import SKILLS
from models.rules.errors import StaleVersion
from models.rules.permissions import Permission


@bp.get("/faelle/<number>/sprachen")
@access.requires(Permission.COMPETENCES)
def languages(number: str) -> ResponseReturnValue:
    """The languages, the newest row first, with the validity of their proofs."""
    view = seen_case(number)
    note_access(view.held.case.id, "languages")
    return show(
        view,
        "competences/languages.html",
        shown=competences.languages(view),
        labels=competences.code_labels(*operations.LISTS),
        skills=SKILLS,
    )


@bp.route("/faelle/<number>/sprachen/neu", methods=["GET", "POST"])
@access.requires(Permission.COMPETENCES)
def add_skill(number: str) -> ResponseReturnValue:
    """Record what somebody can do in a language since a day."""
    view = own_case(number)
    form = SkillForm(data={"version": 0, "proved_on": today()}).offer(competences.code_labels(*operations.LISTS))
    refused = None
    if form.validate_on_submit():
        refused = attempt(form, lambda: operations.add_skill(view, form.skill(), now=access.now()))
        if refused is None:
            return go_to(f"/faelle/{number}/sprachen?getan=sprache")
    return show_form(view, "competences/skill.html", form, refused, skills=SKILLS)


@bp.route("/faelle/<number>/sprachen/schrift/neu", methods=["GET", "POST"])
@access.requires(Permission.COMPETENCES)
def add_script(number: str) -> ResponseReturnValue:
    """Record how somebody reads and writes since a day."""
    view = own_case(number)
    form = ScriptForm(data={"seen_on": today()}).offer(competences.code_labels(*operations.LISTS))
    refused = None
    if form.validate_on_submit():
        refused = attempt(form, lambda: operations.add_script(view, form.script(), now=access.now()))
        if refused is None:
            return go_to(f"/faelle/{number}/sprachen?getan=schrift")
    return show_form(view, "competences/script.html", form, refused)


@bp.route("/faelle/<number>/sprachen/<int:row_id>/entfernen", methods=["GET", "POST"])
@access.requires(Permission.COMPETENCES)
def remove_skill(number: str, row_id: int) -> ResponseReturnValue:
    """Remove a row of a language that was wrong, with a reason."""
    view = own_case(number)
    row = competences.one_of(skills_of(view.held.case.id), row_id)
    return _removal(view, row, operations.remove_skill, named("languages", [row.value.language]))


@bp.route("/faelle/<number>/sprachen/schrift/<int:row_id>/entfernen", methods=["GET", "POST"])
@access.requires(Permission.COMPETENCES)
def remove_script(number: str, row_id: int) -> ResponseReturnValue:
    """The same for a row of the script."""
    view = own_case(number)
    row = competences.one_of(scripts_of(view.held.case.id), row_id)
    return _removal(view, row, operations.remove_script, named("literacy", [row.value.literacy]))


def _removal(view: Any, row: Any, operation: Any, what: str) -> ResponseReturnValue:
    form, refused = RemovalForm(), None
    if form.validate_on_submit():
        by = {"seen_version": form.version.data, "now": access.now()}
        refused = attempt(form, lambda: operation(view, row, form.reason.data, **by))
        if refused is None:
            return go_to(f"/faelle/{view.held.case.number}/sprachen?getan=entfernt")
    return show_form(view, "competences/remove.html", form, refused, row=row, what=what, back="sprachen")


@bp.post("/faelle/<number>/sprachen/<int:row_id>/stimmt")
@access.requires(Permission.COMPETENCES)
def confirm_skill(number: str, row_id: int) -> ResponseReturnValue:
    """A row of the earlier case still holds."""
    view = own_case(number)
    return _confirmation(view, competences.one_of(skills_of(view.held.case.id), row_id), operations.confirm_skill)


@bp.post("/faelle/<number>/sprachen/schrift/<int:row_id>/stimmt")
@access.requires(Permission.COMPETENCES)
def confirm_script(number: str, row_id: int) -> ResponseReturnValue:
    """The same for a row of the script."""
    view = own_case(number)
    return _confirmation(view, competences.one_of(scripts_of(view.held.case.id), row_id), operations.confirm_script)


def _confirmation(view: Any, row: Any, operation: Any) -> ResponseReturnValue:
    form = PressForm()
    if not form.validate_on_submit():
        raise StaleVersion
    operation(view, row, seen_version=form.version.data, now=access.now())
    return go_to(f"/faelle/{view.held.case.number}/sprachen?getan=bestaetigt")
