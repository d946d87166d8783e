"""Routes of the area admin."""

from flask import Blueprint

bp = Blueprint("admin", __name__, cli_group=None)
