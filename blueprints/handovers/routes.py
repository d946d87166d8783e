"""Routes of the area handovers."""

from flask import Blueprint

bp = Blueprint("handovers", __name__, cli_group=None)
