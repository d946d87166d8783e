"""Two records made one and taken apart again: values, answers, papers, cases, events, search and imports."""

from datetime import date, timedelta

import pytest

from models.base import db
from models.operations.duplicate_pairs import mark_different, note_possible_duplicates
from models.operations.erasure import erase_case
from models.operations.merging import Choice, merge_records
from models.operations.names import renew_match_keys
from models.operations.notes import write_note
from models.operations.person_values import update_person_values
from models.operations.unmerging import undo_merge
from models.queries.audit import verify_ledger
from models.queries.case_search import search_cases
from models.queries.comparison import comparison_of
from models.queries.duplicate_pairs import open_pairs, seen_pair
from models.queries.merges import seen_merge
from models.queries.scope import visible_cases
from models.rules.case_search import read_search
from models.rules.errors import NotVisible, RuleBroken, StaleVersion
from models.rules.merging import Side
from models.rules.notes import NotePlan
from models.rules.roles import SYSTEM
from models.rules.states import NoteTopic
from models.rules.times import stamp
from models.tables import (
    Agreement,
    AgreementStep,
    Answer,
    Appointment,
    Attendance,
    Case,
    CaseNote,
    CaseTask,
    Consent,
    Document,
    DuplicatePair,
    EarlierName,
    Event,
    Evidence,
    Handover,
    LifePeriod,
    Organisation,
    Person,
    PersonMerge,
    ResidenceRecord,
    Upload,
)
from tests.cast import make_case
from tests.conftest import LEDGER_KEY
from tests.handover_cast import draft
from tests.moments import NOW, TODAY
from tests.operations.arrival_lists import bring
from tests.pages.cases_cast import taken_over
from tests.visit_cast import make_appointment, make_event, seen_by

pytestmark = pytest.mark.usefixtures("database")
LEFT, RIGHT = Side.LEFT, Side.RIGHT
LATER = NOW + timedelta(hours=1)


def _two(first=None, second=None):
    """Samira Rahimi, recorded twice in two spellings."""
    one = make_case(phone="0681 1", **(first or {}))
    other = make_case(**({"family_name": "Rahimy", "phone": "0681 2", "email": "s@example.org"} | (second or {})))
    with db.atomic():
        for case in (one, other):
            renew_match_keys(case.person_id)
        note_possible_duplicates([other.person_id], now=NOW)
    return one, other, DuplicatePair.get()


def _say(case, item, values, office="agentur"):
    from tests.pages.cases_cast import office as named

    Answer.create(
        case=case.id, item=item, state="done", values=values, organisation=named(office).id, answered_at=stamp(NOW)
    )


def _merge(pair, people, stays=LEFT, fields=None, answers=None, who="agentur"):
    actor = people(who)
    comparison = comparison_of(actor, seen_pair(actor, pair.id, TODAY), TODAY)
    choice = Choice(
        stays,
        {row.key: stays for row in comparison.fields if row.differs} | (fields or {}),
        {row.key: stays for row in comparison.answers if row.differs} | (answers or {}),
    )
    version = DuplicatePair.get_by_id(pair.id).version
    print_ = comparison.fingerprint
    return merge_records(pair.id, choice, seen_version=version, fingerprint=print_, actor=actor, now=NOW)


def _undo(merge_id, people, who="agentur"):
    version = PersonMerge.get_by_id(merge_id).version
    undo_merge(merge_id, seen_version=version, actor=people(who), now=LATER)


def _picture(*cases):
    """Everything of persons and cases that an undoing must bring back; versions and times of change go on."""
    passing = {"version", "changed_at"}
    shown = []
    for case in cases:
        row = Case.get_by_id(case.id).__data__
        person = dict(Person.get_by_id(case.person_id).__data__)
        person["provenance"] = {
            name: {key: value for key, value in entry.items() if key != "version"}
            for name, entry in person["provenance"].items()
        }
        answers = Answer.select().where(Answer.case == case.id, Answer.state != "cleared").order_by(Answer.item)
        shown.append(
            (
                {name: value for name, value in row.items() if name not in passing},
                {name: value for name, value in person.items() if name not in passing},
                [(a.item, a.state, a.values, a.source) for a in answers],
                [p.code for p in ResidenceRecord.select().where(ResidenceRecord.person == case.person_id)],
            )
        )
    return shown


