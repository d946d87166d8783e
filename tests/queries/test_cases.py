"""Lists of cases: scope, filters that tell nothing, deadlines; every event of a case has its sentence."""

import ast
from datetime import date, timedelta

import pytest

from models.queries.case_filters import FOCI, OFFERED, Filters
from models.queries.case_list import open_list, stages_in_words
from models.queries.case_search import search_cases
from models.queries.dossier import dossier_numbered
from models.rules.case_search import read_search
from models.rules.roles import Role
from models.rules.states import EnrolmentState, StageState
from models.rules.timeline import SENTENCES, sentence
from models.rules.times import stamp
from models.tables import CaseStage, Organisation, Person, ResidenceRecord
from tests.cast import make_case, renew
from tests.conftest import ROOT
from tests.handover_cast import draft
from tests.moments import NOW, TODAY


def _names(actor, filters=None, page=1):
    return [line.name for line in open_list(actor, filters or Filters(), TODAY, page).lines]


def _handed_over(**person):
    jobcenter = Organisation.get(Organisation.key == "jobcenter")
    return make_case(
        changes={"accepted_on": TODAY, "agentur_sees_until": TODAY + timedelta(days=300), "responsible": jobcenter},
        **person,
    )


@pytest.mark.usefixtures("database")
class TestLists:
    """Each on both engines."""

    def test_the_open_list_and_a_narrowed_one_agree(self, people):
        make_case(given_name="Eins")
        make_case(given_name="Zwei", municipality="freisen")
        for key in ("agentur", "tholey", "jobcenter", "coach", "asyl"):
            every_town = Filters(municipality="")
            plain = _names(people(key))
            assert plain == _names(people(key), Filters(focus="gibt-es-nicht")) == _names(people(key), every_town)
        assert _names(people("agentur"), Filters(municipality="freisen")) == ["Rahimi, Zwei"]
        assert _names(people("tholey")) == ["Rahimi, Eins"]

    def test_a_key_that_does_not_exist_finds_nothing(self, people):
        make_case()
        assert _names(people("agentur"), Filters(municipality="nirgends")) == []

    def test_how_a_handed_over_case_goes_on_is_not_told_by_filters(self, people):
        case = _handed_over()
        CaseStage.update(state="in_progress").where(CaseStage.case == case.id).execute()
        agentur, jobcenter = people("agentur"), people("jobcenter")
        telling = [
            Filters(stage="intake", state="all"),
            Filters(sphere="S3", state="all"),
            Filters(focus="neu", state="all"),
        ]
        for filters in (Filters(), Filters(state="closed"), *telling):
            assert _names(agentur, filters) == []
        assert _names(agentur, Filters(state="handed_over")) == _names(jobcenter) == ["Rahimi, Samira"]

    def test_a_handed_over_line_tells_the_agentur_the_state_of_the_handover_alone(self, people):
        case = _handed_over()
        draft(case, state="accepted", due_on=TODAY)
        renew(case)
        (line,) = open_list(people("agentur"), Filters(state="handed_over"), TODAY).lines
        assert (line.stand, line.office, line.deadline) == ("übergeben am 23.11.2026", "", None)
        (line,) = open_list(people("jobcenter"), Filters(), TODAY).lines
        assert str(line.deadline.label) == "Erstes Gespräch im Jobcenter"

    def test_a_filter_by_stage_finds_the_first_that_is_not_finished(self, people):
        case = make_case()
        agentur = people("agentur")
        assert _names(agentur, Filters(stage="intake")) == ["Rahimi, Samira"]
        CaseStage.update(state="finished").where(CaseStage.case == case.id, CaseStage.key == "intake").execute()
        assert _names(agentur, Filters(stage="intake")) == []
        assert _names(agentur, Filters(stage="counselling")) == ["Rahimi, Samira"]

    def test_the_paper_that_counts_is_the_newest_that_does_not_tell_the_past(self, people):
        case = make_case()
        for valid_to, voided in (
            (date(2026, 12, 1), None),
            (date(2026, 12, 20), None),
            (date(2026, 11, 25), stamp(NOW)),  # struck out
            (date(2026, 5, 1), None),  # entered last, to complete the past
        ):
            ResidenceRecord.create(
                person=case.person_id, code="AGS", valid_to=valid_to, voided_at=voided, recorded_at=stamp(NOW)
            )
        renew(case)
        (line,) = open_list(people("tholey"), Filters(), TODAY).lines
        assert line.deadline.day == date(2026, 12, 20)
        held = dossier_numbered(people("tholey"), case.number, TODAY)
        assert [row.valid_to.month for row in held.records] == [12, 12, 5]

    def test_every_group_can_be_asked_for(self, people):
        make_case()
        for key in ("agentur", "jobcenter", "coach", "tholey", "asyl"):
            actor = people(key)
            for word in FOCI[actor.role]:
                open_list(actor, Filters(focus=word), TODAY)

    def test_search_finds_other_spellings_within_the_scope(self, people):
        make_case(family_name="Al-Hassan", given_name="Muhammad")
        make_case(family_name="Öztürk", given_name="Şeyma", municipality="freisen")
        agentur, tholey = people("agentur"), people("tholey")

        def found(actor, text):
            return [(row.family_name, str(hit.why)) for row, hit in search_cases(actor, read_search(text), TODAY).rows]

        assert found(agentur, "Alhassan") == [("Al-Hassan", "im Namen: Al-Hassan")]
        assert found(agentur, "Mohamad") == [("Al-Hassan", "Name ähnlich: Muhammad")]
        assert found(agentur, "oezturk") == [("Öztürk", "Name beginnt so")]
        assert found(tholey, "oezturk") == []

    def test_search_shows_a_limit_and_says_that_there_is_more(self, people):
        for number in range(52):
            make_case(given_name=f"Kind {number}")
        found = search_cases(people("agentur"), read_search("Rahimi"), TODAY)
        assert (len(found.rows), found.more) == (50, True)


