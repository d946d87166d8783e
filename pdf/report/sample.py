"""An invented report: some numbers are withheld, some days are beyond the limit."""

from datetime import UTC, datetime

from models.rules.figures.catalogue import Cut, figure_named
from models.rules.figures.report import Known, columns_of, over_time
from models.rules.figures.suppression import Counts, withheld
from models.rules.roles import Role
from pdf.report.sheet import ReportFacts, ReportSheet, report_sheet

ROWS = {f"2026-{month:02}": "2026" for month in range(1, 11)}


def sample() -> ReportSheet:
    """The paper of days from recognition to the first talk in the Jobcenter."""
    figure = figure_named("anerkennung-bis-gespraech", Role.COORDINATION)
    assert figure is not None
    labels = columns_of(figure, Cut.WORDS, ())
    cells = {
        (row, column): (7 * place + 5 * line) % 23
        for line, row in enumerate(ROWS)
        for place, column in enumerate(labels)
    }
    counts = Counts(ROWS, tuple(labels), cells)
    spread = {row: {40 + line: 9, 55 + line: 12} for line, row in enumerate(ROWS)}
    known = Known(counts, labels, withheld([counts])[0], spread)
    return report_sheet(
        ReportFacts(
            report=over_time(figure, known, "2026", "", own=False),
            asked="2026, aufgeteilt nach Tagen, alle Gemeinden, Stand 31.10.2026",
            organisation="Landkreis St. Wendel – Koordination",
            printed_by="U. Lorenz",
            printed_at="02.11.2026, 09:40",
            created=datetime(2026, 11, 2, 8, 40, tzinfo=UTC),
        )
    )
