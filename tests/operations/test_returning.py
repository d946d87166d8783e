"""A new case after a closed one: what is taken along, what is confirmed, what an import says."""

from datetime import date, timedelta

import pytest

from models.operations.returning import Return, confirm_carried, open_again
from models.operations.stages import finish_stage
from models.queries.audit import verify_ledger
from models.queries.carried import episode_after, episode_before, still_to_confirm
from models.queries.case_view import view_of
from models.queries.dossier import dossier_numbered
from models.rules.errors import NotVisible, RuleBroken, StaleVersion
from models.rules.states import ListKey
from models.rules.times import stamp
from models.tables import Answer, CarriedAnswer, Case, Event, Organisation, Person, ResidenceRecord
from tests.cast import make_case
from tests.conftest import LEDGER_KEY
from tests.moments import NOW, TODAY
from tests.operations.arrival_lists import bring

pytestmark = pytest.mark.usefixtures("database")
ENDED = TODAY - timedelta(days=90)
CLOSED = {"state": "closed", "outcome": "moved", "outcome_on": ENDED}


def _closed(**more):
    case = make_case(changes=CLOSED | more.pop("changes", {}), **more)
    agentur = Organisation.get(Organisation.key == "agentur")
    said = {"B14": {"strengths": "Nähen"}, "B01": {"appointment_on": "2026-01-01"}, "B18": {"restriction": "E"}}
    for item, values in said.items():
        Answer.create(
            case=case.id, item=item, state="done", values=values, organisation=agentur.id, answered_at=stamp(NOW)
        )
    return Case.get_by_id(case.id)


def _home(key="tholey"):
    return Organisation.get(Organisation.key == key).id


def _again(case, people, who="agentur", home="tholey", seen=None, arrived_on=TODAY):
    back = Return(arrived_on, _home(home) if home else None)
    return open_again(case, back, seen_version=seen or case.version, actor=people(who), now=NOW)


def _view(people, number, who="agentur"):
    return view_of(dossier_numbered(people(who), number, TODAY), people(who))


def test_a_new_case_takes_along_what_was_said_of_the_person(people):
    old = _closed(phone="0681 1")
    before = [row.hash for row in Event.select().where(Event.case_id == old.id).order_by(Event.id)]
    number = _again(old, people)
    new = Case.get(Case.number == number)
    assert (new.person_id, new.follows_id, new.state) == (old.person_id, old.id, "open")
    assert Case.get_by_id(old.id).state == "closed"
    assert Person.get_by_id(old.person_id).arrived_on == TODAY
    view = _view(people, number)
    rows = {one.row.code: one for one in still_to_confirm(view)}
    assert {"A12", "A13", "B14"} <= rows.keys()
    assert not {"B01", "B18", "A18"} & rows.keys()
    assert rows["B14"].source == f"Fall {old.number}: Agentur für Arbeit Saarland"
    assert rows["A12"].text == "Telefon: 0681 1"
    assert not Answer.select().where(Answer.case == new.id).exists(), "nothing counts before somebody has confirmed it"
    assert episode_before(view, people("agentur")).number == old.number
    assert episode_after(_view(people, old.number), people("agentur")) == number
    after = [row.hash for row in Event.select().where(Event.case_id == old.id).order_by(Event.id)]
    assert after[: len(before)] == before
    assert verify_ledger(LEDGER_KEY, list).findings == []


def test_what_is_confirmed_or_changed_is_not_asked_again(people):
    number = _again(_closed(), people)
    view = _view(people, number)
    row = next(one.row for one in still_to_confirm(view) if one.row.code == "B14")
    confirm_carried(view, "B14", seen_version=row.version, now=NOW)
    answer = Answer.get(Answer.item == "B14", Answer.case == Case.get(Case.number == number).id)
    assert answer.values == {"strengths": "Nähen"}
    assert answer.source.startswith("bestätigt, aus Fall SWD-")
    view = _view(people, number)
    assert "B14" not in {one.row.code for one in still_to_confirm(view)}
    with pytest.raises(NotVisible):
        confirm_carried(view, "B14", seen_version=row.version, now=NOW)


