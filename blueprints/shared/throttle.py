"""Throttling of failed tries by the library ``limits``; its storage may move to Redis where one process is outgrown.

Only the routes that throttle something ask it: no other request pays for it.
"""

from flask import Flask, current_app, request
from limits import RateLimitItem, RateLimitItemPerMinute
from limits.storage import storage_from_string
from limits.strategies import MovingWindowRateLimiter

FAILED_LOGINS = RateLimitItemPerMinute(5, 5)


class TooManyTries(Exception):
    """The limit is used up. Answered with 429."""


def connect(app: Flask) -> None:
    """Counters of this application."""
    app.extensions["throttle"] = MovingWindowRateLimiter(storage_from_string("memory://"))


def try_once(limit: RateLimitItem, who: str) -> None:
    """Count a try before it is known how it ends, so that tries at the same time cannot slip past; or TooManyTries."""
    if not _counters().hit(limit, who):
        raise TooManyTries


def forgive(limit: RateLimitItem, who: str) -> None:
    """Forget the tries of somebody who got it right."""
    _counters().clear(limit, who)


def who_tries() -> str:
    """The address together with the name that is tried, so that one clerk's typing errors lock nobody else out."""
    return f"{request.remote_addr}|{request.form.get('username', '').strip().lower()[:60]}"


def _counters() -> MovingWindowRateLimiter:
    counters: MovingWindowRateLimiter = current_app.extensions["throttle"]
    return counters
