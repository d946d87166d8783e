"""What a person is told of a change, and in which list she finds it."""

import pytest

from models.rules.changes import HEAD, Change, is_told, section_of
from models.rules.permissions import _BENEFIT, _COACHED, _CONTACT_LINE, _GAVE_AWAY, _RESIDENT, _TOOK_OVER, _WHOLE, Block
from models.rules.states import ListKey
from models.rules.timeline import SENTENCES

INTAKE = Change("answer.saved", "A13", "tholey")
COUNSELLING = Change("answer.saved", "B14", "agentur")
COURSE = Change("enrolment.confirmed", "", "traeger")
PAPER = Change("residence.recorded", "", "tholey")
ACCEPTED = Change("handover.accepted", "", "jobcenter")
TALK = Change("handover.first_talk", "", "jobcenter")
COACH_FIRST = Change("answer.saved", "C02", "coach")
COACH_LATER = Change("answer.saved", "C14", "coach")
FINISHED = Change("stage.finished", "counselling", "agentur")
FOLLOW_UP = Change("follow_up.set", "", "jobcenter")
VISIT_COACH = Change("appointment.made", "", "coach")
VISIT_AGENTUR = Change("appointment.moved", "", "agentur")
CALLS = Change("consent.withdrawn", "E5", "jobcenter")
ALL = (
    VISIT_COACH,
    VISIT_AGENTUR,
    CALLS,
    FOLLOW_UP,
    INTAKE,
    COUNSELLING,
    COURSE,
    PAPER,
    ACCEPTED,
    TALK,
    COACH_FIRST,
    COACH_LATER,
    FINISHED,
)

TOLD = {
    "whole": (_WHOLE, "agentur", set(ALL) - {COACH_FIRST, COACH_LATER, FOLLOW_UP, VISIT_COACH, CALLS}),
    "whole with E1": (
        _WHOLE | {Block.OTHERS_APPOINTMENTS},
        "agentur",
        set(ALL) - {COACH_FIRST, COACH_LATER, FOLLOW_UP, CALLS},
    ),
    "resident": (_RESIDENT, "tholey", {INTAKE, PAPER, FINISHED}),
    "benefit": (_BENEFIT, "asyl", {PAPER}),
    "contact line": (_CONTACT_LINE, "coach", {COACH_FIRST}),
    "coached": (_COACHED, "coach", {COACH_FIRST, COACH_LATER, VISIT_COACH}),
    "gave away": (_GAVE_AWAY, "agentur", {VISIT_AGENTUR, COUNSELLING, ACCEPTED, FINISHED}),
    "took over": (_TOOK_OVER, "jobcenter", {COURSE, ACCEPTED, TALK, FINISHED, FOLLOW_UP, CALLS}),
    "stranger": (frozenset(), "freisen", set()),
}


@pytest.mark.parametrize("who", TOLD)
def test_a_mark_tells_no_more_than_the_case(who):
    blocks, organisation, told = TOLD[who]
    assert {change for change in ALL if is_told(change, blocks, organisation)} == told


@pytest.mark.parametrize(
    ("change", "section"),
    [
        (INTAKE, ListKey.INTAKE), (COUNSELLING, ListKey.COUNSELLING), (COURSE, ListKey.COURSES), (PAPER, HEAD),
        (TALK, ListKey.HANDOVER), (COACH_LATER, ListKey.COACH), (FINISHED, ListKey.COUNSELLING),
        (Change("answer.saved", "K03", "agentur"), ListKey.COURSES), (Change("case.closed", "", "agentur"), HEAD),
    ],
)  # fmt: skip
def test_where_a_change_is_found(change, section):
    assert section_of(change) == section


def test_every_kind_of_event_has_a_section():
    sections = {section_of(Change(kind, "", "x")) for kind in SENTENCES}
    assert sections == {HEAD, ListKey.COUNSELLING, ListKey.COURSES, ListKey.HANDOVER}


def test_no_sentence_names_a_word_as_messages_name_their_text():
    assert not [kind for kind, told in SENTENCES.items() if "{text}" in told.short + told.long]
