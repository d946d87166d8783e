"""Who may be one person, who is not, and that the keys lose none of them."""

import random
import time
from dataclasses import replace
from datetime import date, timedelta
from itertools import combinations, product

import pytest

from models.rules.arrivals.matching import Candidate, blocking_keys, compare, find_pairs, matches_against
from models.rules.arrivals.rows import ArrivalRow
from tests.rules.arrivals.lists import people, row

ONE_PERSON = [
    ("Rahimi, Mohammad, 1990-05-17", "Rahimy, Mohamed, 1990-05-17"),
    ("Al-Hassan, Yusuf, 1990-05-17", "Alhassan, Youssef, 1990-05-17"),
    ("El Hassan, Rania, 1990-05-17", "Al-Hassan, Rania, 1990-05-17"),
    ("Masri, Rania, 1990-05-17", "Al-Masri, Rania, 1990-05-17"),
    ("Mansour, Hussein, 1990-05-17", "Husein, Mansur, 1990-05-17"),
    ("Melnyk, Oleksandr, 1990-05-17", "Melnik, Alexander, 1990-01-01"),
    ("Nguyễn, Thị Hương, 1990-05-17", "Nguyen, Thi Huong, 1990-05-17"),
    ("Tesfay, Selamawit, 1990-05-17", "Tesfaye, Selam, 1990-05-17"),
    ("Rahman, Abdul, 1990-05-17", "Abdul Rahman, –, 1990-05-17"),
    ("Ahmad, Mohammad Ali, 1990-05-17", "Ali, Ahmad Mohamed, 1990-05-17"),
    ("Öztürk, Ayşe, 1990-03-05", "OEZTUERK, AYSE, 1990-05-03"),
    ("Khalil, Omar, 1990-05-17", "Khalil, Omar-Yousef, 1990-05-17"),
    ("Tkatschenko, Tetjana, 1990-05-17", "Tkachenko, Tetiana Iryna, 1990-01-01"),
    ("Rahimi, Hamid, 1990-05-17", "Hamid, Rahimy, 1990-01-01"),
    ("Sharifi, Samira, 1990-05-17", "Sharigi, Samira, 1990-05-17"),
    ("Hamdan, Bilal, 1990-05-17", "Hamdn, Bilal, 1990-01-01"),
    ("Haddad, Omar, 1990-05-17", "Haddad, Omar, 1990-05-18"),
    ("Haddad, Omar, 1990-12-31", "Haddad, Omar, 1991-01-01"),
    ("Haddad, Omar, 1990-05-17", "Haddad, Omar, 1991-05-17"),
    ("Haddad, Omar, 1990-01-01", "Haddad, Omar, 1990-01-01"),
]

TWO_PEOPLE = [
    ("Haddad, Omar, 1990-05-17", "Haddad, Amjad, 1990-05-17"),  # twins
    ("Haddad, Hamid, 1990-05-17", "Haddad, Hamad, 1988-05-19"),
    ("Haddad, Samir, 1990-05-17", "Haddad, Samir, 1962-03-02"),  # father and son
    ("Haddad, Samir, 1990-05-17", "Haddad, Samir, 1962-05-17"),
    ("Ali, Ahmad, 1990-05-17", "Ali, Ahmad, 1990-08-30"),  # a common name
    ("Ali, Ahmad, 1990-01-01", "Ali, Ahmad, 1991-01-01"),
    ("Ali, Ahmad, 1985-01-01", "Ali, Ahmad, 1990-01-01"),
    ("Ali, Ahmad, 1990-01-01", "Ali, Karim, 1990-01-01"),
    ("Haddad, Omar, 1990-05-17", "Khalil, Omar, 1990-05-17"),  # one birthday, another family
    ("Hassan, Ali, 1990-05-17", "Hassan, Ala, 1990-11-02"),
    ("Sultani, Farzana, 1990-05-17", "Sultani, Farhad, 1990-05-17"),
]


@pytest.mark.parametrize(("one", "other"), ONE_PERSON)
def test_one_person_is_found_in_either_order(one: str, other: str) -> None:
    assert [(pair.row_a, pair.row_b) for pair in find_pairs(people(one, other))] == [(1, 2)]
    assert [(pair.row_a, pair.row_b) for pair in find_pairs(people(other, one))] == [(1, 2)]


