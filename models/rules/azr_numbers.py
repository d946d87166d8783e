"""What looks like a number of the Ausländerzentralregister in a text that must not hold one (rules.md 14)."""

import re

_NUMBER = re.compile(r"(?<!\d)[1-9](?:\d{11}|\d{5}[ .-]\d{6}|\d{3}(?:[ .-]\d{4}){2}|\d{2}(?:[ .-]\d{3}){3})(?!\d)")
"""Twelve digits in one or in groups of the same length; with a 0 in front it is taken for a telephone number."""


def looks_like_azr_number(text: str) -> bool:
    """Whether somewhere in a text an AZR number seems to stand."""
    return _NUMBER.search(text) is not None
