"""What signed minutes gave to whom: the list, and reporting what became of it."""

from flask.typing import ResponseReturnValue

from blueprints.shared import access
from blueprints.shared.addresses import page_number
from blueprints.shared.refusals import attempt
from blueprints.shared.render import go_to
from blueprints.workgroup.forms import SettleForm
from blueprints.workgroup.frame import PLACE, by, meeting_page
from blueprints.workgroup.routes import bp
from models.operations.resolutions import settle_resolution
from models.queries.meetings import organises
from models.queries.minutes import resolution_for, resolutions_for
from models.rules.errors import RuleBroken
from models.rules.message import N_, Message
from models.rules.permissions import Permission
from models.rules.workgroup.minutes import RESOLUTION_LABELS, ResolutionState


@bp.get("/arbeitskreis/aufgaben")
@access.requires(Permission.MEETING_VIEW)
def tasks() -> ResponseReturnValue:
    """What is still to be done: of the own organisation, for the organiser of all."""
    return _tasks(settled=False)


@bp.get("/arbeitskreis/aufgaben/erledigte")
@access.requires(Permission.MEETING_VIEW)
def settled_tasks() -> ResponseReturnValue:
    """What was done or dropped."""
    return _tasks(settled=True)


def _tasks(*, settled: bool) -> ResponseReturnValue:
    number = page_number()
    lines, more = resolutions_for(access.actor(), number, settled=settled)
    return meeting_page("workgroup/tasks.html", lines=lines, more=more, page=number, settled=settled)


@bp.route("/arbeitskreis/aufgaben/<int:resolution_id>", methods=["GET", "POST"])
@access.requires(Permission.MEETING_VIEW)
def task(resolution_id: int) -> ResponseReturnValue:
    """Report what became of a resolution."""
    line, refused = resolution_for(access.actor(), resolution_id), None
    form = SettleForm(data={"version": line.version, "state": line.state, "note": line.note}).offer(_states())
    if form.validate_on_submit():
        seen = {"seen_version": form.version.data, **by()}
        refused = attempt(form, lambda: settle_resolution(line, _state(form), form.note.data or "", **seen))
        if refused is None:
            return go_to(f"{PLACE}/aufgaben?getan=aufgabe")
        line = resolution_for(access.actor(), resolution_id)
    return meeting_page("workgroup/task.html", form, refused, line=line)


def _states() -> dict[ResolutionState, str]:
    """The states that this person may set: only the organiser drops something."""
    if organises(access.actor()):
        return dict(RESOLUTION_LABELS)
    return {state: RESOLUTION_LABELS[state] for state in (ResolutionState.OPEN, ResolutionState.DONE)}


def _state(form: SettleForm) -> ResolutionState:
    try:
        return ResolutionState(form.state.data)
    except ValueError:
        sentence = Message(N_("Bitte einen Stand wählen."))
        raise RuleBroken(sentence, {"state": sentence}) from None
