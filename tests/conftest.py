"""Fixtures: a migrated database per test on each engine, the application, people of fixed meaning, a strict client."""

import json
import os
import shutil
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any
from zlib import crc32

import psycopg
import pytest
from flask import Flask
from peewee import AutoField, Database

from blueprints.checklists import kept
from blueprints.shared import access_log, throttle
from blueprints.shared.settings import Settings
from models.base import db, use_database
from models.migrations import upgrade
from models.operations import ledger, seeding
from models.queries import checklist_editing, definitions, dossier, item_rows, kept_cases, law, newer_versions
from models.rules.roles import Actor
from models.tables import ALL_TABLES
from tests.cast import create_everybody, member_of, sign_in
from tests.cast import make_case as make
from tests.kept_proof import proven, proven_lines, proven_page
from tests.moments import NOW, TODAY
from tests.strict_client import StrictClient

ROOT = Path(__file__).parent.parent
ON_ONE = (ROOT / "tests" / "pages", ROOT / "tests" / "operations")
"""Rooms whose tests run on one of the two databases each."""
ON_BOTH = ("parallel", "ledger", "lock", "erasure")
"""Words in the names of files whose tests are about what the databases do differently."""
POSTGRES = os.environ.get("TEST_DATABASE_URL", "postgresql://postgres@127.0.0.1:5432/test")
LEDGER_KEY = bytes(range(32))
SETTINGS: dict[str, Any] = {
    "base_url": "http://staffelstab.test",
    "mode": "demo",
    "port": 8000,
    "session_key": b"s" * 32,
    "ledger_key": LEDGER_KEY,
}


def _postgres_answers() -> bool:
    try:
        psycopg.connect(POSTGRES, connect_timeout=2).close()
    except psycopg.Error:
        return False
    return True


def pytest_configure(config: pytest.Config) -> None:
    config.stash[_answers] = _postgres_answers()


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Run each test of these rooms on one database, chosen by its name; on both with EVERY_DATABASE (make check)."""
    if os.environ.get("EVERY_DATABASE"):
        return
    left_out = [item for item in items if _runs_on_the_other(item)]
    config.hook.pytest_deselected(items=left_out)
    items[:] = [item for item in items if item not in set(left_out)]


def _runs_on_the_other(item: pytest.Item) -> bool:
    callspec = getattr(item, "callspec", None)
    if callspec is None or _names_its_database(item) or not set(ON_ONE) & set(item.path.parents):
        return False
    if any(word in item.path.name for word in ON_BOTH):
        return False
    engine = callspec.params.get("database_url")
    on_postgres = crc32(item.nodeid.replace(f"{engine}", "").encode()) % 2
    return engine in ("sqlite", "postgres") and (engine == "postgres") != on_postgres


def _names_its_database(item: pytest.Item) -> bool:
    return any(
        mark.kwargs.get("indirect") and "database_url" in mark.args[0] for mark in item.iter_markers("parametrize")
    )


_answers = pytest.StashKey[bool]()


def pytest_terminal_summary(terminalreporter: Any, config: pytest.Config) -> None:
    if config.stash[_answers]:
        terminalreporter.write_line("PostgreSQL: tested")
    else:
        terminalreporter.write_line("PostgreSQL: skipped, nothing answers at TEST_DATABASE_URL")


@pytest.fixture(scope="session", autouse=True)
def lists_read_once() -> Iterator[None]:
    """Checklists and code lists of the same content are the same in each test's database: reading them again proves
    nothing."""
    read_choices, read, known = definitions.choice_list_from_data, definitions.definitions_from, {}

    def remembered_choices(entries: list[Any], name: str) -> Any:
        key = name, repr(entries)
        if key not in known:
            known[key] = read_choices(entries, name)
        return known[key]

    def remembered(contents: Iterable[Any], lists: dict[str, Any], *, loosely: bool = False) -> Any:
        contents = list(contents)
        key = json.dumps(contents), tuple(map(id, lists.values())), loosely  # remembered lists keep their ids
        if key not in known:
            known[key] = read(contents, lists, loosely=loosely), lists
        return known[key][0]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(definitions, "choice_list_from_data", remembered_choices)
        patch.setattr(definitions, "definitions_from", remembered)
        yield


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A file that the migrations and the seed data built once."""
    path = tmp_path_factory.mktemp("template") / "template.db"
    database = use_database(f"sqlite:///{path}")
    ledger.use_key(LEDGER_KEY)
    with database.connection_context():
        upgrade(database)
        seeding.seed(now=NOW)
        create_everybody()
        database.execute_sql("PRAGMA wal_checkpoint(TRUNCATE)")
    database.close_all()
    return path


