"""Courses on the command line."""

import click
from flask.cli import AppGroup

from blueprints.shared.access import now
from blueprints.shared.commands import with_database
from models.operations.enrolments import expire_reservations

group = AppGroup("courses", help="Courses and reservations.")


@group.command("expire")
@with_database
def expire() -> None:
    """Free the seats of reservations whose time is over. To be run once a day."""
    click.echo(f"{expire_reservations(now=now())} reservations expired.")
