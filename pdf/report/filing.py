"""Files remembered reports whose day has come: counted for the person who remembers them, printed, kept."""

from datetime import datetime

from models.operations.saved_reports import Filing, file_report
from models.queries.accounts import actor_of
from models.queries.figures import municipalities, oversees, report_of
from models.queries.saved_reports import due_reports
from models.rules.errors import NotVisible, StaleVersion
from models.rules.figures.asking import asked_in_words, question_of
from models.rules.figures.catalogue import Figure, figure_named
from models.rules.figures.files import report_csv, report_xlsx
from models.rules.roles import Actor
from models.rules.times import local_day
from models.tables import SavedReport
from pdf.report.issue import print_report


def file_due_reports(*, now: datetime, watermark: bool) -> int:
    """File all reports that are due; returns how many. What somebody may not see any more is left out."""
    done = 0
    for saved in due_reports(local_day(now)):
        actor = actor_of(saved.account)
        figure = figure_named(saved.figure, actor.role)
        filing = _filing(saved, figure, actor, now, watermark) if figure else None
        done += file_report(saved, filing, now=now)
    return done


def file_by_hand(saved: SavedReport, *, actor: Actor, now: datetime, watermark: bool) -> None:
    """File a report at once, for the person who remembers it. StaleVersion where another run was faster."""
    figure = figure_named(saved.figure, actor.role)
    if figure is None:
        raise NotVisible
    if not file_report(saved, _filing(saved, figure, actor, now, watermark), actor=actor, now=now):
        raise StaleVersion


def _filing(saved: SavedReport, figure: Figure, actor: Actor, now: datetime, watermark: bool) -> Filing:
    own, today = not oversees(actor), local_day(now)
    question = question_of(figure, saved.filters, today, own=own)
    report = report_of(actor, question)
    asked = asked_in_words(question, _name_of(question.place), actor.organisation_name if own else "")
    paper = print_report(report, asked, actor=actor, now=now, watermark=watermark)
    return Filing(asked, paper, report_xlsx(report, asked), report_csv(report, asked))


def _name_of(place: str) -> str:
    return next((one.name for one in municipalities() if str(one.id) == place), "")
