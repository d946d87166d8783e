"""The check of the ledger against its anchors, those of the database and those of the file beside it."""

import click

from blueprints.shared.anchor_file import anchor_lines
from blueprints.shared.settings import Settings
from models.operations import ledger
from models.queries import audit


def checked_ledger(current: Settings) -> audit.Audit:
    """What the check found. ClickException where the anchor file cannot be read."""
    return audit.verify_ledger(ledger.ledger_key(), lambda: _lines(current))


def _lines(current: Settings) -> list[audit.Line]:
    try:
        return anchor_lines(current.anchors)
    except ValueError:
        raise click.ClickException("The anchor file is damaged.") from None
