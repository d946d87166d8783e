"""A report on paper: made of the same object as the page, printed, not kept."""

from datetime import datetime

from models.rules.figures.report import Report
from models.rules.roles import Actor
from models.rules.times import german_time, stamp
from pdf.render import render_pdf
from pdf.report.sheet import ReportFacts, report_sheet


def print_report(report: Report, asked: str, *, actor: Actor, now: datetime, watermark: bool) -> bytes:
    """The report as a PDF; ``asked`` says in words what was chosen."""
    facts = ReportFacts(
        report=report,
        asked=asked,
        organisation=actor.organisation_name,
        printed_by=actor.name,
        printed_at=german_time(stamp(now)),
        created=now,
    )
    return render_pdf("report", report_sheet(facts), watermark=watermark)
