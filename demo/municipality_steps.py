"""What municipalities reported: moves, a departure, somebody who cannot be reached; some of it still unanswered."""

from datetime import timedelta

from demo.training import Training
from models.operations.change_reports import report_change
from models.operations.report_answers import answer_report
from models.queries.case_view import view_of
from models.queries.dossier import dossier_numbered
from models.rules.change_reports import ChangeEntry, ReportAct
from models.rules.states import CaseState, ChangeKind
from models.rules.times import local_day
from models.tables import Case, ChangeReport, Organisation

HOME = "tholey"
REPORTS = (
    (HOME, ChangeKind.MOVED_HERE, {"street": "Am Schaumberg 12", "postcode": "66636", "town": "Tholey"}),
    (HOME, ChangeKind.LEFT, {"destination": "GERMANY", "place": "Saarbrücken"}),
    (HOME, ChangeKind.REACHABILITY, {"contact": "über die Unterkunft, abends"}),
    ("freisen", ChangeKind.MOVED_ON, {"municipality": HOME}),
)
"""Who reports what, each of a person of her own."""


def report_changes(training: Training) -> None:
    """Report them, as far as there are people; the Agentur has taken notice of the first."""
    now = training.past.now
    for place, (key, kind, said) in enumerate(REPORTS):
        case = _resident(key, place)
        if case is None:
            continue
        day = local_day(now) - timedelta(days=2)
        more = {"unreachable_since": day} if kind == ChangeKind.REACHABILITY else {}
        actor = training.municipality(case)
        view = view_of(dossier_numbered(actor, case.number, local_day(now)), actor)
        report_change(view, ChangeEntry(kind=kind, on_day=day, said=said | more), seen_version=case.version, now=now)
    _take_notice(training)


def _resident(key: str, place: int) -> Case | None:
    """Somebody of this municipality of whom the coach was told, the newest ones first."""
    home = Organisation.select(Organisation.id).where(Organisation.key == key)
    told = (Case.state == CaseState.OPEN) & Case.coach_reported_on.is_null(False) & Case.accepted_on.is_null()
    found: Case | None = (
        Case.select().where(told, Case.municipality.in_(home)).order_by(Case.id.desc()).offset(place + 3).first()
    )
    return found


def _take_notice(training: Training) -> None:
    report = ChangeReport.select().where(ChangeReport.kind == ChangeKind.MOVED_HERE).order_by(ChangeReport.id).first()
    if report:
        how = {"actor": training.clerks["agentur"], "now": training.past.now}
        answer_report(report, ReportAct.NOTE, seen_version=report.version, **how)
