"""Routes of the area cases."""

from flask import Blueprint

bp = Blueprint("cases", __name__, cli_group=None)
