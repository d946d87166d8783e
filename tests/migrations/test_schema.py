"""The migrated schema is the one of the tables, with its CHECKs and triggers."""

from pathlib import Path

import pytest
from peewee import IntegrityError
from playhouse.schema_diff import diff_models

from models import migrations
from models.base import db, is_sqlite
from models.migrations import pending, upgrade
from models.tables import ALL_TABLES, Organisation

pytestmark = pytest.mark.usefixtures("database")


BEYOND_THE_TABLES = ("answer.answer_unclear", "case_file.case_coached", "name_word.name_word_trigram")
"""Indexes that tables cannot name: over a part of the rows, and of pg_trgm."""


def test_migrations_build_exactly_the_tables():
    differences = str(diff_models(db.obj, list(ALL_TABLES))).strip().splitlines()
    known = tuple(f"drop index {name}" for name in BEYOND_THE_TABLES)
    assert [line for line in differences if not line.strip().startswith(known)] == []


def test_each_migration_has_a_number_of_its_own():
    files = sorted(path.name for path in (Path(migrations.__file__).parent).glob("[0-9]*.py"))
    assert [int(name[:4]) for name in files] == list(range(1, len(files) + 1))


def test_nothing_is_pending_and_running_again_changes_nothing():
    assert pending(db.obj) == []
    assert upgrade(db.obj) == []


def test_the_checks_are_in_the_database():
    with pytest.raises(IntegrityError), db.atomic():
        Organisation.create(key="x", kind="nonsense", name="X")


def _constraints_wanted() -> int:
    return sum(len(table._meta.constraints or ()) for table in ALL_TABLES)


def test_no_check_got_lost():
    if is_sqlite():
        sql = "SELECT sql FROM sqlite_master WHERE type = 'table'"
        found = sum(str(row[0]).count("CHECK (") for row in db.execute_sql(sql))
    else:
        found = db.execute_sql(
            "SELECT count(*) FROM pg_constraint c JOIN pg_namespace n ON n.oid = c.connamespace "
            "WHERE c.contype = 'c' AND n.nspname = 'public'"
        ).fetchone()[0]
    assert found == _constraints_wanted()


def test_the_ledger_has_its_triggers():
    sql = "SELECT name FROM sqlite_master WHERE type = 'trigger'"
    if not is_sqlite():
        sql = "SELECT tgname FROM pg_trigger WHERE NOT tgisinternal"
    names = {row[0] for row in db.execute_sql(sql)}
    assert {"event_kept", "event_stays", "chain_grows", "chain_stays", "anchor_stays", "erasure_record_stays"} <= names
