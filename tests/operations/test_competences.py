"""Competences that go along: into the sheet, into the next case, into a merged one and back; and out with the case."""

from dataclasses import replace
from datetime import timedelta
from threading import Thread

import pytest

from models.base import db
from models.operations import availability, language_skills, life_line
from models.operations.duplicate_pairs import note_possible_duplicates
from models.operations.erasure import erase_case
from models.operations.merging import Choice, merge_records
from models.operations.names import renew_match_keys
from models.operations.returning import Return, open_again
from models.operations.tasks import wrong_tasks
from models.operations.unmerging import undo_merge
from models.queries.audit import verify_ledger
from models.queries.case_notices import notices_of
from models.queries.case_view import view_of
from models.queries.comparison import comparison_of
from models.queries.competence_rows import Script, periods_of, scripts_of, skills_of
from models.queries.dossier import dossier_numbered
from models.queries.duplicate_pairs import seen_pair
from models.queries.facts import known_of
from models.queries.sheet import sheet_sections
from models.queries.snapshot_items import items_to_release
from models.rules.competences.availability import Availability
from models.rules.competences.languages import Skill
from models.rules.competences.months import Point
from models.rules.competences.periods import Period, PeriodKind, Recognition, Trust
from models.rules.errors import StaleVersion
from models.rules.merging import Side
from models.rules.roles import SYSTEM
from models.tables import (
    AvailabilityPlan,
    Case,
    CompetenceSummary,
    DuplicatePair,
    LanguageSkill,
    LifePeriod,
    Organisation,
    PersonMerge,
    ScriptSkill,
)
from tests.cast import make_case
from tests.conftest import LEDGER_KEY
from tests.handover_cast import draft
from tests.moments import NOW, TODAY

pytestmark = pytest.mark.usefixtures("database")
SOURCE = "Angabe der Person"
WORK = Period(
    PeriodKind.WORK, Point(2012), Point(2015), title="Maurer", kldb="32", level="2", country="AFG", source=SOURCE
)
TRAINING = Period(
    PeriodKind.TRAINING, Point(2009), Point(2012), title="Maurer", certificate="yes", country="AFG", proof="SELF",
    recognition=Recognition("A", office="HWK"), trust=Trust.CONTRADICTORY, contradiction="Zeugnis sagt 2013",
    source=SOURCE,
)  # fmt: skip
GERMAN = Skill("deu", False, "A2", "A2", "A1", "A2", "EINSTUFUNG", TODAY, "kvhs", source=SOURCE)
SCRIPT = Script("ZWS", "arabisch", TODAY, SOURCE)
WEEK = Availability(
    frozenset({"mon-morning"}), childcare="V", obstacles={"WOHN": "eng"}, restriction="J", effects=("LIFTING",)
)


def view(case: Case, people, who: str = "agentur"):
    """The case as somebody sees it."""
    return view_of(dossier_numbered(people(who), case.number, TODAY), people(who))


def tell(case: Case, people, *periods: Period) -> None:
    """A life-line, German, script and a week."""
    for one in periods or (TRAINING, WORK):
        life_line.add_period(view(case, people), one, now=NOW)
    language_skills.add_skill(view(case, people), GERMAN, now=NOW)
    language_skills.add_script(view(case, people), SCRIPT, now=NOW)
    availability.keep_availability(view(case, people), WEEK, SOURCE, seen_version=0, now=NOW)


def test_the_sheet_takes_them_and_keeps_health_back(people):
    case = make_case()
    tell(case, people)
    held = dossier_numbered(people("agentur"), case.number, TODAY)
    sections = sheet_sections(held, draft(case), known_of(held))
    training = sections["F"]["training"]["rows"][0]
    assert (training["title_german"]["value"], training["country"]["value"]) == ("Maurer", "Afghanistan")
    assert sections["G"]["recognition_office"]["value"] == "HWK"
    job = sections["H"]["experience"]["rows"][0]
    assert (job["occupation"]["value"], job["kldb2"]["code"], job["period"]["value"]) == (
        "Maurer",
        "32",
        "2012 bis 2015",
    )
    assert job["occupation"]["source"] == "aus dem Werdegang vom 23.11.2026, Agentur für Arbeit Saarland"
    assert "widersprüchlich" in training["title_german"]["source"]
    assert sections["I"]["german"]["rows"][0]["writing"]["value"] == "A1"
    assert sections["L"]["circumstances"]["rows"][0]["effect"]["value"] == "eng"
    released = items_to_release(held, "ABCDEFGHIJKLMNOPQ")
    assert released["B09"]["values"]["occupation_1"] == "Maurer" and "B18" not in released, "no consent E3"


def test_what_is_contradictory_is_named_and_holds_nothing_up(people):
    case = make_case()
    tell(case, people)
    (notice,) = [one for one in notices_of(view(case, people), None, ()) if "Widerspr" in str(one.title)]
    assert str(notice.sentences[0]) == "Ausbildung: Maurer (2009 bis 2012): Zeugnis sagt 2013"
    assert not [one for one in notices_of(view(case, people, "tholey"), None, ()) if "Widerspr" in str(one.title)]


