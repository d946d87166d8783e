"""The unexcused days at the end of what is known of a running course, where its provider may report on them."""

from collections.abc import Sequence

from peewee import Expression, Query, fn

from models.queries.by_ids import PreparedByIds
from models.queries.prepared import Prepared
from models.rules.enrolments import TOLD_BY_LAW
from models.rules.states import ConsentState, DayMark, EnrolmentState
from models.tables import AttendanceDay, Consent, Course, Enrolment, Provider


def _missed(of_cases: Expression) -> Query:
    """Case, enrolment and day of every absence after which nobody has come or was excused."""
    later = AttendanceDay.alias()
    came = later.select(later.id).where(
        later.enrolment == AttendanceDay.enrolment, later.day > AttendanceDay.day, later.state != DayMark.ABSENT
    )
    return (
        AttendanceDay.select(Enrolment.case, Enrolment.id, AttendanceDay.day)
        .join(Enrolment)
        .join(Course)
        .join(Provider)
        .where(
            of_cases,
            Enrolment.state == EnrolmentState.STARTED,
            AttendanceDay.state == DayMark.ABSENT,
            ~fn.EXISTS(came),
            Enrolment.access_path.in_(sorted(TOLD_BY_LAW)) | _consented(),
        )
        .order_by(Enrolment.id, AttendanceDay.day)
    )


def _consented() -> Expression:
    """The newest decision about E4 that concerns this provider is a consent; the daily run notes its end."""
    newer = Consent.alias()
    for_it = newer.recipient.is_null() | (newer.recipient == Provider.organisation)
    newest = newer.select(fn.MAX(newer.id)).where(newer.case == Enrolment.case, newer.purpose == "E4", for_it)
    granted = Consent.select(Consent.id).where(Consent.id == newest, Consent.state == ConsentState.GRANTED)
    return fn.EXISTS(granted)


def _of_cases(ids: Sequence[int]) -> Query:
    return _missed(Enrolment.case.in_(ids))


OF_CASE = Prepared(lambda case_id: _missed(Enrolment.case == case_id), int)
OF_CASES = PreparedByIds(_of_cases)
