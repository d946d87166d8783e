"""The own courses of a provider, and who takes part in them, on screen and on paper."""

from flask.typing import ResponseReturnValue

from blueprints.provider.routes import bp
from blueprints.shared import access
from blueprints.shared.access_log import note_access
from blueprints.shared.addresses import page_number
from blueprints.shared.commands import settings
from blueprints.shared.render import download, page
from models.queries import provider_courses as courses
from models.rules.enrolments import STATE_KINDS, STATE_LABELS
from models.rules.permissions import Permission
from models.rules.times import local_day
from pdf.participant_list.issue import print_participants


@bp.get("/kurse/")
@access.requires(Permission.ENROLMENT_VIEW)
def own_courses() -> ResponseReturnValue:
    """The courses of this provider, the latest start first."""
    today, number = local_day(access.now()), page_number()
    rows, more = courses.own_courses(access.actor(), today, number)
    people = courses.how_many_take_part(access.actor(), rows, today)
    return page("provider/courses.html", area="provider", rows=rows, more=more, page=number, people=people)


@bp.get("/kurse/<number>")
@access.requires(Permission.ENROLMENT_VIEW)
def own_course(number: str) -> ResponseReturnValue:
    """One course with the people who were released to this provider for it."""
    today = local_day(access.now())
    course = courses.own_course(access.actor(), number, today)
    people = courses.participants_of(access.actor(), course, today)
    for case_id in courses.cases_of(people):
        note_access(case_id, "participants")
    context = {"course": course, "people": people, "state": STATE_LABELS, "kind": STATE_KINDS}
    return page("provider/course.html", area="provider", taking=courses.taking_part(people), **context)


@bp.get("/kurse/<number>/teilnahmeliste.pdf")
@access.requires(Permission.ENROLMENT_VIEW)
def participants_pdf(number: str) -> ResponseReturnValue:
    """Who takes part, on paper; each printed person is noted in the access log."""
    actor, now = access.actor(), access.now()
    course = courses.own_course(actor, number, local_day(now))
    people = courses.taking_part(courses.participants_of(actor, course, local_day(now)))
    content = print_participants(course, people, actor=actor, now=now, watermark=settings().demo)
    for case_id in courses.cases_of(people):
        note_access(case_id, "participant_list")
    return download(content, f"Teilnahmeliste-{course.number}.pdf", "application/pdf")
