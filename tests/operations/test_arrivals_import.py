"""Importing lists: who is new, who is known, what a later list may change, and what a dry run leaves alone."""

import json
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest

from models.base import db
from models.operations.arrivals import import_rows
from models.operations.openings import open_case, parties
from models.operations.person_values import update_person_values
from models.queries.audit import verify_ledger
from models.rules.arrivals.columns import Column
from models.rules.arrivals.reader import read_table
from models.rules.errors import NotAllowed
from models.rules.roles import SYSTEM, Actor
from models.rules.states import AnswerState, ListKey, Origin, StageState
from models.rules.times import stamp
from models.tables import ALL_TABLES, Answer, Case, CaseStage, Event, MatchKey, Person, ResidenceRecord
from tests.conftest import LEDGER_KEY, NOW, TODAY
from tests.operations.arrival_lists import OKSANA, OMAR, bring

pytestmark = pytest.mark.usefixtures("database")
SAMPLE = Path(__file__).parent.parent / "rules" / "arrivals" / "sample"
People = Callable[[str], Actor]


def _counts() -> dict[str, int]:
    return {table.__name__: table.select().count() for table in ALL_TABLES}


def _person(given_name: str = "Samar") -> Person:
    return Person.get(Person.given_name == given_name)


def _case(given_name: str = "Samar") -> Case:
    return Case.select().join(Person).where(Person.given_name == given_name).get()


def test_the_sample_list_from_end_to_end() -> None:
    table = read_table((SAMPLE / "arrivals.csv").read_bytes(), "arrivals.csv")
    expected = json.loads((SAMPLE / "arrivals.expected.json").read_text())
    before = _counts()
    assert import_rows(table, actor=SYSTEM, now=NOW, dry_run=True).imported == 1568
    assert _counts() == before

    told: list[int] = []
    report = import_rows(table, actor=SYSTEM, now=NOW, progress=told.append).as_json()
    assert (report["rows"], report["imported"], report["updated"], report["unchanged"]) == (1600, 1568, 0, 0)
    assert {number: next(iter(errors)) for number, errors in report["rejected"].items()} == expected["rejected"]
    pairs = {tuple(sorted(pair)) for pair in report["possible_duplicates"]}
    wanted = {tuple(sorted(pair)) for pair in expected["same_person"]}
    assert len(pairs & wanted) >= 19 and len(pairs - wanted) <= 5
    assert sum(told) == 1600
    assert Case.select().count() == CaseStage.select().count() / 5 == 1568
    assert 0.2 < Case.select().where(Case.legal_sphere == "S2").count() / 1568 < 0.3  # rules.md 5: about a quarter
    assert verify_ledger(LEDGER_KEY).holds

    after = _counts()
    again = import_rows(table, actor=SYSTEM, now=NOW)
    assert (again.imported, again.updated, again.unchanged, len(again.rejected)) == (0, 0, 1568, 32)
    assert _counts() == after


def test_a_row_becomes_a_person_with_paper_case_and_sources(people: People) -> None:
    bring({"NOTE": "kommt mit Bus", "CHILDREN": "2"}, actor=people("tholey"))
    person, case = _person(), _case()
    assert (person.sort_key, person.languages, person.interpreter_needed) == ("hamdan samar", ["ara"], True)
    assert (person.bamf_reference, person.children_in_household, person.remark) == ("1035333-475", 2, "kommt mit Bus")
    assert person.provenance["phone"]["source"] == "Ankunftsliste"
    assert person.provenance["phone"]["organisation"] == "tholey"
    assert "email" not in person.provenance
    paper = ResidenceRecord.get(ResidenceRecord.person == person)
    assert (paper.code, paper.label, paper.valid_to) == ("AGS", "Aufenthaltsgestattung § 55 AsylG", date(2027, 7, 10))
    assert (case.number, case.origin, case.sort_key) == ("SWD-2026-00001", Origin.MUNICIPALITY, person.sort_key)
    assert MatchKey.select().where(MatchKey.person == person).count() >= 4
    opened = Event.get(Event.case_id == case.id)
    assert (opened.kind, opened.organisation) == ("case.opened", "tholey")


