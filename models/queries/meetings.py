"""Meetings of the working group as the organiser and the invited organisations see them. Reads only."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from peewee import Expression, ModelSelect

from models.queries.cases import Party, parties
from models.queries.scope import visible_cases
from models.rules.appointments import Slot, Taken
from models.rules.errors import NotVisible
from models.rules.message import N_
from models.rules.permissions import Permission, may
from models.rules.roles import Actor, Role
from models.rules.states import AccountState, GroupEventState, HandoverState
from models.rules.workgroup.meetings import (
    INVITED_ROLES,
    ON_PAPER,
    STATE_LABELS,
    MeetingState,
    Reply,
    lacks_quorum,
    room_key,
)
from models.tables import (
    Account,
    AgendaItem,
    Case,
    GroupEvent,
    Handover,
    Mailbox,
    Meeting,
    MeetingParty,
    Organisation,
)

PAGE = 25
MOST_STUCK = 60


class PartyLine(NamedTuple):
    """An invited organisation with its answer and its people."""

    id: int
    version: int
    organisation_id: int
    name: str
    reply: str
    present: bool
    people: int
    functions: str
    letter_at: str | None
    mailed_at: str | None


class ItemLine(NamedTuple):
    """A point of the agenda."""

    id: int
    version: int
    position: int
    title: str
    text: str
    source: str


@dataclass(frozen=True, slots=True)
class MeetingView:
    """A meeting with its parties and its agenda; ``mine``: the party of the acting person's organisation."""

    row: Meeting
    parties: tuple[PartyLine, ...]
    items: tuple[ItemLine, ...]
    mine: PartyLine | None

    @property
    def slot(self) -> Slot:
        """When it is."""
        return slot_of(self.row)

    @property
    def where(self) -> str:
        """Room and way in."""
        return where_of(self.row)

    @property
    def state(self) -> MeetingState:
        """Its state."""
        return MeetingState(self.row.state)

    @property
    def state_label(self) -> str:
        """Its state in German."""
        return STATE_LABELS[self.state]

    @property
    def is_open(self) -> bool:
        """Whether something of it can still change."""
        return self.state in (MeetingState.PLANNED, MeetingState.INVITED)

    @property
    def present(self) -> int:
        """How many organisations were there, the organiser not counted."""
        return sum(party.present for party in self.parties)

    @property
    def is_quorate(self) -> bool:
        """Whether enough of them were there to decide."""
        return lacks_quorum(self.present, self.row.quorum) is None

    @property
    def has_papers(self) -> bool:
        """Whether letters and mails go out now."""
        return self.state in ON_PAPER

    @property
    def coming(self) -> int:
        """How many have said that they come."""
        return sum(party.reply == Reply.ACCEPTED for party in self.parties)


def slot_of(row: Meeting) -> Slot:
    """When a meeting is."""
    return Slot(row.held_on, row.begins, row.ends)


def where_of(row: Meeting) -> str:
    """Where a meeting is, as lists and letters say it."""
    return ", ".join(part for part in (row.place, row.way_in) if part)


def organises(actor: Actor) -> bool:
    """Whether this person plans meetings and writes their minutes."""
    return may(actor.role, Permission.MEETING_EDIT)


def visible_meetings(actor: Actor) -> Expression:
    """A WHERE over ``Meeting``: the organiser's own, and for others those to which they are invited."""
    if organises(actor):
        return Meeting.organisation == actor.organisation_id
    invited = MeetingParty.select(MeetingParty.meeting).where(MeetingParty.organisation == actor.organisation_id)
    return (Meeting.state != MeetingState.PLANNED) & Meeting.id.in_(invited)


def meetings_for(actor: Actor, today: date, page: int, *, past: bool) -> tuple[list[Meeting], bool]:
    """A page of meetings, the next ones first, and whether there is more."""
    when = Meeting.held_on < today if past else Meeting.held_on >= today
    order = (Meeting.held_on, Meeting.begins, Meeting.id)
    query = Meeting.select().where(visible_meetings(actor), when)
    query = query.order_by(*(column.desc() if past else column for column in order))
    rows = list(query.limit(PAGE + 1).offset((page - 1) * PAGE))
    return rows[:PAGE], len(rows) > PAGE


def meeting_of(actor: Actor, meeting_id: int) -> MeetingView:
    """One meeting; NotVisible for who is not invited or not yet."""
    row = Meeting.select().where(visible_meetings(actor), Meeting.id == meeting_id).first()
    if row is None:
        raise NotVisible
    lines = tuple(PartyLine(*party) for party in _parties(meeting_id).tuples())
    mine = next((line for line in lines if line.organisation_id == actor.organisation_id), None)
    return MeetingView(row, lines, items_of(meeting_id), mine)


