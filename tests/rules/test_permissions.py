"""The permission table and the table of sight (case_model: Who sees what), each tested whole."""

from datetime import date, timedelta

import pytest

from models.rules.permissions import (
    COACH_FIRST_ITEMS,
    LIST_BLOCK,
    ROLE_PERMISSIONS,
    Block,
    Permission,
    Relation,
    may,
    sees_item,
    sight,
)
from models.rules.roles import Role
from models.rules.states import ConsentState, ListKey

TODAY = date(2026, 11, 23)
YESTERDAY, TOMORROW = TODAY - timedelta(days=1), TODAY + timedelta(days=1)

COLUMNS = (
    Role.MUNICIPALITY, Role.ASYLBLG, Role.COACH, Role.AGENTUR, Role.JOBCENTER,
    Role.PROVIDER, Role.COORDINATION, Role.BAMF, Role.PRIVACY, Role.ADMIN, Role.SYSTEM,
)  # fmt: skip

#                    GEM SOZ BC  AA  JC  KT  KOO BAM DSB ADM SYS
MAY = """
own_account           x   x   x   x   x   x   x   x   x   x   .
day_view              x   x   x   x   x   x   x   x   x   x   .
directory             x   x   x   x   x   x   x   x   x   x   .
announcement_view     x   x   x   x   x   x   x   x   x   x   .
announce              .   .   .   .   .   .   x   .   .   x   .
document_verify       x   x   x   x   x   x   x   x   x   x   .
case_view             x   x   x   x   x   .   .   .   .   .   .
person_create         x   .   .   x   .   .   .   .   .   .   x
person_edit           x   .   .   x   x   .   .   .   .   .   .
arrivals_import       x   .   .   .   .   .   x   .   .   .   x
item_answer           x   x   x   x   x   .   .   .   .   .   .
stage_finish          x   .   x   x   x   .   .   .   .   .   .
residence_edit        x   .   .   x   x   .   .   .   .   .   .
service_record        x   .   x   x   x   .   .   .   .   .   .
case_close            .   .   .   x   x   .   .   .   .   .   .
follow_up             x   x   x   x   x   .   .   .   .   .   .
consent               x   .   x   x   x   .   .   .   .   .   .
appointment_view      .   .   x   x   x   .   .   .   .   .   .
appointment_edit      .   .   x   x   x   .   .   .   .   .   .
group_event_view      .   .   x   x   .   .   .   .   .   .   .
group_event_edit      .   .   .   x   .   .   .   .   .   .   .
case_note             .   .   x   x   x   .   .   .   .   .   .
competences           .   .   .   x   x   .   .   .   .   .   .
agreement             .   .   x   x   .   .   .   .   .   .   .
person_copy           .   .   .   x   x   .   .   .   .   .   .
course_view           .   .   x   x   x   .   .   .   .   .   .
course_edit           .   .   .   x   x   .   .   .   .   .   .
course_reserve        .   .   .   x   x   .   .   .   .   .   .
enrolment_form        .   .   x   x   x   .   .   .   .   .   .
path_answer           .   x   .   .   x   .   .   .   .   .   .
enrolment_view        .   .   .   .   .   x   .   .   .   .   .
enrolment_answer      .   .   .   .   .   x   .   .   .   .   .
handover_view         .   .   .   x   x   .   .   .   .   .   .
handover_send         .   .   .   x   .   .   .   .   .   .   .
handover_receive      .   .   .   .   x   .   .   .   .   .   .
transfer_request      .   .   .   .   x   .   .   .   .   .   .
transfer_answer       .   .   .   x   .   .   .   .   .   .   .
coach_report          x   .   .   .   .   .   .   .   .   .   .
change_report         x   .   .   .   .   .   .   .   .   .   .
change_answer         x   x   x   x   x   .   .   .   .   .   .
question              x   x   x   x   x   .   .   .   .   .   .
coach_list_print      .   .   x   .   .   .   .   .   .   .   .
checklist_print       x   x   x   x   x   .   .   .   .   .   .
account_manage        .   .   .   .   .   .   .   .   .   x   .
definition_edit       .   .   .   .   .   .   .   .   .   x   .
law_manage            .   .   .   .   .   .   .   .   .   x   .
text_edit             .   .   .   .   .   .   .   .   .   x   .
law_view              x   x   .   x   x   .   .   .   .   .   .
log_view              .   .   .   .   .   .   .   .   x   .   .
figures_view          x   .   .   x   x   .   x   x   .   .   .
meeting_view          x   x   x   x   x   x   x   x   .   .   .
meeting_edit          .   .   .   .   .   .   x   .   .   .   .
case_conference       x   x   x   x   x   .   .   .   .   .   .
"""
EXPECTED = {
    Permission(name): dict(zip(COLUMNS, marks, strict=True)) for name, *marks in map(str.split, MAY.strip().split("\n"))
}


