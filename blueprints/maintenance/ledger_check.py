"""The check of the ledger against its anchors, those of the database and those of the file beside it."""

import json
from typing import Any

import click

from blueprints.shared.settings import Settings
from models.operations import ledger
from models.queries import audit


def checked_ledger(current: Settings) -> audit.Audit:
    """What the check found. ClickException where the anchor file cannot be read."""
    return audit.verify_ledger(ledger.ledger_key(), _anchor_lines(current))


def _anchor_lines(current: Settings) -> list[dict[str, Any]] | None:
    if not current.anchors.exists():
        return [] if audit.last_anchor() else None
    lines = current.anchors.read_text("utf-8").splitlines()
    try:
        return [json.loads(line) for line in lines if line.strip()]
    except ValueError:
        raise click.ClickException("The anchor file is damaged.") from None
