"""Courses from before sites keep what they say of their place and times."""

import shutil

import pytest
from playhouse.migrations import Runner

from models.base import use_database
from models.migrations import FOLDER, upgrade
from models.tables import Course


@pytest.fixture
def before(tmp_path):
    """A database in which place and times of a course are text alone."""
    old = tmp_path / "migrations"
    old.mkdir()
    for file in sorted(file for file in FOLDER.glob("00*.py") if file.name < "0019"):
        shutil.copy(file, old)
    database = use_database(f"sqlite:///{tmp_path / 'old.db'}")
    database.connect()
    list(Runner(database, str(old)).up())
    yield database
    database.close()
    database.close_all()


def test_an_old_course_keeps_its_words(before):
    before.execute_sql("PRAGMA foreign_keys = 0")
    before.execute_sql(
        "INSERT INTO course (number, provider_id, kind, title, level_from, level_to, site, schedule, starts_on, seats, "
        "taken, childcare, barrier_free, transport, version) VALUES ('ALT-1', 1, 'AIK', 'Modul 3', 'A2', 'B1', "
        "'Altes Rathaus', 'vormittags', '2026-01-05', 20, 3, 0, 1, 'Bus R2', 4)"
    )
    upgrade(before)
    course = Course.get()
    assert (course.site, course.schedule, course.transport, course.barrier_free) == (
        "Altes Rathaus",
        "vormittags",
        "Bus R2",
        True,
    )
    assert (course.place_id, course.lessons, course.units, course.online) == (None, None, None, False)
