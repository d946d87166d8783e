"""Courses of the invented providers, and what happens to an enrolment."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import yaml

from demo.people import PIN
from demo.training import Told, Training
from models.operations import proposals as operations
from models.operations.course_batches import Off, cancel_course
from models.operations.course_progress import News, note_progress
from models.operations.course_reports import keep_report
from models.operations.courses import create_course, create_site
from models.operations.enrolment_answers import Confirmation, confirm_enrolment, decline_enrolment, send_to_provider
from models.operations.enrolments import cancel_enrolment, reserve_seat
from models.operations.registration_proofs import send_proof
from models.operations.registrations import Correction, correct_registration
from models.operations.waiting import join_waiting_list
from models.queries.case_view import view_of
from models.queries.course_access import access_of
from models.queries.enrolments import enrolment_of
from models.queries.registration_proofs import proof_state
from models.rules.competences.availability import DAYS, Lesson
from models.rules.course_reports import Report
from models.rules.courses import CourseData, SiteData
from models.rules.enrolments import PATH_BASIS, SELF_PAYER, Act, NamedPath, offered_paths
from models.rules.law.outcomes import PathState
from models.rules.lesson_times import read_lessons
from models.rules.proposals import Proposal
from models.rules.reasons import Reason
from models.rules.registrations import Registration
from models.rules.times import local_day
from models.tables import Case, Course, Enrolment, Provider
from pdf.enrolment_form.issue import Place as FormPlace
from pdf.enrolment_form.issue import issue_form
from pdf.registration_proof.issue import issue_proof

TEST_AFTER = timedelta(days=1)
"""So long after the registration lies the placement test."""


def add_courses(training: Training, now: datetime) -> None:
    """Courses that begin soon, that run, and that are over; entered by the Agentur."""
    providers = {row.bamf_code: row.id for row in Provider.select()}
    actor, houses = training.clerks["agentur"], dict[tuple[int, str], int]()
    for entry in yaml.safe_load((Path(__file__).parent / "courses.yaml").read_text("utf-8")):
        data = _course(entry, providers, training)
        house = (data.provider_id, data.site)
        if house not in houses:
            houses[house] = create_site(_site(data), actor=actor, now=now)
        create_course(replace(data, place_id=houses[house]), actor=actor, now=now)


def _site(data: CourseData) -> SiteData:
    """The house that the address of a course names."""
    street, town = data.site.split(", ")
    name = f"Haus {street.rsplit(' ', 1)[0]}"
    return SiteData(data.provider_id, name, street, town[:5], town[6:], data.barrier_free, data.transport)


def _course(entry: dict[str, Any], providers: dict[str, int], training: Training) -> CourseData:
    lessons = read_lessons(entry["schedule"])
    starts_on = _first_lesson(local_day(training.past.now) + timedelta(days=entry.pop("starts")), lessons)
    return CourseData(
        provider_id=providers[entry.pop("provider")],
        starts_on=starts_on,
        ends_on=starts_on + timedelta(days=entry.pop("lasts")),
        register_until=starts_on - timedelta(days=7),
        lessons=lessons,
        **entry,
    )


def _first_lesson(day: date, lessons: tuple[Lesson, ...]) -> date:
    """The first day of a lesson from this day on: courses begin with one."""
    days = list(DAYS)
    return min(day + timedelta(days=(days.index(one.day) - day.weekday()) % 7) for one in lessons)


def reserve(told: Told, number: str, now: datetime, path: str = "P5", issued_by: str = "ASYLBLG") -> int:
    """Reserve a seat with an access path that was decided a few days before; returns the id of the enrolment."""
    course, named = Course.get(Course.number == number), _named(now, path, issued_by)
    case, states = _case_and_paths(told, now)
    return reserve_seat(case, course, named, states, actor=told.training.clerks["agentur"], now=now)


def wait(told: Told, number: str, now: datetime) -> int:
    """Put the person on the waiting list of a full course, as one who pays where nobody may oblige her."""
    course = Course.get(Course.number == number)
    case, states = _case_and_paths(told, now)
    obliged = "P5" in offered_paths("IK", states)
    named = _named(now, "P5", "ASYLBLG") if obliged else NamedPath(SELF_PAYER)
    return join_waiting_list(case, course, named, states, actor=told.training.clerks["agentur"], now=now)


def call_off(training: Training, number: str, replacement: str, now: datetime) -> None:
    """The Agentur calls a course off; its people are offered seats in another one."""
    course, off = Course.get(Course.number == number), Off("TOO_FEW", "", Course.get(Course.number == replacement))
    by = {"actor": training.clerks["agentur"], "now": now}
    cancel_course(course, off, seen_version=course.version, token=f"demo-{number}", **by)


def _named(now: datetime, path: str, issued_by: str) -> NamedPath:
    dated = local_day(now) - timedelta(days=6)
    return NamedPath(path, PATH_BASIS[path], issued_by, dated, dated + timedelta(days=365))


def _case_and_paths(told: Told, now: datetime) -> tuple[Case, tuple[PathState, ...]]:
    held = told.held(local_day(now))
    return held.case, access_of(view_of(held, told.training.clerks["agentur"])).states


def hand_out_form(told: Told, enrolment: int, now: datetime) -> None:
    """Issue the enrolment form, signed with the PIN."""
    actor, current = told.training.clerks["agentur"], told.training.settings
    view = view_of(told.held(local_day(now)), actor)
    row = enrolment_of(told.case_id, enrolment)
    place = FormPlace(current.pki, current.pepper, current.base_url, current.demo)
    issue_form(view, row, PIN, place, seen_version=row.version, actor=actor, now=now)


def send_form(told: Told, enrolment: int, now: datetime) -> None:
    """Send the form to the provider; the person consented on the same day (E2)."""
    row = Enrolment.get_by_id(enrolment)
    actor = told.training.clerks["agentur"]
    send_to_provider(row, local_day(now), seen_version=row.version, actor=actor, now=now)


def confirm(told: Told, enrolment: int, now: datetime, source: str = "") -> None:
    """The provider confirms and invites to the placement test; with a ``source`` the Agentur writes down its word."""
    row = Enrolment.select(Enrolment, Course).join(Course).where(Enrolment.id == enrolment).get()
    said = Registration(local_day(now) + TEST_AFTER, _number(enrolment))
    confirmation = Confirmation(local_day(now), row.course.starts_on, source, said)
    actor = told.training.clerks["agentur" if source else "traeger"]
    confirm_enrolment(row, confirmation, seen_version=row.version, actor=actor, now=now)


def begin(told: Told, enrolment: int, now: datetime, source: str = "") -> None:
    """The course begins for her, on its first day; with a ``source`` the Agentur writes down what was said."""
    row = Enrolment.select(Enrolment, Course).join(Course).where(Enrolment.id == enrolment).get()
    actor = told.training.clerks["agentur" if source else "traeger"]
    news = News(Act.START, row.course.starts_on, source=source)
    note_progress(row, news, seen_version=row.version, actor=actor, now=now)


def end(told: Told, enrolment: int, now: datetime) -> None:
    """The course ends for her on its last day."""
    row = Enrolment.select(Enrolment, Course).join(Course).where(Enrolment.id == enrolment).get()
    news = News(Act.FINISH, row.course.ends_on)
    note_progress(row, news, seen_version=row.version, actor=told.training.clerks["traeger"], now=now)


def report(told: Told, enrolment: int, now: datetime) -> None:
    """The provider reports the tests: B1 in the DTZ by speaking and listening with reading (§ 10 IntTestV)."""
    row = Enrolment.get_by_id(enrolment)
    parts = {"listening": "B1", "reading": "B1", "writing": "A2", "speaking": "B1"}
    said = Report("B1", exam="DTZ", exam_result="B1", exam_on=row.ended_on, lid_points=24, recommendation="VOCATIONAL",
                  units=190, **parts)  # fmt: skip
    keep_report(row, said, seen_version=row.version, actor=told.training.clerks["traeger"], now=now)


def tell_result(told: Told, enrolment: int, now: datetime) -> None:
    """The provider tells the result of the placement test, some days after it confirmed."""
    row = Enrolment.get_by_id(enrolment)
    said = Registration(row.confirmed_on + TEST_AFTER, _number(enrolment), "A2", "M3")
    correction = Correction(row.expected_start, said)
    correct_registration(row, correction, seen_version=row.version, actor=told.training.clerks["traeger"], now=now)


def _number(enrolment: int) -> str:
    return f"PK-26-{enrolment:05}"


def propose(told: Told, enrolment: int, said: Proposal, now: datetime) -> None:
    """The provider proposes something else than it was asked for."""
    row = Enrolment.get_by_id(enrolment)
    operations.propose(row, said, seen_version=row.version, actor=told.training.clerks["traeger"], now=now)


def refuse_proposal(told: Told, enrolment: int, reason: Reason, now: datetime) -> None:
    """The Agentur declines what was proposed."""
    row = Enrolment.get_by_id(enrolment)
    actor = told.training.clerks["agentur"]
    operations.decline_proposal(row, reason, seen_version=row.version, actor=actor, now=now)


def prove(told: Told, enrolment: int, now: datetime) -> None:
    """The Agentur issues the proof of registration with its key and sends it to the body that obliged."""
    actor, current = told.training.clerks["agentur"], told.training.settings
    held = told.held(local_day(now))
    row = enrolment_of(told.case_id, enrolment)
    proof = proof_state(held, row)
    if proof:
        place = FormPlace(current.pki, current.pepper, current.base_url, current.demo)
        seen = {"actor": actor, "now": now}
        issue_proof(view_of(held, actor), row, proof, PIN, place, seen_version=row.version, **seen)
        send_proof(held, Enrolment.get_by_id(enrolment), None, seen_version=row.version + 1, **seen)


def decline(told: Told, enrolment: int, reason: Reason, now: datetime) -> None:
    """The provider takes the person not."""
    row = Enrolment.get_by_id(enrolment)
    decline_enrolment(row, reason, seen_version=row.version, actor=told.training.clerks["traeger"], now=now)


def cancel(told: Told, enrolment: int, reason: Reason, now: datetime) -> None:
    """The Agentur gives the seat back."""
    row = Enrolment.get_by_id(enrolment)
    cancel_enrolment(row, reason, seen_version=row.version, actor=told.training.clerks["agentur"], now=now)
