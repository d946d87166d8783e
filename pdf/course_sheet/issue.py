"""The sheet of a month on paper: printed, not kept."""

from collections.abc import Callable, Iterable
from datetime import datetime

from models.queries.course_attendance import CourseSheet, Participant
from models.queries.still_seen import CHANGED
from models.rules.course_attendance import weekday
from models.rules.course_calendar import month_name
from models.rules.errors import RuleBroken
from models.rules.message import Message
from models.rules.roles import Actor
from models.rules.times import german_time, stamp
from models.tables import Organisation
from pdf.base.office import address_of
from pdf.course_sheet.sheet import SheetFacts, SheetPerson, course_sheet
from pdf.enrolment_form.issue import SLIPS
from pdf.render import render_pdf

Read = Callable[[], tuple[CourseSheet, tuple[Participant, ...]]]


def print_course_sheet(
    read: Read, base_url: str, *, actor: Actor, now: datetime, watermark: bool
) -> tuple[bytes, list[int]]:
    """The sheet and the slips as a PDF, and the cases that stand on them.

    ``read`` gives the sheet and who has not been answered for; it is asked again before the paper is handed out.
    RuleBroken where somebody took a consent back meanwhile.
    """
    sheet, awaited = read()
    content = render_pdf(
        "course_sheet", course_sheet(_facts(sheet, awaited, base_url, actor, now)), watermark=watermark
    )
    again, still = read()
    if (again.expected, still) != (sheet.expected, awaited):
        raise RuleBroken(Message(CHANGED))
    return content, sorted({one.case_id for one in (*sheet.expected, *awaited)})


def _facts(
    sheet: CourseSheet, awaited: Iterable[Participant], base_url: str, actor: Actor, now: datetime
) -> SheetFacts:
    course, office = sheet.course, Organisation.get_by_id(actor.organisation_id)
    return SheetFacts(
        number=course.number,
        title=course.title,
        month=month_name(sheet.month.first),
        provider=course.provider_name,
        schedule=course.schedule,
        days=[(weekday(day), f"{day.day}.") for day in sheet.days],
        people=[_person(one) for one in sheet.expected],
        awaited=[_person(one) for one in awaited],
        return_to=address_of(office),
        address=f"{base_url}/kurse/{course.number}/anwesenheit/{sheet.month.word}",
        slip_address=f"{base_url}{SLIPS}",
        printed_by=actor.name,
        printed_at=german_time(stamp(now)),
        created=now,
    )


def _person(one: Participant) -> SheetPerson:
    return SheetPerson(one.name, one.reference)
