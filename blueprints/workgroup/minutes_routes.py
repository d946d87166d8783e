"""Writing the minutes during the meeting: who is there, and what is said to each point, saved while it is typed."""

from dataclasses import dataclass
from typing import Any

from flask import Response, jsonify, request
from flask.typing import ResponseReturnValue

from blueprints.shared import access
from blueprints.shared.addresses import posted_version
from blueprints.shared.forms import PressForm
from blueprints.shared.refusals import Refused, attempt
from blueprints.shared.render import go_to, wants_fragment
from blueprints.workgroup.forms import EntryForm, ResolutionForm
from blueprints.workgroup.frame import by, meeting_page, minutes_place, viewed
from blueprints.workgroup.routes import bp
from models.operations import minutes as operations
from models.operations.minutes import Presence
from models.queries.meetings import ItemLine, MeetingView, PartyLine, item_of
from models.queries.minutes import Minutes, minutes_of, owners_of
from models.rules.errors import RuleBroken, StaleVersion
from models.rules.message import Message
from models.rules.permissions import Permission
from models.rules.times import german_time, stamp

MINUTES = "/arbeitskreis/<int:meeting_id>/protokoll"


@dataclass(frozen=True, slots=True)
class Tried:
    """A form at a point that was refused: what was typed stays, ``stands`` is the text that somebody else saved."""

    item_id: int
    form: EntryForm | ResolutionForm
    refused: Refused | None
    stands: str | None = None


@dataclass(frozen=True, slots=True)
class Wrong:
    """What is wrong with the typed attendance: a sentence for all of it, or sentences by control."""

    status: int
    message: Message | None
    fields: dict[str, str]


@bp.get(MINUTES)
@access.requires(Permission.MEETING_EDIT)
def minutes(meeting_id: int) -> ResponseReturnValue:
    """The minutes while they are written."""
    return minutes_page(viewed(meeting_id))


def minutes_page(
    view: MeetingView,
    tried: Tried | None = None,
    wrong: Wrong | None = None,
    fragment: str | None = None,
    *,
    noted: bool = False,
) -> ResponseReturnValue:
    """The page of the minutes, or a part of it, with what was refused; ``noted``: who is there was just saved."""
    found = minutes_of(access.actor(), view)
    owners = owners_of(access.actor(), view)
    item = item_of(view, tried.item_id) if tried else None
    status = tried.refused if tried else Refused(wrong.status, wrong.message) if wrong else None
    context: dict[str, Any] = {"meeting": view, "minutes": found, "tried": tried, "wrong": wrong, "item": item}
    context |= {
        "forms": _forms(view, found, owners, tried),
        "typed": request.form,
        "quiet": "by-itself" in request.form,
        "noted": noted,
    }
    return meeting_page("workgroup/minutes.html", None, status, fragment=fragment, **context)


def _forms(view: MeetingView, found: Minutes, owners: dict[int, str], tried: Tried | None) -> dict[int, ResolutionForm]:
    """An empty form for a resolution at each point, but where one was refused that one."""
    forms = {item.id: ResolutionForm(formdata=None).at(item.id, owners) for item in view.items}
    if tried and isinstance(tried.form, ResolutionForm):
        forms[tried.item_id] = tried.form
    return forms


@bp.post(MINUTES + "/anwesend")
@access.requires(Permission.MEETING_EDIT)
def attendance(meeting_id: int) -> ResponseReturnValue:
    """Write down which organisations are there."""
    view, fragment = viewed(meeting_id), "workgroup/_presence.html"
    wrong = _noted(view)
    if wrong is None and not wants_fragment():
        return go_to(minutes_place(meeting_id, "anwesend"))
    return minutes_page(viewed(meeting_id), wrong=wrong, fragment=fragment, noted=wrong is None)


def _noted(view: MeetingView) -> Wrong | None:
    try:
        operations.note_attendance(view, [_presence(party) for party in view.parties], **by())
    except StaleVersion as stale:
        return Wrong(409, stale.message, {})
    except RuleBroken as broken:
        return Wrong(422, broken.message, {name: str(text) for name, text in broken.fields.items()})
    return None


def _presence(party: PartyLine) -> Presence:
    """What was typed for an organisation; a text that is no number is -1, which nobody's attendance is."""
    number = request.form.get(f"people-{party.id}", "").strip()
    return Presence(
        party,
        present=f"present-{party.id}" in request.form,
        people=None if not number else int(number) if number.isdecimal() and len(number) < 6 else -1,
        functions=request.form.get(f"functions-{party.id}", "")[:200],
        seen_version=request.form.get(f"version-{party.id}", type=int, default=0),
    )


@bp.post(MINUTES + "/<int:item_id>")
@access.requires(Permission.MEETING_EDIT)
def write_entry(meeting_id: int, item_id: int) -> ResponseReturnValue:
    """Save what the minutes say to a point; where somebody else did, both texts stand there."""
    view = viewed(meeting_id)
    item, form, refused, stands = item_of(view, item_id), EntryForm(), None, None
    if form.validate_on_submit():
        seen = {"seen_version": form.version.data, **by()}
        refused = attempt(form, lambda: operations.write_minutes(view, item, form.text.data or "", **seen))
        if refused is None and not wants_fragment():
            return go_to(minutes_place(meeting_id, "protokoll", item_id))
        if refused is None:
            return _entry(viewed(meeting_id), item, None)
        if refused.status == 409:
            stands = minutes_of(access.actor(), view).entries[item_id].text
    return _entry(viewed(meeting_id), item, Tried(item_id, form, refused or Refused(422), stands))


def _entry(view: MeetingView, item: ItemLine, tried: Tried | None) -> ResponseReturnValue:
    """The point alone for htmx, the whole page with what was refused for everybody else."""
    if not wants_fragment() or tried:
        return minutes_page(view, tried, fragment="workgroup/_entry.html")
    found = minutes_of(access.actor(), view)
    context = {"meeting": view, "minutes": found, "tried": None, "item": item, "saved": True, "quiet": True}
    return meeting_page("workgroup/minutes.html", fragment="workgroup/_entry.html", **context)


@bp.post(MINUTES + "/<int:item_id>/entwurf")
@access.requires(Permission.MEETING_EDIT)
def keep_entry(meeting_id: int, item_id: int) -> Response:
    """Keep what was typed so far. Asked by the script alone, so it answers with data: version and time of the copy."""
    view = viewed(meeting_id)
    acting = by()
    version = operations.keep_draft(
        view,
        item_of(view, item_id),
        request.form.get("text", ""),
        seen_version=posted_version(),
        seen_draft=request.form.get("draft-version", type=int, default=0),
        **acting,
    )
    return jsonify(version=version, at=german_time(stamp(acting["now"])).split(", ")[1])


@bp.post(MINUTES + "/<int:item_id>/entwurf/verwerfen")
@access.requires(Permission.MEETING_EDIT)
def discard_entry(meeting_id: int, item_id: int) -> ResponseReturnValue:
    """Forget the own draft of a point."""
    view = viewed(meeting_id)
    if not PressForm().validate_on_submit():
        raise StaleVersion
    operations.discard_draft(item_of(view, item_id), actor=access.actor())
    return go_to(minutes_place(meeting_id, item_id=item_id))
