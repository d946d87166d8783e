"""One cell of an arrivals list made a value. Each function takes the cleaned, non-empty text and raises Unreadable."""

import re
import unicodedata
from datetime import date

from models.rules.arrivals.word_lists import Municipality, WordLists, word_key
from models.rules.lists.cells import day, refuse, up_to

_PHONE = re.compile(r"\+?[0-9(][0-9 ()/.,+-]*")
_BAMF_REFERENCE = re.compile(r"([0-9]{7})-?([0-9]{3})")
_NAME_MARKS = frozenset(" -–'’‘ʼ`´.,/()·")
_NO_GIVEN_NAME = frozenset({"-", "–", "—", "--", "---", "+", "."})
NO_GIVEN_NAME = "–"
"""Stands in the given name of a person whose papers show one name only."""

_SEXES = {
    code: sex
    for sex, codes in {
        "m": ("m", "männlich", "maennlich", "male", "mann"),
        "w": ("w", "weiblich", "f", "female", "frau"),
        "d": ("d", "divers"),
        "x": ("x", "ohne angabe", "keine angabe", "o. a.", "k. a.", "unbestimmt"),
    }.items()
    for code in codes
}
_MARITAL_STATUSES = {
    word_key(word): code
    for code, words in {
        "LD": ("ledig", "alleinstehend", "LD"),
        "VH": ("verheiratet", "verh.", "VH", "getrennt lebend", "verheiratet, getrennt lebend"),
        "VW": ("verwitwet", "verw.", "VW", "Witwe", "Witwer"),
        "GS": ("geschieden", "gesch.", "GS"),
        "EA": ("Ehe aufgehoben", "EA"),
        "LP": ("eingetragene Lebenspartnerschaft", "Lebenspartnerschaft", "LP"),
        "LV": ("Lebenspartnerschaft durch Tod aufgelöst", "LV"),
        "LA": ("Lebenspartnerschaft aufgehoben", "LA"),
        "LE": ("Lebenspartnerschaft durch Todeserklärung aufgelöst", "LE"),
        "NB": ("nicht bekannt", "unbekannt", "NB", "k. A.", "keine Angabe", "ohne Angabe"),
    }.items()
    for word in words
}
_NO_CHILDREN = frozenset({"keine", "kein", "nein"})
_MOST_CHILDREN = 20
_UNLIMITED = frozenset({"unbefristet", "unbegrenzt", "unbeschränkt"})
_BETWEEN_LANGUAGES = re.compile(r"\s*(?:[,;/+|&]|\bund\b)\s*", re.IGNORECASE)


OTHER_LANGUAGE = "mis"
"""The code of a language that the product has no code for; its name is kept in the row's note."""


def valid_to(text: str) -> date | None:
    """The last day of a paper; None where it is unlimited."""
    return None if text.casefold() in _UNLIMITED else day(text)


def family_name(text: str) -> str:
    """A name in Latin letters, at most 120 characters. Source: DIN 91379, data type A (names of natural persons)."""
    if any(ch.isdigit() for ch in text):
        raise refuse("Ein Name enthält keine Ziffern. Ist eine Spalte verrutscht?")
    if not any(ch.isalpha() for ch in text):
        raise refuse("Der Name enthält keinen Buchstaben.")
    if not all(_is_latin(ch) for ch in text):
        raise refuse("Bitte in lateinischer Schrift ohne Sonderzeichen schreiben, wie im Aufenthaltspapier.")
    return up_to(120)(text)


def given_name(text: str) -> str:
    """Like a family name; a dash says that the papers show one name only."""
    return NO_GIVEN_NAME if text in _NO_GIVEN_NAME else family_name(text)


def _is_latin(ch: str) -> bool:
    if ch in _NAME_MARKS or unicodedata.combining(ch):
        return True
    return unicodedata.name(ch, "").startswith(("LATIN ", "MODIFIER LETTER "))


