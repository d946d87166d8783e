"""Routes of the area checklists."""

from flask import Blueprint

bp = Blueprint("checklists", __name__, cli_group=None)
