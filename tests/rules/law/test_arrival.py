"""Papers shown on arrival: the code behind the printed words, and the legal sphere of the first day."""

import csv
from collections import Counter
from datetime import date
from pathlib import Path

import pytest

from models.rules.law.arrival import code_for_label, sphere_on_arrival
from models.rules.law.data import Arrival

SAMPLE = Path(__file__).parents[4] / "shared" / "data" / "arrivals.csv"


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Aufenthaltsgestattung § 55 AsylG", "AGS"),
        ("Ankunftsnachweis", "AKN"),
        ("Aufenthaltserlaubnis § 24 AufenthG", "AE24"),
        ("Duldung § 60a AufenthG", "DUL"),
        ("Aufenthaltserlaubnis § 25 Abs. 2 AufenthG", "AE252U"),
        ("  aufenthaltserlaubnis  nach §25 Absatz 2 AufenthG ", "AE252U"),
        ("§ 25 Abs. 2 Satz 1 AufenthG", "AE252F"),
        ("§ 25 Abs. 2 Satz 1 Alt. 1 AufenthG", "AE252F"),
        ("Aufenthaltserlaubnis nach § 25 Abs. 2 S. 1, 1. Alternative AufenthG", "AE252F"),
        ("§ 25 Abs. 2 Satz 2 AufenthG", "AE252S"),
        ("§ 25 Abs. 2 Satz 1 Alt. 2 AufenthG", "AE252S"),
        ("Aufenthaltserlaubnis § 25 Abs. 3 AufenthG (Abschiebungsverbot)", "AE253"),
        ("Aufenthaltserlaubnis § 25 Abs. 3 AufenthG (Auflage: Wohnsitz)", "AE253"),
        ("Fiktionsbescheinigung zu § 24", "FB24"),
        ("Duldung § 60a Abs. 2 Satz 3 AufenthG", "DUL23"),
        ("Duldung für Personen mit ungeklärter Identität § 60b AufenthG", "DULB"),
        ("Ausbildungsduldung", "DULC"),
        ("Aufenthaltserlaubnis § 36a Abs. 1 AufenthG", "AEFAM"),
        ("Niederlassungserlaubnis § 26 Abs. 3 AufenthG", "NE"),
        ("AE25B", "AE25B"),
    ],
)
def test_code_for_the_words_on_a_paper(text, code, law):
    assert code_for_label(text, law) == code


@pytest.mark.parametrize("text", ["", "Aufenthaltserlaubnis", "§ 23 Abs. 1 AufenthG", "Fiktionsbescheinigung", "Visum"])
def test_words_that_decide_no_code(text, law):
    assert code_for_label(text, law) is None


def test_every_label_leads_back_to_its_own_code(law):
    for row in law.residence_codes:
        assert {code_for_label(label, law) for label in row.all_labels()} == {row.code}


@pytest.mark.parametrize(
    ("codes", "sphere"),
    [
        ("AE251 AE252F AE252U AE252S AE253 AE24 AE22 AE232 AE234 AEFAM AE25A AE25B AE104C NE", Arrival.SGB2),
        ("AKN AGS AE231K AE254 DUL DUL23 DULB DULC DULD", Arrival.SGB3),
        ("AE255 FB24 ANE EU SON UNB unknown", Arrival.HINT),
    ],
)
def test_sphere_on_arrival(codes, sphere, law):
    assert {sphere_on_arrival(code, law) for code in codes.split()} == {sphere}


def test_the_certificate_for_section_24_counts_once_identified(law):
    assert sphere_on_arrival("FB24", law, ed_done=True) == "S2"
    assert sphere_on_arrival("FB24", law, ed_done=False) is Arrival.HINT
    assert sphere_on_arrival(None, law, day=date(2026, 11, 22)) is Arrival.HINT


@pytest.mark.skipif(not SAMPLE.exists(), reason="the shared sample list is not here")
def test_about_a_quarter_of_the_sample_list_is_sgb_ii_on_arrival(law):
    with SAMPLE.open(encoding="utf-8-sig", newline="") as lines:
        papers = [row["Aufenthaltsdokument"] for row in csv.DictReader(lines, delimiter=";")]
    spheres = Counter(sphere_on_arrival(code_for_label(paper, law), law) for paper in papers)
    assert spheres[Arrival.HINT] == 0
    assert 0.22 < spheres[Arrival.SGB2] / len(papers) < 0.28
