"""Change of legal sphere: further cases, each marked with the paragraph that it follows from."""

from datetime import date

import pytest

from models.rules.law.facts import ABSENT, SphereFacts
from models.rules.law.legal_sphere import change_of_sphere

ADULT = {"born": date(1990, 5, 4), "hilfebeduerftig": True, "erwerbsfaehig": True}
SERVED = "§ 1 Abs. 3 S. 1 AsylbLG; § 25 Abs. 1 S. 3, Abs. 2 S. 3 AufenthG"
LONG_TITLE = "§ 1 Abs. 2 AsylbLG"
SECTION_24 = "§ 1 Abs. 3a AsylbLG, § 74 SGB II"


def d(text: str) -> date:
    return date.fromisoformat(text)


CHANGES = [
    (SERVED, {"paper": "AGS", "decision": "GFK", "served": d("2026-09-30")}, "2026-09-30"),
    (SERVED, {"paper": "AGS", "decision": "GFK", "served": d("2026-12-31")}, "2026-12-31"),
    (SERVED, {"paper": "AGS", "decision": "ASYL", "served": d("2026-08-12")}, "2026-08-31"),
    (SERVED, {"paper": "AGS", "decision": "FAM", "served": d("2026-08-12")}, "2026-08-31"),
    (SERVED, {"paper": "AGS", "decision": "SUBS", "served": d("2026-08-12"), "action_pending": False}, "2026-08-31"),
    (SERVED, {"paper": "AGS", "decision": "GFK", "served": d("2026-08-05"), "title_granted": ABSENT}, "2026-08-31"),
    (SERVED, {"paper": "AGS", "decision": "GFK", "served": d("2026-08-05"), "action_pending": True}, "2026-08-31"),
    (SERVED, {"application_filed": d("2024-03-01"), "decision": "GFK", "served": d("2026-08-05")}, "2026-08-31"),
    (SERVED, {"paper": "ANE", "served": d("2026-08-05")}, "2026-08-31"),
    ("§ 25 Abs. 2 S. 1: the BAMF has executed the judgment",
     {"decision": "GFK", "court_judgment": d("2026-07-03"), "bamf_new_decision_served": d("2026-09-02")}, "2026-09-30"),
    ("§ 25 Abs. 3 AufenthG: from the grant",
     {"decision": "ABV", "served": d("2026-08-10"), "title": "AE253", "title_granted": d("2026-10-02"),
      "title_valid_to": d("2027-10-01")}, "2026-10-31"),
    ("§ 25 Abs. 3 AufenthG: the title belongs to the decision",
     {"paper": "AGS", "decision": "ABV", "title_granted": d("2026-10-02")}, "2026-10-31"),
    (LONG_TITLE, {"paper": "DUL", "title": "AE25A", "title_granted": d("2026-02-28"),
                  "title_valid_to": d("2027-02-27")}, "2026-02-28"),
    (LONG_TITLE, {"paper": "NE", "title_granted": d("2026-02-01")}, "2026-02-28"),
    (SECTION_24, {"paper": "FB24", "applied_for": "§ 24 Abs. 1", "fiktion_issued": d("2024-02-29"), "ed_done": True},
     "2024-02-29"),
    (SECTION_24, {"paper": "FB24", "fiktion_issued": d("2026-03-31"), "ed_done": False, "ed_required": False},
     "2026-03-31"),
    (SECTION_24, {"paper": "none", "title": "AE24", "title_granted": d("2026-09-05"),
                  "title_valid_to": d("2027-03-04")}, "2026-09-30"),
    (SECTION_24 + ": the earlier month", {"title": "AE24", "title_granted": d("2026-09-05"), "ed_done": True,
                                          "fiktion_issued": d("2026-03-31")}, "2026-03-31"),
    (SECTION_24 + ": not identified, so the title", {"title": "AE24", "title_granted": d("2026-09-05"),
     "ed_done": False, "ed_required": True, "fiktion_issued": d("2026-03-31")}, "2026-09-30"),
    ("§ 1 Abs. 1 Nr. 3 c AsylbLG: 18 months", {"paper": "AE255", "suspension_decided": d("2025-03-10")}, "2026-09-30"),
    ("§ 1 Abs. 1 Nr. 3 c AsylbLG: month end", {"paper": "AE255", "suspension_decided": d("2025-08-31")}, "2027-02-28"),
    ("§ 1 Abs. 1 Nr. 3 c AsylbLG: not before the title", {"title": "AE255", "suspension_decided": d("2025-03-10"),
     "title_granted": d("2026-11-05")}, "2026-11-30"),
    ("§ 7 Abs. 1 S. 1 Nr. 1 SGB II, § 187 Abs. 2 BGB: fifteen at the end of 30 November",
     {"born": d("2011-12-01"), "decision": "GFK", "served": d("2026-11-10")}, "2026-11-30"),
]  # fmt: skip