def sex(text: str) -> str:
    """m, w, d or x (ohne Angabe)."""
    code = _SEXES.get(text.casefold())
    if code is None:
        raise refuse("„{value}“ ist kein Geschlecht. Möglich sind m, w, d und x (ohne Angabe).", value=text)
    return code


def nationality(text: str, lists: WordLists) -> str:
    """ISO 3166-1 alpha-3 of a country by its German name, its adjective or its code."""
    code = lists.countries.get(word_key(text))
    if code is None:
        raise refuse("„{value}“ ist als Staat nicht bekannt. Bitte den deutschen Namen schreiben.", value=text)
    return code


def languages(text: str, lists: WordLists) -> tuple[str, ...]:
    """ISO 639-3 codes of languages separated by comma, semicolon, slash or "und", each once, in order."""
    codes = []
    for name in filter(None, _BETWEEN_LANGUAGES.split(text)):
        code = lists.languages.get(word_key(name))
        if code is None:
            raise refuse("„{value}“ ist als Sprache nicht bekannt. Bitte den deutschen Namen schreiben.", value=name)
        codes.append(code)
    return tuple(dict.fromkeys(codes))


def municipality(text: str, lists: WordLists) -> Municipality:
    """The municipality of the county that bears this name."""
    found = lists.municipalities.get(word_key(text))
    if found is None:
        raise refuse("„{value}“ ist keine Gemeinde des Landkreises St. Wendel.", value=text)
    return found


def azr_number(text: str) -> str:
    """Twelve digits; blanks and hyphens between them are dropped."""
    digits = re.sub(r"[ -]", "", text)
    if not re.fullmatch(r"[0-9]{12}", digits):
        raise refuse("Eine AZR-Nummer besteht aus 12 Ziffern.")
    return digits


def postcode(text: str) -> str:
    """Five digits; a leading "D-" is dropped."""
    digits = re.sub(r"^D ?-? ?(?=[0-9])", "", text)
    if not re.fullmatch(r"[0-9]{5}", digits):
        raise refuse("„{value}“ ist keine Postleitzahl. Sie besteht aus 5 Ziffern.", value=text)
    return digits


def phone(text: str) -> str:
    """A phone number as written; what a spreadsheet cut off in front of its digits (0 or +) is set again."""
    written = text.replace("–", "-")
    digits = sum(ch.isdigit() for ch in written)
    if not _PHONE.fullmatch(written) or digits < 5 or len(written) > 60:
        raise refuse("„{value}“ ist keine Telefonnummer. Anderes bitte unter „Bemerkung“ schreiben.", value=text)
    if re.fullmatch(r"1[567][0-9]{8,9}", written):
        return f"0{written}"
    return f"+{written}" if re.fullmatch(r"49[1-9][0-9]{8,11}", written) else written


def bamf_reference(text: str) -> str:
    """Seven digits, a hyphen and the three digits of the state, e.g. 1234567-475."""
    parts = _BAMF_REFERENCE.fullmatch(re.sub(r"\s", "", text).replace("–", "-"))
    if parts is None:
        raise refuse("„{value}“ ist kein BAMF-Aktenzeichen. Es sieht aus wie 1234567-475.", value=text)
    return f"{parts[1]}-{parts[2]}"


def marital_status(text: str) -> str:
    """The code of DSMeld. "getrennt lebend" is VH; the separation is told in the row's note."""
    code = _MARITAL_STATUSES.get(word_key(text))
    if code is None:
        raise refuse("„{value}“ ist kein Familienstand, zum Beispiel ledig, verheiratet, unbekannt.", value=text)
    return code


def is_separated(text: str) -> bool:
    """Whether a marital status says that the couple lives apart, which DSMeld has no code for."""
    return "getrenntlebend" in word_key(text)


def children(text: str) -> int:
    """The number of children in the household, 0 to 20."""
    if text.casefold() in _NO_CHILDREN:
        return 0
    if not re.fullmatch(r"[0-9]{1,2}", text) or int(text) > _MOST_CHILDREN:
        raise refuse("„{value}“ ist keine Anzahl von Kindern. Bitte eine ganze Zahl schreiben.", value=text)
    return int(text)
