"""Inviting people to a group information from a list: by language, municipality, and who was not there yet."""

from collections.abc import Iterable
from urllib.parse import urlencode

from flask import request
from flask.typing import ResponseReturnValue

from blueprints.counselling import frame
from blueprints.counselling.forms import CandidateFilter, InviteForm
from blueprints.counselling.routes import bp, event_page
from blueprints.shared import access
from blueprints.shared.addresses import page_number
from blueprints.shared.refusals import Refused, attempt
from blueprints.shared.render import go_to
from models.operations.attendance import Invitation, invite
from models.queries.cases import parties
from models.queries.group_events import EventLine, event_of, languages_offered
from models.queries.invitations import Wanted, candidates_for
from models.rules.message import Message
from models.rules.permissions import Permission
from models.rules.roles import Role

MOST_AT_ONCE = 200


@bp.route("/termine/<int:event_id>/einladen", methods=["GET", "POST"])
@access.requires(Permission.GROUP_EVENT_VIEW)
def invite_people(event_id: int) -> ResponseReturnValue:
    """Tick whom to invite; what was ticked stays where something is refused."""
    line, form = event_of(access.actor(), event_id), InviteForm()
    ticked = request.form.getlist("people")[:MOST_AT_ONCE]
    refused = None
    if form.validate_on_submit():
        wish = Invitation(ticked, form.crowd.data, form.despite.data or "")
        refused = attempt(form, lambda: invite(line, wish, actor=access.actor(), now=access.now()))
        if refused is None:
            return go_to(f"/termine/{event_id}?getan=eingeladen")
    return _shown(line, form, ticked, refused)


def _shown(line: EventLine, form: InviteForm, ticked: list[str], refused: Refused | None) -> ResponseReturnValue:
    narrowed = CandidateFilter(formdata=request.args)
    towns = {party.key: party.name for party in parties().values() if party.kind == Role.MUNICIPALITY}
    narrowed.offer(languages_offered(), towns)
    wanted = Wanted(narrowed.sprache.data or "", narrowed.gemeinde.data or "", narrowed.alle.data)
    number = page_number()
    people, more = candidates_for(access.actor(), line, wanted, frame.today(), number)
    here = f"/termine/{line.id}/einladen" + _query(narrowed)
    status = refused.status if refused else 422 if form.errors else 200
    problem: Message | None = refused.message if refused else None
    return event_page(
        "counselling/invite.html",
        status,
        event=line,
        form=form,
        narrowed=narrowed,
        people=people,
        more=more,
        page=number,
        here=here,
        chosen=set(ticked),
        elsewhere=_elsewhere(ticked, people),
        problem=problem,
    )


def _query(narrowed: CandidateFilter) -> str:
    asked = [(name, value) for name, value in request.args.items() if name in narrowed and value]
    return f"?{urlencode(asked)}" if asked else ""


def _elsewhere(ticked: list[str], people: Iterable[object]) -> list[str]:
    """Ticked people who stand on another page of the list; they stay ticked."""
    shown = {getattr(one, "number", "") for one in people}
    return [number for number in ticked if number not in shown]