def test_the_table_names_every_permission_and_every_role():
    assert set(EXPECTED) == set(Permission)
    assert set(COLUMNS) == set(Role) == set(ROLE_PERMISSIONS)


@pytest.mark.parametrize("permission", Permission)
@pytest.mark.parametrize("role", Role)
def test_who_may_do_what(role, permission):
    assert may(role, permission) is (EXPECTED[permission][role] == "x")


# one column per row of "Who sees what"; what stands in no column is seen by nobody in that situation
SITUATIONS = {
    "resident": Relation(Role.MUNICIPALITY, own_resident=True),
    "benefit": Relation(Role.ASYLBLG, receives_asylblg=True),
    "contact": Relation(Role.COACH, coach_reported=True),
    "coached": Relation(Role.COACH, coach_reported=True, coach_consent=ConsentState.GRANTED),
    "agentur": Relation(Role.AGENTUR, agentur_case=True),
    "gave": Relation(Role.AGENTUR, agentur_case=True, handed_over=True, agentur_sees_until=TOMORROW),
    "direct": Relation(Role.JOBCENTER, responsible=True),
    "took": Relation(Role.JOBCENTER, responsible=True, handed_over=True),
}
#                 resident benefit contact coached agentur gave direct took
SEES = """
contact              .        .       x       x       .     .     .     .
identity             x        x       .       .       x     x     x     x
person               x        x       .       .       x     .     x     .
papers               x        x       .       .       x     .     x     .
paper_kind           .        .       .       x       .     .     .     .
household            x        x       .       .       x     .     x     .
intake               x        .       .       .       x     .     x     .
counselling          .        .       .       .       x     .     x     .
courses              .        .       .       .       x     .     x     x
handover             .        .       .       .       x     .     x     .
coach_first          .        .       x       x       .     .     .     .
coach_list           .        .       .       x       .     .     .     .
appointments         .        .       .       x       x     .     x     .
others_appointments  .        .       .       x       .     .     .     .
steps                .        .       .       x       x     .     x     .
progress             x        .       .       .       x     .     x     x
responsible          x        .       .       .       x     .     x     x
change_date          .        x       .       .       x     .     x     x
obligation           .        x       .       .       .     .     .     .
handover_state       .        .       .       .       x     x     x     x
snapshot             .        .       .       .       .     x     .     x
own_entries          .        .       .       .       .     x     .     x
history              .        .       .       .       x     .     x     .
azr                  x        x       .       .       x     .     x     .
"""
SIGHTS = {
    Block(name): dict(zip(SITUATIONS, marks, strict=True)) for name, *marks in map(str.split, SEES.strip().split("\n"))
}


def test_the_table_of_sight_names_every_block():
    assert set(SIGHTS) == set(Block)


@pytest.mark.parametrize("situation", SITUATIONS)
def test_who_sees_which_blocks(situation):
    expected = {block for block, row in SIGHTS.items() if row[situation] == "x"}
    assert sight(SITUATIONS[situation], TODAY) == expected


