"""An invented change of the law, so that people in training find cases that it touches."""

from datetime import date

from demo.training import Training
from models.operations import law
from models.queries.law import law_state
from models.rules.law.entries import Entry, Topic

SOURCE = "Schulungsbeispiel, erfunden"


def suspend_next_year(training: Training) -> None:
    """The administrator enters that admissions are suspended next year as well."""
    now = training.past.moment(3, 9, 15)
    year = now.year + 1
    entry = Entry(
        topic=Topic.ADMISSION_SUSPENSIONS,
        content={},
        valid_from=date(year, 1, 1),
        valid_to=date(year, 6, 30),
        source=SOURCE,
        note=f"Zulassungen sind auch im ersten Halbjahr {year} ausgesetzt; erteilte bleiben gültig.",
    )
    law.carry_out(law.plan_entry(entry), seen_version=law_state().version, actor=training.clerks["admin"], now=now)
