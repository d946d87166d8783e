"""Reports: the figures that somebody may see, and each of them."""

from flask import Blueprint

bp = Blueprint("reports", __name__, cli_group=None)