def test_the_same_person_keeps_one_record_with_what_was_chosen(people):
    one, other, pair = _two({"given_name": "Samira"}, {"azr_number": "123456789012"})
    ResidenceRecord.create(person=other.person_id, code="AGS", recorded_at=stamp(NOW))
    _merge(pair, people, fields={"phone": RIGHT})
    kept, gone = Person.get_by_id(one.person_id), Person.get_by_id(other.person_id)
    assert (kept.family_name, kept.phone, kept.email, kept.azr_number) == (
        "Rahimi", "0681 2", "s@example.org", "123456789012",
    )  # fmt: skip
    assert kept.provenance["phone"]["source"].endswith("beim Vergleich gewählt")
    assert gone.merged_into_id == kept.id
    assert {case.person_id for case in Case.select()} == {kept.id}
    assert ResidenceRecord.get().person_id == kept.id
    ended = Case.get_by_id(other.id)
    assert (ended.state, ended.outcome, ended.sort_key) == ("closed", "duplicate", "rahimi samira")
    assert DuplicatePair.get().state == "same"


def test_events_of_both_chains_stay_and_tell_of_the_merge(people):
    one, other, pair = _two()
    before = list(Event.select().order_by(Event.id).tuples())
    _merge(pair, people)
    assert list(Event.select().order_by(Event.id).tuples())[: len(before)] == before
    kinds = {case.id: [e.kind for e in Event.select().where(Event.case_id == case.id)] for case in (one, other)}
    assert kinds[one.id] == ["case.opened", "person.merged"]
    assert sorted(kinds[other.id]) == ["case.closed", "case.opened", "person.merged"]
    assert verify_ledger(LEDGER_KEY, list).findings == []


def test_answers_go_over_and_keep_who_gave_them(people):
    one, other, pair = _two()
    _say(one, "B14", {"strengths": "Nähen"})
    _say(other, "B14", {"strengths": "Kochen"})
    _say(other, "B13", {"computer": "1", "licences": [], "mobility": []})
    _merge(pair, people, answers={"B14": RIGHT})
    rows = {row.item: row for row in Answer.select().where(Answer.case == one.id)}
    assert rows["B14"].values == {"strengths": "Kochen"}
    assert rows["B14"].source == f"aus Fall {other.number}"
    assert rows["B13"].organisation.key == "agentur"
    assert {row.item for row in Answer.select().where(Answer.case == other.id)} == {"B13", "B14"}


@pytest.mark.parametrize("stays", [LEFT, RIGHT])
def test_undoing_brings_everything_back(people, stays):
    one, other, pair = _two(
        {"changes": {"coach_reported_on": TODAY}}, {"date_of_birth": date(1994, 1, 1), "municipality": "freisen"}
    )
    _say(one, "B14", {"strengths": "Nähen"})
    _say(other, "B14", {"strengths": "Kochen"})
    _say(other, "B24", {"need": "IK"})
    ResidenceRecord.create(person=other.person_id, code="AGS", recorded_at=stamp(NOW))
    before = _picture(one, other)
    chosen = dict.fromkeys(("name", "date_of_birth", "phone", "municipality"), stays.other)
    merge_id = _merge(pair, people, stays, fields=chosen, answers={"B14": stays.other})
    assert _picture(one, other) != before
    assert seen_merge(people("agentur"), merge_id, TODAY).stays == ()
    _undo(merge_id, people)
    assert _picture(one, other) == before
    assert not EarlierName.select().exists()
    assert DuplicatePair.get().state == "open"
    assert verify_ledger(LEDGER_KEY, list).findings == []


@pytest.mark.parametrize(("home", "sees", "not_"), [(LEFT, "tholey", "freisen"), (RIGHT, "freisen", "tholey")])
def test_one_municipality_alone_sees_the_person_afterwards(people, home, sees, not_):
    one, other, pair = _two({}, {"municipality": "freisen"})
    merge_id = _merge(pair, people, fields={"municipality": home})
    for who, seen in ((sees, {one.number, other.number}), (not_, set())):
        assert {case.number for case in Case.select().where(visible_cases(people(who), TODAY))} == seen
    _undo(merge_id, people)
    for who, case in (("tholey", one), ("freisen", other)):
        assert [row.number for row in Case.select().where(visible_cases(people(who), TODAY))] == [case.number]


