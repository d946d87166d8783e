"""The person of a case: name, birth and nationality."""

from collections.abc import Mapping

from flask.typing import ResponseReturnValue

from blueprints.cases import views
from blueprints.cases.forms import PersonaliaForm
from blueprints.cases.routes import bp
from blueprints.shared import access
from blueprints.shared.render import go_to
from models.operations.personalia import change_personalia
from models.queries.code_names import code_names, named
from models.queries.earlier_names import earlier_names
from models.rules.case_acts import Act
from models.rules.permissions import Permission
from models.rules.personalia import LABELS
from models.rules.times import german_date
from models.tables import Person


@bp.route("/faelle/<number>/personalien", methods=["GET", "POST"])
@access.requires(Permission.PERSON_EDIT)
def personalia(number: str) -> ResponseReturnValue:
    """Change name, birth and nationality; an earlier name stays known."""
    view = views.view_for(number, Act.PERSONALIA)
    form = PersonaliaForm(obj=view.held.person)
    form.offer(code_names("sexes"), code_names("countries"))
    refused = None
    if form.validate_on_submit():
        refused = views.attempt(
            form,
            lambda: change_personalia(
                view.held.case,
                form.entry(),
                form.reason.data,
                seen_version=form.version.data,
                actor=access.actor(),
                now=access.now(),
            ),
        )
        if refused is None:
            return go_to(f"/faelle/{number}?getan=personalien")
    person = Person.get_by_id(view.held.case.person_id)
    return views.case_form(
        view,
        "cases/personalia.html",
        form,
        refused,
        person=person,
        stored=_stored(person) if refused and refused.status == 409 else {},
        earlier=earlier_names(person.id),
    )


def _stored(person: Person) -> Mapping[str, str]:
    """The values as they stand, in words: beside what was typed where somebody else was faster."""
    coded = {"sex": "sexes", "nationality": "countries", "second_nationality": "countries"}
    values = {name: getattr(person, name) for name in LABELS}
    return {
        name: german_date(value) if name == "date_of_birth" else named(coded[name], [value]) if name in coded else value
        for name, value in values.items()
    }
