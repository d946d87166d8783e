"""Handovers on the command line: list them, export the signed sheet, let old ones expire."""

import json
from pathlib import Path

import click
from flask.cli import AppGroup

from blueprints.shared.access import now
from blueprints.shared.commands import with_database
from models.operations.handovers import expire_handovers
from models.queries import documents, handovers
from models.rules.states import DocumentKind, HandoverState

group = AppGroup("handover", help="Handovers: list, export, expire.")


@group.command("list")
@click.option("--state", type=click.Choice([str(state) for state in HandoverState]), help="Only this state.")
@click.option("--json", "as_json", is_flag=True, help="A JSON list alone on standard output.")
@with_database
def list_handovers(state: str | None, as_json: bool) -> None:
    """List handovers with reference, state and times; no names."""
    rows = handovers.handovers_for_list(HandoverState(state) if state else None)
    if as_json:
        click.echo(json.dumps(rows, indent=1))
        return
    for row in rows:
        click.echo(f"{row['reference']}  {row['state']:<10}  {row['sent_at'] or '-':<27}  {row['accepted_at'] or '-'}")
    click.echo(f"{len(rows)} handovers.", err=True)


@group.command("export")
@click.argument("reference")
@click.option("--out", required=True, type=click.Path(dir_okay=False, path_type=Path), help="File to write.")
@with_database
def export(reference: str, out: Path) -> None:
    """Write the stored transfer sheet of REFERENCE, byte for byte: the file that counts."""
    row = handovers.handover_named(reference)
    if row is None:
        raise click.ClickException("There is no such handover.")
    document = documents.current_document(row.id, DocumentKind.TRANSFER_SHEET)
    if document is None:
        raise click.ClickException("This handover has not been sent, so there is no sheet.")
    out.write_bytes(documents.content_of(document.id))
    click.echo(f"Wrote {out}: {document.signatures} signature(s), SHA-256 {document.sha256}.")


@group.command("expire")
@with_database
def expire() -> None:
    """End transmitted handovers that nobody accepted within three months. To be run once a day."""
    ended = expire_handovers(now=now())
    for reference in ended:
        click.echo(f"Expired {reference}.")
    click.echo(f"{len(ended)} handovers expired.")
