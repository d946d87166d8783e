"""Notes of counselling: read, write, correct. Only the own organisation's."""

from flask import request
from flask.typing import ResponseReturnValue

from blueprints.counselling import frame
from blueprints.counselling.forms import NoteForm
from blueprints.counselling.routes import bp
from blueprints.shared import access
from blueprints.shared.access_log import note_access
from blueprints.shared.addresses import page_number
from blueprints.shared.refusals import attempt
from blueprints.shared.render import go_to
from models.operations import notes as operations
from models.queries.case_view import CaseView
from models.queries.notes import note_of, notes_for
from models.rules.notes import TOPICS, WRITTEN_WITH, hands_over
from models.rules.permissions import Permission


@bp.get("/faelle/<number>/vermerke")
@access.requires(Permission.CASE_NOTE)
def notes(number: str) -> ResponseReturnValue:
    """The notes of the own organisation about a case, by topic if asked for."""
    view = frame.view_for(number, WRITTEN_WITH)
    note_access(view.held.case.id, "notes")
    chosen = request.args.get("thema", "")
    topic = chosen if chosen in tuple(TOPICS) else ""
    lines, more = notes_for(view, page_number(), topic)
    here = f"/faelle/{number}/vermerke" + (f"?thema={topic}" if topic else "")
    context = {"lines": lines, "more": more, "page": page_number(), "here": here, "topic": topic, "topics": TOPICS}
    rights = {"may_write": may_write(view), "handed_over": hands_over(view.actor.role)}
    return frame.case_page(view, "counselling/notes.html", **rights, **context)


def may_write(view: CaseView) -> bool:
    """Whether this person may write a note now."""
    return view.standing.case_open and not view.standing.read_only


@bp.route("/faelle/<number>/vermerke/neu", methods=["GET", "POST"])
@access.requires(Permission.CASE_NOTE)
def write(number: str) -> ResponseReturnValue:
    """Write a note."""
    view = frame.view_for(number, WRITTEN_WITH)
    form, refused = NoteForm(data={"noted_on": frame.today(), "version": 0}).fit(view.actor.role), None
    if form.validate_on_submit():
        refused = attempt(form, lambda: operations.write_note(view, form.plan(), now=access.now()))
        if refused is None:
            return go_to(f"/faelle/{number}/vermerke?getan=vermerk")
    return frame.case_page(view, "counselling/note_form.html", form, refused, note=None)


@bp.route("/faelle/<number>/vermerke/<int:note_id>", methods=["GET", "POST"])
@access.requires(Permission.CASE_NOTE)
def change(number: str, note_id: int) -> ResponseReturnValue:
    """Correct a note; where a colleague was faster, her text stands beside the own one."""
    view = frame.view_for(number, WRITTEN_WITH)
    row = note_of(view, note_id)
    form = NoteForm(
        data={name: getattr(row, name) for name in ("topic", "noted_on", "text", "decision", "for_transfer", "version")}
    ).fit(view.actor.role)
    refused = None
    if form.validate_on_submit():
        seen = {"seen_version": form.version.data, "now": access.now()}
        refused = attempt(form, lambda: operations.change_note(view, row, form.plan(), **seen))
        if refused is None:
            return go_to(f"/faelle/{number}/vermerke?getan=vermerk")
        row = note_of(view, note_id)
    return frame.case_page(view, "counselling/note_form.html", form, refused, note=row)
