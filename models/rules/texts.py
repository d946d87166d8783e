"""Texts of documents in two languages: German binds, a translation stands beside it paragraph by paragraph.

Texts are data: an administrator edits and versions them, and says whom she had a translation checked by. Source:
§ 67b Abs. 2 SGB X and Art. 12 DSGVO (in plain language); Art. 7 DSGVO (who consents must have understood).
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from models.rules.errors import RuleBroken
from models.rules.message import N_, Message

GERMAN = "deu"
LONGEST = 2000
LONGEST_NAME = 120
_PLACEHOLDER = re.compile(r"\{([a-z_]+)\}")


class TextDocument(StrEnum):
    """The documents whose texts are kept as data; ``common`` stands on all of them."""

    COMMON = "common"
    APPOINTMENT_LETTER = "appointment_letter"
    CONSENT = "consent"
    AGREEMENT = "agreement"
    PERSON_COPY = "person_copy"


DOCUMENT_LABELS: Mapping[TextDocument, str] = {
    TextDocument.COMMON: N_("Auf allen Schreiben"),
    TextDocument.APPOINTMENT_LETTER: N_("Terminschreiben"),
    TextDocument.CONSENT: N_("Einwilligung"),
    TextDocument.AGREEMENT: N_("Vereinbarung erster Schritte"),
    TextDocument.PERSON_COPY: N_("Wer bekommt was?"),
}


class TextState(StrEnum):
    """How far a text can be trusted; German is the binding one and is neither checked nor outdated."""

    BINDING = "binding"
    UNCHECKED = "unchecked"
    CHECKED = "checked"
    OUTDATED = "outdated"


@dataclass(frozen=True, slots=True)
class Language:
    """A language that documents are printed in. ``code`` is of the code list, ``tag`` of BCP 47 (RFC 5646)."""

    code: str
    label: str
    own_name: str
    tag: str
    is_rtl: bool = False


LANGUAGES: Mapping[str, Language] = {
    one.code: one
    for one in (
        Language(GERMAN, N_("Deutsch"), "Deutsch", "de-DE"),
        Language("ara", N_("Arabisch"), "العربية", "ar", is_rtl=True),
        Language("prs", N_("Dari/Farsi"), "دری / فارسی", "prs", is_rtl=True),
        Language("eng", N_("Englisch"), "English", "en"),
        Language("ukr", N_("Ukrainisch"), "Українська", "uk"),
        Language("fra", N_("Französisch"), "Français", "fr"),
        Language("tir", N_("Tigrinya"), "ትግርኛ", "ti"),
        Language("rus", N_("Russisch"), "Русский", "ru"),
        Language("tur", N_("Türkisch"), "Türkçe", "tr"),
    )
}
TRANSLATIONS = tuple(code for code in LANGUAGES if code != GERMAN)
_SERVED_BY = {"pes": "prs", "fas": "prs"}
"""Who reads Farsi reads the text in Dari: one written language, two standards."""


def language_for(code: str) -> Language | None:
    """The language in which somebody who reads ``code`` gets a translation; None: German alone."""
    return LANGUAGES.get(_SERVED_BY.get(code, code)) if code != GERMAN else None


def first_language(codes: Iterable[str]) -> str:
    """The first of a person's languages that there are translations for; empty where there is none."""
    found = (language_for(code) for code in codes)
    return next((language.code for language in found if language), "")


def placeholders(text: str) -> frozenset[str]:
    """The names in braces, which are filled in when the document is printed."""
    return frozenset(_PLACEHOLDER.findall(text))


def filled(text: str, values: Mapping[str, str]) -> str:
    """The text with its placeholders filled. KeyError for one without a value."""
    return _PLACEHOLDER.sub(lambda found: values[found[1]], text)


@dataclass(frozen=True, slots=True)
class Pair:
    """A paragraph in German and its translation; ``translation`` is empty where German stands alone."""

    german: str
    translation: str = ""


def paired(german: Mapping[str, str], based_on: Mapping[str, str], translation: Mapping[str, str]) -> dict[str, Pair]:
    """Each German paragraph with its translation.

    ``based_on`` is the German text that was translated: what has changed in German since stands alone, because a
    person would sign what she has not read.
    """
    return {
        key: Pair(text, translation.get(key, "") if based_on.get(key) == text else "") for key, text in german.items()
    }


def state_of(language: str, *, is_current: bool, checked_by: str) -> TextState:
    """The state of a version; ``is_current``: German has not changed since."""
    if language == GERMAN:
        return TextState.BINDING
    if not is_current:
        return TextState.OUTDATED
    return TextState.CHECKED if checked_by else TextState.UNCHECKED


def check_paragraphs(before: Mapping[str, str], typed: Mapping[str, str], *, language: str) -> None:
    """RuleBroken by paragraph. ``before`` is the German text that stands: its placeholders hold for every language."""
    problems = {
        key: problem for key, text in before.items() if (problem := _problem(text, typed.get(key, ""), language))
    }
    if problems:
        raise RuleBroken(Message(N_("Bitte die genannten Absätze prüfen.")), problems)


def _problem(german: str, text: str, language: str) -> Message | None:
    if not text:
        return Message(N_("Der deutsche Absatz darf nicht leer sein.")) if language == GERMAN else None
    if len(text) > LONGEST:
        return Message(N_("Höchstens {most} Zeichen."), most=LONGEST)
    if re.search(r"[{}]", _PLACEHOLDER.sub("", text)):
        return Message(N_("Geschweifte Klammern stehen nur um Platzhalter wie {example}."), example="{day}")
    missing, foreign = placeholders(german) - placeholders(text), placeholders(text) - placeholders(german)
    if missing:
        return Message(N_("Es fehlt der Platzhalter {names}."), names=_listed(missing))
    if foreign:
        return Message(N_("Der Platzhalter {names} ist in diesem Absatz nicht vorgesehen."), names=_listed(foreign))
    return None


def _listed(names: frozenset[str]) -> str:
    return ", ".join("{" + name + "}" for name in sorted(names))


def check_check(name: str, on: date | None, *, since: date, today: date) -> None:
    """RuleBroken by field for a check without a name, in the future, or from before the text was written."""
    problems = {}
    if not name.strip():
        problems["checked_by"] = Message(N_("Bitte angeben, wer die Übersetzung geprüft hat."))
    elif len(name.strip()) > LONGEST_NAME:
        problems["checked_by"] = Message(N_("Höchstens {most} Zeichen."), most=LONGEST_NAME)
    if on is None:
        problems["checked_on"] = Message(N_("Bitte den Tag der Prüfung angeben."))
    elif on > today:
        problems["checked_on"] = Message(N_("Der Tag liegt in der Zukunft."))
    elif on < since:
        problems["checked_on"] = Message(N_("Diese Fassung gibt es erst seit einem späteren Tag."))
    if problems:
        raise RuleBroken(next(iter(problems.values())), problems)
