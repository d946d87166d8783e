"""The life-line of a case: add, change, remove and confirm a period, answer what it leaves open."""

from dataclasses import asdict
from datetime import datetime
from typing import Any

from models.base import db
from models.operations.competence_summary import begin_change, end_change, entered_by
from models.operations.ledger import claim
from models.queries.case_view import CaseView
from models.queries.competence_rows import Stored, periods_of
from models.queries.competences import code_labels, files_of, questions_of
from models.rules.competences.findings import Remark
from models.rules.competences.periods import NO_PROOF, Period, check_period
from models.rules.errors import RuleBroken, StaleVersion
from models.rules.message import N_, Message
from models.rules.person_values import plain
from models.tables import LifePeriod, LifeRemark

LISTS = ("countries", "kldb2", "job_levels", "proofs", "recognition", "school_certificates")
GONE = Message(N_("Dieser Zeitraum wurde inzwischen geändert oder entfernt."))


def add_period(view: CaseView, period: Period, *, now: datetime) -> int:
    """Add a period to the life-line; returns its id. RuleBroken by field, also for a double click."""
    _check(view, period)
    with db.atomic():
        begin_change(view, now)
        if any(row.value == period for row in periods_of(view.held.case.id)):
            raise RuleBroken(Message(N_("Diesen Zeitraum gibt es schon.")))
        row_id = LifePeriod.insert(case=view.held.case.id, **_columns(period), **entered_by(view, now)).execute()
        end_change(view, "period_added", _told(row_id, period), now)
    return int(row_id)


def change_period(view: CaseView, row: Stored[Period], period: Period, *, seen_version: int, now: datetime) -> None:
    """Change a period, which confirms it too. RuleBroken by field, StaleVersion where somebody was faster."""
    _check(view, period)
    with db.atomic():
        begin_change(view, now)
        if not claim(LifePeriod, row.id, seen_version):
            raise StaleVersion(GONE)
        columns = _columns(period) | entered_by(view, now) | {"carried": False}
        LifePeriod.update(**columns).where(LifePeriod.id == row.id).execute()
        before = _told(row.id, row.value)
        end_change(view, "period_changed", {**_told(row.id, period), "before": before["period"]}, now)


def remove_period(view: CaseView, row: Stored[Period], reason: str, *, seen_version: int, now: datetime) -> None:
    """Remove a period with a reason; what it said stays in the events. StaleVersion where somebody was faster."""
    if not reason.strip():
        raise RuleBroken(
            Message(N_("Bitte einen Grund angeben.")), {"reason": Message(N_("Bitte einen Grund angeben."))}
        )
    with db.atomic():
        begin_change(view, now)
        if not claim(LifePeriod, row.id, seen_version):
            raise StaleVersion(GONE)
        LifePeriod.delete().where(LifePeriod.id == row.id).execute()
        end_change(view, "period_removed", {**_told(row.id, row.value), "reason": reason.strip()}, now)


def confirm_period(view: CaseView, row: Stored[Period], *, seen_version: int, now: datetime) -> None:
    """Say that a period of the earlier case still holds; from now on it counts. StaleVersion for a double click."""
    with db.atomic():
        begin_change(view, now)
        if not claim(LifePeriod, row.id, seen_version):
            raise StaleVersion(GONE)
        LifePeriod.update(carried=False, **entered_by(view, now)).where(LifePeriod.id == row.id).execute()
        end_change(view, "period_confirmed", _told(row.id, row.value), now)


def answer_question(view: CaseView, remark: Remark, *, seen_version: int, now: datetime) -> None:
    """Say what was in a gap or about an overlap, or that nobody can tell. ``seen_version`` is 0 for the first answer.

    RuleBroken without a text, StaleVersion where the question is gone or somebody answered it since.
    """
    text = remark.text.strip()
    if not text and not remark.unknown:
        sentence = Message(N_("Bitte sagen, was war, oder „nicht bekannt“ drücken."))
        raise RuleBroken(sentence, {"text": sentence})
    if len(text) > 500:
        raise RuleBroken(_TOO_LONG, {"text": _TOO_LONG})
    with db.atomic():
        begin_change(view, now)
        periods = [row.value for row in periods_of(view.held.case.id)]
        if remark.key not in {one.key for one in questions_of(view, periods)}:
            raise StaleVersion(Message(N_("Diese Frage stellt sich nicht mehr: Die Zeiträume wurden geändert.")))
        columns = {"text": "" if remark.unknown else text, "unknown": remark.unknown, **entered_by(view, now)}
        _keep_remark(view.held.case.id, remark.key, columns, seen_version)
        data: dict[str, object] = {"question": remark.key, "answer": columns["text"], "unknown": remark.unknown}
        end_change(view, "question_answered", data, now)


_TOO_LONG = Message(N_("Höchstens {most} Zeichen."), most=500)


def _keep_remark(case_id: int, key: str, columns: dict[str, Any], seen_version: int) -> None:
    known = LifeRemark.select(LifeRemark.id).where(LifeRemark.case == case_id, LifeRemark.key == key).scalar()
    if known is None:
        LifeRemark.insert(case=case_id, key=key, **columns).execute()
        return
    if not claim(LifeRemark, known, seen_version):
        raise StaleVersion(Message(N_("Diese Frage hat inzwischen jemand beantwortet.")))
    LifeRemark.update(**columns).where(LifeRemark.id == known).execute()


def _check(view: CaseView, period: Period) -> None:
    codes = code_labels(*LISTS)
    check_period(period, born=view.held.person.date_of_birth, today=view.held.today, codes=codes)
    if period.evidence is not None and period.evidence not in files_of(view):
        sentence = Message(N_("Diese Datei gibt es im Fall nicht."))
        raise RuleBroken(sentence, {"evidence": sentence})
    if period.evidence is not None and period.proof in NO_PROOF:
        sentence = Message(N_("Zu einer Datei gehört die Art des Nachweises."))
        raise RuleBroken(sentence, {"proof": sentence})


def _columns(period: Period) -> dict[str, Any]:
    columns = {name: getattr(period, name) for name in Period.__dataclass_fields__}
    track = {name: value for name, value in asdict(period.recognition).items() if value}
    return columns | {
        "begins": period.begins.stored,
        "ends": period.ends.stored if period.ends else "",
        "recognition": plain(track),
    }


def _told(row_id: int, period: Period) -> dict[str, object]:
    return {"what": f"{period.name} ({period.span})", "id": row_id, "period": _columns(period)}
