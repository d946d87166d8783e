"""Requests for access paths: the Agentur asks, the AsylbLG unit or a paper answers."""

from datetime import datetime

from demo.training import Told
from models.operations.path_requests import answer_request, ask_for_path
from models.queries.case_view import view_of
from models.queries.course_access import access_of
from models.queries.path_requests import told_of
from models.rules.path_requests import PathAnswer
from models.rules.times import local_day
from models.tables import PathRequest


def ask(told: Told, path: str, body: str, now: datetime) -> int:
    """The Agentur asks a body; returns the request."""
    held, actor = told.held(local_day(now)), told.training.clerks["agentur"]
    view = view_of(held, actor)
    states = access_of(view).states
    return ask_for_path(held, (path, body), states, told_of(view, body), actor=actor, now=now)


def grant(told: Told, request_id: int, now: datetime) -> None:
    """The AsylbLG unit obliges the person on this day."""
    _answer(told, request_id, PathAnswer(True, dated=local_day(now), able_to_work=True), now)


def refuse(told: Told, request_id: int, code: str, now: datetime) -> None:
    """The AsylbLG unit says no."""
    _answer(told, request_id, PathAnswer(False, reason_code=code), now)


def _answer(told: Told, request_id: int, answer: PathAnswer, now: datetime) -> None:
    row = PathRequest.get_by_id(request_id)
    held, actor = told.held(local_day(now)), told.training.clerks["asyl"]
    answer_request(held, request_id, answer, seen_version=row.version, actor=actor, now=now)
