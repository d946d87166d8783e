"""How a stored organisation stands on paper: as who writes, and as whom it goes to."""

from models.tables import Organisation, Provider
from pdf.base.letter import Writer, return_line
from pdf.base.sheet import Party


def sender_of(office: Organisation, role: str) -> Party:
    """The office that writes, with what it does here."""
    phone = f"Tel. {office.phone}" if office.phone else ""
    place = ", ".join(place_lines(office))
    return Party(role, office.name, tuple(line for line in (office.unit, place, phone) if line))


def writer_of(organisation_id: int, contact: str) -> Writer:
    """The office that invites, with whom to ask for."""
    office = Organisation.get_by_id(organisation_id)
    return Writer(office.name, office.unit, office.street, town_of(office), office.phone, contact)


def return_line_of(office: Organisation) -> str:
    """The office on one line, above the address."""
    return return_line(office.name, office.street, town_of(office))


def address_of(office: Organisation) -> tuple[str, ...]:
    """The lines in the window of the envelope."""
    return tuple(line for line in (office.name, office.unit, *place_lines(office)) if line)


def place_lines(place: Organisation | Provider) -> tuple[str, ...]:
    """Street and town, as far as they are known."""
    return tuple(line for line in (place.street, town_of(place)) if line)


def town_of(place: Organisation | Provider) -> str:
    """``66606 St. Wendel``."""
    return f"{place.postcode} {place.town}".strip()
