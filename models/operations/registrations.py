"""What a provider says of a registration: kept with the confirmation, and corrected while the enrolment lives."""

from dataclasses import asdict, dataclass
from datetime import date, datetime

from models.base import db
from models.operations.enrolment_claims import take
from models.operations.ledger import record
from models.operations.speakers import at_field, check_source, refuse_speaking_for, refuse_untold
from models.queries.law import current_law
from models.rules.enrolments import Act
from models.rules.errors import RuleBroken
from models.rules.message import N_
from models.rules.proposals import FURTHEST
from models.rules.registrations import Registration, registration_problems
from models.rules.roles import Actor
from models.rules.times import local_day
from models.tables import Course, CourseRegistration, Enrolment


@dataclass(frozen=True, slots=True)
class Correction:
    """What holds of a registration from now on. ``source`` names who said so for the provider."""

    expected_start: date | None
    said: Registration
    source: str = ""


def check_registration(
    said: Registration, row: Enrolment, expected_start: date | None, *, actor: Actor, today: date
) -> None:
    """RuleBroken by field for what cannot be, and for a result that the provider may not tell (D9)."""
    course = Course.get_by_id(row.course_id)
    begins = row.started_on or expected_start or course.starts_on
    problems = registration_problems(said, current_law().course_family(course.kind), begins, today)
    if problems:
        raise RuleBroken(next(iter(problems.values())), problems)
    if said.has_result:
        refuse_untold(row, "test_level", actor=actor, today=today)


def keep_registration(row: Enrolment, said: Registration, source: str, *, actor: Actor, now: datetime) -> None:
    """Write what was said in the place of what was said before; inside the transaction that claimed the enrolment."""
    CourseRegistration.delete().where(CourseRegistration.enrolment == row.id).execute()
    if said == Registration():
        return
    CourseRegistration.insert(
        enrolment=row.id, source=source, organisation=actor.organisation_id, account=actor.account_id,
        told_on=local_day(now), **asdict(said),
    ).execute()  # fmt: skip


def correct_registration(
    enrolment: Enrolment, correction: Correction, *, seen_version: int, actor: Actor, now: datetime
) -> None:
    """Change expected start, placement test with its result, and Personenkennziffer of a confirmed registration.

    RuleBroken by field for what cannot be, and where the enrolment is over; the event says what was before.
    """
    check_source(correction.source, actor)
    with db.atomic():
        row, _state = take(enrolment, Act.CORRECT, seen_version)
        refuse_speaking_for(row, actor)
        check_start(correction.expected_start, row.confirmed_on, local_day(now))
        check_registration(correction.said, row, correction.expected_start, actor=actor, today=local_day(now))
        before = _standing(row)
        Enrolment.update(expected_start=correction.expected_start).where(Enrolment.id == row.id).execute()
        keep_registration(row, correction.said, correction.source, actor=actor, now=now)
        data = {"enrolment": row.id, "before": before, "source": correction.source, "from_version": seen_version}
        data |= told(correction.said, correction.expected_start)
        record(actor, "enrolment.corrected", data, now=now, case_id=row.case_id)


def check_start(expected_start: date | None, registered: date | None, today: date) -> None:
    """RuleBroken at ``expected_start`` for a day before the registration, or so late that it lapses before."""
    if expected_start and registered and expected_start < registered:
        raise at_field("expected_start", N_("Der Beginn liegt vor der Anmeldung."))
    if expected_start and expected_start > today + FURTHEST:
        raise at_field("expected_start", N_("Der Beginn liegt mehr als ein Jahr voraus."))


def _standing(row: Enrolment) -> dict[str, str]:
    stored = CourseRegistration.get_or_none(CourseRegistration.enrolment == row.id)
    columns = Registration.__dataclass_fields__
    said = Registration(**{name: getattr(stored, name) for name in columns}) if stored else Registration()
    return told(said, row.expected_start)


def told(said: Registration, expected_start: date | None) -> dict[str, str]:
    """What was said, as the event keeps it."""
    return {name: str(value or "") for name, value in asdict(said).items()} | {
        "expected_start": str(expected_start or "")
    }