def test_roles_without_cases_are_offered_no_filters():
    assert set(OFFERED) == set(FOCI) == {Role.MUNICIPALITY, Role.ASYLBLG, Role.COACH, Role.AGENTUR, Role.JOBCENTER}


def test_stages_in_words_join_neighbours():
    done, busy, open_, waived = StageState.FINISHED, StageState.IN_PROGRESS, StageState.OPEN, StageState.WAIVED
    assert (
        stages_in_words((done, done, busy, open_))
        == "Aufnahme, Beratung fertig · Kurszuweisung in Arbeit · Übergabe offen"
    )
    assert stages_in_words((busy, open_, open_, waived)).endswith("Übergabe entfällt")


def _recorded_kinds():
    """Kinds of event that operations record for a case, read from their source."""
    for path in sorted((ROOT / "models" / "operations").glob("*.py")):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if not (isinstance(node, ast.Call) and getattr(node.func, "id", "") in ("record", "record_first", "close")):
                continue
            if node.func.id == "record" and not any(word.arg == "case_id" for word in node.keywords):
                continue
            yield from (arg.value for arg in node.args if isinstance(arg, ast.Constant) and "." in str(arg.value))


def test_every_event_of_a_case_has_a_sentence():
    kinds = set(_recorded_kinds())
    assert {"case.opened", "answer.saved", "handover.withdrawn", "decision.recorded"} <= kinds
    ends = {f"enrolment.{state}" for state in EnrolmentState}
    assert kinds | ends <= set(SENTENCES)


@pytest.mark.parametrize(
    ("kind", "data", "said"),
    [
        ("case.reopened", {"reason": "Kündigung"}, "Fall wieder geöffnet: Kündigung"),
        ("case.reopened", {}, "Fall wieder geöffnet"),
        (
            "handover.drafted",
            {"reference": "X-1", "change_on": "2026-12-01"},
            "Übergabe X-1 angelegt, Wechsel zum 01.12.2026",
        ),
        ("handover.redrafted", {"change_on": ["2026-12-01", "2027-01-01"]}, "Wechsel jetzt zum 01.01.2027"),
        ("residence.recorded", {"code": "AGS"}, "Aufenthaltspapier erfasst: paper AGS"),
        ("case.closed", {"outcome": "work"}, "Fall abgeschlossen: outcome work"),
    ],
)
def test_sentences_say_what_the_event_knows(kind, data, said):
    assert str(sentence(kind, data, lambda what, code: f"{what} {code}" if code else "")) == said


def test_an_unknown_kind_is_not_told():
    assert sentence("login.opened", {}, lambda what, code: code) is None


@pytest.mark.usefixtures("database")
def test_the_key_for_order_follows_the_person():
    case = make_case(family_name="Çelik", given_name="İpek")
    assert case.sort_key == Person.get_by_id(case.person_id).sort_key == "celik ipek"
