"""The words that an arrivals list may use: the code lists, other words for their codes, and Babel's languages."""

from collections.abc import Mapping
from functools import cache
from typing import Any

from babel import Locale

from models.rules.arrivals.word_lists import Municipality, WordLists, municipality_words, word_key
from models.seed.files import read

_OTHER_LANGUAGE = "mis"
_NOBODYS_LANGUAGES = frozenset({"avk", "eo", "ia", "ie", "io", "jbo", "mul", "nov", "tlh", "tok", "vo", "zxx"})
"""Constructed languages and placeholders that CLDR names beside the real ones."""


@cache
def arrival_words() -> WordLists:
    """The word lists for ``parse_row``, read once a process."""
    county = read("municipalities.yaml")["municipalities"]
    return WordLists(
        municipalities=municipality_words(map(_municipality, county)),
        countries=_words("countries"),
        languages=_other_languages() | _words("languages"),
    )


def _municipality(entry: Mapping[str, Any]) -> Municipality:
    name = entry["name"]
    other_names = (entry["ags"], entry["official_name"], name.replace("St. ", "Sankt "))
    return Municipality(entry["key"], name, tuple(entry["postcodes"]), other_names)


def _words(code_list: str) -> dict[str, str]:
    """Each code, its label and its other words, leading to the code."""
    others = read(f"arrivals/{code_list}.yaml")
    return {
        word_key(word): entry["code"]
        for entry in read(f"codes/{code_list}.yaml")["codes"]
        for word in (entry["code"], entry["label"], *others.get(entry["code"], ()))
    }


def _other_languages() -> dict[str, str]:
    """Every language that CLDR names in German; those on the list are replaced by their own codes."""
    names = Locale("de").languages.items()
    return {word_key(name): _OTHER_LANGUAGE for code, name in names if code not in _NOBODYS_LANGUAGES}