def test_what_came_since_the_merge_stays_and_is_named(people):
    one, other, pair = _two()
    _say(other, "B24", {"need": "IK"})
    merge_id = _merge(pair, people, fields={"phone": RIGHT})
    version = Person.get_by_id(one.person_id).version
    update_person_values(
        one.person_id, {"phone": "0681 3"}, source="", case_id=one.id, seen_version=version,
        actor=people("agentur"), now=LATER,
    )  # fmt: skip
    Answer.update(values={"need": "BSK"}, version=Answer.version + 1).where(Answer.case == one.id).execute()
    ResidenceRecord.create(person=one.person_id, code="AGS", recorded_at=stamp(LATER))
    stays = [str(sentence) for sentence in seen_merge(people("agentur"), merge_id, TODAY).stays]
    assert stays == [
        "Seither geändert, bleibt wie jetzt: Telefon.",
        "Seither neu beantwortet, bleibt wie jetzt: B24.",
        "Seither erfasste Papiere und Bescheide bleiben: 1.",
    ]
    _undo(merge_id, people)
    assert Person.get_by_id(one.person_id).phone == "0681 3"
    assert Person.get_by_id(other.person_id).phone == "0681 2"
    assert Answer.get(Answer.case == one.id).values == {"need": "BSK"}
    assert ResidenceRecord.get().person_id == one.person_id


def test_search_and_lists_know_both_names_after_the_merge(people):
    bring({"FAMILY_NAME": "Hamdan"}, {"FAMILY_NAME": "Hamdani", "BAMF_REFERENCE": "", "STREET": "Weg 1"})
    pair = DuplicatePair.get()
    _merge(pair, people)
    assert len(search_cases(people("agentur"), read_search("Hamdani"), TODAY).rows) == 2  # both cases of one person
    again = bring({"FAMILY_NAME": "Hamdan"}, {"FAMILY_NAME": "Hamdani", "BAMF_REFERENCE": "", "STREET": "Weg 1"})
    assert (again.imported, again.updated, again.unchanged) == (0, 0, 2)
    assert again.possible_duplicates == ()


def test_not_the_same_is_remembered_also_at_the_next_import(people):
    rows = ({}, {"GIVEN_NAME": "Samir", "BAMF_REFERENCE": "", "STREET": "Weg 1", "SEX": "w"})
    assert len(bring(*rows).possible_duplicates) == 1
    line = open_pairs(people("agentur"), TODAY).lines[0]
    mark_different(line, "Schwestern", seen_version=1, actor=people("agentur"), now=NOW)
    assert open_pairs(people("agentur"), TODAY).lines == ()
    assert bring(*rows).possible_duplicates == ()
    assert open_pairs(people("agentur"), TODAY).lines == ()
    kinds = [e.kind for e in Event.select().where(Event.case_id.is_null(False)).order_by(Event.id)]
    assert kinds[-2:] == ["person.not_same", "person.not_same"]
    with pytest.raises(StaleVersion):
        mark_different(line, "", seen_version=1, actor=people("agentur"), now=NOW)


def test_a_double_click_and_a_change_meanwhile_are_refused(people):
    one, _other, pair = _two()
    actor = people("agentur")
    comparison = comparison_of(actor, seen_pair(actor, pair.id, TODAY), TODAY)
    Person.update(phone="0681 9").where(Person.id == one.person_id).execute()
    choice = Choice(LEFT, {row.key: LEFT for row in comparison.fields if row.differs}, {})
    with pytest.raises(StaleVersion):
        merge_records(pair.id, choice, seen_version=1, fingerprint=comparison.fingerprint, actor=actor, now=NOW)
    assert DuplicatePair.get().version == 1, "nothing of it stays"
    _merge(pair, people)
    with pytest.raises(StaleVersion):
        merge_records(pair.id, choice, seen_version=1, fingerprint=comparison.fingerprint, actor=actor, now=NOW)
    assert PersonMerge.select().count() == 1


