"""The agreement that holds in a case, with its steps, in one statement: for lists, tasks and the sheet. Reads only."""

from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

from peewee import JOIN, Field, Query

from models.queries.by_ids import PreparedByIds
from models.queries.prepared import Prepared, Row
from models.rules.agreements import AgreementState
from models.tables import Agreement, AgreementStep


class Step(NamedTuple):
    """A step of the agreement that holds."""

    id: int
    kind: str
    detail: str
    who: str
    until: date
    state: str
    settled_on: date | None
    version: int


class Agreed(NamedTuple):
    """The agreement that holds, or that it was refused or not yet possible, with the reason."""

    id: int
    number: int
    state: AgreementState
    agreed_on: date
    reason: str
    organisation_id: int
    steps: tuple[Step, ...]


_HEAD = (
    Agreement.id, Agreement.number, Agreement.state, Agreement.agreed_on, Agreement.reason, Agreement.organisation,
)  # fmt: skip
_STEP = (
    AgreementStep.id, AgreementStep.kind, AgreementStep.detail, AgreementStep.who, AgreementStep.until,
    AgreementStep.state, AgreementStep.settled_on, AgreementStep.version,
)  # fmt: skip


def _holding(*columns: Field) -> Query:
    holds = (Agreement.state != AgreementState.DRAFT) & Agreement.replaced_by.is_null()
    query = Agreement.select(*columns).join(AgreementStep, JOIN.LEFT_OUTER).where(holds)
    return query.order_by(Agreement.number, AgreementStep.position)


OF_CASE = Prepared(lambda case_id: _holding(*_HEAD, *_STEP).where(Agreement.case == case_id), int)
OF_CASES = PreparedByIds(lambda ids: _holding(Agreement.case, *_HEAD, *_STEP).where(Agreement.case.in_(ids)))


def agreed_in(rows: Iterable[Row]) -> Agreed | None:
    """The agreement made of its rows, one for each step."""
    held = list(rows)
    if not held:
        return None
    number, version, state, *rest = held[-1][: len(_HEAD)]
    steps = tuple(Step(*row[len(_HEAD) :]) for row in held if row[0] == number and row[len(_HEAD)] is not None)
    return Agreed(number, version, AgreementState(state), *rest, steps)
