"""The deadlines of a handover, with the lengths that the maintained law gives for the day that sets them off."""

from datetime import date

from models.queries.law import current_law
from models.rules import handovers
from models.rules.law import deadlines


def version_due(begun: date, change_on: date | None) -> date:
    """Last day for sending a version that was begun (its service recorded) on that day."""
    return handovers.version_due(begun, change_on, days=current_law().amount("handover_due", begun))


def receipt_due(sent: date) -> date:
    """Last day for confirming receipt."""
    return deadlines.receipt_due(sent, current_law().amount("receipt_due", sent))


def request_ends(made: date) -> date:
    """Last day on which a request for a transfer is open."""
    return deadlines.request_ends(made, current_law().amount("request_ends", made))


def first_talk_due(accepted: date) -> date:
    """Last day for the first talk after the acceptance."""
    return deadlines.first_talk_due(accepted, current_law().amount("first_talk_due", accepted))


def own_goal_due(begun: date) -> date:
    """Last day for what the law sets no day for."""
    return deadlines.counted(current_law(), deadlines.own_goal_due, begun)