def test_what_is_not_chosen_is_named_at_its_field(people):
    _one, _other, pair = _two()
    actor = people("agentur")
    comparison = comparison_of(actor, seen_pair(actor, pair.id, TODAY), TODAY)
    with pytest.raises(RuleBroken) as broken:
        merge_records(
            pair.id, Choice(LEFT, {}, {}), seen_version=1, fingerprint=comparison.fingerprint, actor=actor, now=NOW
        )
    assert set(broken.value.fields) == {"field-name", "field-phone"}


def test_signed_on_both_sides_is_never_merged(people):
    one, other, pair = _two()
    for case in (one, other):
        row = draft(case)
        Handover.update(state="sent", sent_at=stamp(NOW)).where(Handover.id == row.id).execute()
    with pytest.raises(RuleBroken) as broken:
        _merge(pair, people)
    assert "In beiden Fällen ist ein Übergabebogen unterschrieben" in str(broken.value.message)
    assert Case.select().where(Case.state == "open").count() == 2


def test_a_signed_sheet_decides_which_case_goes_on_and_stops_the_undoing(people):
    one, other, pair = _two()
    row = draft(other)
    Handover.update(state="sent", sent_at=stamp(LATER)).where(Handover.id == row.id).execute()
    with pytest.raises(RuleBroken, match="kann nicht enden"):
        _merge(pair, people, LEFT)
    merge_id = _merge(pair, people, RIGHT)
    assert Case.get_by_id(one.id).state == "closed"
    with pytest.raises(RuleBroken, match="unterschrieben"):
        _undo(merge_id, people)


def test_a_handed_over_record_is_not_compared_by_either_side(people):
    first, second = taken_over(), make_case(family_name="Rahimy")
    with db.atomic():
        for case in (first, second):
            renew_match_keys(case.person_id)
        note_possible_duplicates([second.person_id], now=NOW)
    line = open_pairs(people("agentur"), TODAY).lines[0]
    assert (line.mine.case.id, line.other) == (second.id, None)
    assert open_pairs(people("jobcenter"), TODAY).lines == ()


def test_who_sees_one_record_learns_who_holds_the_other_and_nothing_else(people):
    one, other, pair = _two({}, {"municipality": "freisen"})
    for who, mine, office in (("tholey", one, "Gemeinde Freisen"), ("freisen", other, "Gemeinde Tholey")):
        line = open_pairs(people(who), TODAY).lines[0]
        assert (line.mine.case.id, line.other, line.office, line.reasons) == (mine.id, None, office, ())
        with pytest.raises(RuleBroken, match="nur einen"):
            mark_different(line, "", seen_version=1, actor=people(who), now=NOW)
    for who in ("oberthal", "jobcenter"):
        assert open_pairs(people(who), TODAY).lines == ()
        with pytest.raises(NotVisible):
            seen_pair(people(who), pair.id, TODAY)


def test_a_municipality_cannot_end_a_case_with_answers_that_it_does_not_see(people):
    one, other, pair = _two()
    _say(other, "B14", {"strengths": "Kochen"})
    actor = people("tholey")
    comparison = comparison_of(actor, seen_pair(actor, pair.id, TODAY), TODAY)
    assert comparison.may_stay == (RIGHT,)
    assert "B14" not in {row.key for row in comparison.answers}
    _merge(pair, people, RIGHT, who="tholey")
    assert Case.get_by_id(one.id).state == "closed"


def test_contradicting_consents_are_settled_first(people):
    one, other, pair = _two()
    for case, state in ((one, "granted"), (other, "withdrawn")):
        Consent.create(case=case.id, purpose="E1", state=state, decided_on=TODAY, recorded_at=stamp(NOW))
    with pytest.raises(RuleBroken) as broken:
        _merge(pair, people)
    assert "widersprechen" in str(broken.value.message)