@pytest.mark.parametrize(
    "stranger",
    [
        Relation(Role.MUNICIPALITY),
        Relation(Role.ASYLBLG),
        Relation(Role.COACH),
        Relation(Role.AGENTUR),
        Relation(Role.JOBCENTER),
        Relation(Role.COACH, coach_reported=True, coaching_ended=True),
        Relation(Role.COACH, coach_reported=True, coach_consent=ConsentState.GRANTED, coaching_ended=True),
        Relation(Role.COACH, coach_reported=True, coach_consent=ConsentState.WITHDRAWN),
        Relation(Role.COACH, coach_consent=ConsentState.GRANTED),
        Relation(Role.ASYLBLG, receives_asylblg=True, asylblg_until=YESTERDAY),
        Relation(Role.AGENTUR, agentur_case=True, handed_over=True, agentur_sees_until=YESTERDAY),
        Relation(Role.AGENTUR, agentur_case=True, handed_over=True),
        # what only the case itself grants gives nothing to people of another kind of organisation
        *(
            Relation(role, **dict.fromkeys(("own_resident", "receives_asylblg", "agentur_case", "responsible"), True))
            for role in (Role.PROVIDER, Role.COORDINATION, Role.BAMF, Role.PRIVACY, Role.ADMIN, Role.SYSTEM)
        ),
    ],
    ids=repr,
)  # fmt: skip
def test_a_stranger_sees_nothing(stranger):
    assert sight(stranger, TODAY) == frozenset()


@pytest.mark.parametrize(
    ("facts", "last_day"),
    [
        (Relation(Role.ASYLBLG, receives_asylblg=True, asylblg_until=TODAY), TODAY),
        (Relation(Role.AGENTUR, agentur_case=True, handed_over=True, agentur_sees_until=TODAY), TODAY),
    ],
)
def test_sight_ends_after_its_last_day(facts, last_day):
    assert sight(facts, last_day)
    assert not sight(facts, last_day + timedelta(days=1))


def test_refused_or_expired_consent_leaves_the_coach_the_contact_line():
    for state in (ConsentState.NONE, ConsentState.REFUSED, ConsentState.EXPIRED):
        blocks = sight(Relation(Role.COACH, coach_reported=True, coach_consent=state), TODAY)
        assert blocks == {Block.CONTACT, Block.COACH_FIRST}


@pytest.mark.parametrize(("state", "handed_over", "seen"), [
    (ConsentState.GRANTED, False, True), (ConsentState.WITHDRAWN, False, False), (ConsentState.NONE, False, False),
    (ConsentState.GRANTED, True, False),
])  # fmt: skip
def test_the_agentur_sees_the_coachs_appointments_with_consent_until_the_handover(state, handed_over, seen):
    facts = Relation(
        Role.AGENTUR, agentur_case=True, coach_consent=state, handed_over=handed_over, agentur_sees_until=TOMORROW
    )
    assert (Block.OTHERS_APPOINTMENTS in sight(facts, TODAY)) is seen


def test_no_coach_sees_the_azr_number():
    for state in ConsentState:
        assert Block.AZR not in sight(Relation(Role.COACH, coach_reported=True, coach_consent=state), TODAY)


@pytest.mark.parametrize("situation", SITUATIONS)
@pytest.mark.parametrize("key", ListKey)
def test_who_sees_an_item_of_a_list_that_is_not_theirs_to_answer(situation, key):
    relation = SITUATIONS[situation]
    blocks = sight(relation, TODAY)
    assert sees_item(blocks, relation.role, key, "X01", frozenset()) is (LIST_BLOCK[key] in blocks)


@pytest.mark.parametrize("situation", SITUATIONS)
def test_whoever_holds_the_role_of_an_item_sees_it(situation):
    relation = SITUATIONS[situation]
    blocks = sight(relation, TODAY)
    sees = sees_item(blocks, relation.role, ListKey.HANDOVER, "U01", frozenset({relation.role.value}))
    assert sees is (situation != "contact")  # before E1 the coach has C01 to C05 alone


def test_a_stranger_sees_no_item_even_of_her_own_role():
    assert not sees_item(frozenset(), Role.JOBCENTER, ListKey.HANDOVER, "U16", frozenset({"jobcenter"}))


def test_before_the_consent_the_coach_has_the_first_five_items_alone():
    blocks = sight(SITUATIONS["contact"], TODAY)
    seen = {
        f"C{n:02}"
        for n in range(1, 24)
        if sees_item(blocks, Role.COACH, ListKey.COACH, f"C{n:02}", frozenset({"coach"}))
    }
    assert seen == COACH_FIRST_ITEMS == {"C01", "C02", "C03", "C04", "C05"}
