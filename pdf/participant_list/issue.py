"""The list of participants on paper: printed, not kept."""

from collections.abc import Sequence
from datetime import datetime

from models.queries.provider_courses import OwnCourse
from models.queries.released import ReleasedRow
from models.rules.enrolments import STATE_LABELS
from models.rules.roles import Actor
from models.rules.times import german_date, german_time, stamp
from pdf.participant_list.sheet import CourseFacts, ParticipantLine, participant_list
from pdf.render import render_pdf


def print_participants(
    course: OwnCourse, people: Sequence[ReleasedRow], *, actor: Actor, now: datetime, watermark: bool
) -> bytes:
    """The list as a PDF."""
    ends = f" bis {german_date(course.ends_on)}" if course.ends_on else ""
    facts = CourseFacts(
        number=course.number,
        title=course.title,
        when=f"ab {german_date(course.starts_on)}{ends}",
        schedule=course.schedule,
        site=course.site,
        people=[_line(one) for one in people],
        provider=actor.organisation_name,
        printed_by=actor.name,
        printed_at=german_time(stamp(now)),
        created=now,
    )
    return render_pdf("participant_list", participant_list(facts), watermark=watermark)


def _line(row: ReleasedRow) -> ParticipantLine:
    return ParticipantLine(row.name, row.form.get("birth_date") or "", row.german, STATE_LABELS[row.state])
