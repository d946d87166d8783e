"""A report as finished strings; small numbers were withheld before it came here."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from models.rules.figures.plot import plot_of
from models.rules.figures.report import Report
from pdf.base.sheet import Metadata


@dataclass(frozen=True, slots=True)
class PrintedLine:
    """One row of the table."""

    name: str
    values: tuple[str, ...]
    is_sum: bool


@dataclass(frozen=True, slots=True)
class ReportFacts:
    """What the paper is made of; ``asked`` says in words what was chosen."""

    report: Report
    asked: str
    organisation: str
    printed_by: str
    printed_at: str
    created: datetime


@dataclass(frozen=True, slots=True)
class ReportSheet:
    """Everything that the template prints. ``picture`` is safe markup of our own."""

    metadata: Metadata
    foot: str
    title: str
    definition: str
    asked: str
    printed: str
    picture: str
    columns: Sequence[str]
    lines: tuple[PrintedLine, ...]
    notes: tuple[str, ...]


def report_sheet(facts: ReportFacts) -> ReportSheet:
    """The paper for these facts."""
    report, title = facts.report, facts.report.figure.title
    lines = tuple(
        PrintedLine(str(row[0]), tuple(str(value) for value in row[1:]), line.is_sum)
        for line, row in zip(report.lines, report.rows(), strict=True)
    )
    return ReportSheet(
        metadata=Metadata(
            title=title,
            subject="Auswertung",
            author=facts.organisation,
            created=facts.created,
            identity=f"{report.figure.key} {facts.asked} {lines}",
        ),
        foot=f"{title} · {facts.asked} · {facts.organisation}",
        title=title,
        definition=report.figure.definition,
        asked=facts.asked,
        printed=f"{facts.printed_at}, {facts.printed_by}, {facts.organisation}",
        picture=plot_of(report),
        columns=report.header,
        lines=lines,
        notes=tuple(str(note) for note in report.notes),
    )
