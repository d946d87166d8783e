"""Trying a draft out on an invented case. Nothing is stored: what was chosen stands in the address alone."""

from flask import request
from flask.typing import ResponseReturnValue

from blueprints.definitions.draft_routes import shown
from blueprints.definitions.routes import bp
from blueprints.shared import access
from blueprints.shared.render import wants_fragment
from models.queries.checklist_editing import judged_draft
from models.queries.checklist_sample import meant_for, sample
from models.queries.checklists import list_of
from models.rules.permissions import Permission


@bp.get("/<word>/entwurf/probe")
@access.requires(Permission.DEFINITION_EDIT)
def probe(word: str) -> ResponseReturnValue:
    """The list as a case would show it, for invented answers that can be switched."""
    held = judged_draft(list_of(word))
    chosen = {name: value for name, value in request.args.items() if value}
    template = "definitions/_probe.html" if wants_fragment() else "definitions/probe.html"
    return shown(template, held, tried=sample(held, chosen), meant=meant_for(held))
