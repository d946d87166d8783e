"""Minutes of a meeting and what it resolved: for who writes them, for the invited, for who has to do it. Reads only."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from peewee import JOIN, Expression, ModelSelect

from models.queries.documents import content_of
from models.queries.meetings import MeetingView, organises
from models.queries.prepared import Prepared
from models.rules.errors import NotVisible
from models.rules.permissions import Permission, may
from models.rules.roles import Actor
from models.rules.workgroup.meetings import MeetingState, Reply
from models.rules.workgroup.minutes import RESOLUTION_LABELS, ResolutionState
from models.tables import (
    Account,
    AgendaItem,
    Document,
    Meeting,
    MeetingParty,
    MinuteDraft,
    MinuteEntry,
    Organisation,
    Resolution,
)

MOST_ON_THE_DAY = 10
PAGE = 25


class EntryLine(NamedTuple):
    """What the minutes say to a point, and who wrote it last."""

    item_id: int
    version: int
    text: str
    writer: str | None
    written_at: str | None


class OwnDraft(NamedTuple):
    """What this person typed for a point and has not saved."""

    item_id: int
    text: str
    seen_version: int
    version: int
    saved_at: str


class ResolutionLine(NamedTuple):
    """A resolution with its owner, and the meeting it comes from."""

    id: int
    version: int
    item_id: int
    text: str
    owner_id: int
    owner: str
    contact: str
    due_on: date
    state: str
    settled_on: date | None
    note: str
    meeting_id: int
    held_on: date
    meeting_state: str

    @property
    def state_label(self) -> str:
        """Its state in German."""
        return RESOLUTION_LABELS[ResolutionState(self.state)]

    @property
    def is_open(self) -> bool:
        """Whether somebody still has to do it."""
        return self.state == ResolutionState.OPEN


@dataclass(frozen=True, slots=True)
class Minutes:
    """Entries and drafts by point, and the resolutions of each point in the order in which they were written."""

    entries: dict[int, EntryLine]
    drafts: dict[int, OwnDraft]
    resolutions: dict[int, Sequence[ResolutionLine]]

    @property
    def resolved(self) -> int:
        """How many resolutions there are."""
        return sum(len(lines) for lines in self.resolutions.values())

    @property
    def is_written(self) -> bool:
        """Whether the minutes say anything."""
        return bool(self.resolved) or any(entry.text for entry in self.entries.values())


def minutes_of(actor: Actor, view: MeetingView) -> Minutes:
    """The minutes of a meeting with the drafts of this person; NotVisible before they are signed for who only reads."""
    if not organises(actor) and view.state != MeetingState.CLOSED:
        raise NotVisible
    mine = AgendaItem.meeting == view.row.id
    drafts = _drafts(actor, mine) if view.is_open else {}
    found: dict[int, list[ResolutionLine]] = defaultdict(list)
    for row in _resolutions().where(mine).order_by(Resolution.id).tuples():
        line = ResolutionLine(*row)
        found[line.item_id].append(line)
    return Minutes(_entries(mine), drafts, found)


def _entries(mine: Expression) -> dict[int, EntryLine]:
    query = (
        MinuteEntry.select(
            MinuteEntry.item, MinuteEntry.version, MinuteEntry.text, Account.name, MinuteEntry.written_at
        )
        .join(AgendaItem)
        .join_from(MinuteEntry, Account, JOIN.LEFT_OUTER)
        .where(mine)
    )
    return {row[0]: EntryLine(*row) for row in query.tuples()}


def _drafts(actor: Actor, mine: Expression) -> dict[int, OwnDraft]:
    query = (
        MinuteDraft.select(
            MinuteDraft.entry, MinuteDraft.typed, MinuteDraft.seen_version, MinuteDraft.version, MinuteDraft.saved_at
        )
        .join(MinuteEntry)
        .join(AgendaItem)
        .where(mine, MinuteDraft.account == actor.account_id)
    )
    return {
        item_id: OwnDraft(item_id, str(typed.get("text", "")), seen, version, saved_at)
        for item_id, typed, seen, version, saved_at in query.tuples()
    }


def unsaved(meeting_id: int) -> list[str]:
    """Names of those who typed something for a point of this meeting and have not saved it."""
    query = Account.select(Account.name).join(MinuteDraft).join(MinuteEntry).join(AgendaItem)
    names = query.where(AgendaItem.meeting == meeting_id).distinct().order_by(Account.name)
    return [row[0] for row in names.tuples()]


def signed_file(view: MeetingView) -> tuple[str, bytes]:
    """Name and bytes of the signed minutes; NotVisible where they are not signed."""
    if view.row.document_id is None:
        raise NotVisible
    name = Document.select(Document.filename).where(Document.id == view.row.document_id).scalar()
    return str(name), content_of(view.row.document_id)


def _resolutions() -> ModelSelect:
    columns = (
        Resolution.id, Resolution.version, Resolution.item, Resolution.text, Resolution.owner, Organisation.name,
        Resolution.contact, Resolution.due_on, Resolution.state, Resolution.settled_on, Resolution.note,
        AgendaItem.meeting, Meeting.held_on, Meeting.state,
    )  # fmt: skip
    return Resolution.select(*columns).join(AgendaItem).join(Meeting).join_from(Resolution, Organisation)


def resolution_in(minutes: Minutes, resolution_id: int) -> ResolutionLine:
    """A resolution of these minutes; NotVisible for one of another meeting."""
    for lines in minutes.resolutions.values():
        for line in lines:
            if line.id == resolution_id:
                return line
    raise NotVisible


def owners_of(actor: Actor, view: MeetingView) -> dict[int, str]:
    """Who can be given something to do: the invited organisations and the organiser, by id."""
    return {party.organisation_id: party.name for party in view.parties} | {
        int(actor.organisation_id or 0): actor.organisation_name
    }


def _in_force(actor: Actor) -> Expression:
    """Resolutions of signed minutes: all of her meetings for the organiser, for others their own."""
    signed = Meeting.state == MeetingState.CLOSED
    if organises(actor):
        return signed & (Meeting.organisation == actor.organisation_id)
    return signed & (Resolution.owner == actor.organisation_id)


def resolutions_for(actor: Actor, page: int, *, settled: bool) -> tuple[list[ResolutionLine], bool]:
    """A page of resolutions that this person follows, the most pressing first, and whether there is more."""
    is_open = Resolution.state == ResolutionState.OPEN
    where = (Resolution.state != ResolutionState.OPEN) if settled else is_open
    order = (Resolution.settled_on.desc(), Resolution.id) if settled else (Resolution.due_on, Resolution.id)
    query = _resolutions().where(_in_force(actor), where).order_by(*order)
    rows = [ResolutionLine(*row) for row in query.limit(PAGE + 1).offset((page - 1) * PAGE).tuples()]
    return rows[:PAGE], len(rows) > PAGE


def resolution_for(actor: Actor, resolution_id: int) -> ResolutionLine:
    """One resolution of signed minutes; NotVisible for one that another organisation has to do."""
    row = _resolutions().where(_in_force(actor), Resolution.id == resolution_id).tuples().first()
    if row is None:
        raise NotVisible
    return ResolutionLine(*row)


class Call(NamedTuple):
    """An invitation that waits for an answer."""

    meeting_id: int
    title: str
    held_on: date


def workgroup_tasks(actor: Actor) -> list[ResolutionLine]:
    """What the working group gave this person's organisation to do, the most pressing first."""
    if not may(actor.role, Permission.MEETING_VIEW):
        return []
    return [ResolutionLine(*row) for row in _GIVEN.rows(actor.organisation_id)]


def _given(organisation_id: int) -> ModelSelect:
    mine = (Resolution.owner == organisation_id) & (Resolution.state == ResolutionState.OPEN)
    query = _resolutions().where(mine, Meeting.state == MeetingState.CLOSED)
    return query.order_by(Resolution.due_on, Resolution.id).limit(MOST_ON_THE_DAY)


_GIVEN = Prepared(_given, int)


def open_calls(actor: Actor, today: date) -> list[Call]:
    """Meetings ahead to which this person's organisation is invited and has not said whether it comes."""
    if not may(actor.role, Permission.MEETING_VIEW) or organises(actor):
        return []
    return [Call(*row) for row in _CALLS.rows(actor.organisation_id, today)]


def _calls(organisation_id: int, today: date) -> ModelSelect:
    asked = (
        (MeetingParty.organisation == organisation_id)
        & (MeetingParty.reply == Reply.OPEN)
        & (Meeting.state == MeetingState.INVITED)
        & (Meeting.held_on >= today)
    )
    query = Meeting.select(Meeting.id, Meeting.title, Meeting.held_on).join(MeetingParty).where(asked)
    return query.order_by(Meeting.held_on).limit(MOST_ON_THE_DAY)


_CALLS = Prepared(_calls, int, date)