def test_appointments_attendance_and_notes_go_over_and_come_back(people):
    one, other, pair = _two()
    agentur = people("agentur")
    make_appointment(agentur, other)
    both, hers = (
        make_event(agentur, one, other, token="a", despite="x"),
        make_event(agentur, other, token="b", on=TODAY),
    )
    write_note(seen_by(agentur, other), NotePlan(NoteTopic.WORK, "Text", "", TODAY, False), now=NOW)
    merge_id = _merge(pair, people)
    kept = {(Attendance, both.id), (Attendance, hers.id)}
    assert {(Attendance, row.event_id) for row in Attendance.select().where(Attendance.case == one.id)} == kept
    assert Attendance.select().where(Attendance.case == other.id).count() == 1
    assert Appointment.get().case_id == CaseNote.get().case_id == one.id
    undo_merge(merge_id, seen_version=1, actor=agentur, now=LATER)
    assert Appointment.get().case_id == CaseNote.get().case_id == other.id
    assert Attendance.select().where(Attendance.case == other.id).count() == 2


def test_an_agreement_goes_over_and_comes_back(people):
    one, other, pair = _two()
    office = Organisation.get(Organisation.key == "agentur")
    row = Agreement.create(
        case=other.id,
        number=1,
        state="agreed",
        agreed_on=TODAY,
        goal="Arbeit",
        organisation=office,
        written_at=stamp(NOW),
    )
    AgreementStep.create(agreement=row, position=1, kind="CV", who="AGENTUR", until=TODAY)
    merge_id = _merge(pair, people)
    assert Agreement.get_by_id(row.id).case_id == one.id
    assert [task.case_id for task in CaseTask.select().where(CaseTask.kind == "agreement_step")] == [one.id]
    _undo(merge_id, people)
    assert Agreement.get_by_id(row.id).case_id == other.id


def _file(case, name):
    """A file of a case; returns its id."""
    office = Organisation.get(Organisation.key == "agentur")
    columns = {"media_type": "application/pdf", "size": 1, "organisation": office, "uploaded_at": stamp(NOW)}
    return Upload.insert(case=case.id, sha256=name * 64, **columns).execute()


def test_papers_go_along_and_what_stays_behind_does_not_hold_up_the_erasure(people):
    one, other, pair = _two()
    office = Organisation.get(Organisation.key == "agentur")
    own = {"organisation": office, "recorded_at": stamp(NOW)}
    paper = Document.create(kind="agreement", case=other.id, title="V", filename="v.pdf", sha256="d" * 64,
                            organisation=office, issued_at=stamp(NOW))  # fmt: skip
    lone, shared = _file(other, "a"), _file(other, "b")
    proof = Evidence.create(case=other.id, list="counselling", item="B09", kind="file", upload=shared, **own)
    LifePeriod.create(case=other.id, kind="work", begins="2012", ends="2015", evidence=proof, source="x", **own)
    closed = {"state": "agreed", "agreed_on": TODAY, "organisation": office, "written_at": stamp(NOW)}
    first = Agreement.create(case=other.id, number=1, document=paper, scan=lone, **closed)
    second = Agreement.create(case=other.id, number=2, scan=shared, **closed)
    merge_id = _merge(pair, people)
    assert Document.get().case_id == Upload.get_by_id(lone).case_id == one.id
    assert Upload.get_by_id(shared).case_id == other.id, "it proves something else there too"
    _undo(merge_id, people)
    assert {row.case_id for row in (*Document.select(), *Upload.select(), *Agreement.select())} == {other.id}
    pair = DuplicatePair.get()
    _merge(pair, people)
    erase_case(other.id, "Frist abgelaufen", actor=SYSTEM, now=NOW)
    assert (Agreement.get_by_id(first.id).document_id, Agreement.get_by_id(first.id).scan_id) == (paper.id, lone)
    assert Agreement.get_by_id(second.id).scan_id is None and LifePeriod.get().evidence_id is None


def test_a_merge_is_erased_with_the_case(people):
    one, other, pair = _two()
    _merge(pair, people)
    erase_case(other.id, "Frist abgelaufen", actor=SYSTEM, now=NOW)
    assert not PersonMerge.select().exists()
    erase_case(one.id, "Frist abgelaufen", actor=SYSTEM, now=NOW)
    assert not Person.select().exists()
    assert not DuplicatePair.select().exists()
