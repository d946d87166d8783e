"""Keeps what the lists need of the competences of a case up to its rows, inside the transaction that changed them."""

from datetime import date, datetime
from typing import Any

from models.base import db
from models.operations.case_lock import take_open_case
from models.operations.ledger import record
from models.queries.case_view import CaseView
from models.queries.code_names import named
from models.queries.competence_rows import Stored, availability_of, periods_of, remarks_of, scripts_of, skills_of
from models.queries.competences import ENTERED, require_hand
from models.rules.competences.findings import findings, still_open
from models.rules.competences.languages import GERMAN, newest_first
from models.rules.competences.periods import Period
from models.rules.competences.summary import Known, Recorded, doubts, summarise
from models.rules.states import AnswerState, Holder, ListKey, StageState
from models.rules.times import local_day, stamp
from models.tables import Answer, Case, CaseStage, CompetenceSummary, Person


def begin_change(view: CaseView, now: datetime) -> None:
    """Take the case, so that its competences are changed one after the other; the counselling has begun with it.

    NotAllowed for who only reads, RuleBroken where the case was closed or given away since it was shown.
    """
    require_hand(view)
    if not db.in_transaction():
        raise RuntimeError("a change belongs into the transaction of its operation")
    case_id = view.held.case.id
    take_open_case(case_id, actor=view.actor, now=now)
    begun = (CaseStage.case == case_id) & (CaseStage.key == ListKey.COUNSELLING) & (CaseStage.state == StageState.OPEN)
    CaseStage.update(state=StageState.IN_PROGRESS, version=CaseStage.version + 1).where(begun).execute()


def entered_by(view: CaseView, now: datetime) -> dict[str, Any]:
    """The columns of a row that say who entered it for which organisation when."""
    actor = view.actor
    return {"organisation": actor.organisation_id, "account": actor.account_id, "recorded_at": stamp(now)}


def end_change(view: CaseView, kind: str, data: dict[str, object], now: datetime) -> None:
    """Write the summary anew and the event of the change."""
    case_id = view.held.case.id
    complete = renew_summary(case_id, local_day(now))
    record(view.actor, f"competence.{kind}", data | {"complete": complete}, now=now, case_id=case_id)


def renew_summary(case_id: int, today: date) -> bool:
    """Bring the summary of a case up to its rows, none where nothing is recorded any more.

    Returns whether the life-line is told and asks nothing more.
    """
    periods = [row for row in periods_of(case_id) if not row.carried]
    skills = [row for row in reversed(skills_of(case_id)) if not row.carried]
    scripts = [row for row in scripts_of(case_id) if not row.carried]
    plan = availability_of(case_id)
    recorded = Recorded(
        periods=[_known(row) for row in periods],
        skills=[_known(row) for row in skills],
        availability=_known(plan[0]) if plan else None,
        literacy=Known(scripts[0].value.literacy, scripts[0].organisation_id, scripts[0].on) if scripts else None,
        complete=_is_complete(case_id, periods, today),
    )
    content: dict[str, Any] = summarise(recorded)
    CompetenceSummary.delete().where(CompetenceSummary.case == case_id).execute()
    if not content and not periods and not skills:
        return False
    found = doubts([row.value for row in periods], [row.value for row in skills])
    content["doubts"] = [[_in_words(what), why] for what, why in found]
    german = [one for one in newest_first(row.value for row in skills) if one.language == GERMAN]
    tested = german[0].proved_on if german and german[0].is_tested else None
    CompetenceSummary.insert(case=case_id, content=content, german_proved_on=tested).execute()
    return recorded.complete


def _known(row: Stored[Any]) -> Known[Any]:
    return Known(row.value, row.organisation_id, row.on)


def _in_words(what: str) -> str:
    """A language stands there as its code, everything else in words already."""
    return named("languages", [what])


def _is_complete(case_id: int, periods: list[Stored[Period]], today: date) -> bool:
    """Whether the life-line is told and asks nothing more."""
    if not periods:
        return False
    born, arrived = (
        Person.select(Person.date_of_birth, Person.arrived_on).join(Case).where(Case.id == case_id).tuples().get()
    )
    mine = (Answer.case == case_id) & (Answer.item == ENTERED) & (Answer.holder == Holder.JOINT)
    values = Answer.select(Answer.values).where(mine, Answer.state == AnswerState.DONE).scalar() or {}
    day = values.get("entered_on")
    entered = date.fromisoformat(day) if isinstance(day, str) and day else arrived
    found = findings([row.value for row in periods], born=born, today=today, entered_on=entered)
    remarks = {key: row.value for key, row in remarks_of(case_id).items()}
    return not still_open(found, remarks)
