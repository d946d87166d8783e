"""The search box: what is read from a typed text, and why a case is a hit."""

from datetime import date

import pytest

from models.rules.case_search import Search, hit, read_search
from models.rules.name_search import Named, indexed_words, typed_ways

BORN = date(1994, 3, 14)
RAHIMI = Named("Rahimi", "Samira")


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("Rahimi", Search(name="Rahimi")),
        ("  Rahimi,  Samira ", Search(name="Rahimi, Samira")),
        ("SWD-2026-00417", Search(number="SWD-2026-00417")),
        ("swd 2026-417", Search(number="SWD-2026-00417")),
        ("2026-417", Search(number="SWD-2026-00417")),
        ("SWD-2026-00417-1", Search(number="SWD-2026-00417")),
        ("417", Search(tail="00417")),
        ("00417", Search(tail="00417")),
        ("14.03.1994", Search(born=BORN)),
        ("14.3.1994", Search(born=BORN)),
        ("1994-03-14", Search(born=BORN)),
        ("14. März 1994", Search(born=BORN)),
        ("14.3.94", Search(born=BORN)),
        ("14/03/94 Rahimi", Search(born=BORN, name="Rahimi")),
        ("14031994", Search(born=BORN)),
        ("1.2.26", Search(born=date(2026, 2, 1))),
        ("1.2.27", Search(born=date(1927, 2, 1))),
        ("99991994", Search(name="99991994")),
        ("Rahimi 14.03.1994", Search(born=BORN, name="Rahimi")),
        ("31.02.1994", Search(name="31.02.1994")),
        ("", Search()),
    ],
)
def test_what_is_read(typed, read):
    assert read_search(typed, date(2026, 11, 28)) == read


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
        ("Rahemi", "Name ähnlich: Rahimi"),
        ("Samira Rahemi", "Name ähnlich: Rahimi, Samira"),
        ("Sameera", "Name ähnlich: Samira"),
        ("Rajimi", "Name ähnlich: Rahimi"),
        ("Samiro", "Name ähnlich: Samira"),
        ("himi", "Teil des Namens: Rahimi"),
        ("14.03.1994", "geboren am 14.03.1994"),
        ("Rahimi 14.03.1994", "geboren am 14.03.1994; Name beginnt so"),
        ("2026-417", "Fallnummer"),
        ("417", "Fallnummer"),
    ],
)
def test_why_a_case_is_a_hit(typed, why):
    found = hit(read_search(typed), "SWD-2026-00417", RAHIMI, BORN)
    assert str(found.why) == why


@pytest.mark.parametrize("typed", ["Karimi", "Rahimi 15.03.1994", "2026-418", "418", "1417", "Samira Karim"])
def test_what_is_no_hit(typed):
    assert hit(read_search(typed), "SWD-2026-00417", RAHIMI, BORN) is None


def test_the_closest_reason_wins():
    assert (
        hit(read_search("Rahimi"), "", Named("Rahimi", "Rahim"), BORN).rank
        < hit(read_search("Rahemi"), "", RAHIMI, BORN).rank
    )


def test_marks_and_umlauts_do_not_matter():
    for typed in ("Ozturk", "Öztürk", "OEZTUERK"):
        assert str(hit(read_search(typed), "", Named("Öztürk", "Şeyma"), BORN).why) == "Name beginnt so"


def test_a_long_text_asks_only_a_few_orders():
    assert len(read_search("a b c d e f g h i j").orders) == 4


@pytest.mark.parametrize(
    ("typed", "names", "why"),
    [
        ("Abdul Rahman", Named("Sahak", "Abdulrahman"), "im Namen: Abdulrahman"),
        ("Abdulrahman", Named("Sahak", "Abdul Rahman"), "im Namen: Abdul Rahman"),
        ("Masri", Named("Al-Masri", "Omar"), "im Namen: Al-Masri"),
        ("el masri", Named("Almasri", "Omar"), "Name ähnlich: Almasri"),
        ("Joussef", Named("Haddad", "Yusuf"), "Name ähnlich: Yusuf"),
        ("Kalil", Named("Khalil", "Bilal"), "Name ähnlich: Khalil"),
        ("Bilal Kalil", Named("Khalil", "Bilal"), "Name ähnlich: Khalil, Bilal"),
        ("Noori", Named("Rahimi", "Samira", "Noori"), "früherer Name: Noori"),
        ("Raheemi Samira", Named("Karimi", "Samira", spellings="Raheemi"), "andere Schreibweise: Raheemi"),
    ],
)
def test_a_name_is_found_word_by_word(typed, names, why):
    assert str(hit(read_search(typed), "", names, BORN).why) == why


def test_each_typed_word_needs_a_word_of_its_own():
    assert hit(read_search("Rahimi Rahimi"), "", RAHIMI, BORN) is None


def test_a_word_of_the_name_itself_is_not_a_further_one():
    assert indexed_words(Named("Noori", "Samira", "Noori", "Nuri")) == {"noori": False, "samira": False, "nuri": True}


def test_a_long_name_is_cut_to_a_few_words():
    assert len(typed_ways("aa bb cc dd ee ff gg hh")[0]) == 4
