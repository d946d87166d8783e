"""Requests for a transfer that are made at once are compared and counted like those made one after the other."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from threading import Barrier
from typing import Any

import pytest

from models.base import db
from models.operations.transfer_requests import request_transfer
from models.rules.errors import RuleBroken
from models.rules.requests import Asked
from models.tables import Event, TransferRequest
from tests.conftest import NOW

pytestmark = pytest.mark.usefixtures("database")
SAMIRA = Asked("Rahimi", "Samira", date(1994, 3, 14))
AT_ONCE = 4


def _ask_at_once(tokens: list[str], actor: Any) -> list[str]:
    barrier = Barrier(AT_ONCE)

    def run(token: str) -> str:
        with db.connection_context():
            barrier.wait()
            try:
                request_transfer(SAMIRA, token, actor=actor, now=NOW)
            except RuleBroken:
                return "refused"
            return "asked"

    with ThreadPoolExecutor(AT_ONCE) as pool:
        return sorted(pool.map(run, tokens))


@pytest.mark.parametrize(
    ("tokens", "answers"),
    [
        (["a"] * AT_ONCE, ["asked"] * AT_ONCE),
        (["a", "b", "c", "d"], ["asked"] + ["refused"] * (AT_ONCE - 1)),
    ],
)
def test_one_person_is_asked_for_once(people: Callable[[str], Any], tokens: list[str], answers: list[str]) -> None:
    assert _ask_at_once(tokens, people("jobcenter")) == answers
    assert TransferRequest.select().count() == 1
    assert Event.select().where(Event.kind == "request.made").count() == 1
