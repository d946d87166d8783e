"""The attendance list on a phone: each tick saved alone, people who come uninvited, and people in no list."""

from flask.typing import ResponseReturnValue
from wtforms.fields.choices import SelectChoice

from blueprints.counselling import frame
from blueprints.counselling.forms import KnownForm, MarkForm, WalkInForm
from blueprints.counselling.routes import bp, event_page
from blueprints.counselling.walk_ins import Reading, read_newcomer
from blueprints.shared import access
from blueprints.shared.access_log import note_access
from blueprints.shared.forms import BaseForm
from blueprints.shared.refusals import Refused, attempt
from blueprints.shared.render import go_to, wants_fragment
from blueprints.shared.tokens import new_token
from models.operations import attendance as operations
from models.queries.code_names import code_names
from models.queries.group_events import EventLine, own_event, participant_of, participants_of
from models.rules.errors import StaleVersion
from models.rules.permissions import Permission
from models.rules.states import AttendanceState

MARKS = (AttendanceState.ATTENDED, AttendanceState.ABSENT, AttendanceState.EXCUSED)


@bp.get("/termine/<int:event_id>/anwesenheit")
@access.requires(Permission.GROUP_EVENT_EDIT)
def attendance(event_id: int) -> ResponseReturnValue:
    """Who is on the list, to be ticked one by one."""
    line = own_event(access.actor(), event_id)
    people = participants_of(access.actor(), event_id, frame.today())
    for one in people:
        note_access(one.case_id, "attendance")
    return _list(line)


def _list(
    line: EventLine,
    form: BaseForm | None = None,
    refused: Refused | None = None,
    reading: Reading | None = None,
    wrong: int = 0,
) -> ResponseReturnValue:
    """The list, perhaps with an attempt that was refused; ``wrong`` is the row that it was about."""
    walk_in = form if isinstance(form, WalkInForm) else WalkInForm(formdata=None)
    walk_in.token.data = walk_in.token.data or new_token()
    known = form if isinstance(form, KnownForm) else KnownForm(formdata=None)
    walk_in.sex.choices = [SelectChoice("", "–"), *(SelectChoice(*one) for one in code_names("sexes").items())]
    status = refused.status if refused else 422 if form is not None and form.errors else 200
    return event_page(
        "counselling/attendance.html",
        status,
        event=line,
        people=participants_of(access.actor(), line.id, frame.today()),
        walk_in=walk_in,
        known=known,
        matches=reading.matches if reading else (),
        problem=refused.message if refused else None,
        sentence=form.reason.errors[0] if isinstance(form, MarkForm) and form.reason.errors else "",
        wrong=wrong,
        typed_reason=form.reason.data if isinstance(form, MarkForm) else "",
        countries=code_names("countries").values(),
        languages=code_names("languages").values(),
    )


@bp.post("/termine/<int:event_id>/anwesenheit/<int:attendance_id>")
@access.requires(Permission.GROUP_EVENT_EDIT)
def mark(event_id: int, attendance_id: int) -> ResponseReturnValue:
    """One tick: attended, absent, or excused with a reason."""
    actor, form = access.actor(), MarkForm()
    line = own_event(actor, event_id)
    one = participant_of(actor, event_id, attendance_id, frame.today())
    if not form.validate_on_submit() or form.state.data not in tuple(MARKS):
        raise StaleVersion
    state, reason = AttendanceState(form.state.data), form.reason.data or ""
    refused = attempt(
        form,
        lambda: operations.mark_attendance(
            line, one, state, reason, seen_version=form.version.data, actor=actor, now=access.now()
        ),
    )
    if refused is None and not wants_fragment():
        return go_to(f"/termine/{event_id}/anwesenheit?getan=abgehakt#row-{attendance_id}")
    return _row(line, attendance_id, form, refused)


def _row(line: EventLine, attendance_id: int, form: MarkForm, refused: Refused | None) -> ResponseReturnValue:
    """The one row for a script, the whole list for everybody else."""
    if not wants_fragment() or (refused and refused.status == 409):
        return _list(line, form, refused, wrong=attendance_id)
    one = participant_of(access.actor(), line.id, attendance_id, frame.today())
    sentence = form.reason.errors[0] if form.reason.errors else (refused and refused.message) or ""
    return event_page(
        "counselling/_row.html",
        refused.status if refused else 200,
        event=line,
        one=one,
        sentence=str(sentence),
        typed_reason=form.reason.data if refused else "",
        saved=refused is None,
    )


@bp.post("/termine/<int:event_id>/dazu")
@access.requires(Permission.GROUP_EVENT_EDIT)
def let_in(event_id: int) -> ResponseReturnValue:
    """Somebody with a case came uninvited."""
    actor, form = access.actor(), KnownForm()
    line, refused = own_event(actor, event_id), None
    if form.validate_on_submit():
        number = (form.number.data or "").strip().upper()
        refused = attempt(form, lambda: operations.let_in(line, number, actor=actor, now=access.now()))
        if refused is None:
            return go_to(f"/termine/{event_id}/anwesenheit?getan=dazu")
    return _list(line, form, refused)


@bp.post("/termine/<int:event_id>/erfassen")
@access.requires(Permission.GROUP_EVENT_EDIT)
def walk_in(event_id: int) -> ResponseReturnValue:
    """Open somebody who is in no list, in one line, and mark her as attended."""
    actor, form = access.actor(), WalkInForm()
    line, refused, reading = own_event(actor, event_id), None, None
    if form.validate_on_submit():
        reading = read_newcomer(form)
        if reading.newcomer is not None:
            newcomer, token = reading.newcomer, (form.token.data or new_token())[:40]
            refused = attempt(
                form, lambda: operations.walk_in(line, newcomer, token=token, actor=actor, now=access.now())
            )
            if refused is None:
                return go_to(f"/termine/{event_id}/anwesenheit?getan=erfasst")
    return _list(line, form, refused, reading)
