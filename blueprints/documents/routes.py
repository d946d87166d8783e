"""Routes of the area documents."""

from flask import Blueprint

bp = Blueprint("documents", __name__, cli_group=None)
