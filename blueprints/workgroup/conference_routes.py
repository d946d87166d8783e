"""Conferences about a case: the list, a new one, topics with decisions. Only for who took part and sees the case."""

from typing import Any

from flask import Response
from flask.typing import ResponseReturnValue

from blueprints.shared import access
from blueprints.shared.access_log import note_access
from blueprints.shared.case_frame import framed, opened, status_of, today
from blueprints.shared.commands import settings
from blueprints.shared.forms import BaseForm, EmptyForm
from blueprints.shared.refusals import Refused, attempt
from blueprints.shared.render import download, go_to
from blueprints.workgroup.conference_forms import ConferenceForm, TopicForm
from blueprints.workgroup.routes import bp
from models.operations import conferences as operations
from models.queries.case_view import CaseView
from models.queries.cases import parties
from models.queries.conferences import ConferenceLine, able_to_confer, conference_of, conferences_of, topic_of
from models.queries.still_seen import refuse_if_narrowed
from models.rules.errors import NotAllowed, StaleVersion
from models.rules.message import N_
from models.rules.permissions import Permission
from models.rules.workgroup.conferences import may_read

CONFERENCES = "/faelle/<number>/fallbesprechungen"
SAID = {
    "begonnen": N_("Fallbesprechung angelegt. Halten Sie jetzt die Themen fest."),
    "verworfen": N_("Fallbesprechung verworfen."),
    "thema": N_("Gespeichert. Eine Entscheidung steht bei der Stelle als Wiedervorlage auf „Mein Tag“."),
}


def _opened(number: str) -> CaseView:
    """The case; NotVisible for a stranger, NotAllowed for who sees too little of it to talk about it."""
    view = opened(number)
    if not may_read(view.actor.role, view.blocks):
        raise NotAllowed
    note_access(view.held.case.id, "conference")
    return view


def _page(
    view: CaseView, template: str, form: BaseForm | None = None, refused: Refused | None = None, **context: Any
) -> ResponseReturnValue:
    shown = {"form": form, "problem": refused.message if refused else None, "names": _names()}
    status = status_of(form, refused)
    return framed(view, template, SAID, status, **shown, writes=operations.may_write(view), **context)


def _names() -> dict[int, str]:
    return {number: party.full_name for number, party in parties().items()}


@bp.get(CONFERENCES)
@access.requires(Permission.CASE_CONFERENCE)
def conferences(number: str) -> ResponseReturnValue:
    """The conferences of a case in which the own organisation took part."""
    view = _opened(number)
    return _page(view, "workgroup/conferences.html", lines=conferences_of(view))


@bp.route(CONFERENCES + "/neu", methods=["GET", "POST"])
@access.requires(Permission.CASE_CONFERENCE)
def begin_conference(number: str) -> ResponseReturnValue:
    """Begin a conference with organisations that have a right to the case."""
    view, refused = _writing(number), None
    able = able_to_confer(view.held.case, today())
    mine = view.actor.organisation_id
    form = ConferenceForm(data={"held_on": today(), "parties": [str(mine)]}).offer(able)
    if form.validate_on_submit():
        begun: list[int] = []
        token = (form.token.data or "")[:43]
        refused = attempt(
            form,
            lambda: begun.append(operations.begin_conference(view, form.plan(), token=token, now=access.now())),
        )
        if refused is None:
            return go_to(f"/faelle/{number}/fallbesprechungen/{begun[0]}?getan=begonnen")
    functions = form.functions() if form.is_submitted() else {}
    return _page(view, "workgroup/conference_form.html", form, refused, able=able, functions=functions)


def _writing(number: str) -> CaseView:
    view = _opened(number)
    if not operations.may_write(view):
        raise NotAllowed
    return view


def _owners(view: CaseView, line: ConferenceLine) -> dict[int, str]:
    """Who took part and still has a right to the case, by id."""
    able = able_to_confer(view.held.case, today())
    return {number: able[number].full_name for number in line.parties if number in able}


@bp.route(CONFERENCES + "/<int:conference_id>", methods=["GET", "POST"])
@access.requires(Permission.CASE_CONFERENCE)
def conference(number: str, conference_id: int) -> ResponseReturnValue:
    """One conference with its topics, and the form for the next one."""
    view, refused = _opened(number), None
    line = conference_of(view, conference_id)
    form = TopicForm(data={"version": 0}).offer(_owners(view, line))
    if form.validate_on_submit():
        said = {"token": (form.token.data or "")[:43], "now": access.now()}
        refused = attempt(form, lambda: operations.add_topic(view, line, form.plan(), **said))
        if refused is None:
            return go_to(f"/faelle/{number}/fallbesprechungen/{conference_id}?getan=thema")
    return _page(view, "workgroup/conference.html", form, refused, line=line, drops=operations.may_drop(view, line))


@bp.post(CONFERENCES + "/<int:conference_id>/verwerfen")
@access.requires(Permission.CASE_CONFERENCE)
def drop_conference(number: str, conference_id: int) -> ResponseReturnValue:
    """Take back a conference that was begun by mistake and holds nothing yet."""
    view = _opened(number)
    line = conference_of(view, conference_id)
    if not EmptyForm().validate_on_submit():
        raise StaleVersion
    operations.drop_conference(view, line, now=access.now())
    return go_to(f"/faelle/{number}/fallbesprechungen?getan=verworfen")


@bp.route(CONFERENCES + "/<int:conference_id>/themen/<int:topic_id>", methods=["GET", "POST"])
@access.requires(Permission.CASE_CONFERENCE)
def change_topic(number: str, conference_id: int, topic_id: int) -> ResponseReturnValue:
    """Write a topic anew; where somebody was faster, both texts stand there."""
    view, refused = _writing(number), None
    line = conference_of(view, conference_id)
    topic = topic_of(line, topic_id)
    names = ("topic", "said", "decision", "due_on", "version")
    values = {name: getattr(topic, name) for name in names} | {"owner": str(topic.owner_id or "")}
    form = TopicForm(data=values).offer(_owners(view, line))
    if form.validate_on_submit():
        seen = {"seen_version": form.version.data, "now": access.now()}
        refused = attempt(form, lambda: operations.change_topic(view, line, topic, form.plan(), **seen))
        if refused is None:
            return go_to(f"/faelle/{number}/fallbesprechungen/{conference_id}?getan=thema")
        topic = topic_of(conference_of(view, conference_id), topic_id)
    return _page(view, "workgroup/topic_form.html", form, refused, line=line, topic=topic)


@bp.get(CONFERENCES + "/<int:conference_id>/fallbesprechung.pdf")
@access.requires(Permission.CASE_CONFERENCE)
def conference_file(number: str, conference_id: int) -> Response:
    """One conference on paper, for who took part."""
    from pdf.conference.issue import print_conference  # imports WeasyPrint

    view = _opened(number)
    line = conference_of(view, conference_id)
    content = print_conference(view, line, _names(), now=access.now(), watermark=settings().demo)
    refuse_if_narrowed(view)
    note_access(view.held.case.id, "conference_file")
    return download(content, f"Fallbesprechung-{number}-{line.held_on:%Y-%m-%d}.pdf", "application/pdf")
