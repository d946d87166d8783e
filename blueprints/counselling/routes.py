"""The list of group information and of the own appointments."""

from flask import Blueprint

bp = Blueprint("counselling", __name__, cli_group=None)
