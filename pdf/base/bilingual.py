"""Two languages side by side: German, which binds, on the left, the person's language on the right.

Each paragraph is a row of a table, so that it is read aloud in German and then in the other language; the cells of the
other language carry its BCP 47 tag into the structure of the PDF (ISO 14289-1, 7.2).
"""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import groupby

from models.queries.texts import PrintedText
from models.rules.message import N_
from models.rules.texts import Pair, TextState, filled, placeholders
from models.rules.times import german_date

NO_TRANSLATION = N_("Für die Sprache der Person gibt es noch keine Übersetzung.")
OUTDATED = N_("Absätze ohne Übersetzung haben sich im Deutschen geändert.")
LEFT_TO_RIGHT_MARK = "\u200e"
"""Before numbers, names and addresses inside a text from right to left: else "06851 801-0" turns round."""
RIGHT_TO_LEFT_MARK = "\u200f"
RTL_SIGNS = "،؛؟"
"""Comma, semicolon and question mark of Arabic script, which have no direction of their own after a number."""
ITEM = "- "
INK = "_" * 24
_CLINGING = re.compile(r"^\(|-|[,)](?=[.:]?$)")
"""Brackets, a hyphen and a German comma: with a mark behind them the word stays whole, also at the end of a line."""
_WORD = re.compile(r"\S+")
Values = Mapping[str, str | Pair]
"""What fills the placeholders; a pair has its own translation."""


@dataclass(frozen=True, slots=True)
class Part:
    """Lines that belong together: a list of items, or text whose lines follow each other."""

    lines: tuple[str, ...]
    is_list: bool = False


@dataclass(frozen=True, slots=True)
class Row:
    """A paragraph in both languages; ``translation`` is empty where German stands alone."""

    german: tuple[Part, ...]
    translation: tuple[Part, ...]


@dataclass(frozen=True, slots=True)
class Bilingual:
    """What the macros of ``base/bilingual.html`` print.

    ``tag`` is empty where there is no translation; ``notes`` say in both languages what binds and who checked it.
    ``remark`` is German alone: what the clerk should know.
    """

    label: str
    own_name: str
    tag: str
    is_rtl: bool
    rows: Mapping[str, Row]
    notes: tuple[Row, ...]
    remark: str

    @property
    def has_translation(self) -> bool:
        """Whether there is a second column."""
        return bool(self.tag)


def bilingual(text: PrintedText, values: Values) -> Bilingual:
    """The text with its placeholders filled; an empty value leaves a line for ink.

    Paragraphs that ask for something that ``values`` does not name are left out: a template that prints one fails.
    """
    language = text.language
    is_rtl = bool(language and language.is_rtl)
    pairs = {
        key: pair for key, pair in {**text.common, **text.pairs}.items() if placeholders(pair.german) <= values.keys()
    }
    return Bilingual(
        label=language.label if language else "",
        own_name=language.own_name if language else "",
        tag=language.tag if language else "",
        is_rtl=is_rtl,
        rows={key: row_of(pair, values, is_rtl=is_rtl) for key, pair in pairs.items()},
        notes=_notes(text, is_rtl=is_rtl),
        remark=_remark(text),
    )


def row_of(pair: Pair, values: Values, *, is_rtl: bool) -> Row:
    """One paragraph, filled."""
    german = {name: _of(value).german or INK for name, value in values.items()}
    other = {name: _of(value).translation or german[name] for name, value in values.items()}
    translation = filled(pair.translation, other)
    return Row(_parts(filled(pair.german, german)), _parts(_kept_in_order(translation) if is_rtl else translation))


def _of(value: str | Pair) -> Pair:
    return value if isinstance(value, Pair) else Pair(value)


def _kept_in_order(text: str) -> str:
    """Each word without a letter from right to left begins with a mark, because each line is set by itself.

    A sign of the other script after it belongs to the sentence: it stands on the left of the word.
    """
    return _WORD.sub(lambda found: found[0] if _is_rtl(found[0]) else _turned(found[0]), text)


def _turned(word: str) -> str:
    core = word.rstrip(RTL_SIGNS)
    shown = _CLINGING.sub(lambda sign: sign[0] + LEFT_TO_RIGHT_MARK, core)
    after = RIGHT_TO_LEFT_MARK + word[len(core) :] if core != word else ""
    return LEFT_TO_RIGHT_MARK + shown + after


def _is_rtl(word: str) -> bool:
    has_sign = any(char.isalnum() or char in "§_" for char in word)
    return not has_sign or any(unicodedata.bidirectional(char) in ("R", "AL") for char in word)


def _parts(text: str) -> tuple[Part, ...]:
    """Lines that begin with a dash are the items of a list."""
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    groups = groupby(lines, key=lambda line: line.startswith(ITEM))
    return tuple(Part(tuple(line.removeprefix(ITEM) for line in group), is_list) for is_list, group in groups)


def _notes(text: PrintedText, *, is_rtl: bool) -> tuple[Row, ...]:
    """That German binds, and whether somebody who knows the language has read the translation."""
    if text.language is None:
        return ()
    state = text.common["checked" if text.state == TextState.CHECKED else "unchecked"]
    values = {"checker": text.checked_by, "day": german_date(text.checked_on)}
    return tuple(row_of(pair, values, is_rtl=is_rtl) for pair in (text.common["binding"], state))


def _remark(text: PrintedText) -> str:
    if text.language is None:
        return NO_TRANSLATION
    return OUTDATED if any(not pair.translation for pair in text.pairs.values()) else ""