def _parties(meeting_id: int) -> ModelSelect:
    columns = (
        MeetingParty.id, MeetingParty.version, MeetingParty.organisation, Organisation.name, MeetingParty.reply,
        MeetingParty.present, MeetingParty.people, MeetingParty.functions, MeetingParty.letter_at,
        MeetingParty.mailed_at,
    )  # fmt: skip
    return (
        MeetingParty.select(*columns)
        .join(Organisation)
        .where(MeetingParty.meeting == meeting_id)
        .order_by(Organisation.name)
    )


def items_of(meeting_id: int) -> tuple[ItemLine, ...]:
    """The agenda in its order."""
    columns = (AgendaItem.id, AgendaItem.version, AgendaItem.position, AgendaItem.title, AgendaItem.text)
    query = AgendaItem.select(*columns, AgendaItem.source).where(AgendaItem.meeting == meeting_id)
    return tuple(ItemLine(*row) for row in query.order_by(AgendaItem.position, AgendaItem.id).tuples())


def item_of(view: MeetingView, item_id: int) -> ItemLine:
    """A point of this meeting; NotVisible for one of another."""
    for item in view.items:
        if item.id == item_id:
            return item
    raise NotVisible


def party_of(view: MeetingView, party_id: int) -> PartyLine:
    """An invited organisation of this meeting; NotVisible for one of another."""
    for party in view.parties:
        if party.id == party_id:
            return party
    raise NotVisible


def can_be_invited() -> list[Party]:
    """The organisations that may come, the authorities first, then the municipalities and the providers by name."""
    order = {role: place for place, role in enumerate(_ORDER)}
    active = {row[0] for row in Organisation.select(Organisation.id).where(Organisation.active).tuples()}
    known = (party for party in parties().values() if party.kind in INVITED_ROLES and party.id in active)
    return sorted(known, key=lambda party: (order[party.kind], party.name))


def addresses_of(organisation_ids: Collection[int]) -> dict[int, tuple[str, ...]]:
    """The lines of the postal address of organisations, as far as known."""
    query = Organisation.select().where(Organisation.id.in_(list(organisation_ids)))
    return {row.id: tuple(part for part in (row.street, f"{row.postcode} {row.town}".strip()) if part) for row in query}


def mail_addresses_of(organisation_ids: Collection[int]) -> dict[int, list[str]]:
    """Where mails to organisations go: their own address, else those that their people gave for the daily mail."""
    wanted = list(organisation_ids)
    offices = Organisation.select(Organisation.id, Organisation.email).where(Organisation.id.in_(wanted))
    found = {number: [email] if email else [] for number, email in offices.tuples()}
    given = Mailbox.select(Account.organisation, Mailbox.address).join(Account)
    active = (Account.organisation.in_(wanted)) & (Account.state == AccountState.ACTIVE) & (Mailbox.address != "")
    own = {number for number, addresses in found.items() if addresses}
    for number, address in given.where(active).order_by(Mailbox.address).tuples():
        if number not in own:
            found[number].append(address)
    return found


_ORDER = (Role.AGENTUR, Role.JOBCENTER, Role.BAMF, Role.ASYLBLG, Role.COACH, Role.MUNICIPALITY, Role.PROVIDER)


def taken_rooms(day: date, without: int | None) -> list[tuple[str, Taken]]:
    """Rooms in which something takes place on a day: other meetings and group information."""
    others = Meeting.select().where(Meeting.held_on == day, Meeting.state != MeetingState.CANCELLED)
    events = GroupEvent.select().where(GroupEvent.held_on == day, GroupEvent.state == GroupEventState.PLANNED)
    found = [(row.place, Taken(slot_of(row), row.title)) for row in others if row.id != without]
    found.extend(
        (row.place, Taken(Slot(row.held_on, row.begins, row.ends), N_("Gruppeninformation"))) for row in events
    )
    return [(room, taken) for room, taken in found if room_key(room)]


class StuckLine(NamedTuple):
    """An overdue handover by case number; ``opens``: whether this person may open the case."""

    number: str
    due_on: date
    opens: bool


def stuck_for(actor: Actor, today: date) -> list[StuckLine]:
    """Overdue handovers by case number: all for coordination and BAMF, for others those of cases that they see."""
    whole = actor.role in (Role.COORDINATION, Role.BAMF)
    late = Handover.state.in_((HandoverState.DRAFT, HandoverState.QUERIED)) & (Handover.due_on < today)
    query = Handover.select(Case.number, Handover.due_on).join(Case).where(late)
    if not whole:
        query = query.where(visible_cases(actor, today))
    rows: Iterable[tuple[str, date]] = query.order_by(Handover.due_on, Case.number).limit(MOST_STUCK).tuples()
    return [StuckLine(number, due_on, not whole) for number, due_on in rows]