def _closed(people) -> Case:
    case = make_case()
    tell(case, people)
    ended = {"state": "closed", "outcome": "moved", "outcome_on": TODAY - timedelta(days=9)}
    Case.update(**ended).where(Case.id == case.id).execute()
    return Case.get_by_id(case.id)


def test_who_comes_back_takes_them_along_to_be_confirmed(people):
    old = _closed(people)
    home = Organisation.get(Organisation.key == "tholey").id
    number = open_again(old, Return(TODAY, home), seen_version=old.version, actor=people("agentur"), now=NOW)
    new = Case.get(Case.number == number)
    seen = view(new, people)
    assert seen.held.competences is None and "B09" not in seen.known.answers, "nothing counts before it is confirmed"
    rows = periods_of(new.id)
    assert [row.value.title for row in rows] == ["Maurer", "Maurer"] and all(row.carried for row in rows)
    assert AvailabilityPlan.select().where(AvailabilityPlan.case == new.id).count() == 0, "the week is asked anew"
    life_line.confirm_period(seen, rows[1], seen_version=1, now=NOW)
    with pytest.raises(StaleVersion):
        life_line.confirm_period(seen, rows[1], seen_version=1, now=NOW)
    language_skills.confirm_skill(seen, skills_of(new.id)[0], seen_version=1, now=NOW)
    language_skills.confirm_script(seen, scripts_of(new.id)[0], seen_version=1, now=NOW)
    answers = view(new, people).known.answers
    assert answers["B09"].value("occupation_1") == "Maurer" and answers["B12"].value("literacy") == "ZWS"
    assert "B08" not in answers, "the training waits"
    life_line.change_period(seen, rows[0], replace(TRAINING, ends=Point(2013)), seen_version=1, now=NOW)
    assert view(new, people).known.answers["B08"].value("duration") == "2009 bis 2013"
    assert len(periods_of(old.id)) == 2 and verify_ledger(LEDGER_KEY).findings == []


def test_a_merge_takes_them_over_and_gives_them_back(people):
    one, other = make_case(), make_case(family_name="Rahimy")
    life_line.add_period(view(one, people), replace(WORK, title="Koch"), now=NOW)
    tell(other, people)
    with db.atomic():
        for case in (one, other):
            renew_match_keys(case.person_id)
        note_possible_duplicates([other.person_id], now=NOW)
    pair, actor = DuplicatePair.get(), people("agentur")
    comparison = comparison_of(actor, seen_pair(actor, pair.id, TODAY), TODAY)
    choice = Choice(Side.LEFT, {row.key: Side.LEFT for row in comparison.fields if row.differs}, {})
    merge = merge_records(
        pair.id, choice, seen_version=pair.version, fingerprint=comparison.fingerprint, actor=actor, now=NOW
    )
    assert [row.value.title for row in periods_of(one.id)] == ["Maurer", "Koch", "Maurer"]
    assert view(one, people).known.answers["B12"].value("literacy") == "ZWS"
    assert AvailabilityPlan.get().case_id == one.id
    assert CompetenceSummary.select().where(CompetenceSummary.case == other.id).count() == 0
    version = PersonMerge.get_by_id(merge).version
    undo_merge(merge, seen_version=version, actor=actor, now=NOW + timedelta(hours=1))
    assert [row.value.title for row in periods_of(one.id)] == ["Koch"]
    assert len(periods_of(other.id)) == 2 and AvailabilityPlan.get().case_id == other.id
    assert "B12" not in view(one, people).known.answers


def test_nothing_of_them_stays_after_the_case_is_erased(people):
    case = make_case()
    tell(case, people)
    erase_case(case.id, "Frist abgelaufen", actor=SYSTEM, now=NOW)
    for table in (LifePeriod, LanguageSkill, ScriptSkill, AvailabilityPlan, CompetenceSummary):
        assert table.select().count() == 0


def test_the_stored_tasks_are_what_follows_from_the_proof(people):
    case = make_case()
    tell(case, people)
    assert CompetenceSummary.get().german_proved_on == TODAY
    assert wrong_tasks(today=TODAY) == []
    language_skills.add_skill(view(case, people), replace(GERMAN, proof="SELBST", issuer="geübt"), now=NOW)
    assert CompetenceSummary.get().german_proved_on == TODAY, "an opinion does not hide a test that still counts"
    assert wrong_tasks(today=TODAY) == []


def test_two_people_at_once_lose_nothing_of_the_summary(people):
    case = make_case()
    seen = view(case, people)

    def add(place: int) -> None:
        with db.connection_context():
            life_line.add_period(seen, replace(WORK, title=f"Baustelle {place}"), now=NOW)

    threads = [Thread(target=add, args=(place,)) for place in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(periods_of(case.id)) == 4
    assert CompetenceSummary.get().content["work"]["values"]["entries"] == "4"
    assert verify_ledger(LEDGER_KEY).findings == []
