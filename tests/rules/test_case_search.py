"""The search box: what is read from a typed text, and why a case is a hit."""

from datetime import date

import pytest

from models.rules.case_search import Search, hit, read_search

BORN = date(1994, 3, 14)


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("Rahimi", Search(name="Rahimi")),
        ("  Rahimi,  Samira ", Search(name="Rahimi, Samira")),
        ("SWD-2026-00417", Search(number="SWD-2026-00417")),
        ("swd 2026-417", Search(number="SWD-2026-00417")),
        ("2026-417", Search(number="SWD-2026-00417")),
        ("SWD-2026-00417-1", Search(number="SWD-2026-00417")),
        ("14.03.1994", Search(born=BORN)),
        ("14.3.1994", Search(born=BORN)),
        ("1994-03-14", Search(born=BORN)),
        ("14. März 1994", Search(born=BORN)),
        ("Rahimi 14.03.1994", Search(born=BORN, name="Rahimi")),
        ("31.02.1994", Search(name="31.02.1994")),
        ("", Search()),
    ],
)
def test_what_is_read(typed, read):
    assert read_search(typed) == read


@pytest.mark.parametrize("typed", ["", " ", "x", "-", "%"])
def test_too_little_is_no_search(typed):
    assert read_search(typed).is_empty


@pytest.mark.parametrize(
    ("typed", "why"),
    [
        ("Rahimi", "Name beginnt so"),
        ("rahi", "Name beginnt so"),
        ("rahimi sam", "Name beginnt so"),
        ("Samira Rahimi", "Vor- und Familienname vertauscht"),
        ("Samira", "Vorname beginnt so"),
        ("Rahemi", "Name klingt ähnlich"),
        ("Samira Rahemi", "Name klingt ähnlich"),
        ("Sameera", "Vorname klingt ähnlich"),
        ("14.03.1994", "geboren am 14.03.1994"),
        ("Rahimi 14.03.1994", "Name beginnt so"),
        ("2026-417", "Fallnummer"),
    ],
)
def test_why_a_case_is_a_hit(typed, why):
    found = hit(read_search(typed), "SWD-2026-00417", "Rahimi", "Samira", BORN)
    assert str(found.why) == why


@pytest.mark.parametrize("typed", ["Karimi", "Samiro", "Rahimi 15.03.1994", "2026-418", "Samira, Rahimi"])
def test_what_is_no_hit(typed):
    assert hit(read_search(typed), "SWD-2026-00417", "Rahimi", "Samira", BORN) is None


def test_the_closest_reason_wins():
    assert (
        hit(read_search("Rahimi"), "", "Rahimi", "Rahim", BORN).rank
        < hit(read_search("Rahemi"), "", "Rahimi", "Samira", BORN).rank
    )


def test_marks_and_umlauts_do_not_matter():
    for typed in ("Ozturk", "Öztürk", "OEZTUERK"):
        assert str(hit(read_search(typed), "", "Öztürk", "Şeyma", BORN).why) == "Name beginnt so"


def test_a_long_text_asks_only_a_few_orders():
    assert len(read_search("a b c d e f g h i j").orders) == 4
