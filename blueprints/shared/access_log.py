"""Who read what: collected in memory and written in batches; at most two seconds of it may be lost."""

import atexit
import threading
from datetime import datetime

from flask import Flask

from blueprints.shared import access
from models.base import db
from models.operations.access_log import Reading, write_readings

INTERVAL = 2.0
_waiting: list[Reading] = []
_lock = threading.Lock()
_timer: list[threading.Timer] = []


def note_access(case_id: int | None, action: str) -> None:
    """Note that the acting person read or printed something. ``action`` is a short code: ``case``, ``sheet``."""
    actor = access.actor()
    moment: datetime = access.now()
    with _lock:
        _waiting.append(Reading(moment, actor.account_id, actor.organisation_id, case_id, action))
        if not _timer:
            timer = threading.Timer(INTERVAL, flush)
            timer.daemon = True
            _timer.append(timer)
            timer.start()


def flush() -> None:
    """Write what waits, on a connection of its own thread."""
    with _lock:
        rows, _waiting[:] = list(_waiting), []
        for timer in _timer:
            timer.cancel()
        _timer.clear()
    if rows:
        with db.connection_context():
            write_readings(rows)


def connect(_app: Flask) -> None:
    """Write the rest when the process ends."""
    atexit.unregister(flush)
    atexit.register(flush)
