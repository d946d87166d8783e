"""What all templates keep to."""

import re

from tests.conftest import ROOT

BUTTON = re.compile(r"<(button|a)\b[^<]*?kern-btn.*?</\1>")


def test_no_button_hides_a_part_of_its_words():
    """KERN makes a button with hidden words as narrow as an icon: what it is about is told by ``aria-label``."""
    buttons = [found[0] for path in (ROOT / "templates").rglob("*.html") for found in BUTTON.finditer(path.read_text())]
    assert len(buttons) >= 15
    assert [button for button in buttons if "kern-sr-only" in button] == []


def test_days_as_people_read_them_are_no_times_of_html():
    """A ``time`` element without ``datetime`` must hold a day as machines write it; ours are written for people."""
    assert [path.name for path in (ROOT / "templates").rglob("*.html") if "<time>" in path.read_text()] == []
