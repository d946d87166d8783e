"""Keeping the form of an item while it is typed, and forgetting it."""

from flask import Response, jsonify, request
from flask.typing import ResponseReturnValue

from blueprints.checklists.forms import SEEN, SEEN_DRAFT, typed_in
from blueprints.checklists.frame import anchor, frame_of, item_page
from blueprints.checklists.routes import bp
from blueprints.shared import access
from blueprints.shared.render import go_to, wants_fragment
from models.operations.drafts import discard_draft, keep_draft
from models.queries.checklists import one_item
from models.queries.dossier import dossier_numbered
from models.rules.permissions import Permission
from models.rules.times import german_time, local_day, stamp


@bp.post("/faelle/<number>/punkte/<code>/entwurf")
@access.requires(Permission.ITEM_ANSWER)
def keep(number: str, code: str) -> ResponseReturnValue:
    """Keep what was typed so far. Asked by the script alone, so it answers with data: version and time of the copy."""
    view, row = one_item(dossier_numbered(access.actor(), number, local_day(access.now())), access.actor(), code)
    now = access.now()
    version = keep_draft(
        view,
        row,
        typed_in(request.form),
        seen_version=request.form.get(SEEN, type=int, default=0),
        seen_draft=request.form.get(SEEN_DRAFT, type=int, default=0),
        now=now,
    )
    return jsonify(version=version, at=german_time(stamp(now)).split(", ")[1])


@bp.post("/faelle/<number>/punkte/<code>/entwurf/verwerfen")
@access.requires(Permission.ITEM_ANSWER)
def discard(number: str, code: str) -> ResponseReturnValue:
    """Leave an item without saving: its draft is forgotten, the item stands there as it is stored."""
    held = dossier_numbered(access.actor(), number, local_day(access.now()))
    view, row = one_item(held, access.actor(), code)
    discard_draft(view, code)
    if not wants_fragment():
        return go_to(anchor(frame_of(view, row), row))
    return _closed(number, code)


def _closed(number: str, code: str) -> Response:
    held = dossier_numbered(access.actor(), number, local_day(access.now()))
    view, row = one_item(held, access.actor(), code)
    return item_page(view, row, None)
