"""Days on which something of a case is said to have happened: not ahead, and not before the case."""

from datetime import date

from models.rules.message import N_, Message
from models.rules.times import german_date


def past_day_problem(day: date | None, opened_on: date, today: date) -> Message | None:
    """What speaks against such a day, or None: agreements, their steps, and consents are dated within their case."""
    if day is None:
        return Message(N_("Bitte den Tag angeben."))
    if day > today:
        return Message(N_("Das Datum liegt in der Zukunft."))
    if day < opened_on:
        sentence = N_("Das Datum liegt vor dem Beginn des Falls am {day}. Bitte prüfen.")
        return Message(sentence, day=german_date(opened_on))
    return None
