"""What is printed on residence papers, reduced to what tells one paper from another."""

import re
from collections.abc import Iterable

SAME_WORD = {"absatz": "abs", "satz": "s", "alternative": "alt", "nummer": "nr"}
NO_DIFFERENCE = frozenset(
    {"aufenthaltserlaubnis", "ae", "nach", "gemäß", "gem", "zu", "des", "der"}
    | {"aufenthg", "aufenthaltsgesetz", "aufenthaltsgesetzes", "asylg", "asylvfg", "asylgesetz", "asylgesetzes"}
)
WORDS = re.compile(r"\d+[a-z]?|[a-zäöüß]+|§")
BRACKETS = re.compile(r"\([^)]*\)")


def normal_form(text: str) -> str:
    """A comparable form: small letters, one word for "Absatz" and "Abs.", without the law's name and "nach"."""
    words = (SAME_WORD.get(word, word) for word in WORDS.findall(text.casefold().replace("§§", "§")))
    return " ".join(word for word in words if word not in NO_DIFFERENCE)


def without_brackets(text: str) -> str:
    """The text without what stands in brackets."""
    return BRACKETS.sub(" ", text)


def label_index(labels: Iterable[tuple[str, str]]) -> dict[str, str]:
    """From pairs of label and code the way back. Raises ValueError where one label would mean two codes."""
    index: dict[str, str] = {}
    for label, code in labels:
        if index.setdefault(normal_form(label), code) != code:
            raise ValueError(f"the label {label!r} stands for {index[normal_form(label)]} and {code}")
    return index
