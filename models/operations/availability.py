"""When and how somebody can come and what stands in the way: one plan a case, kept as a whole."""

from dataclasses import fields
from datetime import datetime
from typing import Any

from models.base import db
from models.operations.competence_summary import begin_change, end_change, entered_by
from models.operations.ledger import claim
from models.queries.case_view import CaseView
from models.queries.competence_rows import availability_of
from models.queries.competences import code_labels
from models.rules.competences.availability import SLOTS, Availability, check_availability
from models.rules.errors import RuleBroken, StaleVersion
from models.rules.message import N_, Message
from models.tables import AvailabilityPlan

LISTS = ("childcare", "mobility", "commuting_times", "circumstances", "restrictions", "restriction_effects", "yes_no")
HEALTH = ("restriction", "effects", "report")
"""Kept out of the events, which are not erased before the case is: what is said of health can be taken back at once."""


def keep_availability(view: CaseView, plan: Availability, source: str, *, seen_version: int, now: datetime) -> None:
    """Keep the plan; ``seen_version`` is 0 for the first one.

    RuleBroken by field, StaleVersion where somebody changed it since.
    """
    check_availability(plan, codes=code_labels(*LISTS))
    if not source.strip() or len(source) > 200:
        sentence = Message(N_("Bitte in höchstens 200 Zeichen sagen, woher die Angaben kommen."))
        raise RuleBroken(sentence, {"source": sentence})
    with db.atomic():
        begin_change(view, now)
        before = availability_of(view.held.case.id)
        columns = {"content": content_of(plan), "source": source.strip(), **entered_by(view, now)}
        _keep(view.held.case.id, columns, seen_version, known=before is not None)
        old = content_of(before[0].value) if before else {}
        end_change(view, "availability_saved", _told(old, columns["content"]), now)


def _keep(case_id: int, columns: dict[str, Any], seen_version: int, *, known: bool) -> None:
    if not known and seen_version == 0:
        AvailabilityPlan.insert(case=case_id, **columns).execute()
    elif claim(AvailabilityPlan, case_id, seen_version):
        AvailabilityPlan.update(**columns).where(AvailabilityPlan.case == case_id).execute()
    else:
        raise StaleVersion(Message(N_("Die Verfügbarkeit wurde inzwischen von jemand anderem geändert.")))


def content_of(plan: Availability) -> dict[str, Any]:
    """A plan as plain JSON; the parts of the week in their order."""
    content = {one.name: getattr(plan, one.name) for one in fields(plan)}
    return content | {
        "slots": [slot for slot in SLOTS if slot in plan.slots],
        "mobility": list(plan.mobility),
        "effects": list(plan.effects),
        "obstacles": dict(plan.obstacles),
    }


def _told(before: dict[str, Any], after: dict[str, Any]) -> dict[str, object]:
    changed = {key for key, value in after.items() if before.get(key) != value}
    data: dict[str, object] = {key: [before.get(key), after[key]] for key in sorted(changed - set(HEALTH))}
    return data | ({"health": "changed"} if changed & set(HEALTH) else {})
