"""Languages and script of a case as a dated history: a new row for what changed, removed only where it was wrong."""

from dataclasses import asdict
from datetime import datetime
from typing import Any

from models.base import db
from models.operations.competence_summary import begin_change, end_change, entered_by
from models.operations.ledger import claim
from models.queries.case_view import CaseView
from models.queries.code_names import named
from models.queries.competence_rows import Script, Stored, scripts_of, skills_of
from models.queries.competences import code_labels
from models.rules.competences.languages import Skill, check_script, check_skill
from models.rules.errors import RuleBroken, StaleVersion
from models.rules.message import N_, Message
from models.rules.person_values import plain
from models.rules.times import german_date
from models.tables import LanguageSkill, ScriptSkill

LISTS = ("languages", "language_levels", "language_proofs", "literacy")
GONE = Message(N_("Diese Zeile wurde inzwischen geändert oder entfernt."))


def add_skill(view: CaseView, skill: Skill, *, now: datetime) -> int:
    """Record what somebody can do in a language since a day; returns its id. RuleBroken by field, also for a double."""
    check_skill(skill, born=view.held.person.date_of_birth, today=view.held.today, codes=code_labels(*LISTS))
    with db.atomic():
        begin_change(view, now)
        if any(row.value == skill for row in skills_of(view.held.case.id)):
            raise RuleBroken(Message(N_("Diese Zeile gibt es schon.")))
        row_id = LanguageSkill.insert(case=view.held.case.id, **asdict(skill), **entered_by(view, now)).execute()
        end_change(view, "language_added", skill_told(row_id, skill), now)
    return int(row_id)


def add_script(view: CaseView, script: Script, *, now: datetime) -> int:
    """Record how somebody reads and writes since a day (§ 13 IntV); returns its id. RuleBroken as above."""
    check_script(script.literacy, script.scripts, script.seen_on, script.source, view.held.today, code_labels(*LISTS))
    with db.atomic():
        begin_change(view, now)
        if any(row.value == script for row in scripts_of(view.held.case.id)):
            raise RuleBroken(Message(N_("Diese Zeile gibt es schon.")))
        row_id = ScriptSkill.insert(case=view.held.case.id, **asdict(script), **entered_by(view, now)).execute()
        end_change(view, "script_added", _script_told(row_id, script), now)
    return int(row_id)


def remove_skill(view: CaseView, row: Stored[Skill], reason: str, *, seen_version: int, now: datetime) -> None:
    """Remove a row that was wrong, with a reason; it stays in the events. StaleVersion where somebody was faster."""
    _remove(view, LanguageSkill, row.id, "language_removed", skill_told(row.id, row.value), reason, seen_version, now)


def remove_script(view: CaseView, row: Stored[Script], reason: str, *, seen_version: int, now: datetime) -> None:
    """The same for a row of the script."""
    _remove(view, ScriptSkill, row.id, "script_removed", _script_told(row.id, row.value), reason, seen_version, now)


def confirm_skill(view: CaseView, row: Stored[Skill], *, seen_version: int, now: datetime) -> None:
    """Say that a row of the earlier case still holds. StaleVersion for a double click."""
    _confirm(view, LanguageSkill, row.id, "language_confirmed", skill_told(row.id, row.value), seen_version, now)


def confirm_script(view: CaseView, row: Stored[Script], *, seen_version: int, now: datetime) -> None:
    """The same for a row of the script."""
    _confirm(view, ScriptSkill, row.id, "script_confirmed", _script_told(row.id, row.value), seen_version, now)


def _remove(
    view: CaseView, table: Any, row_id: int, kind: str, data: dict[str, object], reason: str, seen: int, now: datetime
) -> None:
    if not reason.strip():
        sentence = Message(N_("Bitte einen Grund angeben."))
        raise RuleBroken(sentence, {"reason": sentence})
    with db.atomic():
        begin_change(view, now)
        if not claim(table, row_id, seen):
            raise StaleVersion(GONE)
        table.delete().where(table.id == row_id).execute()
        end_change(view, kind, {**data, "reason": reason.strip()}, now)


def _confirm(
    view: CaseView, table: Any, row_id: int, kind: str, data: dict[str, object], seen: int, now: datetime
) -> None:
    with db.atomic():
        begin_change(view, now)
        if not claim(table, row_id, seen):
            raise StaleVersion(GONE)
        table.update(carried=False, **entered_by(view, now)).where(table.id == row_id).execute()
        end_change(view, kind, data, now)


def skill_told(row_id: int, skill: Skill) -> dict[str, object]:
    """What an event says of a row."""
    levels = " ".join(skill.levels.values()) or str(Message(N_("Muttersprache")))
    what = f"{named('languages', [skill.language])} {levels} ({german_date(skill.proved_on)})"
    return {"what": what, "id": row_id, "skill": plain(asdict(skill))}


def _script_told(row_id: int, script: Script) -> dict[str, object]:
    what = f"{named('literacy', [script.literacy])} ({german_date(script.seen_on)})"
    return {"what": what, "id": row_id, "script": plain(asdict(script))}
