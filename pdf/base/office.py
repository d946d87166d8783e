"""How a stored organisation stands on a letter: as who writes, and as whom it goes to."""

from models.tables import Organisation
from pdf.base.letter import return_line
from pdf.base.sheet import Party


def writer(office: Organisation, role: str) -> Party:
    """The office that writes, with what it does here."""
    phone = f"Tel. {office.phone}" if office.phone else ""
    place = ", ".join(part for part in (office.street, _town(office)) if part)
    return Party(role, office.name, tuple(line for line in (office.unit, place, phone) if line))


def return_line_of(office: Organisation) -> str:
    """The same on one line, above the address."""
    return return_line(office.name, office.street, _town(office))


def address_of(office: Organisation) -> tuple[str, ...]:
    """The lines in the window of the envelope."""
    return tuple(line for line in (office.name, office.unit, office.street, _town(office)) if line)


def _town(office: Organisation) -> str:
    return f"{office.postcode} {office.town}".strip()
