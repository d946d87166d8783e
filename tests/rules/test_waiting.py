"""Rank, priority and figures of a course, and the closed table of reasons."""

from datetime import date

import pytest

from models.rules.enrolments import TRANSITIONS, Act, NamedPath
from models.rules.errors import RuleBroken
from models.rules.reasons import REASONS, REASONS_OF, Reason, check_reason, reason_told
from models.rules.seats import figures
from models.rules.states import EnrolmentState as State
from models.rules.waiting import Entry, Priority, last_day_to_register, priority_of, rank_of, ranked

DAY, LATER = date(2026, 11, 2), date(2026, 11, 12)
PLAIN = Entry(1, 11, Priority.NONE, DAY)
LATE = Entry(2, 12, Priority.NONE, LATER)
OBLIGED = Entry(3, 13, Priority.OBLIGED, LATER)
LAPSED = Entry(4, 14, Priority.PLAN, DAY, lapses=1)


def test_priority_then_day_then_number_and_who_let_one_pass_last():
    same_day = Entry(5, 15, Priority.NONE, LATER)
    assert ranked([LAPSED, same_day, LATE, PLAIN, OBLIGED]) == [OBLIGED, PLAIN, LATE, same_day, LAPSED]


@pytest.mark.parametrize(
    ("entry", "family", "sentence"),
    [
        (PLAIN, "IK", "Rang 2 von 3: ohne Vorrang, eingetragen am 02.11.2026."),
        (
            OBLIGED,
            "IK",
            "Rang 1 von 3: Vorrang, vom Jobcenter verpflichtet (§ 7 Abs. 4 S. 4 IntV), eingetragen am 12.11.2026.",
        ),
        (
            LAPSED,
            "BSK",
            "Rang 3 von 3: Vorrang, Kurs im Kooperationsplan (§ 8 Abs. 3 DeuFöV); nach einem verstrichenen Angebot "
            "hinter allen anderen, eingetragen am 02.11.2026.",
        ),
    ],
)
def test_a_rank_says_why_and_names_nobody(entry, family, sentence):
    assert str(rank_of(entry.id, [PLAIN, OBLIGED, LAPSED], family).sentence) == sentence


def test_who_is_not_on_the_list_has_no_rank():
    assert rank_of(9, [PLAIN], "IK") is None


@pytest.mark.parametrize(
    ("path", "family", "in_plan", "expected"),
    [
        ("P3", "IK", False, Priority.OBLIGED),
        ("P4", "IK", False, Priority.PLAN),
        ("P1", "IK", True, Priority.PLAN),
        ("P1", "IK", False, Priority.NONE),
        ("P8", "BSK", True, Priority.PLAN),
        ("P8", "BSK", False, Priority.NONE),
        ("P3", None, True, Priority.NONE),
    ],
)
def test_priority_follows_from_path_and_plan(path, family, in_plan, expected):
    assert priority_of(NamedPath(path), family, in_plan=in_plan, receives_sgb2=True) == expected


def test_registration_ends_before_the_course_begins():
    assert last_day_to_register(LATER, None) == date(2026, 11, 11)
    assert last_day_to_register(LATER, DAY) == DAY
    assert last_day_to_register(DAY, LATER) == date(2026, 11, 1)


def test_figures_add_up():
    counted = {
        State.CONFIRMED: 4,
        State.STARTED: 1,
        State.RESERVED: 2,
        State.SENT: 3,
        State.OFFERED: 1,
        State.WAITING: 7,
    }
    found = figures(20, 13, 15, counted)
    assert (found.confirmed, found.reserved, found.offered, found.elsewhere) == (5, 5, 1, 2)
    assert (found.taken, found.free, found.waiting, found.wanting) == (13, 7, 7, 3)
    assert not found.is_open and figures(20, 13, None, {State.CONFIRMED: 13}).is_open
    assert figures(20, 0, None, {}).wanting == 0


@pytest.mark.parametrize("act", REASONS_OF)
def test_every_act_takes_the_reasons_of_its_row_alone(act):
    assert act in TRANSITIONS and set(REASONS_OF[act]) <= set(REASONS)
    for code in REASONS:
        if code in REASONS_OF[act]:
            check_reason(act, Reason(code, "Text" if code == "OTHER" else ""))
            continue
        with pytest.raises(RuleBroken) as broken:
            check_reason(act, Reason(code))
        assert set(broken.value.fields) == {"reason"}


@pytest.mark.parametrize("reason", [Reason("OTHER"), Reason("MOVED", "nach Trier"), Reason("OTHER", "x" * 501)])
def test_only_other_carries_text(reason):
    with pytest.raises(RuleBroken) as broken:
        check_reason(Act.CANCEL, reason)
    assert set(broken.value.fields) == {"reason_text"}


def test_reasons_from_before_stay_readable():
    assert reason_told("", "Umzug nach Trier") == "Umzug nach Trier"
    assert reason_told("OTHER", "zieht zur Tante") == "Sonstiges: zieht zur Tante"
    assert reason_told("MOVED", "") == "Umzug"
