"""Who may send a list of a case back, and to whom: the other organisations that hold items of it and see them."""

from collections.abc import Iterator
from dataclasses import dataclass

from models.queries.case_view import RECEIVERS, CaseView
from models.queries.scope import blocks_of
from models.rules.flow import may_return, returned_to
from models.rules.permissions import sees_item
from models.rules.roles import Actor, Role
from models.rules.states import ListKey


@dataclass(frozen=True, slots=True)
class Receiver:
    """An organisation that a list can go back to, and the codes of the items that it answers."""

    role: Role
    organisation_id: int
    name: str
    codes: frozenset[str]


def receivers(view: CaseView, key: ListKey) -> tuple[Receiver, ...]:
    """To whom this person may send the list back; nobody where she does not lead it."""
    return view.once((RECEIVERS, key), lambda: tuple(_receivers(view, key)))


def _receivers(view: CaseView, key: ListKey) -> Iterator[Receiver]:
    standing = view.standing
    may = may_return(key, view.held.stages[key].state, standing.acting) and view.sees_whole(key)
    if not (may and standing.case_open and not standing.read_only):
        return
    for role in returned_to(key, standing.acting):
        if role not in standing.absent:
            yield from _receiver(view, key, role)


def _receiver(view: CaseView, key: ListKey, role: Role) -> Iterator[Receiver]:
    held = view.held
    offices = (number for number, office in held.offices.items() if office.kind == role)
    number = held.case.municipality_id if role == Role.MUNICIPALITY else next(offices, None)
    if number is None:
        return
    blocks = blocks_of(Actor(None, "", "", "", number, "", "", role), held.case, held.today)
    holders = (
        (item.code, frozenset(map(str, item.roles))) for item in view.definitions[key].items if role in item.roles
    )
    codes = frozenset(code for code, roles in holders if sees_item(blocks, role, key, code, roles))
    if codes:
        yield Receiver(role, number, held.office(number), codes)


def is_back_with(view: CaseView, key: ListKey) -> bool:
    """Whether the list was sent back to this person's organisation."""
    back = view.held.stages[key].back
    return back is not None and back.to == view.actor.organisation_id
