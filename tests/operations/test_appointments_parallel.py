"""One hour of a counsellor for several cases at once: one gets it, the others are asked for a reason."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

import pytest

from models.base import db
from models.operations.appointments import agree_appointment
from models.rules.errors import RuleBroken
from models.tables import Appointment
from tests.cast import make_case
from tests.moments import NOW, TODAY
from tests.visit_cast import plan, seen_by

pytestmark = pytest.mark.usefixtures("database")
AT_ONCE = 4


def test_one_hour_is_given_once(people: Callable[[str], Any]) -> None:
    actor, barrier = people("agentur"), Barrier(AT_ONCE)
    cases = [make_case(given_name=f"Person {letter}") for letter in "ABCD"]
    views = [seen_by(actor, case) for case in cases]

    def run(number: int) -> str:
        with db.connection_context():
            barrier.wait()
            try:
                agree_appointment(views[number], plan(actor), now=NOW)
            except RuleBroken as broken:
                return next(iter(broken.fields))
            return "agreed"

    with ThreadPoolExecutor(AT_ONCE) as pool:
        assert sorted(pool.map(run, range(AT_ONCE))) == ["agreed"] + ["despite"] * (AT_ONCE - 1)
    assert Appointment.select().where(Appointment.held_on > TODAY).count() == 1
