"""The timeline of a case: on the screen, narrowed by kind and time, and on paper."""

from urllib.parse import urlencode

from flask import Response, current_app, request
from flask.typing import ResponseReturnValue

from blueprints.cases import views
from blueprints.cases.forms import TimelineForm
from blueprints.cases.routes import bp
from blueprints.shared import access
from blueprints.shared.access_log import note_access
from blueprints.shared.addresses import page_number
from blueprints.shared.render import download
from models.queries.case_view import CaseView
from models.queries.history import shows_history
from models.queries.timeline import groups_for, timeline_page
from models.rules.errors import NotAllowed, RuleBroken
from models.rules.message import Message
from models.rules.permissions import Permission


@bp.get("/faelle/<number>/verlauf")
@access.requires(Permission.CASE_VIEW)
def history(number: str) -> ResponseReturnValue:
    """Everything that happened on a case, as far as this person may see it."""
    view, form = _asked(number)
    note_access(view.held.case.id, "history")
    fits, turned = form.validate(), page_number()
    entries, more = timeline_page(view, form.wish(), turned) if fits else ((), False)
    asked = urlencode([(name, value) for name, value in request.args.items() if name in form and value])
    query = f"?{asked}" if asked else ""
    return views.case_page(
        view,
        "cases/history.html",
        status=200 if fits else 422,
        form=form,
        entries=entries,
        more=more,
        page=turned,
        query=query,
    )


@bp.get("/faelle/<number>/verlauf.pdf")
@access.requires(Permission.CASE_VIEW)
def history_file(number: str) -> Response:
    """The same on paper, in the order in which it happened."""
    from pdf.timeline.issue import print_timeline  # imports WeasyPrint

    view, form = _asked(number)
    if not form.validate():
        raise RuleBroken(Message(next(str(errors[0]) for errors in form.errors.values())))
    content = print_timeline(view, form.wish(), now=access.now(), watermark=current_app.config["SETTINGS"].demo)
    note_access(view.held.case.id, "history_file")
    return download(content, f"Verlauf-{number}.pdf", "application/pdf")


def _asked(number: str) -> tuple[CaseView, TimelineForm]:
    """The case and what of its timeline is asked for; NotAllowed for who sees no history of it."""
    view = views.view_for(number)
    if not shows_history(view):
        raise NotAllowed
    form = TimelineForm(formdata=request.args)
    form.offer(groups_for(view))
    return view, form