@pytest.mark.parametrize(("norm", "facts", "until"), CHANGES)
def test_change(norm, facts, until, law):
    outcome = change_of_sphere(SphereFacts(**ADULT | facts), law)
    assert outcome.result == "change"
    assert outcome.asylblg_until == d(until)
    assert (outcome.sgb2_from - outcome.asylblg_until).days == 1
    assert outcome.application_latest.month == outcome.sgb2_from.month


STAYS = [
    ("§ 1 Abs. 1 Nr. 1 AsylbLG", {"paper": "AGS", "decision": "ABL", "action_pending": True,
                                  "recht_auf_verbleib": True}),
    ("§ 1 Abs. 1 Nr. 4, 5 AsylbLG", {"paper": "DUL", "decision": "UZ"}),
    ("§ 1 Abs. 1 Nr. 4 AsylbLG", {"paper": "DULB"}),
    ("§ 1 Abs. 1 Nr. 1a AsylbLG", {"paper": "AKN"}),
    ("§ 1 Abs. 1 Nr. 3 a AsylbLG", {"title": "AE231K", "title_granted": d("2026-05-01")}),
    ("§ 1 Abs. 1 Nr. 3 b AsylbLG", {"paper": "AE254", "title_granted": d("2026-05-01")}),
    ("§ 1 Abs. 3a AsylbLG", {"paper": "FB24", "applied_for": "§ 24 Abs. 1", "fiktion_issued": d("2026-03-31"),
                             "ed_done": False, "ed_required": True}),
    ("§ 49 Abs. 4a AufenthG: required from fourteen", {"fiktion_issued": d("2026-03-31"), "ed_done": False}),
    ("§ 25 Abs. 2 S. 1 AufenthG", {"decision": "GFK", "served": ABSENT}),
    ("§ 25 Abs. 2 S. 1 AufenthG", {"decision": "GFK", "court_judgment": d("2026-07-03"),
                                   "bamf_new_decision_served": ABSENT}),
    ("§ 25 Abs. 5 AufenthG", {"title": "AE255", "title_granted": ABSENT, "suspension_decided": d("2025-03-10")}),
    (LONG_TITLE, {"paper": "DUL", "title": "AE25B", "title_granted": ABSENT}),
]  # fmt: skip


@pytest.mark.parametrize(("norm", "facts"), STAYS)
def test_stay(norm, facts, law):
    outcome = change_of_sphere(SphereFacts(**ADULT | facts), law)
    assert (outcome.result, outcome.sphere) == ("stay", "AsylbLG / SGB III")
    assert outcome.paragraphs


