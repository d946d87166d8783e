"""The working group of the invented county: a meeting that is ahead."""

from datetime import timedelta

from demo.training import Training
from models.operations.meetings import answer_invitation, invite, plan_meeting
from models.queries.meetings import can_be_invited, meeting_of
from models.rules.appointments import Slot
from models.rules.law.workdays import is_working_day
from models.rules.times import local_day
from models.rules.workgroup.meetings import USUAL_TITLE, MeetingPlan, Reply

ROOM = "Kreishaus, Saal 1, Mommstraße 21, 66606 St. Wendel"
COMING = ("agentur", "jobcenter", "bamf", "tholey", "traeger")


def add_meetings(training: Training) -> None:
    """The coordination plans the next meeting and invites; some have answered."""
    now, actor = training.past.working(0, 12), training.clerks["koordination"]
    day = local_day(training.past.now) + timedelta(days=17)
    while not is_working_day(day):
        day += timedelta(days=1)
    plan = MeetingPlan(USUAL_TITLE, Slot(day, "09:30", "11:30"), ROOM, "", 3)
    invited = {party.id for party in can_be_invited()}
    number = plan_meeting(plan, invited, token="demo-next", actor=actor, now=now)  # noqa: S106 - of a form
    invite(meeting_of(actor, number), seen_version=1, actor=actor, now=now)
    for name in COMING:
        answer_invitation(
            meeting_of(training.clerks[name], number), Reply.ACCEPTED, seen_version=1, actor=training.clerks[name],
            now=now,
        )  # fmt: skip
