"""What agreements from before say of their next appointment stays readable."""

import shutil

import pytest
from playhouse.migrations import Runner

from models.base import use_database
from models.migrations import FOLDER, upgrade
from models.tables import Agreement


@pytest.fixture
def before(tmp_path):
    """A database in which the next appointment of an agreement is free text."""
    old = tmp_path / "migrations"
    old.mkdir()
    for file in sorted(FOLDER.glob("00*.py"))[:15]:
        shutil.copy(file, old)
    database = use_database(f"sqlite:///{tmp_path / 'old.db'}")
    database.connect()
    list(Runner(database, str(old)).up())
    yield database
    database.close()
    database.close_all()


def test_closed_agreements_keep_their_words_and_drafts_their_fields(before):
    before.execute_sql("PRAGMA foreign_keys = 0")
    columns = (
        "case_id, number, state, goal, services, contributions, next_on, next_where, language, interpreter, agreed_on, "
        "reason, paper_reason, organisation_id, written_at, version"
    )
    rows = (
        "(1, 1, 'agreed', 'x', '', '', '2027-01-12', 'Zimmer 114', '', '', '2026-11-23', '', '', 1, '', 1), "
        "(1, 2, 'agreed', 'x', '', '', NULL, '', '', '', '2026-11-24', '', '', 1, '', 1), "
        "(1, 3, 'draft', 'x', '', '', '2027-01-13', 'Zimmer 7', '', '', NULL, '', '', 1, '', 1)"
    )
    before.execute_sql(f"INSERT INTO agreement ({columns}) VALUES {rows}")
    upgrade(before)
    first, second, draft = Agreement.select().order_by(Agreement.number)
    assert (first.next_said, second.next_said, draft.next_said) == ("12.01.2027, Zimmer 114", "", "")
    assert (str(draft.next_on), draft.next_begins, draft.next_where) == ("2027-01-13", "", "Zimmer 7")