@pytest.fixture(scope="session")
def postgres_url(request: pytest.FixtureRequest, worker: str) -> Iterator[str]:
    """A PostgreSQL database of this process, migrated and seeded once, with a copy of its rows to go back to."""
    if not request.config.stash[_answers]:
        pytest.skip("PostgreSQL does not answer")
    name = f"staffelstab_{worker}"
    with psycopg.connect(POSTGRES, autocommit=True) as connection:
        connection.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
        connection.execute(f'CREATE DATABASE "{name}"')
        connection.execute(f'ALTER DATABASE "{name}" SET synchronous_commit = off')
    database = use_database(_named(name))
    ledger.use_key(LEDGER_KEY)
    with database.connection_context():
        upgrade(database)
        seeding.seed(now=NOW)
        create_everybody()
        database.execute_sql(WATCH + "".join(map(_watched, TABLES)))
    database.close_all()
    yield _named(name)
    for pool in _kept_pools.values():
        pool.close_all()


TABLES = [table._meta.table_name for table in ALL_TABLES]


WATCH = """
    CREATE SCHEMA seeded;
    CREATE UNLOGGED TABLE seeded.touched (name text);
    CREATE FUNCTION seeded.touch() RETURNS trigger LANGUAGE plpgsql AS
        $$ BEGIN INSERT INTO seeded.touched VALUES (TG_TABLE_NAME); RETURN NULL; END $$;
"""


def _watched(table: str) -> str:
    """A copy of the rows of a table, and a trigger that notes the table when it is written to."""
    return (
        f'CREATE TABLE seeded."{table}" AS TABLE public."{table}"; CREATE TRIGGER zz_touched AFTER INSERT OR UPDATE OR '
        f'DELETE OR TRUNCATE ON public."{table}" FOR EACH STATEMENT EXECUTE FUNCTION seeded.touch();'
    )


@pytest.fixture(scope="session")
def way_back(postgres_url: str) -> Iterator[psycopg.Connection]:
    """A connection kept for going back to the seeded rows: to open one takes longer than to go back."""
    with psycopg.connect(postgres_url) as connection:
        yield connection


def _as_seeded(connection: psycopg.Connection) -> None:
    """Back to the rows after seeding. The replica role keeps foreign keys and the triggers of the ledger silent."""
    with connection.transaction():
        touched = connection.execute("DELETE FROM seeded.touched RETURNING name").fetchall()
        restore = "".join(_restore(table) for table in {name for (name,) in touched})
        connection.execute("SET LOCAL session_replication_role = replica; " + restore)


def _restore(table: str) -> str:
    rows = f'DELETE FROM public."{table}"; INSERT INTO public."{table}" SELECT * FROM seeded."{table}";'
    if table in WITHOUT_SEQUENCE:
        return rows
    sequence = f"pg_get_serial_sequence('public.{table}', 'id')"
    return rows + f'SELECT setval({sequence}, COALESCE((SELECT max(id) FROM public."{table}"), 0) + 1, false);'


WITHOUT_SEQUENCE = {
    table._meta.table_name for table in ALL_TABLES if not isinstance(table._meta.primary_key, AutoField)
}


@pytest.fixture(scope="session")
def worker(request: pytest.FixtureRequest) -> Iterator[str]:
    """A name for this process, so that runs side by side do not share a database; it is dropped at the end."""
    name = f"{os.environ.get('PYTEST_XDIST_WORKER', 'main')}_{os.getpid()}"
    yield name
    if request.config.stash[_answers]:
        with psycopg.connect(POSTGRES, autocommit=True) as connection:
            connection.execute(f'DROP DATABASE IF EXISTS "staffelstab_{name}" WITH (FORCE)')


def _named(name: str) -> str:
    return POSTGRES.rsplit("/", 1)[0] + "/" + name


def _sqlite_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    path = tmp_path / "staffelstab.db"
    shutil.copy(request.getfixturevalue("sqlite_template"), path)
    return f"sqlite:///{path}"


