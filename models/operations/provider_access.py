"""Notes when a provider has lost sight of an enrolment, so that the end of its access stands in the case."""

from datetime import datetime

from peewee import Query

from models.base import db
from models.operations.ledger import hold_case, record
from models.queries.released import is_in_time, released_since
from models.rules.enrolments import seen_until
from models.rules.roles import SYSTEM
from models.rules.times import local_day
from models.tables import Course, Enrolment, Provider


def end_provider_access(*, now: datetime) -> tuple[int, int]:
    """How many enrolments a provider with an account sees no more, and how many again. To be run once a day.

    Sight itself follows from the days (``released_to``) and needs no run; this writes the events. A course that was
    prolonged after all gives it back.
    """
    in_time = is_in_time(released_since(local_day(now)))
    over = _sent().where(~in_time, Enrolment.access_ended_on.is_null())
    again = _sent().where(in_time, Enrolment.access_ended_on.is_null(False))
    ended = sum(_note(row, now, "enrolment.access_ended") for row in list(over))
    return ended, sum(_note(row, now, "enrolment.access_again") for row in list(again))


def _sent() -> Query:
    with_account = Enrolment.sent_on.is_null(False) & Provider.organisation.is_null(False)
    return Enrolment.select(Enrolment, Course, Provider).join(Course).join(Provider).where(with_account)


def _note(row: Enrolment, now: datetime, kind: str) -> bool:
    """Whether it was noted: another run may have been faster."""
    last_day = seen_until(row.course.ends_on, row.ended_on)
    day = last_day if kind == "enrolment.access_ended" else None
    before = Enrolment.access_ended_on.is_null(day is not None)
    with db.atomic():
        hold_case(row.case_id)
        if not Enrolment.update(access_ended_on=day).where(Enrolment.id == row.id, before).execute():
            return False
        data = {"enrolment": row.id, "course": row.course.number, "provider": row.course.provider.name}
        record(SYSTEM, kind, data | {"last_day": str(last_day or "")}, now=now, case_id=row.case_id)
    return True