@pytest.mark.parametrize(
    ("paper", "sphere", "responsible", "handover"),
    [
        ("Aufenthaltsgestattung § 55 AsylG", "S3", "agentur", StageState.OPEN),
        ("Aufenthaltserlaubnis § 24 AufenthG", "S2", "jobcenter", StageState.WAIVED),
        ("Aufenthaltserlaubnis § 25 Abs. 2 AufenthG", "S2", "jobcenter", StageState.WAIVED),
        ("ein Zettel vom Amt", "UNK", "agentur", StageState.OPEN),
        ("", "UNK", "agentur", StageState.OPEN),
    ],
)
def test_the_paper_decides_who_is_responsible(paper: str, sphere: str, responsible: str, handover: str) -> None:
    bring({"DOCUMENT": paper})
    case = _case()
    assert (case.legal_sphere, case.responsible.key) == (sphere, responsible)
    assert (case.agentur is None) == (sphere == "S2")
    assert case.receives_asylblg == (sphere == "S3")
    stage = CaseStage.get(CaseStage.case == case, CaseStage.key == ListKey.HANDOVER)
    assert stage.state == handover


def test_unknown_words_on_a_paper_are_kept() -> None:
    bring({"DOCUMENT": "ein Zettel vom Amt"}, {**OMAR, "DOCUMENT": ""})
    assert {(row.code, row.label) for row in ResidenceRecord.select()} == {("SON", "ein Zettel vom Amt"), ("UNB", "")}


@pytest.mark.parametrize(
    ("row", "told"),
    [
        ({}, True),
        ({"DATE_OF_BIRTH": "24.11.2011"}, False),
        ({"DATE_OF_BIRTH": "22.11.2011"}, True),
        ({"DATE_OF_BIRTH": "01.01.1955"}, False),
        ({"DOCUMENT": "Aufenthaltserlaubnis § 24 AufenthG"}, False),
        ({"DOCUMENT": ""}, False),
    ],
)
def test_the_coach_gets_the_contact_line_of_people_who_may_work(row: dict[str, str], told: bool) -> None:
    bring(row)
    case = _case()
    assert (case.coach_reported_on == TODAY) is told
    assert (case.coach_reported_by is not None and case.coach_reported_by.key == "tholey") is told


def test_a_family_is_one_household() -> None:
    sister = OKSANA | {"GIVEN_NAME": "Iryna", "DATE_OF_BIRTH": "03.04.1980"}
    neighbour = OKSANA | {"FAMILY_NAME": "Kovalenko", "GIVEN_NAME": "Olha"}
    bring({}, OMAR, OKSANA, sister, neighbour)
    home = {person.given_name: person.household_id for person in Person.select()}
    assert home["Samar"] == home["Omar"]
    assert home["Oksana"] == home["Iryna"] != home["Olha"]
    bring(OMAR | {"GIVEN_NAME": "Lina", "SEX": "w"}, OKSANA | {"GIVEN_NAME": "Taras", "SEX": "m"})
    assert _person("Lina").household_id == home["Samar"]
    assert _person("Taras").household_id == home["Oksana"]


def test_a_bad_row_stops_no_other() -> None:
    report = bring({"SEX": "q"}, OMAR)
    assert (report.imported, list(report.rejected)) == (1, [1])
    assert list(report.rejected[1]) == [Column.SEX]
    assert Person.select().count() == 1


@pytest.fixture
def one_phone_each(database: None) -> Iterator[None]:
    """A refusal of the database that no rule foresees."""
    db.execute_sql("CREATE UNIQUE INDEX unforeseen ON person (phone)")
    yield
    db.execute_sql("DROP INDEX unforeseen")


@pytest.mark.usefixtures("one_phone_each")
def test_a_row_that_the_database_refuses_stops_no_other() -> None:
    report = bring({}, OKSANA, {**OMAR, "PHONE": "0170 5555555"})
    assert (report.imported, list(report.rejected)) == (2, [2])
    assert _person("Samar").household_id == _person("Omar").household_id
    assert bring({}, {**OMAR, "PHONE": "0151 9184876"}).rejected.keys() == {2}
    assert verify_ledger(LEDGER_KEY).holds


def test_a_repeated_row_counts_as_unchanged() -> None:
    report = bring({}, {}, {"PHONE": "0170 5555555"})
    assert (report.imported, report.unchanged) == (1, 2)
    assert [(pair.row_a, pair.row_b) for pair in report.possible_duplicates] == [(1, 3)]
    again = bring({}, {}, {"PHONE": "0170 5555555"})
    assert (again.imported, again.updated, again.unchanged) == (0, 0, 3)


