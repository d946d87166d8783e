"""Checklists on the command line."""

from pathlib import Path

import click
from flask.cli import AppGroup

from blueprints.shared.commands import with_database
from models.queries.checklist_editing import draft_of, published, version_content
from models.rules.checklists.interchange import to_yaml
from models.rules.checklists.publishing import read_file
from models.rules.errors import NotVisible
from models.rules.states import ListKey

group = AppGroup("checklists", help="Checklists: export a version or a draft, check a file.")


@group.command("export")
@click.argument("key", type=click.Choice([str(key) for key in ListKey]))
@click.option("--version", type=click.IntRange(min=1), help="An older version; else the latest.")
@click.option("--draft", is_flag=True, help="The draft instead of a published version.")
@click.option(
    "--out", type=click.Path(dir_okay=False, path_type=Path), help="Write to this file; else to the terminal."
)
@with_database
def export(key: str, version: int | None, draft: bool, out: Path | None) -> None:
    """Write the list KEY as YAML, in the form of the files in models/seed/checklists."""
    held = draft_of(key) if draft else None
    if draft and held is None:
        raise click.ClickException("This list has no draft.")
    try:
        text = to_yaml(held.content if held else version_content(key, version))
    except NotVisible:
        raise click.ClickException("There is no such version.") from None
    if out:
        out.write_text(text, "utf-8")
        click.echo(f"Written to {out}.")
    else:
        click.echo(text, nl=False)


@group.command("check")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@with_database
def check(file: Path) -> None:
    """Say whether FILE could be published here; exit status 1 and a line for each mistake where it could not."""
    found = read_file(file.read_bytes(), published())
    for sentence in found.sentences:
        click.echo(sentence)
    if found.sentences:
        raise click.ClickException(f"{len(found.sentences)} mistakes.")
    click.echo(f"{found.data['key']}: {len(found.data['items'])} items, no mistake.")
