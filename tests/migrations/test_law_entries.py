"""A database of the first version gets the dated law, and keeps everything else."""

import shutil

import pytest
from playhouse.migrations import Runner

from models.base import use_database
from models.migrations import FOLDER, upgrade
from models.operations import ledger, seeding
from models.queries.law import current_law
from models.seed.law_data import file_entries, load_law
from tests.conftest import LEDGER_KEY, NOW


@pytest.fixture
def first_version(tmp_path):
    """A database as the first version left it, with its copies of the law."""
    old = tmp_path / "migrations"
    old.mkdir()
    shutil.copy(FOLDER / "0001_initial.py", old)
    database = use_database(f"sqlite:///{tmp_path / 'old.db'}")
    ledger.use_key(LEDGER_KEY)
    database.connect()
    list(Runner(database, str(old)).up())
    database.execute_sql("INSERT INTO law_entry (topic, content, source, recorded_at) VALUES ('as_of', '{}', '', '')")
    database.execute_sql(
        "INSERT INTO code (list, code, label, position, norm, source) VALUES ('sexes', 'w', 'Frau', 0, '', '')"
    )
    yield database
    database.close()
    database.close_all()


def test_an_old_database_gets_the_dated_law(first_version):
    upgrade(first_version)
    added = seeding.seed(now=NOW)
    assert added["law entries"] == len(file_entries()[0])
    assert added["corrected codes"] == 1
    assert current_law() == load_law()
    indexes = {row[0] for row in first_version.execute_sql("SELECT name FROM sqlite_master WHERE type = 'index'")}
    assert {"person_nationality", "residence_record_code"} <= indexes
