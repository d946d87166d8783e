"""Who answers an item, and who may stand in when that organisation has no account (case_model: Four stages)."""

from collections.abc import Collection, Mapping
from functools import lru_cache

from models.rules.checklists.definition import Item
from models.rules.message import N_, Message
from models.rules.roles import Role

ROLE_NAMES: Mapping[Role, str] = {
    Role.MUNICIPALITY: N_("Gemeinde"),
    Role.COACH: N_("Beschäftigungscoach"),
    Role.AGENTUR: N_("Agentur für Arbeit"),
    Role.JOBCENTER: N_("Jobcenter"),
    Role.PROVIDER: N_("Kursträger"),
    Role.ASYLBLG: N_("AsylbLG-Stelle"),
    Role.SYSTEM: N_("System"),
}

_BY_HEARSAY: Mapping[Role, str] = {
    Role.MUNICIPALITY: N_("lt. Gemeinde"),
    Role.COACH: N_("lt. Coach"),
    Role.AGENTUR: N_("lt. Agentur"),
    Role.JOBCENTER: N_("lt. Jobcenter"),
    Role.PROVIDER: N_("lt. Träger"),
    Role.ASYLBLG: N_("lt. AsylbLG-Stelle"),
}

STAND_INS: Mapping[Role, frozenset[Role]] = {
    Role.PROVIDER: frozenset({Role.AGENTUR, Role.JOBCENTER, Role.ASYLBLG, Role.COACH}),
    Role.MUNICIPALITY: frozenset({Role.AGENTUR, Role.ASYLBLG, Role.COACH}),
    Role.ASYLBLG: frozenset({Role.MUNICIPALITY, Role.AGENTUR, Role.JOBCENTER}),
    Role.COACH: frozenset({Role.AGENTUR, Role.JOBCENTER}),
    Role.AGENTUR: frozenset({Role.JOBCENTER}),
    Role.JOBCENTER: frozenset({Role.AGENTUR}),
}
"""Who may write down what an absent organisation says. A provider never speaks for an authority, nobody for a rule."""


def may_answer(item: Item, role: Role, absent_roles: Collection[Role] = ()) -> bool:
    """Whether people of this role may answer the item.

    Its own roles may. If none of them takes part in the case with an account, those who hear from them may, with the
    source (``needs_source``). What a rule answers, nobody may.
    """
    if item.by_rule:
        return False
    if role in item.roles:
        return True
    if not set(item.roles) <= set(absent_roles):
        return False
    return any(role in STAND_INS.get(owner, ()) for owner in item.roles)


def needs_source(item: Item, role: Role) -> bool:
    """Whether an answer by this role is hearsay, so that the source must be named."""
    return role not in item.roles


def hearsay(item: Item) -> Message:
    """How the source of such an answer begins: "lt. Träger"."""
    return Message(_BY_HEARSAY.get(item.roles[0], N_("lt. Auskunft")))


@lru_cache(maxsize=256)
def role_names(roles: tuple[Role, ...]) -> str:
    """ "Agentur für Arbeit oder Jobcenter"."""
    return " oder ".join(ROLE_NAMES.get(role, role.value) for role in roles)
