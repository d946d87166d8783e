"""Courses of the invented providers, and what happens to an enrolment."""

from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import yaml

from demo.people import PIN
from demo.training import Told, Training
from models.operations.courses import create_course
from models.operations.enrolment_answers import Confirmation, confirm_enrolment, decline_enrolment, send_to_provider
from models.operations.enrolments import cancel_enrolment, reserve_seat
from models.queries.case_view import view_of
from models.queries.course_access import access_of
from models.queries.enrolments import enrolment_of
from models.rules.courses import CourseData
from models.rules.enrolments import PATH_BASIS, NamedPath
from models.rules.times import local_day
from models.tables import Course, Enrolment, Provider
from pdf.enrolment_form.issue import Place as FormPlace
from pdf.enrolment_form.issue import issue_form


def add_courses(training: Training, now: datetime) -> None:
    """Courses that begin soon, that run, and that are over; entered by the Agentur."""
    providers = {row.bamf_code: row.id for row in Provider.select()}
    for entry in yaml.safe_load((Path(__file__).parent / "courses.yaml").read_text("utf-8")):
        create_course(_course(entry, providers, training), actor=training.clerks["agentur"], now=now)


def _course(entry: dict[str, Any], providers: dict[str, int], training: Training) -> CourseData:
    starts_on = local_day(training.past.now) + timedelta(days=entry.pop("starts"))
    return CourseData(
        provider_id=providers[entry.pop("provider")],
        starts_on=starts_on,
        ends_on=starts_on + timedelta(days=entry.pop("lasts")),
        register_until=starts_on - timedelta(days=7),
        **entry,
    )


def reserve(told: Told, number: str, now: datetime, path: str = "P5", issued_by: str = "ASYLBLG") -> int:
    """Reserve a seat with an access path that was decided a few days before; returns the id of the enrolment."""
    actor, today = told.training.clerks["agentur"], local_day(now)
    dated = today - timedelta(days=6)
    named = NamedPath(path, PATH_BASIS[path], issued_by, dated, dated + timedelta(days=365))
    held = told.held(today)
    states = access_of(view_of(held, actor)).states
    return reserve_seat(held.case, Course.get(Course.number == number), named, states, actor=actor, now=now)


def hand_out_form(told: Told, enrolment: int, now: datetime) -> None:
    """Issue the enrolment form, signed with the PIN."""
    actor, current = told.training.clerks["agentur"], told.training.settings
    view = view_of(told.held(local_day(now)), actor)
    row = enrolment_of(told.case_id, enrolment)
    place = FormPlace(current.pki, current.pepper, current.demo)
    issue_form(view, row, PIN, place, seen_version=row.version, actor=actor, now=now)


def send_form(told: Told, enrolment: int, now: datetime) -> None:
    """Send the form to the provider; the person consented on the same day (E2)."""
    row = Enrolment.get_by_id(enrolment)
    actor = told.training.clerks["agentur"]
    send_to_provider(row, local_day(now), seen_version=row.version, actor=actor, now=now)


def confirm(told: Told, enrolment: int, now: datetime, source: str = "") -> None:
    """The provider confirms; with a ``source`` the Agentur writes down what it said."""
    row = Enrolment.select(Enrolment, Course).join(Course).where(Enrolment.id == enrolment).get()
    confirmation = Confirmation(local_day(now), row.course.starts_on, source)
    actor = told.training.clerks["agentur" if source else "traeger"]
    confirm_enrolment(row, confirmation, seen_version=row.version, actor=actor, now=now)


def decline(told: Told, enrolment: int, reason: str, now: datetime) -> None:
    """The provider takes the person not."""
    row = Enrolment.get_by_id(enrolment)
    decline_enrolment(row, reason, seen_version=row.version, actor=told.training.clerks["traeger"], now=now)


def cancel(told: Told, enrolment: int, reason: str, now: datetime) -> None:
    """The Agentur gives the seat back."""
    row = Enrolment.get_by_id(enrolment)
    cancel_enrolment(row, reason, seen_version=row.version, actor=told.training.clerks["agentur"], now=now)
