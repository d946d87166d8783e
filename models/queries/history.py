"""The history of a case, as far as the acting person may see it: sentences, newest first."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import islice
from textwrap import shorten
from typing import Any

from peewee import Select

from models.queries.appointments import sees_office
from models.queries.case_view import CaseView
from models.queries.checklists import key_of
from models.queries.definitions import items_of
from models.queries.law import current_law
from models.queries.newer_versions import every_item
from models.queries.prepared import Prepared
from models.rules.appointments import ATTENDANCE, KINDS, REASONS
from models.rules.change_reports import KINDS as REPORTED
from models.rules.checklists import AnswerValues, Item, display
from models.rules.consents import Purpose
from models.rules.list_names import LIST_NAMES
from models.rules.message import N_, Message
from models.rules.permissions import LIST_BLOCK, Block
from models.rules.residence_entries import decision_name, paper_name
from models.rules.states import AnswerState, ListKey
from models.rules.timeline import OF_APPOINTMENTS, OF_CONSENTS, OF_ITEMS, OF_QUESTIONS, OUTCOMES, OWN_KINDS, sentence
from models.rules.times import LOCAL, from_stamp, german_date, local_day
from models.tables import Event

LATEST = 5
_LOOKED_AT = 15


@dataclass(frozen=True, slots=True)
class HistoryEntry:
    """One event: when, in words for today, what, who, for which organisation."""

    at: str
    what: Message
    who: str
    organisation: str


def shows_history(view: CaseView) -> bool:
    """Whether this person sees the history at all, or her own organisation's part of it."""
    return bool(view.blocks & {Block.HISTORY, Block.OWN_ENTRIES})


def latest_entries(view: CaseView) -> tuple[HistoryEntry, ...]:
    """The last few events that this person may see."""
    if not shows_history(view):
        return ()
    case_id, mine = view.held.case.id, view.actor.organisation_key
    rows = _ALL.rows(case_id) if Block.HISTORY in view.blocks else _OWN.rows(case_id, mine)
    return view.as_long_as("latest", rows, lambda: tuple(islice(_told(view, rows, longest=80), LATEST)))


_COLUMNS = (Event.at, Event.kind, Event.actor, Event.organisation, Event.data)


def _of_case(case_id: int) -> Select:
    return Event.select(*_COLUMNS).where(Event.case_id == case_id).order_by(Event.id.desc())


_ALL = Prepared(lambda case_id: _of_case(case_id).limit(_LOOKED_AT), int)
_OWN = Prepared(lambda case_id, key: _of_case(case_id).where(Event.organisation == key).limit(_LOOKED_AT), int, str)


def _told(view: CaseView, rows: list[tuple[Any, ...]], longest: int) -> Iterator[HistoryEntry]:
    offices = {office.key: office.name for office in view.held.offices.values()}
    for at, kind, actor, organisation, text in rows:
        what = event_sentence(view, kind, organisation, text, longest)
        if what is not None:
            yield HistoryEntry(_when(at, view.held.today), what, actor, offices.get(organisation, ""))


def event_sentence(view: CaseView, kind: str, organisation: str, text: str, longest: int = 2_000) -> Message | None:
    """The sentence for an event of the case with its stored text; None where this person is not told of it."""
    data = json.loads(text)
    if kind.startswith(OF_ITEMS) and not _may_see(view, data):
        return None
    if not _may_know(view, kind, organisation, data):
        return None
    return sentence(kind, _with_answer(view, kind, organisation, data, longest), _name)


def _may_know(view: CaseView, kind: str, organisation: str, data: Mapping[str, Any]) -> bool:
    """What an organisation plans, notes, or is allowed by the person (E5) is its own; appointments need more.

    Coach and Agentur see each other's appointments with consent E1 alone, also afterwards (domain.md 8.9).
    """
    if kind.startswith(OF_QUESTIONS):
        return view.actor.organisation_key in data["between"]
    if kind.startswith(OWN_KINDS) or (kind.startswith(OF_CONSENTS) and data.get("purpose") == Purpose.E5):
        return organisation == view.actor.organisation_key
    if kind.startswith(OF_APPOINTMENTS):
        return any(sees_office(view, one.id) for one in view.held.offices.values() if one.key == organisation)
    return True


def _may_see(view: CaseView, data: Mapping[str, Any]) -> bool:
    if not data.get("item"):  # the paper of a whole list
        return LIST_BLOCK[ListKey(data["list"])] in view.blocks
    found = _item(view, str(data["item"]))
    return found is not None and view.sees(*found)


def _item(view: CaseView, code: str) -> tuple[ListKey, Item] | None:
    """An item of the case's lists, or one that they no longer have."""
    item = items_of(view.definitions).get(code)
    return (key_of(view, item), item) if item else every_item(view.held).get(code)


def _with_answer(
    view: CaseView, kind: str, organisation: str, data: Mapping[str, Any], longest: int
) -> Mapping[str, Any]:
    """The item by its text and the answer as the list shows it, instead of codes."""
    if kind.startswith(OF_APPOINTMENTS) and organisation != view.actor.organisation_key:
        return {**data, "reason": ""}  # in its own words, to the person
    if not kind.startswith((*OF_ITEMS, OF_QUESTIONS)) or not data.get("item"):
        return data
    found = _item(view, data["item"])
    if found is None:
        return data
    item = found[1]
    if kind != "answer.saved":
        return {**data, "item": item.text}
    after = data.get("after") or {}
    state = AnswerState(after.get("state", AnswerState.CLEARED))
    answer = AnswerValues(state, after.get("values") or {}, after.get("reason") or "")
    shown = "" if state == AnswerState.CLEARED else display(item, answer)
    return {"item": item.text, "answer": _short(shown, longest) or str(Message(N_("geändert")))}


def _short(text: str, longest: int) -> str:
    """On one line, cut at a word; most texts are short, and looking for words costs more than the rest of an entry."""
    return text if len(text) <= longest and "\n" not in text else shorten(text, longest, placeholder=" …")


def _name(what: str, code: str) -> str:
    if what == "paper":
        return paper_name(current_law(), code)
    if what == "decision":
        return decision_name(current_law(), code)
    return str(_NAMES[what].get(code, "" if what == "outcome" else code))


_NAMES: Mapping[str, Mapping[str, str]] = {
    "list": {**LIST_NAMES, ListKey.COACH: N_("Checkliste Beschäftigungscoach")},
    "outcome": OUTCOMES,
    "kind": KINDS,
    "attendance": ATTENDANCE,
    "why": REASONS,
    "change": REPORTED,
}
"""Names of codes by the word under which an event keeps them."""


def _when(at: str, today: date) -> str:
    moment = from_stamp(at)
    if local_day(moment) == today:
        return f"heute, {moment.astimezone(LOCAL):%H:%M}"
    return german_date(local_day(moment))
