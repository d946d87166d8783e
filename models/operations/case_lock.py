"""Takes an open case for a change, so that changes of it come one after the other."""

from datetime import datetime

from models.rules.errors import RuleBroken
from models.rules.message import N_, Message
from models.rules.roles import Actor, Role
from models.rules.states import CaseState
from models.rules.times import stamp
from models.tables import Case


def take_open_case(case_id: int, *, actor: Actor, now: datetime, before_handover: bool = False) -> None:
    """Lock a case inside the transaction of an operation.

    RuleBroken where it was closed since it was shown, and for the Agentur where it was given away (§ 50 Abs. 1 SGB II).
    ``before_handover``: what ends with the acceptance whoever does it.
    """
    mine = (Case.id == case_id) & (Case.state == CaseState.OPEN)
    if before_handover or actor.role == Role.AGENTUR:
        mine &= Case.accepted_on.is_null()
    if Case.update(changed_at=stamp(now)).where(mine).execute():
        return
    if Case.select(Case.id).where(Case.id == case_id, Case.state == CaseState.OPEN).exists():
        raise RuleBroken(Message(N_("Das Jobcenter hat den Fall inzwischen übernommen.")))
    raise RuleBroken(Message(N_("Der Fall ist abgeschlossen.")))
