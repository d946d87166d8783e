"""Meetings of the tests, each made with one line."""

from datetime import timedelta
from typing import Any

from models.operations.meetings import invite, plan_meeting
from models.queries.meetings import meeting_of
from models.rules.appointments import Slot
from models.rules.workgroup.meetings import MeetingPlan
from models.tables import Case, Handover, Meeting, Organisation
from tests.cast import member_of
from tests.moments import NOW, TODAY

SOON = TODAY + timedelta(days=7)


def ids_of(*keys: str) -> list[int]:
    """The organisations with these keys."""
    return [Organisation.get(Organisation.key == key).id for key in keys]


def typed_meeting(*keys: str, **values: Any) -> dict[str, Any]:
    """A filled form of a meeting with these organisations."""
    return {
        "version": 0, "token": "abc", "title": "Arbeitskreis", "held_on": f"{SOON:%d.%m.%Y}", "begins": "9",
        "ends": "11:00", "place": "Kreishaus, Saal 1", "way_in": "", "quorum": "2", "parties": ids_of(*keys),
    } | values  # fmt: skip


def make_meeting(*keys: str, invited: bool = False, token: str = "t1", **changes: Any) -> Meeting:
    """A meeting of these organisations in a week, with its proposed agenda."""
    actor = member_of("koordination")
    slot = Slot(changes.pop("on", SOON), "09:00", "11:00")
    values = {"title": "Arbeitskreis", "place": "Kreishaus, Saal 1", "way_in": "", "quorum": 1} | changes
    number = plan_meeting(MeetingPlan(slot=slot, **values), set(ids_of(*keys)), token=token, actor=actor, now=NOW)
    if invited:
        invite(meeting_of(actor, number), seen_version=1, actor=actor, now=NOW)
    return Meeting.get_by_id(number)


def overdue(case: Case) -> None:
    """A handover of this case that should have been sent a week ago."""
    (sender,), (receiver,) = ids_of("agentur"), ids_of("jobcenter")
    Handover.create(
        reference=f"{case.number}-1", case=case.id, number=1, state="draft", sender=sender, receiver=receiver,
        recorded_on=TODAY - timedelta(days=14), due_on=TODAY - timedelta(days=7), change_on=TODAY,
        subject="Rahimi, Samira",
    )  # fmt: skip
