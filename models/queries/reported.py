"""The change reports of a case as the lists, tasks and pages need them, in one statement. Reads only."""

from datetime import date
from typing import Any, NamedTuple

from models.queries.by_ids import PreparedByIds
from models.queries.prepared import Prepared
from models.rules.states import ChangeKind, ReportState
from models.rules.tasks.facts import ReportFacts
from models.rules.times import from_stamp, local_day
from models.tables import ChangeReport


class Reported(NamedTuple):
    """A report with what became of it; organisations by id, times as they are stored."""

    id: int
    kind: str
    on_day: date
    data: dict[str, Any]
    home_id: int | None
    organisation_id: int
    reported_at: str
    state: str
    reason: str
    settled_by_id: int | None
    settled_at: str | None
    noted_by_id: int | None
    noted_at: str | None
    coach_noted_at: str | None
    asylblg_noted_at: str | None
    version: int

    @property
    def is_open(self) -> bool:
        """Whether nobody has decided on it or taken notice of it yet."""
        return self.state == ReportState.REPORTED


_COLUMNS = (
    ChangeReport.id, ChangeReport.kind, ChangeReport.on_day, ChangeReport.data, ChangeReport.home,
    ChangeReport.organisation, ChangeReport.reported_at, ChangeReport.state, ChangeReport.reason,
    ChangeReport.settled_by, ChangeReport.settled_at, ChangeReport.noted_by, ChangeReport.noted_at,
    ChangeReport.coach_noted_at, ChangeReport.asylblg_noted_at, ChangeReport.version,
)  # fmt: skip
OF_CASE = Prepared(
    lambda case_id: ChangeReport.select(*_COLUMNS).where(ChangeReport.case == case_id).order_by(ChangeReport.id), int
)
OF_CASES = PreparedByIds(
    lambda ids: (
        ChangeReport.select(ChangeReport.case, *_COLUMNS).where(ChangeReport.case.in_(ids)).order_by(ChangeReport.id)
    )
)


def as_facts(report: Reported) -> ReportFacts:
    """What the table of tasks looks at."""
    return ReportFacts(
        kind=ChangeKind(report.kind),
        state=ReportState(report.state),
        on=local_day(from_stamp(report.reported_at)),
        reporter=report.organisation_id,
        home=report.home_id,
        noted=report.noted_at is not None,
        coach_noted=report.coach_noted_at is not None,
        asylblg_noted=report.asylblg_noted_at is not None,
    )
