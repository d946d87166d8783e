"""The scope in SQL opens exactly the cases of which ``sight`` shows something, over all combinations of facts."""

from datetime import timedelta
from itertools import product

import pytest

from models.base import db
from models.queries.scope import blocks_of, cases_with_person, coach_agreed, coach_consent, visible_cases
from models.rules.permissions import Block
from models.rules.roles import Actor, Role
from models.rules.states import ConsentState, Origin
from models.rules.times import stamp
from models.tables import Case, Organisation
from tests.cast import make_person
from tests.conftest import NOW, TODAY

DAYS = (None, TODAY - timedelta(days=1), TODAY, TODAY + timedelta(days=1))
CONSENTS = (*((state, None) for state in ConsentState), *((ConsentState.GRANTED, day) for day in DAYS[1:3]))
COACHING = tuple(product((None, TODAY), CONSENTS, (None, TODAY)))
BENEFIT = tuple(product((False, True), DAYS))
HANDOVER = tuple(product((False, True), (False, True), (None, TODAY), DAYS))


@pytest.fixture
def organisations():
    return {row.key: row for row in Organisation.select()}


@pytest.fixture
def every_combination(database, organisations):
    person = make_person()
    numbers = iter(range(1_000_000))
    rows = [
        _row(person.id, next(numbers), municipality, coaching, benefit, handover, organisations)
        for municipality, coaching, benefit, handover in product(("tholey", "freisen"), COACHING, BENEFIT, HANDOVER)
    ]
    with db.atomic():
        for start in range(0, len(rows), 500):
            Case.insert_many(rows[start : start + 500]).execute()
    return list(Case.select())


def _row(person, number, municipality, coaching, benefit, handover, organisations):
    reported, (consent, consent_until), ended = coaching
    receives, until = benefit
    agentur, jobcenter, accepted, sees_until = handover
    return {
        "number": f"SWD-2026-{number:05}",
        "person": person,
        "sort_key": "rahimi samira",
        "municipality": organisations[municipality].id,
        "responsible": organisations["jobcenter" if jobcenter else "agentur"].id,
        "agentur": organisations["agentur"].id if agentur else None,
        "origin": Origin.MUNICIPALITY,
        "legal_sphere": "S3",
        "opened_on": TODAY,
        "receives_asylblg": receives,
        "asylblg_until": until,
        "coach_reported_on": reported,
        "coach_consent": consent,
        "coach_consent_until": consent_until,
        "coaching_ended_on": ended,
        "accepted_on": accepted,
        "agentur_sees_until": sees_until,
        "changed_at": stamp(NOW),
    }


def test_scope_and_sight_agree_over_all_facts(every_combination, organisations):
    for key in (
        "tholey",
        "freisen",
        "oberthal",
        "asyl",
        "coach",
        "agentur",
        "jobcenter",
        "koordination",
        "bamf",
        "verwaltung",
    ):
        organisation = organisations[key]
        actor = Actor(1, key, key, "", organisation.id, key, organisation.name, Role(organisation.kind))
        in_scope = {row[0] for row in Case.select(Case.id).where(visible_cases(actor, TODAY)).tuples()}
        in_sight = {case.id for case in every_combination if blocks_of(actor, case, TODAY)}
        assert in_scope == in_sight, f"{key}: {len(in_scope ^ in_sight)} of {len(every_combination)} differ"


def test_the_scope_of_personal_data_agrees_with_the_block(every_combination, organisations):
    for key in ("tholey", "freisen", "agentur", "jobcenter", "coach", "koordination"):
        organisation = organisations[key]
        actor = Actor(1, key, key, "", organisation.id, key, organisation.name, Role(organisation.kind))
        in_scope = {row[0] for row in Case.select(Case.id).where(cases_with_person(actor, TODAY)).tuples()}
        in_sight = {case.id for case in every_combination if Block.PERSON in blocks_of(actor, case, TODAY)}
        assert in_scope == in_sight, key


def test_the_consent_for_the_coach_ends_with_its_last_day_in_sql_and_in_sight(every_combination, organisations):
    office = organisations["coach"]
    actor = Actor(1, "coach", "coach", "", office.id, "coach", office.name, Role.COACH)
    agreed = visible_cases(actor, TODAY) & coach_agreed(TODAY)
    in_scope = {row[0] for row in Case.select(Case.id).where(agreed).tuples()}
    assert in_scope == {case.id for case in every_combination if Block.STEPS in blocks_of(actor, case, TODAY)}
    ended = [case for case in every_combination if case.coach_consent_until == DAYS[1]]
    assert {coach_consent(case, TODAY) for case in ended} == {ConsentState.EXPIRED}