def _postgres_url(request: pytest.FixtureRequest) -> str:
    _as_seeded(request.getfixturevalue("way_back"))
    url: str = request.getfixturevalue("postgres_url")
    return url


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """A fresh, migrated and seeded database on each engine."""
    for read_once in (definitions._read, checklist_editing._published, newer_versions._newer, newer_versions._every,
                      item_rows._kept_rows):  # fmt: skip
        read_once.cache_clear()  # ids mean something else in each test's database
    kept._kept.clear()
    kept_cases.forget_all()
    law.notice_version(None)
    if request.param == "sqlite":
        return _sqlite_url(request, tmp_path)
    return _postgres_url(request)


_kept_pools: dict[str, Database] = {}
"""Of PostgreSQL: each of its processes has to learn the tables anew, which takes half as long as a test."""


def _point_at(url: str) -> Database:
    """Point the handle at a test's database."""
    if url.startswith("sqlite"):
        return use_database(url)
    if url not in _kept_pools:
        _kept_pools[url] = use_database(url)
    db.initialize(_kept_pools[url])
    return _kept_pools[url]


def _let_go(handle: Database) -> None:
    """Close what a test opened; in a pool that is kept, what it did not give back, and undo what it set."""
    if not handle.is_closed():
        handle.close()
    if handle not in _kept_pools.values():
        handle.close_all()
        return
    handle.close_stale(age=0)
    with handle.connection_context():
        handle.execute_sql("RESET ALL")


@pytest.fixture
def database(database_url: str) -> Iterator[None]:
    """The handle points at a fresh database and this thread is connected."""
    handle = _point_at(database_url)
    ledger.use_key(LEDGER_KEY)
    handle.connect()
    yield
    _let_go(handle)


@pytest.fixture
def settings(database_url: str, tmp_path: Path) -> Settings:
    """Settings for training on the fresh database."""
    return Settings(**SETTINGS, data=tmp_path, database_url=database_url)


@pytest.fixture(scope="session")
def application() -> Flask:
    """The application, made once: the rules of its addresses take longer to compile than a test takes to run."""
    from app import create_app

    made = create_app(Settings(**SETTINGS, data=ROOT, database_url="sqlite://"))
    made.config["TESTING"] = False
    made.config["PROPAGATE_EXCEPTIONS"] = True
    made.test_client_class = StrictClient
    return made


@pytest.fixture
def app(application: Flask, settings: Settings, monkeypatch: pytest.MonkeyPatch) -> Iterator[Flask]:
    """The application on the fresh database; the thread of the test is connected between requests."""
    application.config["SETTINGS"] = settings
    throttle.connect(application)
    handle = _point_at(settings.database_url)
    ledger.use_key(settings.ledger_key)
    monkeypatch.setattr(dossier, "unchanged", proven)  # each page that uses a kept case proves it
    monkeypatch.setitem(application.jinja_env.globals, "kept_page", proven_page)
    monkeypatch.setitem(application.jinja_env.globals, "lines_in_table", proven_lines)
    monkeypatch.setattr(access_log, "INTERVAL", 600)  # a slow machine must not write readings into a test's statements
    db.connect(reuse_if_open=True)
    yield application
    if not db.is_closed():
        db.close()
    access_log.flush()  # else its timer would write into the next test's database
    _let_go(handle)


@pytest.fixture
def people() -> Callable[..., Actor]:
    """An acting person of an organisation by its key."""
    return member_of


@pytest.fixture
def as_user(app: Flask) -> Callable[[str], StrictClient]:
    """A client that is logged in for an organisation: ``as_user("agentur").get("/")``."""
    return lambda key: sign_in(app, key)


@pytest.fixture
def make_case() -> Callable[..., Any]:
    """A stored person with an open case."""
    return make


@pytest.fixture
def statements_of(monkeypatch: pytest.MonkeyPatch) -> Callable[[Any, str], list[str]]:
    """The statements that one request sends."""

    def collect(client: Any, address: str) -> list[str]:
        sent: list[str] = []
        run = type(db.obj).execute_sql

        def noting(self: Any, sql: str, *rest: Any, **more: Any) -> Any:
            sent.append(sql)
            return run(self, sql, *rest, **more)

        with monkeypatch.context() as patch:
            patch.setattr(type(db.obj), "execute_sql", noting)
            assert client.get(address).status_code == 200
        return sent

    return collect


__all__ = ["NOW", "ROOT", "TODAY"]
