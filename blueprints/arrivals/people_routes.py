"""The form for one person or one family."""

from flask import request
from flask.typing import ResponseReturnValue

from blueprints.arrivals.forms import MOST_PEOPLE, ArrivalForm, offer_choices
from blueprints.arrivals.reading import NOTHING_READ, Reading, matches_while_typing, read_people
from blueprints.arrivals.routes import HOME, bp
from blueprints.shared import access
from blueprints.shared.render import go_to, page
from blueprints.shared.tokens import new_token
from models.operations.reception import receive_family
from models.queries.arrivals import municipalities
from models.queries.code_names import code_names
from models.queries.received import received_by
from models.rules.permissions import Permission
from models.rules.times import local_day


@bp.route(f"{HOME}person", methods=["GET", "POST"], defaults={"people": 1})
@bp.route(f"{HOME}familie", methods=["GET", "POST"], defaults={"people": 2})
@access.requires(Permission.PERSON_CREATE)
def person(people: int) -> ResponseReturnValue:
    """Record one person or one family; adding and removing people works without scripts."""
    form = _form(people)
    if not form.validate_on_submit() or _rearranged(form):
        return _shown(form, NOTHING_READ)
    reading = read_people(form)
    if not reading.is_good:
        return _shown(form, reading, 422)
    batch = receive_family(
        reading.newcomers(), token=form.token.data or new_token(), actor=access.actor(), now=access.now()
    )
    received = received_by(access.actor(), batch.id, local_day(access.now()))
    return go_to(f"{received.address}?getan=person" if received.is_one_case else received.address)


def _form(people: int) -> ArrivalForm:
    form = ArrivalForm(people=[{}] * people)
    form.token.data = form.token.data or new_token()
    offer_choices(form, {key: row.town for key, row in municipalities().items()})
    return form


def _rearranged(form: ArrivalForm) -> bool:
    """Whether a person was added or taken away, which saves nothing."""
    removed = request.form.get("remove", type=int)
    if "add" in request.form and len(form.people.entries) < MOST_PEOPLE:
        form.people.append_entry({})
    elif removed is not None and 0 < removed < len(form.people.entries):
        form.people.pop_entry(removed)
    else:
        return "add" in request.form or removed is not None
    offer_choices(form, {key: row.town for key, row in municipalities().items()})
    return True


def _shown(form: ArrivalForm, reading: Reading, status: int = 200) -> ResponseReturnValue:
    return page(
        "arrivals/person.html",
        fragment="arrivals/_person.html",
        status=status,
        area="person",
        form=form,
        address=request.path,
        matches=reading.matches,
        countries=code_names("countries").values(),
        most=MOST_PEOPLE,
    )


@bp.post(f"{HOME}dubletten")
@access.requires(Permission.PERSON_CREATE)
def duplicates() -> ResponseReturnValue:
    """While a person is typed in: who is stored that may be the same."""
    form = _form(1)
    place = min(max(request.form.get("place", type=int, default=0), 0), len(form.people.entries) - 1)
    person = form.persons()[place]
    found = matches_while_typing(form, place)
    return page("arrivals/_matches.html", area="person", person=person, place=place, found=found)


@bp.get(f"{HOME}erfasst/<int:batch_id>")
@access.requires(Permission.PERSON_CREATE)
def received(batch_id: int) -> ResponseReturnValue:
    """Who was recorded, and who is responsible from now on."""
    shown = received_by(access.actor(), batch_id, local_day(access.now()))
    return page("arrivals/received.html", area="person", received=shown)
