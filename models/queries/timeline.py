"""Everything that happened on a case in one order: events, issued documents and, asked for by themselves, readings."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from functools import reduce
from operator import or_
from typing import Any

from peewee import JOIN, SQL, Expression, Field, Query, Select, Value

from models.queries.case_view import CaseView
from models.queries.history import HistoryEntry, event_sentence, shows_history
from models.rules.errors import RuleBroken
from models.rules.message import N_, Message
from models.rules.permissions import Block
from models.rules.timeline import DOCUMENTS, GROUPS, OF_QUESTIONS, READINGS, document_sentence, reading_sentence
from models.rules.times import LOCAL, german_time, stamp
from models.tables import AccessLog, Account, Document, Event, Organisation

PAGE = 50
MOST_PRINTED = 1_000
_EVENT, _DOCUMENT, _READING = "1", "2", "3"


@dataclass(frozen=True, slots=True)
class Wish:
    """What of the timeline is asked for: a group of ``timeline.GROUPS`` or ``READINGS``, the first and the last day.

    ``on_paper``: without what no paper tells.
    """

    group: str = ""
    since: date | None = None
    until: date | None = None
    on_paper: bool = False


def groups_for(view: CaseView) -> dict[str, str]:
    """The groups that this person may ask for, with their labels; readings for who sees the whole history."""
    readings = {READINGS: N_("Lesezugriffe")} if Block.HISTORY in view.blocks else {}
    return {word: label for word, (label, _kinds) in GROUPS.items()} | readings


def timeline_page(view: CaseView, wish: Wish, page: int) -> tuple[tuple[HistoryEntry, ...], bool]:
    """One page of the timeline, newest first, and whether there is more."""
    rows = _rows(view, wish, PAGE + 1, (page - 1) * PAGE)
    return tuple(_entries(view, rows[:PAGE])), len(rows) > PAGE


def whole_timeline(view: CaseView, wish: Wish) -> tuple[HistoryEntry, ...]:
    """All of it in the order in which it happened, for paper. RuleBroken where it is too much to print."""
    rows = _rows(view, replace(wish, on_paper=True), MOST_PRINTED + 1, 0)
    if len(rows) > MOST_PRINTED:
        sentence = N_("Das sind mehr als 1.000 Einträge. Grenzen Sie den Zeitraum oder die Art ein.")
        raise RuleBroken(Message(sentence))
    return tuple(_entries(view, reversed(rows)))


def _rows(view: CaseView, wish: Wish, limit: int, offset: int) -> list[tuple[Any, ...]]:
    """Time, id, source, kind, who, for whom, text; the newest first. Nothing for who sees no history."""
    if not shows_history(view) or (wish.group == READINGS and Block.HISTORY not in view.blocks):
        return []
    if wish.group == READINGS:
        query: Query = _readings(view, wish)
    else:
        query = _events(view, wish)
        if wish.group in ("", DOCUMENTS):
            query = query + _documents(view, wish)
    return list(query.order_by(SQL("1").desc(), SQL("2").desc()).limit(limit).offset(offset).tuples())


def _events(view: CaseView, wish: Wish) -> Select:
    columns = (Event.at, Event.id, Value(_EVENT), Event.kind, Event.actor, Event.organisation, Event.data)
    query = Event.select(*columns).where(Event.case_id == view.held.case.id, *_between(Event.at, wish))
    if wish.on_paper:
        query = query.where(~Event.kind.startswith(OF_QUESTIONS))
    if Block.HISTORY not in view.blocks:  # after acceptance neither side sees the other's work
        query = query.where(Event.organisation == view.actor.organisation_key)
    if wish.group in GROUPS:
        query = query.where(reduce(or_, (Event.kind.startswith(start) for start in GROUPS[wish.group][1])))
    return query


def _documents(view: CaseView, wish: Wish) -> Select:
    signatures = Document.signatures.cast("varchar")
    columns = (
        Document.issued_at, Document.id, Value(_DOCUMENT), signatures, Account.name, Organisation.key, Document.title,
    )  # fmt: skip
    query = Document.select(*columns).join(Organisation).join_from(Document, Account, JOIN.LEFT_OUTER)
    query = query.where(Document.case == view.held.case.id, *_between(Document.issued_at, wish))
    if Block.HISTORY not in view.blocks:
        query = query.where(Document.organisation == view.actor.organisation_id)
    return query


def _readings(view: CaseView, wish: Wish) -> Select:
    columns = (
        AccessLog.at, AccessLog.id, Value(_READING), AccessLog.action, Account.name, Organisation.key, Value(""),
    )  # fmt: skip
    query = AccessLog.select(*columns).join(Account).join_from(AccessLog, Organisation)
    return query.where(AccessLog.case_id == view.held.case.id, *_between(AccessLog.at, wish))


def _between(column: Field, wish: Wish) -> Iterator[Expression]:
    if wish.since:
        yield column >= stamp(_midnight(wish.since))
    if wish.until:
        yield column < stamp(_midnight(wish.until + timedelta(days=1)))


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), LOCAL)


def _entries(view: CaseView, rows: Iterable[tuple[Any, ...]]) -> Iterator[HistoryEntry]:
    offices = {office.key: office.name for office in view.held.offices.values()}
    for at, _id, source, kind, who, organisation, text in rows:
        if source == _EVENT:
            what = event_sentence(view, kind, organisation, text)
        else:
            what = document_sentence(text, int(kind)) if source == _DOCUMENT else reading_sentence(kind)
        if what is not None:
            yield HistoryEntry(german_time(at), what, who or "", offices.get(organisation, ""))
