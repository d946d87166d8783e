"""What the start page shows: tasks and at most five numbers, within what the person may see."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

from peewee import JOIN, Expression, ModelSelect, fn

from models.queries.law_days import first_talk_due
from models.queries.scope import visible_cases
from models.rules.day import Figure, Task, counted
from models.rules.message import Message
from models.rules.roles import Actor, Role
from models.rules.states import CaseState, ConsentState, EnrolmentState, HandoverState
from models.rules.times import from_stamp, german_date, local_day
from models.tables import Case, Course, Enrolment, Handover, Organisation, Person, Provider

CAP = 1_000
MOST_TASKS = 60
SMALLEST_SHOWN = 3  # domain.md 6.2: one and two are not told
NEW_DAYS = 3


def tasks_for(actor: Actor, today: date) -> list[Task]:
    """The tasks that follow from handovers and contact lines, the most pressing first; capped."""
    rule = _TASKS.get(actor.role)
    return rule(actor, today) if rule else []


def figures_for(actor: Actor, today: date) -> list[Figure]:
    """At most five numbers for this role, each with the list behind it."""
    rule = _FIGURES.get(actor.role)
    return rule(actor, today) if rule else []


def stuck_handovers(today: date) -> list[dict[str, Any]]:
    """Overdue handovers by case number alone, for coordination and BAMF: no names, no links."""
    return list(
        Handover.select(Case.number, Handover.state, Handover.due_on)
        .join(Case)
        .where(Handover.state.in_(_AGENTUR_OPEN), Handover.due_on < today)
        .order_by(Handover.due_on)
        .limit(MOST_TASKS)
        .dicts()
    )


_AGENTUR_OPEN = (HandoverState.DRAFT.value, HandoverState.QUERIED.value)
_INBOX = (HandoverState.SENT.value, HandoverState.RECEIVED.value)


def _handovers(condition: Expression) -> list[Handover]:
    return list(
        Handover.select(Handover, Case, Person)
        .join(Case)
        .join(Person)
        .where(condition)
        .order_by(Handover.due_on.asc(nulls="last"))
        .limit(MOST_TASKS)
    )


def _about(row: Handover) -> str:
    return f"{row.case.person.family_name}, {row.case.person.given_name}"


def _agentur_tasks(actor: Actor, today: date) -> list[Task]:
    rows = _handovers((Handover.sender == actor.organisation_id) & Handover.state.in_(_AGENTUR_OPEN))
    return [
        Task(
            title=Message("Rückfrage beantworten: {name}", name=_about(row))
            if row.state == HandoverState.QUERIED
            else Message("Übergabe vorbereiten: {name}", name=_about(row)),
            address=f"/uebergaben/{row.reference}",
            detail=Message("Wechsel zum {day}", day=german_date(row.change_on)),
            due=row.due_on,
        )
        for row in rows
    ]


def _jobcenter_tasks(actor: Actor, today: date) -> list[Task]:
    inbox = _handovers((Handover.receiver == actor.organisation_id) & Handover.state.in_(_INBOX))
    waiting = _handovers(
        (Handover.receiver == actor.organisation_id)
        & (Handover.state == HandoverState.ACCEPTED)
        & Handover.first_talk_on.is_null()
    )
    return [_receive_task(row) for row in inbox] + [_talk_task(row) for row in waiting]


def _receive_task(row: Handover) -> Task:
    sent = local_day(from_stamp(row.sent_at))
    confirm = row.state == HandoverState.SENT
    title = "Eingang bestätigen: Übergabe {name}" if confirm else "Übergabe annehmen: {name}"
    return Task(
        title=Message(title, name=_about(row)),
        address=f"/uebergaben/{row.reference}",
        detail=Message(
            "übermittelt {sent} · Wechsel zum {day}", sent=german_date(sent), day=german_date(row.change_on)
        ),
        due=row.due_on,
    )


def _talk_task(row: Handover) -> Task:
    accepted = local_day(from_stamp(row.accepted_at))
    return Task(
        title=Message("Ersttermin vereinbaren: {name}", name=_about(row)),
        address=f"/faelle/{row.case.number}?liste=uebergabe",
        detail=Message(
            "Übergabe angenommen {day} · Ziel: erstes Gespräch in 10 Arbeitstagen", day=german_date(accepted)
        ),
        due=first_talk_due(accepted),
    )


def _coach_tasks(actor: Actor, today: date) -> list[Task]:
    rows = (
        Case.select(Case, Person, Organisation)
        .join(Person)
        .switch(Case)
        .join(Organisation, JOIN.LEFT_OUTER, on=(Case.municipality == Organisation.id), attr="town_hall")
        .where(
            visible_cases(actor, today),
            Case.coach_consent == ConsentState.NONE,
            Case.coach_reported_on >= today - timedelta(days=NEW_DAYS),
            Case.state == CaseState.OPEN,
        )
        .order_by(Case.coach_reported_on.desc(), Case.id)
        .limit(MOST_TASKS)
    )
    return [
        Task(
            title=Message("Erstkontakt: {family}, {given}", family=row.person.family_name, given=row.person.given_name),
            address=f"/faelle/{row.number}",
            detail=Message("gemeldet {day}", day=german_date(row.coach_reported_on)),
            due=None,
        )
        for row in rows
    ]


_TASKS: dict[Role, Callable[[Actor, date], list[Task]]] = {
    Role.AGENTUR: _agentur_tasks,
    Role.JOBCENTER: _jobcenter_tasks,
    Role.COACH: _coach_tasks,
}


def _count(query: ModelSelect) -> int:
    """Count no further than the cap: nobody needs to know whether it is 1.200 or 160.000."""
    return int(query.limit(CAP + 1).count())


def _figure(query: ModelSelect, label: str, address: str, urgent: bool = False) -> Figure:
    number = _count(query)
    return Figure(counted(number, CAP), Message(label), address, urgent and number > 0)


def _handover_count(condition: Expression) -> ModelSelect:
    return Handover.select(Handover.id).where(condition)


def _case_count(actor: Actor, today: date, *conditions: Expression) -> ModelSelect:
    return Case.select(Case.id).where(visible_cases(actor, today), Case.state == CaseState.OPEN, *conditions)


def _agentur_figures(actor: Actor, today: date) -> list[Figure]:
    mine = Handover.sender == actor.organisation_id
    preparing = mine & Handover.state.in_(_AGENTUR_OPEN)
    return [
        _figure(_handover_count(preparing & (Handover.due_on < today)), "Übergaben überfällig", "/uebergaben/", True),
        _figure(_handover_count(preparing), "Übergaben vorzubereiten", "/uebergaben/"),
        _figure(_handover_count(mine & Handover.state.in_(_INBOX)), "warten auf das Jobcenter", "/uebergaben/"),
        _figure(
            _case_count(actor, today, Case.first_contact_on.is_null(), Case.accepted_on.is_null()),
            "neu, noch kein Kontakt",
            "/faelle/?kontakt=neu",
        ),
        _figure(_case_count(actor, today, Case.accepted_on.is_null()), "laufende Fälle", "/faelle/"),
    ]


def _jobcenter_figures(actor: Actor, today: date) -> list[Figure]:
    mine = Handover.receiver == actor.organisation_id
    talk = mine & (Handover.state == HandoverState.ACCEPTED) & Handover.first_talk_on.is_null()
    return [
        _figure(_handover_count(mine & Handover.state.in_(_INBOX)), "Übergaben im Eingang", "/uebergaben/"),
        _figure(_handover_count(talk), "ohne Ersttermin", "/uebergaben/"),
        _figure(
            _handover_count(mine & (Handover.state == HandoverState.QUERIED)), "warten auf die Agentur", "/uebergaben/"
        ),
        _figure(_case_count(actor, today), "laufende Fälle", "/faelle/"),
    ]


def _coach_figures(actor: Actor, today: date) -> list[Figure]:
    fresh = Case.coach_reported_on >= today - timedelta(days=1)
    return [
        _figure(_case_count(actor, today, fresh), "neu seit gestern", "/faelle/"),
        _figure(_case_count(actor, today, Case.coach_consent == ConsentState.NONE), "ohne Einwilligung", "/faelle/"),
        _figure(_case_count(actor, today, Case.coach_consent == ConsentState.GRANTED), "im Coaching", "/faelle/"),
    ]


def _resident_figures(actor: Actor, today: date) -> list[Figure]:
    unreported = (Case.coach_reported_on.is_null()) & (Case.legal_sphere == "S3")
    return [
        _figure(_case_count(actor, today), "Personen in unserer Gemeinde", "/faelle/"),
        _figure(_case_count(actor, today, unreported), "noch nicht an den Coach gemeldet", "/faelle/"),
    ]


def _benefit_figures(actor: Actor, today: date) -> list[Figure]:
    ending = Case.asylblg_until.is_null(False)
    return [
        _figure(_case_count(actor, today), "Personen mit Leistungen nach AsylbLG", "/faelle/"),
        _figure(_case_count(actor, today, ending), "mit Wechseltermin", "/faelle/"),
    ]


def _provider_figures(actor: Actor, today: date) -> list[Figure]:
    waiting = (
        Enrolment.select(Enrolment.id)
        .join(Course)
        .join(Provider)
        .where(Provider.organisation == actor.organisation_id, Enrolment.state == EnrolmentState.SENT)
    )
    return [_figure(waiting, "Anmeldungen warten auf Antwort", "/anmeldungen/")]


def _aggregate_figures(actor: Actor, today: date) -> list[Figure]:
    states = dict(Handover.select(Handover.state, fn.COUNT(Handover.id)).group_by(Handover.state).tuples())
    sent = sum(states.get(state, 0) for state in _INBOX)
    return [
        _aggregate(states.get(HandoverState.DRAFT.value, 0), "Übergaben in Vorbereitung"),
        _aggregate(sent, "Übergaben übermittelt"),
        _aggregate(states.get(HandoverState.QUERIED.value, 0), "Rückfragen offen"),
        _aggregate(states.get(HandoverState.ACCEPTED.value, 0), "Übergaben angenommen"),
    ]


def _aggregate(number: int, label: str) -> Figure:
    """One and two are shown as "<3" (domain.md 6.2)."""
    shown = f"<{SMALLEST_SHOWN}" if 0 < number < SMALLEST_SHOWN else counted(number, 10**9)
    return Figure(shown, Message(label), "")


_FIGURES: dict[Role, Callable[[Actor, date], list[Figure]]] = {
    Role.AGENTUR: _agentur_figures,
    Role.JOBCENTER: _jobcenter_figures,
    Role.COACH: _coach_figures,
    Role.MUNICIPALITY: _resident_figures,
    Role.ASYLBLG: _benefit_figures,
    Role.PROVIDER: _provider_figures,
    Role.COORDINATION: _aggregate_figures,
    Role.BAMF: _aggregate_figures,
}
