"""The line of needs: what stands in it, and what does not."""

import pytest

from models.rules.needs import Needs, needs_line


@pytest.mark.parametrize(
    ("needs", "line"),
    [
        (Needs(), "Sprache nicht bekannt · Dolmetschen nicht geklärt"),
        (Needs(languages="Dari, Englisch", interpreter=True), "Dari, Englisch · Dolmetschen nötig"),
        (Needs(languages="Ukrainisch", interpreter=False), "Ukrainisch · ohne Dolmetschen"),
        (
            Needs(
                languages="Tigrinya",
                interpreter=True,
                literacy="primär nicht alphabetisiert",
                counsellor="eine Frau",
                channel="Brief",
                access="stufenlos",
            ),
            "Tigrinya · Dolmetschen nötig · primär nicht alphabetisiert · Beratung durch eine Frau gewünscht"
            " · Kontakt: Brief · Zugang: stufenlos",
        ),
    ],
)
def test_only_what_is_needed_stands_in_the_line(needs, line):
    assert needs_line(needs) == line
