"""The ledger: append-only, chained, and every kind of tampering is found."""

import json

import pytest
from peewee import PeeweeException

from models.base import db, is_sqlite
from models.operations import ledger
from models.queries.audit import verify_ledger
from models.rules.roles import SYSTEM
from models.tables import Anchor, Chain, Event
from tests.conftest import LEDGER_KEY, NOW

pytestmark = pytest.mark.usefixtures("database")


def _three_events(case_id: int) -> None:
    for number in range(3):
        with db.atomic():
            ledger.record(SYSTEM, "test.done", {"number": number}, now=NOW, case_id=case_id)


def _without_triggers() -> None:
    """What somebody with the database in hand would do first."""
    if not is_sqlite():
        db.execute_sql("SET session_replication_role = replica")  # ends with this test
        return
    for table, names in {"event": ("kept", "stays"), "chain": ("grows", "stays"), "anchor": ("kept", "stays")}.items():
        for name in names:
            db.execute_sql(f"DROP TRIGGER {table}_{name}")


def _findings() -> list[str]:
    return verify_ledger(LEDGER_KEY).findings


def test_an_untouched_ledger_holds():
    _three_events(1)
    _three_events(2)
    ledger.write_anchor(now=NOW)
    result = verify_ledger(LEDGER_KEY)
    assert result.holds
    assert result.events >= 6
    assert result.anchors == 1


def test_an_event_needs_a_transaction():
    with pytest.raises(RuntimeError):
        ledger.record(SYSTEM, "test.done", {}, now=NOW)


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE event SET actor = 'X'",
        "DELETE FROM event",
        "UPDATE chain SET length = length - 1",
        "DELETE FROM chain",
        "INSERT OR REPLACE INTO event SELECT * FROM event",
        "TRUNCATE event",
    ],
)
def test_the_database_refuses_to_touch_the_ledger(statement):
    if ("TRUNCATE" in statement) == is_sqlite() and ("TRUNCATE" in statement or "REPLACE" in statement):
        pytest.skip("not a statement of this database")
    if "REPLACE" in statement and not is_sqlite():
        pytest.skip("not a statement of this database")
    _three_events(1)
    with pytest.raises(PeeweeException), db.atomic():
        db.execute_sql(statement)
    assert verify_ledger(LEDGER_KEY).holds


@pytest.mark.parametrize(
    ("statement", "finding"),
    [
        ("UPDATE event SET data = '{}' WHERE chain = 'case:1' AND seq = 2", "changed or inserted"),
        (
            "UPDATE event SET at = '2020-01-01T00:00:00.000000Z' WHERE chain = 'case:1' AND seq = 1",
            "changed or inserted",
        ),
        ("DELETE FROM event WHERE chain = 'case:1' AND seq = 2", "expected number 2"),
        ("DELETE FROM event WHERE chain = 'case:1' AND seq = 3", "3 events were written, 2 are there"),
        ("DELETE FROM event WHERE chain = 'case:1'", "3 events were written, 0 are there"),
        ("UPDATE chain SET head = 'x' WHERE name = 'case:1'", "its head was changed"),
        ("DELETE FROM chain WHERE name = 'case:1'", "it has events but no head"),
    ],
)
def test_tampering_is_found(statement, finding):
    _three_events(1)
    _without_triggers()
    db.execute_sql(statement)
    assert any(finding in text for text in _findings()), _findings()


def test_an_inserted_event_is_found():
    _three_events(1)
    row = Event.select().where(Event.chain == "case:1", Event.seq == 3).dicts().get()
    row.pop("id")
    Event.insert(**{**row, "seq": 4, "data": json.dumps({"number": 3})}).execute()
    assert _findings()


def test_a_vanished_chain_is_found():
    _three_events(1)
    _three_events(2)
    _without_triggers()
    db.execute_sql("DELETE FROM event WHERE chain = 'case:1'")
    db.execute_sql("DELETE FROM chain WHERE name = 'case:1'")
    assert any("vanished without an erasure record" in text for text in _findings())


def test_a_rolled_back_ledger_is_found_by_the_anchor_file():
    _three_events(1)
    anchor = ledger.write_anchor(now=NOW)
    ledger.mark_as_written([anchor])
    lines = [{"at": anchor.at, "digest": anchor.digest}]
    assert verify_ledger(LEDGER_KEY, lambda: lines).holds
    _without_triggers()
    Anchor.delete().execute()
    assert any("not in the database" in text for text in verify_ledger(LEDGER_KEY, lambda: lines).findings)


def test_another_key_finds_every_event_wrong():
    _three_events(1)
    assert len(verify_ledger(b"x" * 32).findings) > Chain.select().count()
