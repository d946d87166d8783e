"""The head of a letter of form B of DIN 5008: address field, information block, and where the text begins."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Letterhead:
    """Finished lines. ``sender`` is who writes, ``return_line`` stands small above the address (sender on one line).

    ``address`` has up to six lines; ``information`` are labels with values: sign, name, telephone, date.
    """

    sender: str
    sender_lines: tuple[str, ...]
    return_line: str
    address: tuple[str, ...]
    information: tuple[tuple[str, str], ...]


def return_line(*parts: str) -> str:
    """The sender on one line, as the window of an envelope shows it."""
    return " · ".join(part for part in parts if part)
