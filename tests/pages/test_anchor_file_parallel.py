"""The anchor file beside runs at the same time and runs that are killed: no false alarm, and no loss goes unseen."""

from concurrent.futures import ThreadPoolExecutor, wait
from threading import Event as Signal

import pytest

from blueprints.maintenance.ledger_check import checked_ledger
from blueprints.shared.anchor_file import anchor_lines
from blueprints.shared.startup import anchor_if_old, write_anchor
from models.base import db
from models.operations import ledger
from models.rules.roles import SYSTEM
from models.tables import Anchor, UnwrittenAnchor
from tests.moments import NOW

ROUNDS = 3

pytestmark = pytest.mark.usefixtures("database")


def _an_event() -> None:
    with db.atomic():
        ledger.record(SYSTEM, "test.done", {}, now=NOW)


def _killed_between() -> Anchor:
    """A run that stored its anchor and came no further."""
    _an_event()
    return ledger.write_anchor(now=NOW)


def _findings(settings) -> list[str]:
    return checked_ledger(settings).findings


def test_a_line_that_is_only_late_is_no_finding_and_the_next_run_adds_it(settings):
    killed = _killed_between()
    assert _findings(settings) == []
    _an_event()
    latest = write_anchor(settings, now=NOW)
    assert [line["digest"] for line in anchor_lines(settings.anchors)][-2:] == [killed.digest, latest.digest]
    assert not UnwrittenAnchor.select().exists()
    assert _findings(settings) == []


def test_a_start_adds_the_late_line_too(settings):
    killed = _killed_between()
    anchor_if_old(settings, now=NOW)
    assert anchor_lines(settings.anchors)[-1]["digest"] == killed.digest
    assert not UnwrittenAnchor.select().exists()


def test_a_run_killed_before_it_said_that_the_line_is_written_does_no_harm(settings, monkeypatch):
    with monkeypatch.context() as killed:
        killed.setattr("blueprints.shared.anchor_file.mark_as_written", lambda _anchors: None)
        write_anchor(settings, now=NOW)
    assert _findings(settings) == []
    _an_event()
    write_anchor(settings, now=NOW)
    assert _findings(settings) == []


def test_a_line_that_was_written_and_lost_is_found(settings):
    _an_event()
    write_anchor(settings, now=NOW)
    lines = settings.anchors.read_text("utf-8").splitlines(keepends=True)
    settings.anchors.write_text("".join(lines[:-1]), "utf-8")
    assert "it is not in the anchor file" in _findings(settings)[0]
    _killed_between()
    _an_event()
    write_anchor(settings, now=NOW)
    assert ["it is not in the anchor file" in text for text in _findings(settings)] == [True]


def test_a_line_of_an_anchor_that_the_database_does_not_know_is_found(settings):
    write_anchor(settings, now=NOW)
    with settings.anchors.open("a", encoding="utf-8") as file:
        file.write('{"at": "later", "digest": "of a database that was put back"}\n')
    assert _findings(settings) == ["anchor of later: it is in the anchor file but not in the database"]


def test_runs_at_the_same_time_with_people_at_work_give_no_alarm(settings):
    over = Signal()

    def run() -> list[str]:
        found = []
        with db.connection_context():
            for _ in range(ROUNDS):
                write_anchor(settings, now=NOW)
                found += _findings(settings)
        return found

    def work() -> None:
        with db.connection_context():
            while not over.wait(0.02):
                _an_event()

    before = Anchor.select().count()
    with ThreadPoolExecutor(4) as pool:
        worker = pool.submit(work)
        runs = [pool.submit(run) for _ in range(2)]
        wait(runs)
        over.set()
    assert (worker.exception(), [one.result() for one in runs]) == (None, [[], []])
    digests = [line["digest"] for line in anchor_lines(settings.anchors)]
    assert len(digests) == len(set(digests)) == Anchor.select().count() == before + 2 * ROUNDS
    assert _findings(settings) == []
