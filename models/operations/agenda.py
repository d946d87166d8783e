"""The agenda of a meeting: proposed from the figures, then written by the organiser point by point."""

from collections.abc import Sequence
from datetime import datetime

from peewee import fn

from models.base import db
from models.operations.ledger import claim, record
from models.operations.meeting_lock import keep_open
from models.queries.agenda_facts import agenda_facts
from models.queries.meetings import ItemLine, MeetingView, organises
from models.rules.errors import NotAllowed, RuleBroken, StaleVersion
from models.rules.message import N_, Message
from models.rules.roles import Actor
from models.rules.times import local_day
from models.rules.workgroup.agenda import Proposal, Source, check_point, propose
from models.tables import AgendaItem, MinuteEntry, Resolution

MOST_POINTS = 30


def write_agenda(meeting_id: int, proposals: Sequence[Proposal]) -> None:
    """Write the proposed points of a new meeting; inside the transaction that plans it."""
    for position, one in enumerate(proposals, start=1):
        _insert(meeting_id, position, one)


def _insert(meeting_id: int, position: int, one: Proposal) -> int:
    item = AgendaItem.create(meeting=meeting_id, position=position, title=one.title, text=one.text, source=one.source)
    MinuteEntry.insert(item=item.id).execute()
    return int(item.id)


def renew_agenda(view: MeetingView, *, actor: Actor, now: datetime) -> int:
    """Write the figures of today into the points that nobody has changed; returns how many differ.

    What somebody wrote stays, whatever the figures say.
    """
    _may(actor)
    fresh = {one.title: one for one in propose(agenda_facts(local_day(now)))}
    with db.atomic():
        keep_open(view.row.id)
        changed = 0
        for item in view.items:
            one = fresh.get(item.title)
            if item.source == Source.OWN or one is None or one.text == item.text:
                continue
            same = (AgendaItem.id == item.id) & (AgendaItem.version == item.version)
            values = {"text": one.text, "source": one.source, "version": AgendaItem.version + 1}
            changed += AgendaItem.update(**values).where(same).execute()
        record(actor, "meeting.agenda_renewed", {"meeting": view.row.id, "points": changed}, now=now)
    return changed


def _may(actor: Actor) -> None:
    if not organises(actor):
        raise NotAllowed


def add_point(view: MeetingView, title: str, text: str, *, actor: Actor, now: datetime) -> int:
    """Add a point before the last one, where "Verschiedenes" stands; returns its id. A double click adds one."""
    _may(actor)
    check_point(title, text, local_day(now))
    with db.atomic():
        keep_open(view.row.id)
        mine = AgendaItem.meeting == view.row.id
        same = AgendaItem.select().where(mine, AgendaItem.title == title.strip()).first()
        if same:
            raise RuleBroken(Message(N_("Einen Punkt mit diesem Titel gibt es schon.")))
        if AgendaItem.select().where(mine).count() >= MOST_POINTS:
            raise RuleBroken(Message(N_("Höchstens {most} Punkte in einer Sitzung."), most=MOST_POINTS))
        last = AgendaItem.select(fn.MAX(AgendaItem.position)).where(mine).scalar() or 0
        AgendaItem.update(position=last + 1).where(mine, AgendaItem.position == last).execute()
        number = _insert(view.row.id, max(last, 1), Proposal(title.strip(), text.strip(), Source.OWN))
        record(actor, "meeting.point_added", {"meeting": view.row.id, "point": number}, now=now)
    return number


def change_point(
    view: MeetingView, item: ItemLine, title: str, text: str, *, seen_version: int, actor: Actor, now: datetime
) -> None:
    """Write a point anew. StaleVersion with the text of the other where somebody was faster."""
    _may(actor)
    check_point(title, text, local_day(now))
    with db.atomic():
        keep_open(view.row.id)
        _take(item, seen_version)
        values = {"title": title.strip(), "text": text.strip(), "source": Source.OWN}
        AgendaItem.update(**values).where(AgendaItem.id == item.id).execute()
        data: dict[str, object] = {"meeting": view.row.id, "point": item.id, "from_version": seen_version}
        record(actor, "meeting.point_changed", data, now=now)


def _take(item: ItemLine, seen_version: int) -> None:
    if not claim(AgendaItem, item.id, seen_version):
        raise StaleVersion(
            Message(N_("Jemand anderes hat diesen Punkt inzwischen geändert. Ihr Text steht noch hier.")), current=item
        )


def remove_point(view: MeetingView, item: ItemLine, *, seen_version: int, actor: Actor, now: datetime) -> None:
    """Take a point off the agenda. RuleBroken where minutes or a resolution stand at it."""
    _may(actor)
    with db.atomic():
        keep_open(view.row.id)
        _take(item, seen_version)
        written = MinuteEntry.select().where(MinuteEntry.item == item.id, MinuteEntry.text != "").exists()
        if written or Resolution.select().where(Resolution.item == item.id).exists():
            raise RuleBroken(Message(N_("Zu diesem Punkt steht schon etwas im Protokoll; er bleibt stehen.")))
        AgendaItem.delete().where(AgendaItem.id == item.id).execute()
        record(actor, "meeting.point_removed", {"meeting": view.row.id, "title": item.title}, now=now)


def move_point_up(view: MeetingView, item: ItemLine, *, seen_version: int, actor: Actor, now: datetime) -> None:
    """Change places with the point before; nothing happens to the first one."""
    _may(actor)
    before = [other for other in view.items if other.position < item.position]
    with db.atomic():
        keep_open(view.row.id)
        _take(item, seen_version)
        if before:
            AgendaItem.update(position=before[-1].position).where(AgendaItem.id == item.id).execute()
            AgendaItem.update(position=item.position).where(AgendaItem.id == before[-1].id).execute()
            record(actor, "meeting.point_moved", {"meeting": view.row.id, "point": item.id}, now=now)
