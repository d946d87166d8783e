"""Commands for what figures are counted from: build it anew from the events, compare it with them."""

import click
from flask.cli import AppGroup
from tqdm import tqdm

from blueprints.shared.commands import with_database
from models.operations.milestones import rebuild_milestones, wrong_milestones

group = AppGroup("figures", help="What figures are counted from: the milestones of cases.")


@group.command("rebuild")
@with_database
def rebuild() -> None:
    """Build the milestones of all cases anew from their events."""
    with tqdm(unit=" cases", desc="Milestones") as display:
        count = rebuild_milestones(progress=display.update)
    click.echo(f"The milestones of {count} cases follow from their events.")


@group.command("verify")
@with_database
def verify() -> None:
    """Compare the stored milestones with the events; status 1 and the numbers of the cases where they differ."""
    wrong = wrong_milestones()
    for number in wrong:
        click.echo(number)
    if wrong:
        raise click.ClickException(f"The milestones of {len(wrong)} cases do not follow from the events: rebuild.")
    click.echo("All milestones follow from the events.")