def test_somebody_who_was_faster_is_not_overwritten(people):
    number = _again(_closed(), people)
    view = _view(people, number)
    new = Case.get(Case.number == number)
    Answer.create(case=new.id, item="B14", state="done", values={"strengths": "Kochen"}, answered_at=stamp(NOW))
    with pytest.raises(StaleVersion):
        confirm_carried(view, "B14", seen_version=0, now=NOW)
    assert Answer.get(Answer.case == new.id).values == {"strengths": "Kochen"}


def test_a_list_is_not_finished_while_something_is_to_be_confirmed(people, monkeypatch):
    number = _again(_closed(), people)
    case = Case.get(Case.number == number)
    held = dossier_numbered(people("agentur"), number, TODAY)
    from models.operations import stages

    real = stages.one_list
    monkeypatch.setattr(stages, "one_list", lambda view, key: _without_gaps(real(view, key)))
    version = held.stages[ListKey.COUNSELLING].version
    with pytest.raises(RuleBroken) as broken:
        finish_stage(case, ListKey.COUNSELLING, seen_version=version, actor=people("agentur"), now=NOW)
    assert "Noch zu bestätigen: B14" in str(broken.value.message)


def _without_gaps(shown):
    from dataclasses import replace

    return replace(shown, missing=())


def test_a_person_who_comes_back_to_another_town_takes_her_earlier_case_along(people):
    old = _closed()
    number = _again(old, people, home="freisen")
    assert {case.municipality_id for case in Case.select()} == {_home("freisen")}
    assert episode_before(_view(people, number, "freisen"), people("freisen")).number == old.number
    with pytest.raises(NotVisible):
        dossier_numbered(people("tholey"), old.number, TODAY)


def test_the_sphere_follows_from_the_paper_that_still_holds(people):
    old = _closed()
    for code, valid_to in (("AE25_2A", None), ("AGS", TODAY - timedelta(days=1))):
        ResidenceRecord.create(person=old.person_id, code=code, valid_to=valid_to, recorded_at=stamp(NOW))
    number = _again(old, people)
    assert Case.get(Case.number == number).legal_sphere in ("S2", "UNK")


@pytest.mark.parametrize(
    ("changes", "arrived_on", "sentence"),
    [
        ({"state": "open", "outcome": None, "outcome_on": None}, TODAY, "nicht abgeschlossen"),
        ({"outcome": "death"}, TODAY, "beginnt kein neuer Fall"),
        ({"outcome": "duplicate"}, TODAY, "beginnt kein neuer Fall"),
        ({}, TODAY + timedelta(days=1), "in der Zukunft"),
        ({}, ENDED - timedelta(days=1), "endete erst am"),
    ],
)
def test_when_no_new_case_begins(people, changes, arrived_on, sentence):
    old = _closed(changes=changes)
    with pytest.raises(RuleBroken) as broken:
        _again(old, people, arrived_on=arrived_on)
    assert sentence in str(broken.value.message)
    assert Case.select().count() == 1


def test_a_double_click_begins_one_case(people):
    old = _closed()
    _again(old, people, seen=1)
    with pytest.raises(StaleVersion):
        _again(old, people, seen=1)
    with pytest.raises(RuleBroken, match="schon einen offenen Fall"):
        _again(Case.get_by_id(old.id), people)
    assert Case.select().count() == 2
    assert CarriedAnswer.select().count() > 1


def test_an_arrivals_list_names_who_came_back_and_opens_nothing(people):
    assert bring({}).returning == {}
    Case.update(state="closed", outcome="moved", outcome_on=date(2026, 10, 1)).execute()
    assert bring({}).returning == {}, "the old arrival is no return"
    report = bring({"ARRIVED_ON": "20.11.2026"})
    assert report.returning == {1: Case.get().number}
    assert (report.imported, Case.select().count()) == (0, 1)
