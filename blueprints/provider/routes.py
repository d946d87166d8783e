"""Routes of the area provider."""

from flask import Blueprint

bp = Blueprint("provider", __name__, cli_group=None)
