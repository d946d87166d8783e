"""What may stand in a request: characters and record numbers that the databases keep, pages that a list can have."""

from flask import Flask, request
from werkzeug.exceptions import BadRequest, NotFound
from werkzeug.routing import IntegerConverter, Map

LARGEST_ID = 2**31 - 1
"""PostgreSQL keeps ids in four bytes; nothing above is the address of anything."""
LAST_PAGE = 100_000


class RecordNumber(IntegerConverter):
    """A number in an address that can be the id of a record; any other number is an unknown address."""

    def __init__(self, map: Map) -> None:
        super().__init__(map, max=LARGEST_ID)


def page_number() -> int:
    """The page of a list that was asked for; the first for anything that is no page."""
    number = request.args.get("seite", 1, type=int)
    return number if 1 <= number <= LAST_PAGE else 1


def record_number(name: str) -> int:
    """The id that an argument of the address names; 0, which no record has, for anything that is no id."""
    number = request.args.get(name, 0, type=int)
    return number if 0 < number <= LARGEST_ID else 0


def record_id(text: object) -> int:
    """The id that a choice of a form names; 0, which no record has, for anything that is no id."""
    digits = str(text or "")
    return int(digits) if digits.isdecimal() and len(digits) < 10 else 0


def posted_version() -> int:
    """The version of a record that a button carries; 0, which no record has, for anything else."""
    return request.form.get("version", type=int, default=0)


def connect(app: Flask) -> None:
    """Refuse requests with a NUL character, which PostgreSQL cannot compare and no browser sends."""
    app.before_request(_refuse_nul)


def _refuse_nul() -> None:
    asked = request._get_current_object()  # looking through the proxy costs, and every request comes by here
    if "\0" in asked.path:
        raise NotFound
    if asked.query_string or asked.method != "GET":
        sent = (*asked.args.items(multi=True), *asked.form.items(multi=True))
        if any("\0" in name or "\0" in text for name, text in sent):
            raise BadRequest
