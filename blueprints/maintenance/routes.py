"""Routes of the area maintenance."""

from flask import Blueprint

bp = Blueprint("maintenance", __name__, cli_group=None)
