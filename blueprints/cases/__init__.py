"""Area cases: list, search, the page of a case, papers and decisions, closing."""

from blueprints.cases import (
    acts,
    agreements,
    consents,
    follow_ups,
    history,
    lists,
    person,
    recipients,
    residence,
    returning,
    saved_lists,
)
from blueprints.cases.routes import bp

__all__ = [
    "acts",
    "agreements",
    "bp",
    "consents",
    "follow_ups",
    "history",
    "lists",
    "person",
    "recipients",
    "residence",
    "returning",
    "saved_lists",
]
