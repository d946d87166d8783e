"""The words of the arrivals list from Babel (CLDR) and from the maintained files in ``arrivals/``."""

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

import yaml
from babel import Locale
from babel.core import get_global

from models.rules.arrivals.word_lists import Municipality, WordLists, municipality_words, word_key

_FOLDER = Path(__file__).parent / "arrivals"
_FORMER_STATES = frozenset({"BUR", "DDR", "FXX", "TMP", "YMD", "ZAR"})
"""Withdrawn alpha-3 codes that CLDR still leads to today's country."""


@cache
def arrival_words() -> WordLists:
    """The word lists for ``parse_row``, read once a process."""
    german = Locale("de")
    return WordLists(
        municipalities=municipality_words(municipalities()),
        countries=_countries(german.territories),
        languages=_languages(german.languages),
    )


def municipalities() -> tuple[Municipality, ...]:
    """The municipalities of the county with their postcodes; the official key (AGS) counts as another name."""
    return tuple(
        Municipality(m["key"], m["name"], tuple(m["postcodes"]), (m["ags"], *m["other_names"]))
        for m in _read("municipalities.yaml")
    )


def _countries(names: Mapping[str, str]) -> dict[str, str]:
    words: dict[str, str] = {}
    for code, (territory, *further) in get_global("territory_aliases").items():
        if len(code) == 3 and code.isalpha() and code not in _FORMER_STATES and territory in names and not further:
            words |= dict.fromkeys(map(word_key, (code, territory, names[territory])), code)
    for code, others in _read("countries.yaml").items():
        words |= dict.fromkeys(map(word_key, (code, *others)), code)
    words[word_key("Kosovo")] = words[word_key("XK")] = "XKX"
    return words


def _languages(names: Mapping[str, str]) -> dict[str, str]:
    maintained = _read("languages.yaml")
    words: dict[str, str] = {}
    for language, name in names.items():
        code = maintained["codes"].get(language) or _iso_639_3(language)
        if code:
            words |= dict.fromkeys(map(word_key, (language, code, name)), code)
    for code, others in maintained["names"].items():
        words |= dict.fromkeys(map(word_key, (code, *others)), code)
    return words


def _iso_639_3(language: str) -> str | None:
    """The three-letter code of a CLDR language; None where it has several or is the variety of a country."""
    if len(language) == 3:
        return language
    codes = [code for code, target in _language_aliases().items() if target == language and len(code) == 3]
    return codes[0] if len(codes) == 1 else None


@cache
def _language_aliases() -> Mapping[str, str]:
    return get_global("language_aliases")


def _read(name: str) -> Any:
    return yaml.safe_load((_FOLDER / name).read_text(encoding="utf-8"))
