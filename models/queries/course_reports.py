"""What was reported of the end of courses, with who said it. Reads only."""

from datetime import date
from typing import NamedTuple

from models.queries.by_ids import PreparedByIds
from models.rules.course_reports import Report, report_told
from models.tables import CourseReport, Organisation

_SAID = tuple(CourseReport._meta.fields[name] for name in Report.__dataclass_fields__)


class ReportRow(NamedTuple):
    """A report, and who said it when from what."""

    said: Report
    organisation: str
    source: str
    told_on: date

    @property
    def line(self) -> str:
        """The report in one line."""
        return report_told(self.said)


def report_of(enrolment_id: int) -> ReportRow | None:
    """The report of one enrolment, if there is one."""
    return reports_of([enrolment_id]).get(enrolment_id)


def reports_of(enrolment_ids: list[int]) -> dict[int, ReportRow]:
    """The reports of these enrolments by id, in one statement for a page of them."""
    return {row[0]: ReportRow(Report(*row[4:]), row[3], row[1], row[2]) for row in _REPORTS.rows(enrolment_ids)}


_REPORTS = PreparedByIds(
    lambda ids: (
        CourseReport.select(
            CourseReport.enrolment, CourseReport.source, CourseReport.told_on, Organisation.name, *_SAID
        )
        .join(Organisation, on=CourseReport.organisation == Organisation.id)
        .where(CourseReport.enrolment.in_(ids))
    )
)
