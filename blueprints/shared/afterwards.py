"""Work that the person who asked must not wait for, because how long it takes would tell her something."""

import logging
from collections.abc import Callable

from flask import Response, after_this_request
from peewee import PeeweeException

from models.base import db

log = logging.getLogger("staffelstab")


def afterwards(work: Callable[[], object]) -> None:
    """Run ``work`` once the answer to this request is sent, on a connection of its own.

    What fails is left to the daily run; the log names the kind of failure only, since values may be personal data.
    """

    @after_this_request
    def _when_sent(response: Response) -> Response:
        response.call_on_close(lambda: _done(work))
        return response


def _done(work: Callable[[], object]) -> None:
    try:
        with db.connection_context():
            work()
    except PeeweeException as problem:
        log.error("work after an answer failed: %s", type(problem).__name__)
