"""Courses on the command line."""

import click
from flask.cli import AppGroup

from blueprints.shared.access import now
from blueprints.shared.commands import with_database
from models.operations.course_batches import finish_cancellations
from models.operations.enrolments import expire_reservations
from models.operations.waiting import keep_waiting_lists

group = AppGroup("courses", help="Courses and reservations.")


@group.command("expire")
@with_database
def expire() -> None:
    """Free the seats of reservations and offers whose time is over. To be run once a day; ``daily`` does it too."""
    click.echo(f"{finish_cancellations(now=now())} interrupted cancellations finished.")
    click.echo(f"{expire_reservations(now=now())} reservations expired.")
    lapsed, ended, offered = keep_waiting_lists(now=now())
    click.echo(f"{lapsed} offers lapsed, {ended} entries of waiting lists ended, {offered} seats offered.")
