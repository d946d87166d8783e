"""Entries of the maintained law: what may be entered, whom a change touches, and how access to work is told."""

from dataclasses import replace
from datetime import date

import pytest

from models.rules.errors import RuleBroken
from models.rules.law.changes import (
    Touched,
    check_end,
    check_entry,
    check_successor,
    is_maintained,
    may_know,
    touched_by,
)
from models.rules.law.entries import Entry, Topic
from models.rules.law.facts import ABSENT, WorkFacts
from models.rules.law.titles import title_of
from models.rules.law.words import details_of
from models.rules.law.work_access import work_access
from models.rules.law.work_words import steps_of, verdict_of
from models.rules.roles import Role
from models.seed.law_data import file_entries

ENTRIES, _STAND = file_entries()
GEORGIA = next(one for one in ENTRIES if one.key == "§ 29a|GEO")
DAY = date(2026, 11, 23)


def ended(entry: Entry, last: date) -> Entry:
    return replace(entry, valid_to=last)


def test_every_entry_of_the_files_has_a_title_a_source_and_no_overlap():
    for entry in ENTRIES:
        assert title_of(entry) and entry.source and isinstance(details_of(entry), tuple)
        assert not [other for other in ENTRIES if other is not entry and other.overlaps(entry)], entry.identity


@pytest.mark.parametrize(
    ("first", "second", "expected"),
    [
        ((None, None), (None, None), True),
        ((date(2026, 1, 1), date(2026, 6, 30)), (date(2026, 7, 1), None), False),
        ((date(2026, 1, 1), date(2026, 7, 1)), (date(2026, 7, 1), None), True),
        ((None, date(2025, 12, 31)), (date(2026, 1, 1), None), False),
    ],
)
def test_when_two_entries_hold_on_one_day(first, second, expected):
    one, other = (replace(GEORGIA, valid_from=days[0], valid_to=days[1]) for days in (first, second))
    assert one.overlaps(other) is other.overlaps(one) is expected


def test_an_entry_may_follow_an_ended_one():
    check_entry(replace(GEORGIA, valid_from=date(2027, 1, 1)), [ended(GEORGIA, date(2026, 12, 31))])
    with pytest.raises(RuleBroken) as broken:
        check_entry(replace(GEORGIA, valid_from=date(2026, 12, 31)), [ended(GEORGIA, date(2026, 12, 31))])
    assert set(broken.value.fields) == {"valid_from"}


@pytest.mark.parametrize("last", [None, date(2020, 1, 1), date(2027, 1, 1)])
def test_ends_that_cannot_be(last):
    with pytest.raises(RuleBroken):
        check_end(ended(GEORGIA, date(2026, 12, 31)), last)


@pytest.mark.parametrize("since", [date(2023, 12, 23), date(2020, 1, 1), date(2027, 1, 1)])
def test_successors_that_cannot_be(since):
    with pytest.raises(RuleBroken):
        check_successor(ended(GEORGIA, date(2026, 12, 31)), since)


def test_whom_a_change_touches(law):
    touched = touched_by((GEORGIA,), law)
    assert touched.nationalities == ("GEO",) and "AGS" in touched.papers and "NE" not in touched.papers
    assert Touched.from_data(touched.to_data()) == touched
    codes = [one for one in ENTRIES if one.topic is Topic.RESIDENCE_CODES and one.key in ("AGS", "DUL")]
    assert touched_by(codes, law) == Touched(papers=("AGS", "DUL"))


def test_every_maintained_entry_names_whom_it_touches(law):
    silent = {one.key for one in ENTRIES if is_maintained(one) and touched_by((one,), law).is_nobody}
    reviews = {"agreement_review_due", "young_agreement_review_due"}
    contacts = {"contact_due", "contact_before_change_due", "check_in_due", "missed_days_due"}
    proofs = {"language_proof_until", "integration_proof_until", "language_proof_reminder"}
    goals = {"request_ends", "own_goal_due", "copy_due", "path_answer_due", "registration_proof_due"}
    courses = {"seat_offer_until", "course_registration_due", "course_wait_due", "threshold_reminder"}
    assert silent <= goals | reviews | contacts | proofs | courses


@pytest.mark.parametrize(
    ("role", "touched", "expected"),
    [
        (Role.AGENTUR, Touched(handovers=("draft",)), True),
        (Role.MUNICIPALITY, Touched(handovers=("draft",)), False),
        (Role.MUNICIPALITY, Touched(papers=("AGS",)), True),
        (Role.ASYLBLG, Touched(course_kinds=("AIK",)), False),
        (Role.COACH, Touched(papers=("AGS",)), False),
        (Role.AGENTUR, Touched(), False),
    ],
)
def test_who_may_know_whom_it_touches(role, touched, expected):
    assert may_know(role, touched) is expected


CLAIM = WorkFacts(
    status="AGS", must_live_in_reception_facility=False, safe_country=ABSENT, accelerated_letter=ABSENT,
    dublin_request=False, protection_in_other_state=False, cooperation_breached=False, final_decision=False,
    gestattet_since=date(2026, 10, 1),
)  # fmt: skip


@pytest.mark.parametrize(
    ("facts", "word", "kind"),
    [
        (WorkFacts(), "Hinweis: Angaben fehlen", "info"),
        (WorkFacts(status="DULB"), "gesperrt", "danger"),
        (WorkFacts(status="NE"), "Hinweis", "info"),
        (CLAIM, "Anspruch nach Wartezeit", "warning"),
        (replace(CLAIM, gestattet_since=date(2026, 1, 1)), "Anspruch", "success"),
    ],
)
def test_hint_claim_and_ban_are_told_apart(law, facts, word, kind):
    verdict = verdict_of(work_access(facts, law, DAY), DAY)
    assert (verdict.word, verdict.kind) == (word, kind)


def test_a_ban_leads_to_no_application(law):
    (only,) = steps_of(work_access(WorkFacts(status="DULB"), law, DAY), DAY)
    assert "Kein Antrag" in str(only)
    assert steps_of(work_access(WorkFacts(status="NE"), law, DAY), DAY) == ()
