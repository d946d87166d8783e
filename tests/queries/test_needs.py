"""Who reads which needs: language and interpreter everywhere, wishes and script by sight, health nowhere outside."""

import pytest

from models.queries.case_view import view_of
from models.queries.dossier import dossier, dossier_numbered
from models.queries.needs import handed_over_needs, needs_of, spoken_line
from models.rules.states import ConsentState
from models.rules.times import stamp
from models.tables import Answer, Case, Person
from tests.cast import make_case
from tests.moments import NOW, TODAY
from tests.pages.cases_cast import office, taken_over

pytestmark = pytest.mark.usefixtures("database")
SPOKEN = "Dari · Dolmetschen nötig"
WISHES = "Beratung durch eine Frau gewünscht · Kontakt: Brief · Zugang: stufenlos"


def _case(**changes):
    case = make_case(changes=changes or None, interpreter_needed=True)
    said = {
        "A33": {"counsellor": "WOMAN", "channel": "POST", "access": ["STEPS"]},
        "B12": {"literacy": "PRI"},
    }
    for item, values in said.items():
        Answer.create(case=case.id, item=item, state="done", values=values, answered_at=stamp(NOW))
    return Case.select(Case, Person).join(Person).where(Case.id == case.id).get()


def _line(people, who, case):
    return needs_of(view_of(dossier(case, TODAY), people(who)))


def test_the_agentur_and_the_municipality_read_what_is_theirs(people):
    case = _case()
    assert _line(people, "agentur", case) == f"{SPOKEN} · primär nicht alphabetisiert · {WISHES}"
    assert _line(people, "tholey", case) == f"{SPOKEN} · {WISHES}"


def test_the_asylblg_unit_and_the_coach_read_language_and_interpreter_alone(people):
    reported = {"coach_reported_on": TODAY, "coach_reported_by": office("tholey")}
    case = _case(receives_asylblg=True, coach_consent=ConsentState.GRANTED, **reported)
    assert _line(people, "asyl", case) == _line(people, "coach", case) == SPOKEN
    assert spoken_line(case.person) == SPOKEN


def test_after_the_acceptance_the_former_side_reads_nothing(people):
    assert _line(people, "agentur", taken_over()) == ""


def test_reading_latin_script_and_missing_values_are_no_need(people):
    case = _case()
    Answer.update(values={"literacy": "LAT"}).where(Answer.item == "B12").execute()
    Answer.update(values={"channel": {"missing": "unknown"}}, state="done").where(Answer.item == "A33").execute()
    assert _line(people, "agentur", case) == SPOKEN


def test_a_snapshot_tells_what_was_handed_over():
    cells = {
        "understood_languages": {"value": "Dari"},
        "interpreter_needed": {"value": "ja"},
        "script": {"value": None},
    }
    assert handed_over_needs({"B": cells}) == SPOKEN
    assert handed_over_needs({"A": {}}) == ""


def test_what_nobody_asked_is_not_no(people):
    case = make_case()
    assert dossier_numbered(people("agentur"), case.number, TODAY).person.interpreter_needed is None