HINTS = [
    ("rules.md 4", {"decision": "SUBS", "served": d("2026-08-12"), "action_pending": True}, ()),
    ("no service known", {"decision": "GFK"}, ("served",)),
    ("title but no decision", {"paper": "AE252F", "title_granted": d("2026-08-12")}, ("served",)),
    ("no grant known", {"decision": "ABV", "served": d("2026-08-12")}, ("title_granted",)),
    ("validity unknown", {"title": "AE25B", "title_granted": d("2026-05-20")}, ("title_valid_to",)),
    ("six months are not more than six", {"title": "AEFAM", "title_granted": d("2026-05-20"),
                                          "title_valid_to": d("2026-11-19")}, ()),
    ("identification unknown", {"paper": "FB24", "fiktion_issued": d("2026-03-31")}, ("ed_done",)),
    ("certificate without a day", {"paper": "FB24", "ed_done": True}, ("fiktion_issued",)),
    ("title without a day", {"paper": "AE24"}, ("title_granted",)),
    ("suspension unknown", {"paper": "AE255", "title_granted": d("2026-01-05")}, ("suspension_decided",)),
    ("new decision of unknown kind", {"decision": "ABL", "bamf_new_decision_served": d("2026-09-02")}, ("decision",)),
    ("nothing known", {}, ("paper", "decision")),
    ("paper that says nothing", {"paper": "EU"}, ("paper", "decision")),
    ("unknown decision", {"decision": "XYZ", "paper": "AGS"}, ("decision",)),
    ("no birth date", {"born": None, "decision": "GFK", "served": d("2026-08-12")}, ("born",)),
]  # fmt: skip


@pytest.mark.parametrize(("title", "facts", "missing"), HINTS)
def test_hint_names_what_is_missing(title, facts, missing, law):
    outcome = change_of_sphere(SphereFacts(**ADULT | facts), law)
    assert (outcome.result, outcome.missing) == ("hint", missing)
    assert (outcome.asylblg_until, outcome.sgb2_from, outcome.application_latest) == (None, None, None)
    assert outcome.say


@pytest.mark.parametrize(
    ("facts", "ground"),
    [({"hilfebeduerftig": False}, "NHB"), ({"erwerbsfaehig": False}, "NEF")],
)
def test_no_handover_where_the_person_is_not_entitled(facts, ground, law):
    event = {"decision": "GFK", "served": d("2026-08-12")}
    outcome = change_of_sphere(SphereFacts(**ADULT | event | facts), law)
    assert (outcome.result, outcome.ground, outcome.sgb2_from) == ("no_handover", ground, None)


@pytest.mark.parametrize(
    ("served", "result"), [("2026-11-30", "change"), ("2026-10-31", "hint"), ("2026-11-01", "change")]
)
def test_a_child_becomes_fifteen_on_the_day_before_the_birthday(served, result, law):
    facts = SphereFacts(born=d("2011-12-01"), decision="GFK", served=d(served), lives_with_elb_parent=True)
    outcome = change_of_sphere(facts, law)
    assert outcome.result == result
    assert outcome.no_own_transfer_sheet == (result == "hint")


def test_the_end_of_sgb_ii_soon_after_the_change_is_said(law):
    facts = ADULT | {"born": d("1960-08-02"), "decision": "GFK", "served": d("2026-11-14")}
    outcome = change_of_sphere(SphereFacts(**facts), law)
    assert outcome.sgb2_ends == d("2026-12-31")
    assert "31.12.2026" in outcome.say


def test_unknown_need_is_named_but_the_event_still_changes_the_sphere(law):
    outcome = change_of_sphere(SphereFacts(born=d("1990-05-04"), decision="GFK", served=d("2026-11-14")), law)
    assert outcome.result == "change"
    assert outcome.missing == ("hilfebeduerftig", "erwerbsfaehig")
    assert "Jobcenter" in outcome.say


def test_the_summary_proposes_with_the_day(law):
    outcome = change_of_sphere(SphereFacts(**ADULT, decision="GFK", served=d("2026-11-14")), law)
    assert str(outcome.summary) == "Rechtskreiswechsel voraussichtlich zum 01.12.2026 (Vorschlag)"
    assert outcome.basis == "§ 1 Abs. 3 AsylbLG"


def test_the_last_day_of_application_is_not_moved_from_a_sunday(law):
    facts = ADULT | {"paper": "FB24", "fiktion_issued": d("2024-02-29"), "ed_done": True}
    outcome = change_of_sphere(SphereFacts(**facts), law)
    assert outcome.application_latest == d("2024-03-31")
    assert outcome.application_latest.weekday() == 6
