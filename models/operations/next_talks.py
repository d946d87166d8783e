"""The next appointment of an agreement: chosen among those that stand, or agreed together with the agreement."""

from datetime import datetime

from models.operations.appointments import agree_appointment
from models.queries.agreements import talk_of
from models.queries.case_view import CaseView
from models.rules.agreements import NextTalk
from models.rules.errors import RuleBroken
from models.rules.message import N_, Message
from models.rules.roles import Actor
from models.rules.states import AppointmentState
from models.rules.times import local_day
from models.tables import Agreement, Appointment

GONE = N_("Der gewählte nächste Termin gilt nicht mehr. Bitte einen anderen wählen oder einen neuen eintragen.")


def check_chosen(case_id: int, talk: NextTalk, *, actor: Actor, now: datetime) -> None:
    """RuleBroken at ``next_choice`` for an appointment that is not ahead, not of this case, or another organisation's.

    Inside the transaction that has locked the case: the appointment cannot be moved until it ends.
    """
    ahead = (
        (Appointment.id == talk.chosen)
        & (Appointment.case == case_id)
        & (Appointment.organisation == actor.organisation_id)
        & (Appointment.state == AppointmentState.PLANNED)
        & (Appointment.held_on >= local_day(now))
    )
    if talk.chosen and not Appointment.select(Appointment.id).where(ahead).exists():
        raise RuleBroken(Message(GONE), {"next_choice": Message(GONE)})


def settle_talk(view: CaseView, draft: Agreement, despite: str, *, now: datetime) -> int | None:
    """The appointment of an agreement that is being closed, made now where it is a new one; returns its id.

    RuleBroken as for any appointment, at ``despite`` for two at one time without a reason; else for the whole form,
    because what is wrong stands in the draft.
    """
    talk = talk_of(draft)
    check_chosen(view.held.case.id, talk, actor=view.actor, now=now)
    if not talk.is_new:
        return talk.chosen
    try:
        plan = talk.plan(view.actor.account_id or 0, despite)
        return agree_appointment(view, plan, now=now)
    except RuleBroken as broken:
        at_despite = {name: text for name, text in broken.fields.items() if name == "despite"}
        sentence = Message(N_("Nächster Termin: {problem}"), problem=str(broken.message))
        raise RuleBroken(sentence, at_despite) from broken
