"""The maintained words lead to codes of the product's lists, and each word to one code."""

import pytest

from models.rules.arrivals.names import fold
from models.rules.arrivals.word_lists import word_key
from models.seed.arrivals_data import arrival_words
from models.seed.files import read


@pytest.mark.parametrize("name", ["countries", "languages"])
def test_other_words_belong_to_listed_codes_and_no_word_to_two(name: str) -> None:
    listed = {entry["code"]: entry["label"] for entry in read(f"codes/{name}.yaml")["codes"]}
    others = read(f"arrivals/{name}.yaml")
    assert set(others) <= set(listed)
    words = [word for code, label in listed.items() for word in {*map(word_key, (code, label, *others.get(code, ())))}]
    twice = {word for word in words if words.count(word) > 1}
    assert twice == set()


def test_every_code_of_the_lists_is_reached_by_its_label() -> None:
    words = arrival_words()
    for name, known in (("countries", words.countries), ("languages", words.languages)):
        for entry in read(f"codes/{name}.yaml")["codes"]:
            assert known[word_key(entry["label"])] == entry["code"]


@pytest.mark.parametrize("name", ["St. Wendel", "st.wendel", "Stadt Sankt Wendel", "Kreisstadt St. Wendel", "10046117"])
def test_a_municipality_has_many_names(name: str) -> None:
    assert arrival_words().municipalities[word_key(name)].key == "st-wendel"


def test_a_known_language_without_a_code_of_ours_is_another_language() -> None:
    assert arrival_words().languages[word_key("Isländisch")] == "mis"
    assert word_key("Klingonisch") not in arrival_words().languages


def test_folding() -> None:
    assert fold("Öztürk") == fold("OEZTUERK") == fold("Ozturk") == "ozturk"
    assert fold("Weiß") == "weiss"
    assert fold("Ta’izz-Al'Ali") == "taizz alali"
    assert fold("Łukasz Đặng İnci Yılmaz") == "lukasz dang inci yilmaz"
