"""The words an arrivals list may use for municipalities, countries and languages."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from models.rules.arrivals.names import fold


@dataclass(frozen=True, slots=True)
class Municipality:
    """A municipality of the county with the postcodes that lie in it and other ways to write its name."""

    key: str
    name: str
    postcodes: tuple[str, ...]
    other_names: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class WordLists:
    """What words mean. The keys are made by ``word_key``.

    ``countries`` leads to ISO 3166-1 alpha-3 (with XKX Kosovo, XXA stateless, XXX unclear, ZZZ not said), ``languages``
    to ISO 639-3 (with ``mis`` for a language that the product has no code for).
    """

    municipalities: Mapping[str, Municipality]
    countries: Mapping[str, str]
    languages: Mapping[str, str]


def word_key(text: str) -> str:
    """A word as it is looked up: "St. Wendel", "st.wendel" and "ST WENDEL" have one key."""
    return fold(text).replace(" ", "")


def municipality_words(municipalities: Iterable[Municipality]) -> dict[str, Municipality]:
    """Each municipality under its key, its name, its other names, and with "Gemeinde" or "Stadt" before them."""
    return {
        word_key(prefix + name): municipality
        for municipality in municipalities
        for name in (municipality.key, municipality.name, *municipality.other_names)
        for prefix in ("", "Gemeinde ", "Gem. ", "Stadt ", "Kreisstadt ")
    }
