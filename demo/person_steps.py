"""Somebody who was recorded twice, and somebody who comes back: both wait for a clerk."""

from dataclasses import replace
from datetime import timedelta

from demo.training import Training
from models.operations.arrivals import import_rows
from models.operations.cases import close_case
from models.operations.returning import Return, open_again
from models.rules.arrivals.columns import Column
from models.rules.lists.table import Table
from models.rules.states import Outcome
from models.rules.times import local_day
from models.tables import Case, Person

TWICE, BACK = 88, 136
"""Rows of the list: the one that comes again in another spelling, and the one who moved away for a while."""
CASES = 2
"""So many cases come about here."""


def record_twice(training: Training, table: Table) -> None:
    """The municipality records a person of the list again, with another spelling and another phone number."""
    row = next(row for row in table.rows if row.number == TWICE)
    other = {
        Column.FAMILY_NAME: "El Hasan",
        Column.BAMF_REFERENCE: "",
        Column.AZR_NUMBER: "",
        Column.PHONE: "0151 2200",
    }
    again = replace(table, rows=(replace(row, cells=row.cells | other),))
    import_rows(again, actor=training.clerks["tholey"], now=training.past.moment(1, 10))


def come_back(training: Training, table: Table) -> None:
    """A person who moved away is back; what was known of him is still to be confirmed."""
    cells = next(row.cells for row in table.rows if row.number == BACK)
    names = (Person.family_name == cells[Column.FAMILY_NAME]) & (Person.given_name == cells[Column.GIVEN_NAME])
    case = Case.select(Case, Person).join(Person).where(names).order_by(Case.id).get()
    left = training.past.moment(12, 11)
    seen = {"seen_version": case.version, "actor": training.clerks["agentur"], "now": left}
    close_case(case, Outcome.MOVED, local_day(left), **seen, note="nach Trier verzogen")
    case, now = Case.get_by_id(case.id), training.past.moment(2, 9)
    back = Return(local_day(now) - timedelta(days=1), case.municipality_id)
    open_again(case, back, seen_version=case.version, actor=training.clerks["tholey"], now=now)
