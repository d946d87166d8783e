"""Announcements: what somebody has still to confirm, all that her organisation was told, and who has not yet."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from peewee import Expression, ModelSelect, fn

from models.queries.prepared import Prepared
from models.rules.announcements import not_yet
from models.rules.errors import NotVisible
from models.rules.roles import Actor, Role
from models.rules.states import AccountState
from models.tables import Account, Announcement, AnnouncementParty, AnnouncementReading, Organisation

PAGE = 25
MOST_SHOWN = 5


class Told(NamedTuple):
    """An announcement as those read it whom it is for."""

    id: int
    subject: str
    text: str
    sender: str
    sent_at: str
    is_read: bool = False


class Sent(NamedTuple):
    """An announcement as its sender sees it. ``waiting`` are the organisations that have not confirmed yet.

    ``unreached`` are those where nobody can log in, so that nobody reads it.
    """

    id: int
    version: int
    subject: str
    text: str
    each_person: bool
    sent_at: str
    withdrawn_at: str | None
    offices: int
    waiting: Sequence[tuple[str, Sequence[str]]]
    unreached: Sequence[str]


def _for_office(organisation_id: int, *columns: object) -> ModelSelect:
    query = Announcement.select(*columns).join(AnnouncementParty)
    query = query.join_from(Announcement, Organisation, on=Announcement.organisation == Organisation.id)
    return query.where(AnnouncementParty.organisation == organisation_id, Announcement.withdrawn_at.is_null())


def _is_read(account_id: int, organisation_id: int) -> Expression:
    mine = (AnnouncementReading.account == account_id) | (
        ~Announcement.each_person & (AnnouncementReading.organisation == organisation_id)
    )
    here = AnnouncementReading.announcement == Announcement.id
    return fn.EXISTS(AnnouncementReading.select(AnnouncementReading.id).where(here, mine))


_COLUMNS = (Announcement.id, Announcement.subject, Announcement.text, Organisation.name, Announcement.sent_at)
_UNREAD = Prepared(
    lambda organisation, account: (
        _for_office(organisation, *_COLUMNS)
        .where(~_is_read(account, organisation))
        .order_by(Announcement.id)
        .limit(MOST_SHOWN)
    ),
    int,
    int,
)


def unread_for(actor: Actor) -> list[Told]:
    """What this person has still to confirm, the oldest first; a few at a time."""
    return [Told(*row) for row in _UNREAD.rows(actor.organisation_id, actor.account_id)]


def told_to(actor: Actor, page: int) -> tuple[list[Told], bool]:
    """A page of what this person's organisation was told, the newest first, and whether there is more."""
    query = _for_office(actor.organisation_id, *_COLUMNS, _is_read(actor.account_id, actor.organisation_id))
    rows = list(query.order_by(Announcement.id.desc()).limit(PAGE + 1).offset((page - 1) * PAGE).tuples())
    return [Told(*row[:-1], bool(row[-1])) for row in rows[:PAGE]], len(rows) > PAGE


def sent_by(actor: Actor, only: int = 0) -> list[Sent]:
    """What this person's organisation announced lately, or one of it, with who has not confirmed yet."""
    query = Announcement.select().where(Announcement.organisation == actor.organisation_id)
    query = query.where(Announcement.id == only) if only else query
    rows = list(query.order_by(Announcement.id.desc()).limit(PAGE))
    ids = [row.id for row in rows]
    offices, read, people = _offices(ids), _readings(ids), _people()
    return [_sent(row, offices[row.id], read[row.id], people) for row in rows]


_People = Mapping[int, Mapping[int, str]]


def _sent(row: Announcement, offices: Mapping[int, str], read: Iterable[tuple[int, int]], people: _People) -> Sent:
    known = [(office, account) for office in offices for account in people.get(office, {})]
    confirmed = set(read)
    waiting = []
    for office in sorted(not_yet(row.each_person, known, confirmed), key=offices.__getitem__):
        names = [name for account, name in people[office].items() if (office, account) not in confirmed]
        waiting.append((offices[office], names if row.each_person else []))
    said = (row.subject, row.text, row.each_person, row.sent_at, row.withdrawn_at)
    unreached = sorted(name for office, name in offices.items() if office not in people)
    return Sent(row.id, row.version, *said, len(offices), waiting, unreached)


def _offices(ids: Sequence[int]) -> Mapping[int, dict[int, str]]:
    found: dict[int, dict[int, str]] = defaultdict(dict)
    query = AnnouncementParty.select(AnnouncementParty.announcement, Organisation.id, Organisation.name)
    for number, office, name in query.join(Organisation).where(AnnouncementParty.announcement.in_(ids)).tuples():
        found[number][office] = name
    return found


def _readings(ids: Sequence[int]) -> Mapping[int, list[tuple[int, int]]]:
    found: dict[int, list[tuple[int, int]]] = defaultdict(list)
    columns = (AnnouncementReading.announcement, AnnouncementReading.organisation, AnnouncementReading.account)
    query = AnnouncementReading.select(*columns).where(AnnouncementReading.announcement.in_(ids))
    for number, office, account in query.tuples():
        found[number].append((office, account))
    return found


def _people() -> _People:
    """Who can log in, by organisation: an office without anybody has nobody to confirm."""
    found: dict[int, dict[int, str]] = defaultdict(dict)
    query = Account.select(Account.organisation, Account.id, Account.name).where(Account.state != AccountState.LOCKED)
    for office, account, name in query.order_by(Account.name).tuples():
        found[office][account] = name
    return found


def own_announcement(actor: Actor, announcement_id: int) -> Announcement:
    """One announcement of this person's organisation; NotVisible for any other."""
    own = (Announcement.id == announcement_id) & (Announcement.organisation == actor.organisation_id)
    row: Announcement | None = Announcement.get_or_none(own)
    if row is None:
        raise NotVisible
    return row


def is_for(announcement_id: int, actor: Actor) -> bool:
    """Whether an announcement that was not withdrawn is for this person's organisation."""
    query = _for_office(int(actor.organisation_id or 0), Announcement.id)
    return bool(query.where(Announcement.id == announcement_id).exists())


def active_offices() -> Mapping[int, Role]:
    """All active organisations by id with their kind."""
    rows = Organisation.select(Organisation.id, Organisation.kind).where(Organisation.active).tuples()
    return {number: Role(kind) for number, kind in rows}
