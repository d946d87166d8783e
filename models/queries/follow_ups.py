"""Wiedervorlagen within the own organisation. Reads only."""

from datetime import date

from peewee import Expression

from models.rules.roles import Actor
from models.rules.states import FollowUpState
from models.tables import Absence, FollowUp


def my_follow_ups(actor: Actor, today: date) -> Expression:
    """A WHERE over ``FollowUp``: open ones of this person, of her organisation, and of whom she stands in for."""
    absent = Absence.select(Absence.account).where(
        Absence.deputy == actor.account_id, Absence.begins_on <= today, Absence.ends_on >= today
    )
    mine = FollowUp.assigned.is_null() | (FollowUp.assigned == actor.account_id) | FollowUp.assigned.in_(absent)
    return (FollowUp.organisation == actor.organisation_id) & (FollowUp.state == FollowUpState.OPEN) & mine
