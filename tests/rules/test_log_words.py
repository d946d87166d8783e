"""The logs speak German: whatever is recorded or read has a word."""

import ast
import re
from pathlib import Path

import pytest

from models.rules.log_words import event_word, reading_word

ROOT = Path(__file__).parents[2]
NO_KINDS = {"coaching.end", "residence.paper", "municipalities.yaml", "organisations.yaml"}
"""Ways of an item and names of files, which look like a kind of event."""
KIND = re.compile(r"[a-z_]+\.[a-z_]+")


def kinds() -> set[str]:
    """Every kind of event that an operation names."""
    trees = [ast.parse(file.read_text("utf-8")) for file in sorted((ROOT / "models/operations").glob("*.py"))]
    texts = {node.value for tree in trees for node in ast.walk(tree) if isinstance(node, ast.Constant)}
    return {text for text in texts if isinstance(text, str) and KIND.fullmatch(text)} - NO_KINDS


def readings() -> set[str]:
    """Every word that a page gives to the access log."""
    sources = [file.read_text("utf-8") for file in (ROOT / "blueprints").rglob("*.py")]
    return {word for source in sources for word in re.findall(r'note_access\([^)]*, "(\w+)"\)', source)}


@pytest.mark.parametrize("kind", sorted(kinds()))
def test_every_kind_of_event_has_a_german_word(kind):
    assert event_word(kind) != kind


@pytest.mark.parametrize("action", sorted(readings()))
def test_every_reading_has_a_german_word(action):
    assert reading_word(action) != action


def test_the_scan_finds_them():
    assert {"login.opened", "answer.saved", "definition.item_added"} <= kinds()
    assert {"case", "day_bundle"} <= readings()


def test_an_unknown_word_is_shown_as_it_is():
    assert (event_word("was.auch_immer"), reading_word("etwas")) == ("was.auch_immer", "etwas")
