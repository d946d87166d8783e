"""The daily mail: whether an address can be one, and what the mail says. It names no person and no case (F91)."""

import re
from typing import NamedTuple

from models.rules.day import MOST_COUNTED, counted
from models.rules.message import N_, Message

_NAME = r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}"
_LABEL = r"[A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?"
_ADDRESS = re.compile(rf"{_NAME}@({_LABEL}\.)+[A-Za-z]{{2,63}}")
LONGEST = 254
NO_ADDRESS = N_("Bitte eine E-Mail-Adresse wie k.hoffmann@beispiel.de eingeben.")
NEEDS_ADDRESS = N_("Für die tägliche Nachricht braucht es eine E-Mail-Adresse.")


class Load(NamedTuple):
    """What is to be done until the end of the week, and how much of it is overdue."""

    due: int
    overdue: int


def address_problem(address: str, wants_digest: bool) -> Message | None:
    """What speaks against an address (RFC 5321, without quoted names and without any but ASCII), or None."""
    if not address:
        return Message(NEEDS_ADDRESS) if wants_digest else None
    fits = len(address) <= LONGEST and _ADDRESS.fullmatch(address)
    return None if fits and ".." not in address else Message(NO_ADDRESS)


def headline(load: Load) -> Message:
    """Subject and first line of the mail; ``load.due`` is at least 1."""
    if load.due == 1:
        return Message(N_("Sie haben 1 Aufgabe, sie ist überfällig") if load.overdue else N_("Sie haben 1 Aufgabe"))
    due, overdue = counted(load.due, MOST_COUNTED), counted(load.overdue, MOST_COUNTED)
    if load.overdue:
        return Message(N_("Sie haben {due} Aufgaben, {overdue} überfällig"), due=due, overdue=overdue)
    return Message(N_("Sie haben {due} Aufgaben"), due=due)
