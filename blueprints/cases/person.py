"""The person of a case: name, birth and nationality, and with whom she lives."""

from collections.abc import Mapping

from flask.typing import ResponseReturnValue

from blueprints.cases import views
from blueprints.cases.forms import HouseholdForm, PersonaliaForm
from blueprints.cases.routes import bp
from blueprints.shared import access
from blueprints.shared.render import go_to
from models.operations.households import join_household, leave_household
from models.operations.personalia import change_personalia
from models.queries.case_view import CaseView
from models.queries.cases import seen_case
from models.queries.code_names import code_names, named
from models.queries.earlier_names import earlier_names
from models.queries.household import household_of
from models.rules.case_acts import Act
from models.rules.case_search import read_search
from models.rules.errors import NotAllowed, NotVisible, RuleBroken
from models.rules.message import N_, Message
from models.rules.permissions import Block, Permission
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


@bp.route("/faelle/<number>/haushalt", methods=["GET", "POST"])
@access.requires(Permission.PERSON_EDIT)
def household(number: str) -> ResponseReturnValue:
    """Who lives together; somebody joins or leaves, with a reason."""
    view, form = views.view_for(number, Act.HOUSEHOLD), HouseholdForm(act="join")
    refused = None
    if form.validate_on_submit():
        refused = views.attempt(form, lambda: _change_household(view, form))
        if refused is None:
            return go_to(f"/faelle/{number}/haushalt?getan=haushalt")
    person = Person.get_by_id(view.held.case.person_id)
    members = household_of(access.actor(), person, views.today())
    return views.case_form(view, "cases/household.html", form, refused, person=person, members=members)


def _change_household(view: CaseView, form: HouseholdForm) -> None:
    """A case that she does not see is for her one that does not exist."""
    number = read_search(form.number.data).number or form.number.data
    try:
        other = seen_case(access.actor(), number, views.today()).needs(Block.HOUSEHOLD).case
    except (NotVisible, NotAllowed):
        sentence = Message(N_("Diesen Fall gibt es nicht, oder er gehört nicht zu Ihren Fällen."))
        raise RuleBroken(sentence, {"number": sentence}) from None
    change = join_household if form.act.data == "join" else leave_household
    by = {"actor": access.actor(), "now": access.now()}
    change(view.held.case, other, form.reason.data, seen_version=form.version.data, **by)


def _stored(person: Person) -> Mapping[str, str]:
    """The values as they stand, in words: beside what was typed where somebody else was faster."""
    coded = {"sex": "sexes", "nationality": "countries", "second_nationality": "countries"}
    values = {name: getattr(person, name) for name in LABELS}
    return {
        name: german_date(value) if name == "date_of_birth" else named(coded[name], [value]) if name in coded else value
        for name, value in values.items()
    }
