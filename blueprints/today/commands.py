"""Commands for the tasks that follow from the facts of cases: build them anew, compare them."""

from datetime import UTC, date, datetime

import click
from flask.cli import AppGroup
from tqdm import tqdm

from blueprints.shared.commands import with_database
from blueprints.today.routes import bp
from models.operations.tasks import rebuild_tasks, wrong_tasks
from models.rules.times import local_day

group = AppGroup("tasks", help="The tasks that follow from the facts of cases.")


def _today() -> date:
    return local_day(datetime.now(UTC))


@group.command("rebuild")
@with_database
def rebuild() -> None:
    """Build the tasks of all cases anew from their facts."""
    with tqdm(unit=" cases", desc="Tasks") as display:
        count = rebuild_tasks(today=_today(), progress=display.update)
    click.echo(f"The tasks of {count} cases follow from their facts.")


@group.command("verify")
@with_database
def verify() -> None:
    """Compare the stored tasks with the facts; status 1 and the case numbers where they differ."""
    wrong = wrong_tasks(today=_today())
    for number in wrong:
        click.echo(number)
    if wrong:
        raise click.ClickException(f"The tasks of {len(wrong)} cases do not follow from their facts: tasks rebuild.")
    click.echo("All tasks follow from the facts.")


bp.cli.add_command(group)
