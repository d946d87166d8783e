"""What an administrator does with the maintained law. First a plan, which writes nothing and can be shown; then it is
carried out.

An entry is never overwritten: ending and correcting add one that replaces it, and the old one stays as history.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime

from models.base import db
from models.operations import law_store
from models.operations.ledger import can_be_version, record
from models.queries.law import as_entry, entries_standing, entry_by_id, law_state, standing_entries
from models.rules.errors import NotVisible, RuleBroken, StaleVersion
from models.rules.law.changes import (
    ONE_DAY,
    Act,
    EntryOrigin,
    Touched,
    check_end,
    check_entry,
    check_successor,
    is_maintained,
    touched_by,
)
from models.rules.law.data import Law
from models.rules.law.entries import Entry, LawStand, Topic, law_from
from models.rules.message import N_, Message
from models.rules.roles import Actor
from models.rules.times import local_day
from models.tables import LawEntry, LawState

CHANGED = N_("Der Rechtsstand wurde inzwischen geändert. Prüfen Sie Ihre Eingabe noch einmal.")


@dataclass(frozen=True, slots=True)
class Plan:
    """What would be done: the entry that goes (if any), those that come in its place, and whom it may touch.

    ``main`` is what the change is told by: the last of ``added``, or the entry that goes.
    """

    act: Act
    old: LawEntry | None
    added: tuple[Entry, ...]
    touched: Touched
    law: Law
    reason: str = ""

    @property
    def main(self) -> Entry:
        """The entry that a reader is told of."""
        return self.added[-1] if self.added else as_entry(self.old)

    @property
    def digest(self) -> str:
        """What was shown, in short: only that is carried out."""
        return "-".join((self.act, str(self.old.id if self.old else 0), *(entry.digest[:16] for entry in self.added)))


def plan_entry(entry: Entry) -> Plan:
    """A new entry. RuleBroken at the fields: overlap, end before begin, missing source."""
    _check_topic(entry)
    standing = standing_entries(entry.topic)
    position = max((row.position for row in standing), default=-1) + 1
    return _planned(Act.ADDED, None, (replace(entry, position=position),))


def plan_correction(entry_id: int, entry: Entry, reason: str) -> Plan:
    """Another entry in the place of one that was wrong; ``reason`` says what was wrong."""
    old = _standing(entry_id)
    _needed(reason)
    return _planned(Act.CORRECTED, old, (replace(entry, position=old.position),), reason)


def plan_end(entry_id: int, last_day: date | None, *, source: str, note: str) -> Plan:
    """The end of an entry with a day."""
    old = _standing(entry_id)
    entry = as_entry(old)
    check_end(entry, last_day)
    return _planned(Act.ENDED, old, (replace(entry, valid_to=last_day, source=source, note=note or entry.note),))


def plan_successor(entry_id: int, entry: Entry) -> Plan:
    """The same entry with other content from a day on: the old one ends the day before."""
    old = _standing(entry_id)
    before = as_entry(old)
    check_successor(before, entry.valid_from)
    if entry.valid_from is None:
        check_entry(entry, ())
        raise _at("valid_from", N_("Ab welchem Tag gilt der Eintrag?"))
    ended = replace(before, valid_to=entry.valid_from - ONE_DAY)
    return _planned(Act.SUCCEEDED, old, (ended, replace(entry, position=old.position)))


def plan_withdrawal(entry_id: int, reason: str) -> Plan:
    """An entry that should never have been there; the last one of a deadline stays, because a rule counts with it."""
    old = _standing(entry_id)
    _needed(reason)
    if old.topic == Topic.DEADLINES and len(standing_entries(Topic.DEADLINES, old.key)) == 1:
        raise _at("reason", N_("Diese Frist braucht einen Eintrag: Berichtigen Sie ihn."))
    return _planned(Act.WITHDRAWN, old, (), reason)


def _needed(reason: str) -> None:
    if not reason.strip():
        raise _at("reason", N_("Nennen Sie den Grund: Er steht im Verlauf des Rechtsstands."))


def _at(field: str, text: str) -> RuleBroken:
    return RuleBroken(Message(text), {field: Message(text)})


def _standing(entry_id: int) -> LawEntry:
    row = entry_by_id(entry_id)
    if row is None:
        raise NotVisible
    _check_topic(as_entry(row))
    return row


def _check_topic(entry: Entry) -> None:
    if not is_maintained(entry):
        raise RuleBroken(Message(N_("Dieser Eintrag ändert sich nur mit einer neuen Fassung des Programms.")))


def _planned(act: Act, old: LawEntry | None, added: tuple[Entry, ...], reason: str = "") -> Plan:
    rows = [row for row in entries_standing() if old is None or row.id != old.id]
    beside = [as_entry(row) for row in rows]
    for entry in added:
        check_entry(entry, [*beside, *(other for other in added if other is not entry)])
    law = _buildable([*beside, *added])
    touched = touched_by((*((as_entry(old),) if old else ()), *added), law)
    return Plan(act, old, added, touched, law, reason)


def _buildable(entries: Iterable[Entry]) -> Law:
    """The law that would result; RuleBroken where the rules could not read it, so that no page ever meets it."""
    state = law_state()
    try:
        return law_from(entries, LawStand(state.as_of, state.checked_on, state.source))
    except (KeyError, TypeError, ValueError) as wrong:
        text = N_("So kann der Eintrag nicht gelesen werden: {why}")
        problem = Message(text, why=str(wrong))
        raise RuleBroken(problem, {"card_labels": problem}) from None


def carry_out(plan: Plan, *, seen_version: int, actor: Actor, now: datetime) -> None:
    """Do what was planned. StaleVersion where the law changed since it was shown; then nothing is done."""
    with db.atomic():
        if not _claim(seen_version):
            raise StaleVersion(Message(CHANGED))
        rows = [
            law_store.insert(entry, EntryOrigin.ADMINISTRATION, actor=actor, now=now, reason=plan.reason)
            for entry in plan.added
        ]
        if plan.old:
            law_store.replace(plan.old, rows[-1] if rows else None, now=now)
        told = (*((as_entry(plan.old),) if plan.old else ()), *plan.added)
        row = rows[-1] if rows else plan.old
        law_store.change(plan.act, row, told, plan.law, actor=actor, now=now, reason=plan.reason)


def _claim(seen_version: int) -> bool:
    if not can_be_version(seen_version):
        return False
    changed = LawState.update(version=LawState.version + 1).where(LawState.version == seen_version).execute()
    return bool(changed)


def note_checked(*, actor: Actor, now: datetime) -> None:
    """Note that somebody compared the maintained law with the law in force today. Noting it twice a day is one note."""
    today = local_day(now)
    with db.atomic():
        values = {"checked_on": today, "version": LawState.version + 1}
        if LawState.update(**values).where(LawState.checked_on < today).execute():
            record(actor, "law.checked", {"checked_on": today.isoformat()}, now=now)
