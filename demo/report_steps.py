"""Remembered reports for training, and one that was filed."""

from demo.training import Training
from models.operations.saved_reports import save_report
from models.rules.figures.asking import Rhythm
from models.rules.figures.catalogue import figure_named
from pdf.report.filing import file_due_reports

_REPORTS: tuple[tuple[str, str, str, dict[str, str], Rhythm], ...] = (
    ("koordination", "Neuzugänge für die Runde", "neuzugaenge", {}, Rhythm.MONTHLY),
    ("agentur", "Bis zum ersten Gespräch", "bis-zum-erstgespraech", {}, Rhythm.NEVER),
)


def remember_reports(training: Training) -> None:
    """Remember a few reports as people of the demo accounts would; the daily run has filed what was due."""
    for who, name, key, filters, rhythm in _REPORTS:
        actor = training.clerks[who]
        if figure := figure_named(key, actor.role):
            save_report(name, figure, filters, rhythm, actor=actor, now=training.past.moment(40, 9))
    file_due_reports(now=training.past.moment(3, 7), watermark=True)
