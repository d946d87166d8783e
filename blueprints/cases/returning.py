"""A new case for somebody who comes back, and what is still to be confirmed in it."""

from flask import request
from flask.typing import ResponseReturnValue

from blueprints.cases import views
from blueprints.cases.forms import ReturnForm, choices_of
from blueprints.cases.routes import bp
from blueprints.shared import access
from blueprints.shared.access_log import note_access
from blueprints.shared.render import go_to
from models.operations.returning import Return, confirm_carried, open_again
from models.queries.arrivals import municipalities
from models.queries.carried import still_to_confirm
from models.queries.case_view import CaseView
from models.rules.case_acts import Act
from models.rules.errors import NotAllowed
from models.rules.permissions import Block, Permission
from models.rules.roles import Role


@bp.route("/faelle/<number>/neuer-fall", methods=["GET", "POST"])
@access.requires(Permission.PERSON_CREATE)
def new_case(number: str) -> ResponseReturnValue:
    """Begin a new case for the same person; the closed one stays as it is."""
    view, form = views.view_for(number, Act.RETURN), _form()
    refused, begun = None, []
    if form.validate_on_submit():
        refused = views.attempt(form, lambda: begun.append(_open(view, form)))
        if refused is None:
            return go_to(f"/faelle/{begun[0]}/stimmt-noch?getan=rueckkehr")
    return views.case_form(view, "cases/new_case.html", form, refused)


def _form() -> ReturnForm:
    """A municipality takes back its own people; the others name the place, if there is one yet."""
    actor = access.actor()
    form = ReturnForm(municipality=actor.organisation_key if actor.role == Role.MUNICIPALITY else "")
    towns = {key: row.town for key, row in municipalities().items()}
    if actor.role == Role.MUNICIPALITY:
        form.municipality.choices = choices_of({actor.organisation_key: towns[actor.organisation_key]})[1:]
    else:
        form.municipality.choices = choices_of(towns, "noch nicht zugewiesen")
    return form


def _open(view: CaseView, form: ReturnForm) -> str:
    home = municipalities().get(form.municipality.data or "")
    back = Return(form.arrived_on.data, home.id if home else None)
    by = {"actor": access.actor(), "now": access.now()}
    return open_again(view.held.case, back, seen_version=form.version.data, **by)


@bp.get("/faelle/<number>/stimmt-noch")
@access.requires(Permission.CASE_VIEW)
def carried(number: str) -> ResponseReturnValue:
    """What the earlier case said and nobody has confirmed yet."""
    view = views.view_for(number)
    if Block.PERSON not in view.blocks:
        raise NotAllowed
    note_access(view.held.case.id, "carried")
    return views.case_page(view, "cases/carried.html", rows=still_to_confirm(view))


@bp.post("/faelle/<number>/stimmt-noch/<code>")
@access.requires(Permission.ITEM_ANSWER)
def confirm(number: str, code: str) -> ResponseReturnValue:
    """One of them still holds."""
    view = views.view_for(number)
    seen = request.form.get("version", type=int, default=-1)
    confirm_carried(view, code, seen_version=seen, now=access.now())
    return go_to(f"/faelle/{number}/stimmt-noch?getan=stimmt")
