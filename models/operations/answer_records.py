"""Answers whose value is kept in a record of the case: person, consents, contact line, end of the coaching.

Each function runs inside the transaction of ``save_answer`` and returns what stood there before.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from models.operations import coaching, residence
from models.operations.consents import keep_decision
from models.operations.person_values import write_person_values
from models.queries.consent_states import newest_consent
from models.queries.derived_seats import current_seat
from models.queries.dossier import Dossier
from models.queries.law import current_law
from models.queries.scope import coach_consent
from models.rules.checklists import AnswerValues, Item, Value
from models.rules.consents import Decision, Purpose
from models.rules.errors import RuleBroken, StaleVersion
from models.rules.message import N_, Message
from models.rules.permissions import Permission, may
from models.rules.person_values import PARTS, columns_to_write, plain
from models.rules.residence_entries import PaperEntry
from models.rules.roles import Actor, Role
from models.rules.states import ConsentState, Holder, ListKey
from models.rules.times import local_day
from models.tables import Case


@dataclass(frozen=True, slots=True)
class Save:
    """One answer on its way into the database."""

    held: Dossier
    item: Item
    key: ListKey
    answer: AnswerValues
    holder: Holder
    seen_version: int
    actor: Actor
    now: datetime

    @property
    def case(self) -> Case:
        """The case that is answered for."""
        return self.held.case

    def with_values(self, values: Mapping[str, Value]) -> "Save":
        """The same with other values: what is left for the list when a record keeps the rest."""
        return replace(self, answer=replace(self.answer, values=values))


def write_person_part(save: Save) -> tuple[dict[str, Any], frozenset[str]]:
    """Write the values that belong to the person; also returns the keys of the fields that are covered by that."""
    part = PARTS[save.item.derived_from]
    asked = frozenset(field.key for field in save.item.fields)
    columns = columns_to_write(part, asked, save.answer.values)
    before = write_person_values(
        save.case.person_id,
        columns,
        source=save.answer.source,
        seen_version=save.seen_version,
        actor=save.actor,
        now=save.now,
    )
    return {"person": before, "written": plain(columns)}, asked & frozenset(part.fields)


def write_consent(save: Save) -> dict[str, Any]:
    """Add a decision about a consent; the latest one holds. A granted one is withdrawn, never refused afterwards.

    § 67b Abs. 2 SGB X, Art. 7 Abs. 3 DSGVO. StaleVersion where another decision was recorded since.
    """
    purpose = Purpose(save.item.derived_from.removeprefix("consent.").upper())
    chosen, recipient = save.answer.value("consent"), _recipient(save.held, purpose)
    if chosen is None:
        return _without_decision(save, purpose, recipient)
    decision = Decision(purpose, chosen == "granted", _decided_on(save), recipient, is_objection=chosen == "objected")
    kept = keep_decision(save.case, decision, seen=save.seen_version, actor=save.actor, now=save.now, by_form=False)
    return {"consent": kept.before, "consent_now": kept.now}


def _without_decision(save: Save, purpose: Purpose, recipient: int | None) -> dict[str, Any]:
    latest = newest_consent(save.case.id, purpose, recipient)
    if (latest.id if latest else 0) != save.seen_version:
        raise StaleVersion
    if latest is not None:
        sentence = Message(N_("Eine Entscheidung bleibt stehen. Tragen Sie ein, ob sie jetzt abgelehnt ist."))
        raise RuleBroken(sentence, {"consent": sentence})
    return {}


def _decided_on(save: Save) -> date:
    text = save.answer.value("decided_on")
    return date.fromisoformat(str(text)) if text else local_day(save.now)


def _recipient(held: Dossier, purpose: Purpose) -> int | None:
    if purpose == Purpose.E2:
        seat = current_seat(held)
        return seat.provider_office if seat else None
    wanted = Role.COACH if purpose == Purpose.E1 else Role.JOBCENTER
    return next((office.id for office in held.offices.values() if office.kind == wanted), None)


def report_to_coach(save: Save) -> dict[str, Any]:
    """Hand the contact line to the coach (A19; Art. 6 Abs. 1 Buchst. e DSGVO); emptied, she sees it no more."""
    day = _day(save.answer.value("reported_on"))
    before = save.case.coach_reported_on
    if day is None and coach_consent(save.case, local_day(save.now)) == ConsentState.GRANTED:
        raise RuleBroken(Message(N_("Der Coach begleitet die Person schon. Die Meldung bleibt stehen.")))
    reporter = save.actor.organisation_id if day else None
    Case.update(coach_reported_on=day, coach_reported_by=reporter, coaching_ended_on=None).where(
        Case.id == save.case.id
    ).execute()
    return {"reported_on": _iso(before), "reported_on_now": _iso(day)}


def end_coaching(save: Save) -> dict[str, Any]:
    """End the coaching (C22): from then on the coach does not see the case."""
    day = _day(save.answer.value("ended_on"))
    if day is None:
        return {}
    coaching.end_coaching(save.case, day, seen_version=save.case.version, actor=save.actor, now=save.now)
    return {"ended_on": None, "ended_on_now": _iso(day)}


def is_paper(save: Save) -> bool:
    """Whether the answer joins the dated history of residence: a paper, "kein Papier" is none, by who may record it."""
    paper = save.answer.value("paper")
    if paper is None or not may(save.actor.role, Permission.RESIDENCE_EDIT):
        return False
    return current_law().residence(str(paper), local_day(save.now)) is not None


def add_paper(save: Save) -> dict[str, Any]:
    """Record the paper that was seen (A05), so that everything that rests on papers knows it at once."""
    entry = PaperEntry(
        code=str(save.answer.value("paper")),
        valid_to=_day(save.answer.value("valid_to")),
        seen_on=local_day(save.now),
    )
    source = save.answer.source
    version = save.case.version
    try:
        residence.add_paper(save.case, entry, seen_version=version, actor=save.actor, now=save.now, source=source)
    except RuleBroken as broken:
        fields = {"paper" if name == "code" else name: text for name, text in broken.fields.items()}
        raise RuleBroken(broken.message, fields) from None
    return {"paper": None, "paper_now": entry.code}


def _day(value: Value | None) -> date | None:
    return date.fromisoformat(str(value)) if value else None


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None
