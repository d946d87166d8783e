"""Kinds of organisation, and who acts. The role of a person is the kind of the organisation that she works for."""

from dataclasses import dataclass
from enum import StrEnum


class Role(StrEnum):
    """What an organisation is in the procedure (case_model: Who sees what)."""

    MUNICIPALITY = "municipality"
    ASYLBLG = "asylblg"
    COACH = "coach"
    AGENTUR = "agentur"
    JOBCENTER = "jobcenter"
    PROVIDER = "provider"
    COORDINATION = "coordination"
    BAMF = "bamf"
    PRIVACY = "privacy"
    ADMIN = "admin"
    SYSTEM = "system"


@dataclass(frozen=True, slots=True)
class Actor:
    """Who does something, for which organisation. Handed to every operation and query; never looked up there."""

    account_id: int | None
    username: str
    name: str
    function: str
    organisation_id: int | None
    organisation_key: str
    organisation_name: str
    role: Role

    @property
    def with_function(self) -> str:
        """Name and function, as papers say who wrote them."""
        return f"{self.name}, {self.function}" if self.function else self.name


SYSTEM = Actor(None, "system", "System", "", None, "system", "Staffelstab", Role.SYSTEM)
