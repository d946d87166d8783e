"""What a server does before it serves: refuse demo accounts in production, anchor the ledger, drop old readings."""

import gc
import os
from datetime import UTC, datetime, timedelta

from peewee import PeeweeException

from blueprints.shared.anchor_file import add_unwritten
from blueprints.shared.settings import Settings, WrongSetting
from models.base import db
from models.migrations import pending
from models.operations import ledger
from models.operations.access_log import drop_old_readings
from models.queries import accounts, audit
from models.rules.times import from_stamp
from models.tables import Anchor

A_DAY = timedelta(days=1)


def is_command() -> bool:
    """Whether this process runs a command of ``flask``; commands also work on training data."""
    return os.environ.get("FLASK_RUN_FROM_CLI") == "true"


def before_serving(settings: Settings) -> None:
    """WrongSetting where production would serve demo accounts; a database that is not there yet is left to /health."""
    try:
        with db.connection_context():
            if pending(db.obj):
                return
            refuse_demo_accounts(settings)
            anchor_if_old(settings, now=datetime.now(UTC))
            drop_old_readings(now=datetime.now(UTC))
    except PeeweeException:
        return
    finally:
        _settle()


def _settle() -> None:
    """What a start builds lives as long as the process; the collector would walk all of it again and again.

    A request makes some thousand objects that live no longer than it: looked at ten requests at a time they are gone.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(10_000, 20, 50)


def refuse_demo_accounts(settings: Settings) -> None:
    """WrongSetting where the mode is production and the database holds accounts for training."""
    if not settings.demo and accounts.demo_accounts():
        raise WrongSetting("STAFFELSTAB_MODE is production, but the database holds demo accounts.")


def anchor_if_old(settings: Settings, *, now: datetime) -> None:
    """Write an anchor if there is none or the last is older than a day; and what a run that was killed left out."""
    last = audit.last_anchor()
    if last is None or from_stamp(last.at) < now - A_DAY:
        write_anchor(settings, now=now)
    else:
        add_unwritten(settings.anchors)


def write_anchor(settings: Settings, *, now: datetime) -> Anchor:
    """Anchor all events since the last anchor, in the database and in the file beside it."""
    anchor = ledger.write_anchor(now=now)
    add_unwritten(settings.anchors)
    return anchor
