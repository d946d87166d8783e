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


@dataclass(frozen=True, slots=True)
class Writer:
    """The organisation that invites: its lines, whom to ask for, where to call."""

    organisation: str
    unit: str
    street: str
    town: str
    phone: str
    contact: str


def letterhead(writer: Writer, address: tuple[str, ...], information: tuple[tuple[str, str], ...]) -> Letterhead:
    """The head of a letter of this writer; lines of the information block without a value are left out."""
    return Letterhead(
        sender=writer.organisation,
        sender_lines=tuple(part for part in (writer.unit, writer.street, writer.town) if part),
        return_line=return_line(writer.organisation, writer.street, writer.town),
        address=address,
        information=tuple(line for line in information if line[1]),
    )


def return_line(*parts: str) -> str:
    """The sender on one line, as the window of an envelope shows it."""
    return " · ".join(part for part in parts if part)
