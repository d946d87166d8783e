"""The working group of the invented county: a meeting with signed minutes, and one that is ahead."""

from datetime import date, datetime, timedelta

from demo.people import PIN
from demo.training import Training
from models.operations.meetings import answer_invitation, invite, plan_meeting
from models.operations.minutes import Presence, note_attendance, write_minutes
from models.operations.resolutions import add_resolution, settle_resolution
from models.queries.meetings import can_be_invited, meeting_of
from models.queries.minutes import minutes_of, owners_of, workgroup_tasks
from models.rules.appointments import Slot
from models.rules.law.workdays import is_working_day
from models.rules.times import local_day
from models.rules.workgroup.meetings import USUAL_TITLE, MeetingPlan, Reply
from models.rules.workgroup.minutes import ResolutionPlan, ResolutionState
from pdf.minutes.issue import Place, issue_minutes

ROOM = "Kreishaus, Saal 1, Mommstraße 21, 66606 St. Wendel"
COMING = ("agentur", "jobcenter", "bamf", "tholey", "traeger")
SAID = {
    1: "Die Runde ist vollständig eingeladen, fünf Stellen sind da.",
    3: "Ein Abendkurs fehlt für alle, die vormittags arbeiten. Der Träger hat einen Raum in Aussicht.",
    5: "Der Bus aus Tholey kommt zwölf Minuten nach Kursbeginn an.",
    6: "Rückfragen entstehen vor allem, wenn das Aufenthaltspapier nicht lesbar ist.",
}
RESOLVED = (
    (3, "traeger", "Raum für einen zweiten Abendkurs prüfen", "Kursverwaltung", 20),
    (5, "tholey", "Mit dem Verkehrsbetrieb über die Ankunft der Linie 620 sprechen", "", -3),
    (6, "agentur", "Papiere vor dem Senden auf Lesbarkeit prüfen", "Teamleitung", 6),
)
"""Point, account of the owner, what, who there, days from now."""


def add_meetings(training: Training) -> None:
    """The last meeting with its minutes and tasks, one of them done; the next one, to which some have answered."""
    _hold(training)
    past = training.past
    day = _working(local_day(past.now) + timedelta(days=17))
    number = _plan(training, "demo-next", day, past.working(0, 12))
    _answer(training, number, past.working(0, 12))


def _plan(training: Training, token: str, day: date, now: datetime) -> int:
    actor, invited = training.clerks["koordination"], {party.id for party in can_be_invited()}
    plan = MeetingPlan(USUAL_TITLE, Slot(day, "09:30", "11:30"), ROOM, "", 3)
    number = plan_meeting(plan, invited, token=token, actor=actor, now=now)
    invite(meeting_of(actor, number), seen_version=1, actor=actor, now=now)
    return number


def _answer(training: Training, number: int, now: datetime) -> None:
    for name in COMING:
        actor = training.clerks[name]
        answer_invitation(meeting_of(actor, number), Reply.ACCEPTED, seen_version=1, actor=actor, now=now)


def _hold(training: Training) -> None:
    held, actor = training.past.working(24, 12), training.clerks["koordination"]
    number = _plan(training, "demo-last", local_day(held), training.past.working(34, 10))
    _answer(training, number, training.past.working(30, 10))
    by = {"actor": actor, "now": held}
    view = meeting_of(actor, number)
    marks = [Presence(party, party.reply == Reply.ACCEPTED, None, "", party.version) for party in view.parties]
    note_attendance(view, marks, **by)
    view = meeting_of(actor, number)
    for place, text in SAID.items():
        write_minutes(view, view.items[place - 1], text, seen_version=1, **by)
    for place, name, text, contact, days in RESOLVED:
        due = local_day(training.past.now) + timedelta(days=days)
        plan = ResolutionPlan(text, training.clerks[name].organisation_id, contact, due)
        add_resolution(view, view.items[place - 1], plan, owners_of(actor, view), token=f"demo-{place}", **by)
    current = training.settings
    signed = {"despite_drafts": False, "seen_version": view.row.version, **by}
    issue_minutes(view, minutes_of(actor, view), PIN, Place(current.pki, current.pepper, current.demo), **signed)
    _report(training)


def _report(training: Training) -> None:
    """The Agentur has done its part."""
    actor = training.clerks["agentur"]
    for line in workgroup_tasks(actor):
        said = "Steht jetzt in der Arbeitshilfe."
        by = {"actor": actor, "now": training.past.working(9, 11)}
        settle_resolution(line, ResolutionState.DONE, said, seen_version=line.version, **by)


def _working(day: date) -> date:
    while not is_working_day(day):
        day += timedelta(days=1)
    return day
