"""Drafts, publishing and the files of the seed: what a newer file does to a list that somebody maintains here."""

import copy
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest

from models.base import db
from models.operations import checklist_drafts as drafts
from models.operations import seeding
from models.queries import checklist_editing
from models.queries.audit import verify_ledger
from models.queries.checklist_editing import draft_of, offered_versions
from models.rules.errors import RuleBroken, StaleVersion
from models.rules.states import ListKey
from models.seed.checklist_data import definitions
from models.seed.files import read_folder
from models.tables import ChecklistDefinition, ChecklistDraft, Event
from tests.conftest import LEDGER_KEY
from tests.moments import NOW

pytestmark = pytest.mark.usefixtures("database")

COUNT = len(definitions()[ListKey.INTAKE].items)
ITEM = {"text": "Neu", "help": "Darum.", "level": "optional", "roles": ["municipality"]}


@pytest.fixture
def who(people):
    return {"actor": people("verwaltung"), "now": NOW}


@pytest.fixture
def newer_file(database, monkeypatch):
    """The files bring version 2 of the intake, with one item less."""
    contents = copy.deepcopy(read_folder("checklists"))
    intake = next(data for data in contents if data["key"] == "intake")
    intake["version"] = 2
    intake["items"] = [item for item in intake["items"] if item["code"] != "A04"]
    for module in (seeding, checklist_editing):
        monkeypatch.setattr(module, "read_folder", lambda name: contents if name == "checklists" else read_folder(name))


def versions():
    rows = ChecklistDefinition.select().where(ChecklistDefinition.key == "intake").order_by(ChecklistDefinition.version)
    return [(row.version, row.seed_version, len(row.content["items"])) for row in rows]


def published_by_hand(who):
    draft = drafts.begin_draft("intake", **who)
    drafts.add_item("intake", ITEM, seen_version=draft.version, **who)
    return drafts.publish_draft("intake", draft.token, seen_version=draft_of("intake").version, **who)


@pytest.mark.usefixtures("newer_file")
def test_a_newer_file_is_published_where_nobody_maintains_the_list():
    assert seeding.seed(now=NOW)["checklists"] == 1
    assert versions() == [(1, 1, COUNT), (2, 2, COUNT - 1)]
    assert offered_versions() == {}
    assert seeding.seed(now=NOW)["checklists"] == 0


def test_a_newer_file_never_replaces_what_was_published_here(who, newer_file):
    assert published_by_hand(who) == 2
    assert seeding.seed(now=NOW)["checklists"] == 0
    assert versions() == [(1, 1, COUNT), (2, None, COUNT + 1)]
    assert offered_versions() == {"intake": 2}
    draft = drafts.begin_from_seed("intake", 2, **who)
    found = checklist_editing.judged_draft("intake")
    assert [item.code for item in found.changes.dropped] == ["A04", f"A{COUNT + 1}"], (
        "what would be lost is shown, not done"
    )
    drafts.publish_draft("intake", draft.token, seen_version=1, **who)
    assert versions()[-1] == (3, 2, COUNT - 1)
    assert offered_versions() == {}, "taken up"


def test_a_newer_file_waits_while_there_is_a_draft(who, newer_file):
    draft = drafts.begin_draft("intake", **who)
    assert seeding.seed(now=NOW)["checklists"] == 0
    assert offered_versions() == {"intake": 2}
    with pytest.raises(RuleBroken, match="schon einen Entwurf"):
        drafts.begin_from_seed("intake", 2, **who)
    drafts.discard_draft("intake", seen_version=draft.version, **who)
    assert seeding.seed(now=NOW)["checklists"] == 1, "nobody maintains it after all"


def test_an_unknown_list_and_a_vanished_draft_are_told(who):
    with pytest.raises(StaleVersion):
        drafts.rename_list("intake", "X", seen_version=1, **who)
    drafts.begin_draft("intake", **who)
    with pytest.raises(StaleVersion):
        drafts.publish_draft("intake", "another", seen_version=1, **who)
    assert ChecklistDraft.select().count() == 1, "the claim was undone with it"
    assert draft_of("intake").version == 1


def test_an_imported_file_becomes_a_draft_once(who):
    content = checklist_editing.version_content("intake")
    content = {**content, "items": content["items"][:3]}
    first = drafts.begin_from_file(content, **who)
    assert drafts.begin_from_file(content, **who) == first, "a double click"
    with pytest.raises(RuleBroken, match="schon einen Entwurf"):
        drafts.begin_from_file({**content, "items": content["items"][:2]}, **who)
    kinds = [row.kind for row in Event.select().where(Event.kind.startswith("definition."))]
    assert kinds == ["definition.imported"]


def test_several_clicks_at_once_publish_once(who):
    draft = drafts.begin_draft("intake", **who)
    drafts.add_item("intake", ITEM, seen_version=draft.version, **who)
    seen = draft_of("intake").version
    barrier = Barrier(4)

    def click(_number):
        with db.connection_context():
            barrier.wait()
            return drafts.publish_draft("intake", draft.token, seen_version=seen, **who)

    with ThreadPoolExecutor(4) as pool:
        assert list(pool.map(click, range(4))) == [2] * 4
    assert [number for number, *_rest in versions()] == [1, 2]
    assert verify_ledger(LEDGER_KEY).holds


def test_several_clicks_at_once_begin_one_draft(who):
    barrier = Barrier(4)

    def click(_number):
        with db.connection_context():
            barrier.wait()
            return drafts.begin_draft("intake", **who).token

    with ThreadPoolExecutor(4) as pool:
        assert len(set(pool.map(click, range(4)))) == 1
