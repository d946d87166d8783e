"""The area has commands only."""

from flask import Blueprint

from blueprints.maintenance.commands import audit_group, db_group, demo, prepare, rules_group
from blueprints.maintenance.daily import daily

bp = Blueprint("maintenance", __name__, cli_group=None)
for command in (db_group, audit_group, rules_group, prepare, demo, daily):
    bp.cli.add_command(command)
