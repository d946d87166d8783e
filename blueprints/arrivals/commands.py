"""Importing an arrivals list on the command line."""

import json
from pathlib import Path

import click
from tqdm import tqdm

from blueprints.shared.access import now
from blueprints.shared.commands import acting, with_database
from models.operations.arrivals import ImportReport, import_rows
from models.rules.arrivals.reader import read_table
from models.rules.errors import NotAllowed
from models.rules.lists.table import NotAList, Table
from models.rules.roles import Actor


@click.command("import-arrivals")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--dry-run", is_flag=True, help="Say what would happen and write nothing.")
@click.option("--as", "as_user", metavar="USERNAME", help="The account that does this; else the system.")
@click.option("--report", type=click.Path(dir_okay=False, path_type=Path), help="File for the report as JSON.")
@with_database
def import_arrivals(file: Path, dry_run: bool, as_user: str | None, report: Path | None) -> None:
    """Import the arrivals list FILE (CSV or XLSX).

    Bad rows stop no others and stand in the report. Importing a list again changes nothing. Ends with status 0 when the
    list was read, 1 when it is no list.
    """
    table, actor = _table(file), acting(as_user)
    if report:
        report.touch()  # a report that cannot be written is no reason to stop half-way
    result = _import(table, actor, dry_run)
    if report:
        report.write_text(json.dumps(result.as_json(), ensure_ascii=False, indent=1) + "\n", "utf-8")
    _summarise(result, dry_run, report)


def _table(file: Path) -> Table:
    try:
        return read_table(file.read_bytes(), file.name)
    except NotAList as problem:
        raise click.ClickException(str(problem.message)) from None


def _import(table: Table, actor: Actor, dry_run: bool) -> ImportReport:
    """The progress display counts rows and shows nothing of what is in them."""
    try:
        with tqdm(total=len(table.rows), unit=" rows", desc="Import", disable=dry_run) as display:
            return import_rows(table, actor=actor, now=now(), dry_run=dry_run, progress=display.update)
    except NotAllowed:
        raise click.ClickException("This account's organisation does not import arrivals lists.") from None


def _summarise(result: ImportReport, dry_run: bool, report: Path | None) -> None:
    outcome = "Dry run, nothing was written: " if dry_run else ""
    click.echo(
        f"{outcome}{result.rows} rows: {result.imported} imported, {result.updated} updated, "
        f"{result.unchanged} unchanged, {len(result.rejected)} rejected; "
        f"{len(result.possible_duplicates)} possible duplicates in the list, "
        f"{sum(map(len, result.stored_duplicates.values()))} against stored persons."
    )
    if result.rejected and not report:
        click.echo("Run again with --report OUT.json to see why rows were rejected.")
