"""Commands for the tasks that follow from the facts of cases: build them anew, compare them."""

from datetime import UTC, date, datetime

import click
from flask.cli import AppGroup
from tqdm import tqdm

from blueprints.shared.commands import with_database
from blueprints.today.routes import bp
from models.operations.request_matches import rebuild_matches, wrong_matches
from models.operations.tasks import rebuild_tasks, wrong_tasks
from models.rules.times import local_day

group = AppGroup("tasks", help="The tasks that follow from the facts of cases.")


def _today() -> date:
    return local_day(datetime.now(UTC))


@group.command("rebuild")
@with_database
def rebuild() -> None:
    """Build the tasks of all cases anew from their facts, and whom open requests may mean."""
    with tqdm(unit=" cases", desc="Tasks") as display:
        count = rebuild_tasks(today=_today(), progress=display.update)
    requests = rebuild_matches()
    click.echo(f"The tasks of {count} cases follow from their facts.")
    click.echo(f"Looked up whom {requests} open requests may mean.")


@group.command("verify")
@with_database
def verify() -> None:
    """Compare the stored tasks with the facts, and whom requests may mean; status 1 and what differs where it does."""
    wrong, requests = wrong_tasks(today=_today()), wrong_matches()
    for name in (*wrong, *(f"request {number}" for number in requests)):
        click.echo(name)
    if wrong or requests:
        raise click.ClickException(
            f"{len(wrong)} cases and {len(requests)} requests do not follow from the facts: tasks rebuild."
        )
    click.echo("All tasks follow from the facts.")


bp.cli.add_command(group)
