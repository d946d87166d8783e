"""Who read what, and up to where: collected in memory, written in batches; at most two seconds of it may be lost."""

import atexit
import threading
from collections.abc import Mapping
from datetime import datetime

from flask import Flask

from blueprints.shared import access
from models.base import db
from models.operations.access_log import Reading, write_readings
from models.operations.looks import Look, write_looks

INTERVAL = 2.0
_waiting: list[Reading] = []
_looks: list[Look] = []
_lock = threading.Lock()
_timer: list[threading.Timer] = []


def note_access(case_id: int | None, action: str) -> None:
    """Note that the acting person read or printed something. ``action`` is a short code: ``case``, ``sheet``."""
    actor = access.actor()
    moment: datetime = access.now()
    with _lock:
        _waiting.append(Reading(moment, actor.account_id, actor.organisation_id, case_id, action))
        _start_timer()


def note_looks(case_id: int, last_events: Mapping[str, int]) -> None:
    """Note that the acting person saw sections of a case, each with its last event."""
    account_id = access.actor().account_id
    if not last_events or account_id is None:
        return
    with _lock:
        _looks.extend(Look(account_id, case_id, section, last) for section, last in last_events.items())
        _start_timer()


def _start_timer() -> None:
    if not _timer:
        timer = threading.Timer(INTERVAL, flush)
        timer.daemon = True
        _timer.append(timer)
        timer.start()


def flush() -> None:
    """Write what waits, on a connection of its own thread."""
    with _lock:
        rows, _waiting[:] = list(_waiting), []
        looks, _looks[:] = list(_looks), []
        for timer in _timer:
            timer.cancel()
        _timer.clear()
    if rows or looks:
        with db.connection_context():
            write_readings(rows)
            write_looks(looks)


def connect(_app: Flask) -> None:
    """Write the rest when the process ends."""
    atexit.unregister(flush)
    atexit.register(flush)