def test_a_changed_row_updates_what_nobody_has_confirmed(people: People) -> None:
    bring({})
    case = _case()
    update_person_values(
        case.person_id, {"phone": "0171 777777"}, source="", case_id=case.id, seen_version=1,
        actor=people("agentur"), now=NOW,
    )  # fmt: skip
    report = bring({"PHONE": "0160 1111111", "STREET": "Am Bach 2"}, now=NOW + timedelta(days=1))
    assert (report.imported, report.updated, report.unchanged) == (0, 1, 0)
    person = _person()
    assert (person.phone, person.street) == ("0171 777777", "Am Bach 2")
    changed = json.loads(Event.select().where(Event.kind == "person.changed").order_by(Event.id.desc()).get().data)
    assert (changed["before"], changed["after"]) == ({"street": "Kirchstraße 13"}, {"street": "Am Bach 2"})
    assert verify_ledger(LEDGER_KEY).holds


def test_a_confirmed_value_stays_even_if_it_is_the_same(people: People) -> None:
    bring({})
    case = _case()
    update_person_values(
        case.person_id, {"phone": "0151 9184876"}, source="", case_id=case.id, seen_version=1,
        actor=people("tholey"), now=NOW,
    )  # fmt: skip
    assert bring({"PHONE": "0160 1111111"}).updated == 0
    assert _person().phone == "0151 9184876"


def test_personal_data_compared_with_the_paper_stay() -> None:
    bring({})
    Answer.insert(case=_case(), item="A03", state=AnswerState.DONE, answered_at=stamp(NOW)).execute()
    report = bring({"FAMILY_NAME": "Hamdane", "DATE_OF_BIRTH": "12.12.1983", "PHONE": "0160 1111111"})
    person = _person()
    assert report.updated == 1
    assert (person.family_name, person.date_of_birth, person.phone) == ("Hamdan", date(1983, 12, 11), "0160 1111111")


def test_an_empty_cell_takes_nothing_away() -> None:
    bring({"MARITAL_STATUS": "ledig", "CHILDREN": "0"})
    assert bring({"PHONE": "", "STREET": "", "MARITAL_STATUS": "", "CHILDREN": "", "INTERPRETER": ""}).updated == 0
    person = _person()
    assert (person.phone, person.marital_status, person.interpreter_needed) == ("0151 9184876", "LD", True)


def test_a_corrected_name_is_found_and_ordered_anew() -> None:
    bring({})
    bring({"FAMILY_NAME": "Zamdan"})
    assert (_person().sort_key, _case().sort_key) == ("zamdan samar", "zamdan samar")
    report = bring({"FAMILY_NAME": "Zamdan", "BAMF_REFERENCE": "7777777-475"})
    assert [match.number for match in report.stored_duplicates[1]] == ["SWD-2026-00001"]


def test_a_changed_paper_joins_the_history() -> None:
    bring({})
    assert bring({"VALID_TO": "10.01.2028"}).updated == 1
    papers = [row.valid_to for row in ResidenceRecord.select().order_by(ResidenceRecord.id)]
    assert papers == [date(2027, 7, 10), date(2028, 1, 10)]
    assert bring({}).updated == 0, "an older list brings no older paper back"
    ResidenceRecord.insert(person=_person(), code="AE252S", source="", recorded_at=stamp(NOW)).execute()
    assert bring({"VALID_TO": "10.01.2029"}).updated == 0, "a paper that somebody has seen stays the newest"


def test_known_by_the_name_where_the_reference_comes_later_or_is_left_out() -> None:
    bring({"BAMF_REFERENCE": ""})
    assert bring({}).updated == 1
    assert _person().bamf_reference == "1035333-475"
    assert bring({"BAMF_REFERENCE": ""}).unchanged == 1
    other = bring({"BAMF_REFERENCE": "7777777-475"})
    assert (other.imported, [match.number for match in other.stored_duplicates[1]]) == (1, ["SWD-2026-00001"])


