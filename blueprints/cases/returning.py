"""A new case for somebody who comes back."""

from flask.typing import ResponseReturnValue

from blueprints.cases import views
from blueprints.cases.forms import ReturnForm, choices_of
from blueprints.cases.routes import bp
from blueprints.shared import access
from blueprints.shared.render import go_to
from models.operations.returning import Return, open_again
from models.queries.arrivals import municipalities
from models.queries.case_view import CaseView
from models.rules.case_acts import Act
from models.rules.permissions import Permission
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
            return go_to(f"/faelle/{begun[0]}?getan=rueckkehr")
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
