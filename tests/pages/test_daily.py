"""The command for what must happen every day: it does what is due, twice is once, one failure stops no other job."""

from datetime import timedelta

import pytest
from peewee import OperationalError

from blueprints.maintenance import daily
from blueprints.shared import access
from models.base import db
from models.rules.times import stamp
from models.tables import AccessLog, Anchor, Event, ImportBatch
from tests.cast import member_of

pytestmark = pytest.mark.parametrize("database_url", ["sqlite", "postgres"], indirect=True)


@pytest.fixture
def run(app):
    """Run a command; the connection of the test makes way for its own."""
    runner = app.test_cli_runner()

    def invoke(*words: str):
        if not db.is_closed():
            db.close()
        result = runner.invoke(args=list(words))
        db.connect(reuse_if_open=True)
        assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
        return result

    return invoke


@pytest.fixture
def old_upload():
    actor = member_of("tholey")
    return ImportBatch.create(
        organisation=actor.organisation_id, account=actor.account_id, state="staged", format="csv", content=b"x",
        created_at=stamp(access.now() - timedelta(days=9)),
    )  # fmt: skip


def test_each_job_says_what_it_did(run, old_upload):
    result = run("daily")
    assert result.exit_code == 0, result.output
    lines = dict(line.split(": ", 1) for line in result.stdout.splitlines())
    assert lines["uploads"] == "1 unconfirmed lists dropped"
    assert lines["reservations"] == "0 expired"
    assert lines["handovers"] == "0 expired"
    assert lines["requests"] == "0 forgotten, 0 looked up anew"
    assert lines["readings"] == "0 old readings dropped"
    assert " chains: " in lines["anchor"]
    assert lines["ledger"] == "it holds"
    again = ImportBatch.get_by_id(old_upload.id)
    assert (again.state, again.content) == ("discarded", None)


def test_a_second_run_finds_nothing_to_do(run, old_upload):
    run("daily")
    events = Event.select().count()
    second = run("daily")
    assert second.exit_code == 0
    assert "uploads: 0 unconfirmed lists dropped" in second.stdout
    assert Event.select().count() == events


def test_a_job_that_fails_is_named_and_stops_no_other(run, old_upload, monkeypatch):
    def broken(*, now):
        raise OperationalError("SELECT 'Rahimi'")

    monkeypatch.setattr(daily, "expire_reservations", broken)
    before = Anchor.select().count()
    result = run("daily")
    assert result.exit_code == 1
    assert "reservations: failed, OperationalError" in result.stderr
    assert "Not done: reservations." in result.stderr
    assert "Rahimi" not in result.output, "the statement of a database may hold personal data"
    assert ImportBatch.get_by_id(old_upload.id).state == "discarded"
    assert Anchor.select().count() == before + 1


def test_a_broken_ledger_ends_with_a_status(run, settings):
    assert run("daily").exit_code == 0
    settings.anchors.write_text("no JSON", "utf-8")
    result = run("daily")
    assert result.exit_code == 1
    assert "ledger: failed, The anchor file is damaged." in result.stderr


def test_readings_go_after_six_months(run):
    actor = member_of("agentur")
    common = {"account": actor.account_id, "organisation": actor.organisation_id, "action": "case"}
    AccessLog.create(at=stamp(access.now() - timedelta(days=200)), **common)
    AccessLog.create(at=stamp(access.now() - timedelta(days=100)), **common)
    assert "readings: 1 old readings dropped" in run("daily").stdout