def test_duplicates_against_stored_people_are_reported_never_merged() -> None:
    bring({"FAMILY_NAME": "Mohammed", "GIVEN_NAME": "Yusuf", "SEX": "m", "AZR_NUMBER": "813073860281"})
    same_azr_only = {**OMAR, "BAMF_REFERENCE": "7777777-475", "AZR_NUMBER": "813073860281"}
    spelled = {"FAMILY_NAME": "Muhammad", "GIVEN_NAME": "Youssef", "SEX": "m", "BAMF_REFERENCE": ""}
    report = bring(same_azr_only, spelled)
    assert report.imported == 2
    assert report.as_json()["stored_duplicates"] == [[2, "SWD-2026-00001"]]
    assert "Familienname anders geschrieben" in map(str, report.stored_duplicates[2][0].reasons)
    assert Person.select().count() == 3


def test_rows_can_be_left_out() -> None:
    report = bring({}, OMAR, left_out={1})
    assert (report.imported, report.unchanged) == (1, 1)
    assert [person.given_name for person in Person.select()] == ["Omar"]


def test_a_municipality_brings_only_its_own(people: People) -> None:
    freisen = {**OKSANA, "MUNICIPALITY": "Freisen", "POSTCODE": "66629", "TOWN": "Freisen"}
    report = bring({}, freisen, actor=people("tholey"))
    assert (report.imported, list(report.rejected[2])) == (1, [Column.MUNICIPALITY])
    assert bring({}, freisen, actor=people("koordination")).imported == 1


def test_a_municipality_takes_no_resident_from_another(people: People) -> None:
    moved = {"MUNICIPALITY": "Freisen", "POSTCODE": "66629", "TOWN": "Freisen", "STREET": "Talweg 1"}
    bring({}, actor=people("tholey"))
    report = bring(moved, actor=people("freisen"))
    assert (report.updated, list(report.rejected[1])) == (0, [Column.MUNICIPALITY])
    assert "SWD-2026-00001" in str(report.rejected[1][Column.MUNICIPALITY])
    assert _case().municipality.key == "tholey"
    assert bring(moved, actor=people("koordination")).updated == 1
    assert (_case().municipality.key, _person().municipality.key) == ("freisen", "freisen")


@pytest.mark.parametrize("again", [True, False])
def test_who_moves_takes_all_her_cases_along_and_the_coach_hears_of_an_open_one(people: People, again: bool) -> None:
    moved = {"MUNICIPALITY": "Freisen", "POSTCODE": "66629", "TOWN": "Freisen", "STREET": "Talweg 1"}
    bring({}, actor=SYSTEM)
    closed = {"state": "closed", "outcome": "moved", "outcome_on": TODAY, "coach_reported_on": None}
    Case.update(**closed).where(Case.id == _case().id).execute()
    if again:
        with db.atomic():
            open_case(_person(), sphere="S3", origin=Origin.AGENTUR, parties=parties(), actor=SYSTEM, now=NOW)
    bring(moved, actor=people("koordination"))
    cases = list(Case.select().order_by(Case.id))
    assert {case.municipality.key for case in cases} == {"freisen"}
    assert [case.coach_reported_on for case in cases] == ([None, TODAY] if again else [None])


def test_the_arrival_of_somebody_the_agentur_knows(make_case: Callable[..., Case], people: People) -> None:
    case = make_case(
        family_name="Hamdan", given_name="Samar", bamf_reference="1035333-475", identity_key="bamf:1035333-475:samar",
        date_of_birth=date(1983, 12, 11), nationality="SYR",
    )  # fmt: skip
    Person.update(municipality=None).where(Person.id == case.person_id).execute()
    Case.update(municipality=None, origin=Origin.AGENTUR).where(Case.id == case.id).execute()
    report = bring({}, actor=people("tholey"))
    assert (report.imported, report.updated) == (0, 1)
    found = _case()
    assert (found.id, found.municipality.key, found.coach_reported_by.key) == (case.id, "tholey", "tholey")
    assert found.coach_reported_on == TODAY


@pytest.mark.parametrize("key", ["agentur", "jobcenter", "coach", "bamf", "verwaltung"])
def test_who_may_not_import(people: People, key: str) -> None:
    with pytest.raises(NotAllowed):
        bring({}, actor=people(key))
    assert Person.select().count() == 0


def test_the_report_names_nobody() -> None:
    bring({"FAMILY_NAME": "Mohammed", "BAMF_REFERENCE": ""})
    text = json.dumps(bring({"SEX": "q"}, {"FAMILY_NAME": "Muhammad", "BAMF_REFERENCE": ""}).as_json())
    assert "Muhammad" not in text and "Mohammed" not in text and "Hamdan" not in text
