"""What the data protection officer reads: logs, no case content."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from peewee import JOIN, Expression, Field, Select

from models.rules.log_words import event_word, reading_word
from models.rules.times import LOCAL, stamp
from models.tables import AccessLog, Account, Case, Event, Organisation

PAGE = 50


@dataclass(frozen=True, slots=True)
class LogWish:
    """What of a log is asked for: one case, one organisation, the first and the last day."""

    case: str = ""
    organisation: str = ""
    since: date | None = None
    until: date | None = None


@dataclass(frozen=True, slots=True)
class LogLine:
    """One line of a log. ``username`` is empty where the system acted, ``case`` where it was about no case."""

    at: str
    who: str
    username: str
    organisation: str
    what: str
    case: str


def organisations_in_logs() -> dict[str, str]:
    """The names of the organisations by key, for the choice."""
    return dict(Organisation.select(Organisation.key, Organisation.name).order_by(Organisation.name).tuples())


def readings(wish: LogWish, page: int) -> tuple[list[LogLine], bool]:
    """One page of the access log, newest first, and whether there is more. Case numbers only, no names of persons."""
    columns = (AccessLog.at, Account.name, Account.username, Organisation.name, AccessLog.action, Case.number)
    query = (
        AccessLog.select(*columns)
        .join(Account)
        .join_from(AccessLog, Organisation)
        .join_from(AccessLog, Case, JOIN.LEFT_OUTER, on=(AccessLog.case_id == Case.id))
        .where(*_asked(wish, AccessLog.at, AccessLog.case_id))
        .order_by(AccessLog.id.desc())
    )
    return _page(query, page, reading_word)


def events(wish: LogWish, page: int) -> tuple[list[LogLine], bool]:
    """One page of the ledger, newest first: who did which kind of thing to which case; not what was written."""
    columns = (Event.at, Event.actor, Account.username, Organisation.name, Event.kind, Case.number)
    query = (
        Event.select(*columns)
        .join(Account, JOIN.LEFT_OUTER, on=(Event.account_id == Account.id))
        .join_from(Event, Organisation, JOIN.LEFT_OUTER, on=(Event.organisation == Organisation.key))
        .join_from(Event, Case, JOIN.LEFT_OUTER, on=(Event.case_id == Case.id))
        .where(*_asked(wish, Event.at, Event.case_id))
        .order_by(Event.id.desc())
    )
    return _page(query, page, event_word)


def _asked(wish: LogWish, at: Field, case_id: Field) -> Iterator[Expression]:
    yield at.is_null(False)
    if wish.case:
        yield case_id == Case.select(Case.id).where(Case.number == wish.case)
    if wish.organisation:
        yield Organisation.key == wish.organisation
    if wish.since:
        yield at >= _midnight(wish.since)
    if wish.until:
        yield at < _midnight(wish.until + timedelta(days=1))


def _midnight(day: date) -> str:
    return stamp(datetime.combine(day, time(), LOCAL))


def _page(query: Select, page: int, word: Callable[[str], str]) -> tuple[list[LogLine], bool]:
    rows = list(query.limit(PAGE + 1).offset((page - 1) * PAGE).tuples())
    return [_line(row, word) for row in rows[:PAGE]], len(rows) > PAGE


def _line(row: tuple[str | None, ...], word: Callable[[str], str]) -> LogLine:
    at, who, username, organisation, kind, case = (text or "" for text in row)
    return LogLine(at, who, username, organisation, word(kind), case)
