"""Search and the page of a case."""

from flask import Blueprint, request
from flask.typing import ResponseReturnValue

from blueprints.cases import views
from blueprints.cases.kept import kept_page, lines_in_table
from blueprints.shared import access
from blueprints.shared.access_log import note_access, note_looks
from blueprints.shared.render import go_to, page
from models.queries.case_list import found_list
from models.queries.case_page import CasePage, case_page_of
from models.queries.changes import unread_of
from models.queries.checklists import list_of
from models.queries.dossier import dossier_numbered
from models.rules.case_search import Search, read_search
from models.rules.changes import HEAD
from models.rules.errors import NotVisible
from models.rules.permissions import Permission
from models.rules.roles import Role
from models.rules.states import HandoverState

bp = Blueprint("cases", __name__, cli_group=None)
bp.add_app_template_global(kept_page)
bp.add_app_template_global(lines_in_table)


@bp.post("/faelle/suche")
@access.requires(Permission.CASE_VIEW)
def search() -> ResponseReturnValue:
    """Search by POST, so that no name stands in an address; one exact case number leads to the case."""
    asked = read_search(request.form.get("q", ""), views.today())
    if asked.is_empty:
        return _hits(asked, None)
    found = found_list(access.actor(), asked, views.today())
    if (asked.number or asked.tail) and len(found.lines) == 1:
        return go_to(found.lines[0].address)
    return _hits(asked, found)


def _hits(asked: Search, found: object) -> ResponseReturnValue:
    actor = access.actor()
    typed = request.form.get("q", "").strip()[:120]
    no_dates = actor.role == Role.COACH and bool(asked.born) and not asked.name
    return page(
        "cases/search.html",
        area="cases",
        found=found,
        typed=typed,
        no_dates=no_dates,
    )


@bp.get("/faelle/<number>")
@access.requires(Permission.CASE_VIEW)
def show(number: str) -> ResponseReturnValue:
    """The page of a case with one of its lists."""
    chosen = list_of(request.args["liste"]) if "liste" in request.args else None
    shown = case_page_of(access.actor(), number, views.today(), chosen)
    unread = _unread(shown)
    note_access(shown.view.held.case.id, "case")
    given = {"shown": shown, "lists": shown.lists, "decision_name": views.named_decision, "unread": unread}
    return page("cases/case.html", area="cases", said_done=views.said(), given=given, **given)


def _unread(shown: CasePage) -> frozenset[str]:
    """The words of the lists that others changed, ``HEAD`` for all else; what this page shows of it is seen now."""
    case_id, opened = shown.view.held.case.id, shown.lists.chosen
    unread = unread_of(access.actor(), case_id, shown.view.blocks)
    if not unread:
        return frozenset()
    words = {head.key.value: head.word for head in shown.lists.heads if head.shown}
    here = {HEAD, *(unread.keys() - words.keys()), *([opened.head.key.value] if opened else [])}
    note_looks(case_id, dict.fromkeys(here, max(unread.values())))
    return frozenset(words.get(section, HEAD) for section in unread)


@bp.get("/faelle/<number>/uebergabe")
@access.requires(Permission.HANDOVER_VIEW)
def handover(number: str) -> ResponseReturnValue:
    """To the newest handover of the case that this side knows; to its list where there is none."""
    held = dossier_numbered(access.actor(), number, views.today())
    known = [row for row in held.handovers if access.actor().role == Role.AGENTUR or row.state != HandoverState.DRAFT]
    if held.direct:
        raise NotVisible
    return go_to(f"/uebergaben/{known[0].reference}" if known else f"/faelle/{number}?liste=uebergabe")
