"""Routes of the area privacy."""

from flask import Blueprint

bp = Blueprint("privacy", __name__, cli_group=None)
