"""Routes of the area courses."""

from flask import Blueprint

bp = Blueprint("courses", __name__, cli_group=None)
