"""Persons on the command line."""

import click
from flask.cli import AppGroup
from tqdm import tqdm

from blueprints.shared.access import now
from blueprints.shared.commands import with_database
from models.operations.duplicate_pairs import look_through
from models.tables import Person

BATCH = 500
group = AppGroup("persons", help="Persons and possible duplicates.")


@group.command("find-duplicates")
@with_database
def find_duplicates() -> None:
    """Look through all persons for possible duplicates; what is decided stays decided. Shows no personal data."""
    last: int | None = 0
    with tqdm(total=Person.select().count(), unit=" persons") as display:
        while last is not None:
            last = look_through(last, BATCH, now=now())
            display.update(BATCH)
    click.echo("Done. The pairs stand on the page Dubletten.")