@pytest.mark.parametrize(("one", "other"), TWO_PEOPLE)
def test_two_people_are_left_alone(one: str, other: str) -> None:
    assert find_pairs(people(one, other)) == []


def reasons(one: str, other: str) -> list[str]:
    (pair,) = find_pairs(people(one, other))
    return [str(reason) for reason in pair.reasons]


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        (
            "Al-Masri, Dima, 1990-05-17",
            "Al Masri, Dima, 1990-05-17",
            ["gleicher Vor- und Familienname", "gleiches Geburtsdatum"],
        ),
        (
            "Kassab, Samar, 1990-05-17",
            "Samar, Kassab, 1990-05-17",
            ["Vor- und Familienname vertauscht", "gleiches Geburtsdatum"],
        ),
        (
            "Khalil, Omar, 1990-05-17",
            "Khaleel, Omar Yousef, 1990-01-01",
            ["Familienname anders geschrieben", "weiterer Vorname", "gleiches Geburtsjahr, einmal als 1. Januar"],
        ),
        (
            "Khalil, Omar, 1990-05-03",
            "Khalil, Omar, 1990-03-05",
            ["gleicher Vor- und Familienname", "Tag und Monat der Geburt vertauscht"],
        ),
        (
            "Khalil, Omar, 1990-01-01",
            "Khalil, Umar, 1990-01-01",
            ["gleicher Familienname", "Vorname anders geschrieben", "beide am 1. Januar 1990 geboren (oft geschätzt)"],
        ),
    ],
)
def test_the_reasons_are_told(one: str, other: str, expected: list[str]) -> None:
    assert reasons(one, other) == expected


def test_the_plainer_the_likeness_the_higher_the_score() -> None:
    best, spelled, estimated = (
        find_pairs(people("Khalil, Omar, 1990-05-17", other))[0].score
        for other in ("Khalil, Omar, 1990-05-17", "Chalil, Omar, 1990-05-17", "Chalil, Omar, 1990-01-01")
    )
    assert 100 == best > spelled > estimated >= 70


def test_siblings_of_one_household_are_not_one_person_with_a_slip_in_the_name() -> None:
    selam, selamawit = people("Tekle, Selam, 1990-05-17", "Tekle, Selamawit, 1990-05-17")
    assert len(find_pairs([selam, selamawit])) == 1
    for common in ({"street": "Hauptstraße 1", "municipality": "tholey"}, {"bamf_reference": "1035333-224"}):
        assert find_pairs([replace(selam, **common), replace(selamawit, **common)]) == []


def test_another_sex_outweighs_another_spelling_in_one_household() -> None:
    samar, samer = people("Haddad, Samar, 1990-05-17", "Haddad, Samer, 1990-05-17")
    twins = [replace(samar, bamf_reference="1035333-475"), replace(samer, bamf_reference="1035333-475", sex="m")]
    assert find_pairs(twins) == []


def test_sex_and_nationality_can_be_typing_errors_but_not_both() -> None:
    one, other = people("Haddad, Nour, 1990-05-17", "Haddad, Nour, 1990-05-17")
    assert len(find_pairs([one, replace(other, sex="m")])) == 1
    assert len(find_pairs([one, replace(other, nationality="IRQ")])) == 1
    assert find_pairs([one, replace(other, nationality="IRQ", sex="m")]) == []
    assert len(find_pairs([one, replace(other, nationality="XXX", sex="x")])) == 1


def test_the_azr_number_takes_no_part() -> None:
    one, other = people("Haddad, Omar, 1990-05-17", "Khalil, Bilal, 1971-03-02")
    assert find_pairs([replace(one, azr_number="813073860281"), replace(other, azr_number="813073860281")]) == []
    same = people("Haddad, Omar, 1990-05-17", "Haddad, Omar, 1990-05-17")
    different = [replace(person, azr_number=str(person.number) * 12, municipality="tholey") for person in same[1:]]
    assert find_pairs([same[0], *different])[0].score == 100


