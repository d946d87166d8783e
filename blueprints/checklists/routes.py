"""Answering items in place, finishing lists, the printed list of the coach."""

from typing import Any

from flask import Blueprint, Response, make_response, request
from flask.typing import ResponseReturnValue

from blueprints.checklists.forms import BY_ITSELF, CLEAR, SEEN, Typed, form_of, short_sheet, typed_in
from blueprints.checklists.frame import Frame, anchor, frame_of, item_page
from blueprints.checklists.kept import gaps_in_list, rows_in_list
from blueprints.checklists.saving import attempt
from blueprints.checklists.sheets import both_values, sheet_of, typed_sheet
from blueprints.shared import access
from blueprints.shared.access_log import note_access
from blueprints.shared.render import VARY, fragment_of, go_to, wants_fragment
from models.operations import stages
from models.operations.returning import confirm_carried
from models.queries.case_head import head_of
from models.queries.case_view import CaseView, view_after
from models.queries.checklists import item_in, list_of, list_state, one_item, one_list, others_changed
from models.queries.dossier import Dossier, dossier_numbered, renewed
from models.queries.item_rows import ItemRow
from models.rules.message import N_, Message
from models.rules.permissions import Permission
from models.rules.person_values import PARTS
from models.rules.states import ListKey
from models.rules.times import german_time, local_day, stamp

bp = Blueprint("checklists", __name__, cli_group=None)
bp.add_app_template_global(short_sheet)
bp.add_app_template_global(form_of)
bp.add_app_template_global(rows_in_list)
bp.add_app_template_global(gaps_in_list)


def _held(number: str) -> Dossier:
    return dossier_numbered(access.actor(), number, local_day(access.now()))


@bp.get("/faelle/<number>/punkte/<code>")
@access.requires(Permission.CASE_VIEW)
def item(number: str, code: str) -> ResponseReturnValue:
    """One item with its form: in the list for htmx, else as a page of its own."""
    view, row = one_item(_held(number), access.actor(), code)
    note_access(view.held.case.id, "item")
    return item_page(view, row, sheet_of(view, row) if row.mine else None)


@bp.post("/faelle/<number>/punkte/<code>")
@access.requires(Permission.ITEM_ANSWER)
def answer(number: str, code: str) -> ResponseReturnValue:
    """Keep the answer to an item."""
    held = _held(number)
    view, row = one_item(held, access.actor(), code)
    typed = typed_in(request.form) | ({CLEAR: ["1"]} if CLEAR in request.form else {})
    done = attempt(view, row, typed, _version())
    if done.stale:
        return _conflict(held, code, typed)
    if done.held is None:
        return item_page(view, row, typed_sheet(view, row, typed, done.errors), 422)
    return _saved(view, row, done.held)


@bp.post("/faelle/<number>/punkte/<code>/stimmt-noch")
@access.requires(Permission.ITEM_ANSWER)
def confirm(number: str, code: str) -> ResponseReturnValue:
    """Say that what the earlier case of this person said still holds."""
    view, row = one_item(_held(number), access.actor(), code)
    return _saved(view, row, confirm_carried(view, code, seen_version=_version(), now=access.now()))


def _conflict(held: Dossier, code: str, typed: Typed) -> Response:
    view, row = one_item(renewed(held), access.actor(), code)
    return item_page(view, row, both_values(view, row, typed), 409)


def _saved(before: CaseView, row: ItemRow, held: Dossier) -> Response:
    after = view_after(before, held, row.code)
    if not after.blocks:  # the end of the coaching and a withdrawn consent close the case for the coach
        return go_to("/faelle/")
    frame = frame_of(before, row)
    if not wants_fragment():
        return go_to(anchor(frame, row))
    return _fragment_after(before, after, row, frame)


def _fragment_after(before: CaseView, after: CaseView, row: ItemRow, frame: Frame) -> Response:
    """The item with the head of its list; the whole list where the answer changed what other items ask."""
    context: dict[str, Any] = {"row": item_in(after, row.code), "sheet": None, "lists": frame, "saved": _saved_at()}
    context["focus"] = BY_ITSELF not in request.form  # who has gone on to another item stays there
    context["facts"] = head_of(after).facts if row.item.derived_from in PARTS else ()  # the head shows her values
    if others_changed(before, after, row):
        context |= {"list": one_list(after, row.key), "head": None}
        target = {"HX-Retarget": "#liste", "HX-Reswap": "outerMorph"}  # morphing keeps what is typed in other items
    else:
        context |= {"list": None, "head": list_state(after, row.key)}
        target = {}
    response = make_response(fragment_of("checklists/_item.html", **context))
    response.headers.update(target)
    response.headers["Vary"] = VARY
    return response


def _saved_at() -> str:
    time = german_time(stamp(access.now())).split(", ")[1]
    return str(Message(N_("gespeichert {time} Uhr, {name}"), time=time, name=access.actor().name))


@bp.post("/faelle/<number>/listen/<word>/abschliessen")
@access.requires(Permission.STAGE_FINISH)
def finish(number: str, word: str) -> ResponseReturnValue:
    """Finish a list of the case."""
    key = list_of(word)
    case = _held(number).case
    stages.finish_stage(case, key, seen_version=_version(), actor=access.actor(), now=access.now())
    told = "aufnahme" if key == ListKey.INTAKE else "liste"
    return go_to(f"/faelle/{case.number}?liste={word}&getan={told}")


@bp.post("/faelle/<number>/listen/<word>/wiedereroeffnen")
@access.requires(Permission.STAGE_FINISH)
def reopen(number: str, word: str) -> ResponseReturnValue:
    """Open a finished list again, with a reason."""
    key = list_of(word)
    case = _held(number).case
    reason = request.form.get("reason", "")
    stages.reopen_stage(case, key, reason, seen_version=_version(), actor=access.actor(), now=access.now())
    return go_to(f"/faelle/{case.number}?liste={word}")


@bp.post("/faelle/<number>/listen/<word>/fassung")
@access.requires(Permission.STAGE_FINISH)
def adopt(number: str, word: str) -> ResponseReturnValue:
    """Adopt the newest version of a list for this case."""
    key = list_of(word)
    case = _held(number).case
    wanted = request.form.get("definition", type=int, default=0)
    stages.adopt_version(case, key, wanted, seen_version=_version(), actor=access.actor(), now=access.now())
    return go_to(f"/faelle/{case.number}?liste={word}")


def _version() -> int:
    return request.form.get(SEEN, type=int, default=0)
