"""Routes of the area arrivals."""

from flask import Blueprint

bp = Blueprint("arrivals", __name__, cli_group=None)
