"""The directory of all parties: what people say of themselves, and in which order kinds of organisations stand."""

import re
from collections.abc import Mapping

from models.rules.digest import address_problem
from models.rules.errors import RuleBroken
from models.rules.message import N_, Message
from models.rules.roles import Role

KINDS: Mapping[Role, str] = {
    Role.MUNICIPALITY: N_("Gemeinden"),
    Role.COACH: N_("Beschäftigungscoach"),
    Role.AGENTUR: N_("Agentur für Arbeit"),
    Role.JOBCENTER: N_("Jobcenter"),
    Role.ASYLBLG: N_("AsylbLG-Stelle"),
    Role.PROVIDER: N_("Kursträger"),
    Role.COORDINATION: N_("Koordination"),
    Role.BAMF: N_("BAMF"),
    Role.PRIVACY: N_("Datenschutz"),
    Role.ADMIN: N_("Verwaltung (IT)"),
}
"""Kinds in the order of the directory."""
_PHONE = re.compile(r"[0-9+()/ .–-]{3,60}")


def checked_contact(function: str, phone: str, email: str) -> dict[str, str]:
    """The columns of a person's contact; RuleBroken by field for what cannot be."""
    said = {"function": function.strip(), "phone": phone.strip(), "email": email.strip()}
    problems = {}
    if said["phone"] and not _PHONE.fullmatch(said["phone"]):
        problems["phone"] = Message(N_("Bitte eine Telefonnummer wie 06851 801-0 eingeben."))
    if problem := address_problem(said["email"], wants_digest=False):
        problems["email"] = problem
    if len(said["function"]) > 60:
        problems["function"] = Message(N_("Höchstens 60 Zeichen."))
    if problems:
        raise RuleBroken(next(iter(problems.values())), problems)
    return said
