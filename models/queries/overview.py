"""What those see who oversee the whole: numbers without persons, and stuck handovers by case number alone."""

from datetime import date
from typing import Any

from peewee import fn

from models.rules.day import Figure
from models.rules.figures.report import rounded
from models.rules.figures.suppression import FEW
from models.rules.message import N_, Message
from models.rules.states import HandoverState
from models.tables import Case, Handover

MOST_STUCK = 60


def stuck_handovers(today: date) -> list[dict[str, Any]]:
    """Overdue handovers by case number alone, for coordination and BAMF: no names, no links."""
    return list(
        Handover.select(Case.number, Handover.state, Handover.due_on)
        .join(Case)
        .where(Handover.state.in_([HandoverState.DRAFT, HandoverState.QUERIED]), Handover.due_on < today)
        .order_by(Handover.due_on)
        .limit(MOST_STUCK)
        .dicts()
    )


def overview_figures() -> list[Figure]:
    """Numbers of handovers in their states, rounded, in one query."""
    states = dict(Handover.select(Handover.state, fn.COUNT(Handover.id)).group_by(Handover.state).tuples())
    sent = sum(states.get(state.value, 0) for state in (HandoverState.SENT, HandoverState.RECEIVED))
    return [
        _aggregate(states.get(HandoverState.DRAFT.value, 0), N_("Übergaben in Vorbereitung")),
        _aggregate(sent, N_("Übergaben übermittelt")),
        _aggregate(states.get(HandoverState.QUERIED.value, 0), N_("Rückfragen offen")),
        _aggregate(states.get(HandoverState.ACCEPTED.value, 0), N_("Übergaben angenommen")),
    ]


def _aggregate(number: int, label: str) -> Figure:
    """One and two are shown as "<3", all else rounded to five (domain.md 6.2): two days would tell who went between."""
    told = rounded(number)
    return Figure(FEW if told is None else str(told), Message(label), "")
