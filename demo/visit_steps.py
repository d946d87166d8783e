"""Group information with who came, appointments of today and ahead, a missed one, and notes."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from demo.training import Training
from models.operations.appointments import agree_appointment, note_missed
from models.operations.attendance import Invitation, invite, mark_attendance
from models.operations.group_events import plan_events
from models.operations.notes import write_note
from models.queries.case_view import CaseView, view_of
from models.queries.dossier import dossier_numbered
from models.queries.group_events import EventLine, event_of, participants_of
from models.queries.scope import visible_cases
from models.rules.appointments import AppointmentPlan, EventPlan, Slot
from models.rules.law.workdays import add_working_days
from models.rules.notes import NotePlan
from models.rules.roles import Actor
from models.rules.states import AppointmentKind, AttendanceState, CaseState, ConsentState, NoteTopic, Site, Way
from models.rules.times import local_day, stamp
from models.tables import Appointment, Case, CaseStage, Event

LEBACH = "Landesaufnahmestelle, Haus 12, Pommernstraße 1, 66822 Lebach"
MARKS = (
    (AttendanceState.ATTENDED, ""),
    (AttendanceState.ATTENDED, ""),
    (AttendanceState.EXCUSED, "CHILDCARE"),
    (AttendanceState.ATTENDED, ""),
    (AttendanceState.ABSENT, "TRAVEL"),
)
NOTES = (
    (NoteTopic.TRAINING, "Zeugnisse liegen im Original vor, Übersetzung ist beauftragt.", "Anerkennung beraten", True),
    (NoteTopic.FAMILY, "Die Schwester könnte nachmittags auf die Kinder aufpassen.", "", False),
    (NoteTopic.LANGUAGE, "Lernt abends mit einer Nachbarin, liest schon einfache Texte.", "A2-Kurs suchen", True),
)


def add_visits(training: Training) -> None:
    """All of it, as far as there are cases for it."""
    agentur, past = training.clerks["agentur"], training.past
    now = past.now
    new = _cases(agentur, now, is_met=False, limit=40)
    quiet = _quiet_since(new, past.moment(24, 9))
    _held_group(training, quiet[:5])
    _missed(training, quiet[5:7])
    _group_ahead(training, [case for case in new if case not in quiet[:7]][:7])
    for place, case in enumerate(_cases(agentur, now, is_met=True, limit=4)):
        view = _seen(agentur, case, now)
        day = local_day(now) if place < 2 else add_working_days(local_day(now), place)
        agree_appointment(view, _plan(agentur, day, f"{9 + place}:30".zfill(5)), now=now)
        topic, text, decision, ticked = NOTES[place % len(NOTES)]
        write_note(view, NotePlan(topic, text, decision, local_day(now), ticked), now=now)
    _coach(training, now)


def _cases(actor: Actor, now: datetime, *, is_met: bool, limit: int) -> list[Case]:
    """Open cases before their handover; of those nobody has met only ones that have been there for long."""
    seen = visible_cases(actor, local_day(now)) & (Case.state == CaseState.OPEN) & Case.accepted_on.is_null()
    counselled = CaseStage.select(CaseStage.case).where(CaseStage.key == "handover", CaseStage.state != "open")
    seen &= Case.id.not_in(counselled)
    long_ago = local_day(now) - timedelta(days=59)
    met = (
        Case.first_contact_on.is_null(False)
        if is_met
        else Case.first_contact_on.is_null() & (Case.opened_on < long_ago)
    )
    return list(Case.select().where(seen, met).order_by(Case.id).limit(limit))


def _quiet_since(cases: Sequence[Case], moment: datetime) -> list[Case]:
    """Those of whom nothing was written since: what is told of the time after it comes in its order."""
    told = Event.select(Event.case_id).where(Event.case_id.in_([case.id for case in cases]), Event.at >= stamp(moment))
    busy = {event.case_id for event in told}
    return [case for case in cases if case.id not in busy]


def _seen(actor: Actor, case: Case, now: datetime) -> CaseView:
    return view_of(dossier_numbered(actor, case.number, local_day(now)), actor)


def _event(actor: Actor, day: date, token: str, now: datetime) -> EventLine:
    slot = Slot(day, "09:00", "11:00")
    title = "Gruppeninformation: Arbeiten in Deutschland"
    plan = EventPlan(title, slot, Site.LEBACH, LEBACH, "prs", 12, "Dolmetschdienst Saar", actor.account_id)
    (number,) = plan_events(plan, None, token=token, actor=actor, now=now)
    return event_of(actor, number)


def _held_group(training: Training, cases: Sequence[Case]) -> None:
    """A group information two weeks ago, with who came."""
    if not cases:
        return
    agentur, past = training.clerks["agentur"], training.past
    held = past.moment(14, 12)
    event = _event(agentur, local_day(held), "demo-held", past.moment(24, 10))
    invite(event, Invitation([case.number for case in cases]), actor=agentur, now=past.moment(23, 10))
    for one, (state, reason) in zip(participants_of(agentur, event.id, local_day(held)), MARKS, strict=False):
        mark_attendance(event, one, state, reason, seen_version=one.version, actor=agentur, now=held)


def _group_ahead(training: Training, cases: Sequence[Case]) -> None:
    """The next one in a few days, and one after it that nobody is invited to yet."""
    agentur, now = training.clerks["agentur"], training.past.now
    event = _event(agentur, add_working_days(local_day(now), 4), "demo-next", now)
    if cases:
        invite(event, Invitation([case.number for case in cases]), actor=agentur, now=now)
    _event(agentur, add_working_days(local_day(now), 14), "demo-later", now)


def _missed(training: Training, cases: Sequence[Case]) -> None:
    agentur, past = training.clerks["agentur"], training.past
    for hour, case in enumerate(cases):
        day = past.moment(10, 12)
        begun = past.moment(20, 9)
        plan = _plan(agentur, local_day(day), f"{9 + hour}:00".zfill(5))
        number = agree_appointment(_seen(agentur, case, begun), plan, now=begun)
        note_missed(_seen(agentur, case, day), Appointment.get_by_id(number), "TRAVEL", seen_version=1, now=day)


def _coach(training: Training, now: datetime) -> None:
    """The coach meets somebody tomorrow, with consent E1."""
    coach = training.clerks["coach"]
    mine = visible_cases(coach, local_day(now)) & (Case.coach_consent == ConsentState.GRANTED)
    case = Case.select().where(mine, Case.state == CaseState.OPEN).order_by(Case.id).first()
    if case:
        slot = Slot(add_working_days(local_day(now), 1), "13:30", "14:15")
        plan = AppointmentPlan(
            AppointmentKind.COACHING, slot, Way.PERSON, Site.OTHER, "Rathaus Tholey, Besprechungsraum", coach.account_id
        )
        agree_appointment(_seen(coach, case, now), plan, now=now)


def _plan(actor: Actor, day: date, begins: str) -> AppointmentPlan:
    slot = Slot(day, begins, f"{int(begins[:2]) + 1:02}{begins[2:]}")
    return AppointmentPlan(
        AppointmentKind.COUNSELLING, slot, Way.PERSON, Site.AGENTUR, "Hafenstraße 18, Zimmer 212", actor.account_id
    )
