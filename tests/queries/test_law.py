"""The law of a running server: built once, noticed at the next request when somebody changed it, at no query more."""

from datetime import date

import pytest

from models.base import db
from models.operations import law as operations
from models.queries import accounts
from models.queries.law import current_law, law_state, notice_version, standing_entries
from models.rules.law.entries import Topic
from tests.cast import member_of
from tests.conftest import NOW

DAY = date(2026, 12, 15)


def end_the_suspension() -> None:
    (row,) = standing_entries(Topic.ADMISSION_SUSPENSIONS)
    plan = operations.plan_end(row.id, date(2026, 11, 30), source="BAMF, Rundschreiben 11/26", note="")
    operations.carry_out(plan, seen_version=law_state().version, actor=member_of("verwaltung"), now=NOW)


@pytest.mark.usefixtures("database")
def test_the_law_is_built_once_and_again_after_a_change():
    before = current_law()
    notice_version(law_state().version)
    assert current_law() is before
    end_the_suspension()
    assert current_law() is before  # nobody told this process yet
    notice_version(law_state().version)
    assert current_law().admission_suspension(DAY) is None
    assert before.admission_suspension(DAY) is not None


@pytest.mark.usefixtures("database")
def test_a_database_that_was_never_filled_says_so():
    db.execute_sql("DELETE FROM law_state")
    notice_version(None)
    with pytest.raises(RuntimeError, match="db upgrade"):
        current_law()


def test_the_next_request_sees_the_change(as_user):
    client = as_user("agentur")
    client.get("/")
    current_law()
    end_the_suspension()
    client.get("/")
    assert current_law().admission_suspension(DAY) is None


def test_the_version_comes_with_the_login(as_user, monkeypatch):
    asked = []
    monkeypatch.setattr("blueprints.shared.access.notice_version", asked.append)
    as_user("agentur").get("/")
    assert asked == [law_state().version]
    assert accounts.open_login("nobody", now=NOW) is None