def test_three_spellings_of_one_person_make_three_pairs() -> None:
    rows = people("Haddad, Omar, 1990-05-17", "Hadad, Omar, 1990-05-17", "Haddad, Umar, 1990-05-17")
    assert [(pair.row_a, pair.row_b) for pair in find_pairs(rows)] == [(1, 2), (1, 3), (2, 3)]


def test_stored_persons_are_matched_the_likeliest_first() -> None:
    person = row(family_name="Al-Khatib", given_name="Mohammad", date_of_birth=date(2002, 7, 21), sex="m")
    candidates = [
        Candidate(7, "Al Khatib", "Muhammed", date(2002, 1, 1), "m", "SYR"),
        Candidate(8, "Al-Khatib", "Mohammad", date(2002, 7, 21)),
        Candidate(9, "Al-Khatib", "Mohammad", date(1975, 7, 21), "m", "SYR"),
    ]
    assert [match.candidate_id for match in matches_against(person, candidates)] == [8, 7]


def test_a_half_typed_form_is_compared_too() -> None:
    typed = Candidate(0, "haddad", "omar", date(1990, 5, 17))
    (match,) = matches_against(typed, [Candidate(4, "Hadad", "Omar", date(1990, 5, 17), "m", "SYR", "tholey")])
    assert str(match.reasons[0]) == "Familienname anders geschrieben"


NAMES = ["Al-Masri", "El Masri", "Omar", "Omar Ali", "Ali", "Abdul Rahman", "Abdulrahman", "Selam", "–"]
BIRTHS = [date(1990, 1, 1), date(1990, 3, 5)]


def test_whoever_would_be_reported_shares_a_key_and_the_comparison_has_no_direction() -> None:
    everybody = [Candidate(1, *described) for described in product(NAMES, NAMES, BIRTHS)]
    keys = [blocking_keys(person) for person in everybody]
    reported = 0
    for (one, keys_of_one), (other, keys_of_other) in combinations(zip(everybody, keys, strict=True), 2):
        finding = compare(one, other)
        if finding:
            reported += 1
            back = compare(other, one)
            assert keys_of_one & keys_of_other, (one, other)
            assert back is not None
            assert back.cost == finding.cost
    assert reported > 300


@pytest.mark.parametrize(("one", "other"), ONE_PERSON)
def test_pairs_share_a_key(one: str, other: str) -> None:
    first, second = people(one, other)
    assert blocking_keys(first) & blocking_keys(second)


def test_keys_are_few_and_short() -> None:
    assert len(blocking_keys(people("Haddad, Omar, 1990-05-17")[0])) == 6
    longest = row(family_name="Xstrptkln " * 12, given_name="Bcdfg-" * 19 + "Z")
    assert max(map(len, blocking_keys(longest))) <= 80


def crowd(size: int, seed: int) -> list[ArrivalRow]:
    chance = random.Random(seed)
    families = [
        f"{a}{b}{c}" for a in ("Ham", "Kar", "Sal", "Ber") for b in ("d", "im", "ow", "esh") for c in ("an", "i", "o")
    ]
    givens = [f"{a}{b}" for a in ("Ah", "Mo", "Sa", "Le", "Na") for b in ("mir", "san", "lid", "wa", "ra")]
    day_one = date(1963, 1, 1)
    return [
        row(
            number=number,
            family_name=chance.choice(families),
            given_name=chance.choice(givens),
            date_of_birth=day_one + timedelta(days=chance.randrange(16_000)),
            bamf_reference=f"{1_000_000 + number}-475",
        )
        for number in range(1, size + 1)
    ]


def test_a_long_list_takes_no_square_of_time() -> None:
    rows = crowd(5_000, seed=7)
    start = time.process_time()
    find_pairs(rows)
    assert time.process_time() - start < 3


def test_a_list_of_nonsense_ends_too() -> None:
    same = row(family_name="Test", given_name="Test")
    rows = [
        replace(
            same,
            number=number,
            bamf_reference=f"{1_000_000 + number}-475",
            date_of_birth=date(1990, 1 + number % 12, 2),
        )
        for number in range(1, 601)
    ]
    start = time.process_time()
    find_pairs(rows)
    assert time.process_time() - start < 5
