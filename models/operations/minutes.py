"""Minutes while they are written: entries by point, drafts, who is there. Each with a version of its own."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from peewee import IntegrityError

from models.base import db
from models.operations.drafts import KEPT
from models.operations.ledger import can_be_version, claim, record
from models.operations.meeting_lock import keep_open
from models.queries.meetings import ItemLine, MeetingView, PartyLine, organises
from models.rules.appointments import broken
from models.rules.errors import NotAllowed, RuleBroken, StaleVersion
from models.rules.message import N_, Message
from models.rules.roles import Actor
from models.rules.times import local_day, stamp
from models.rules.workgroup.meetings import check_people
from models.rules.workgroup.minutes import LONGEST_ENTRY, check_entry, personal_data_in
from models.tables import MeetingParty, MinuteDraft, MinuteEntry


def may_write(actor: Actor) -> None:
    """NotAllowed for who writes no minutes."""
    if not organises(actor):
        raise NotAllowed


def write_minutes(
    view: MeetingView, item: ItemLine, text: str, *, seen_version: int, actor: Actor, now: datetime
) -> None:
    """Save what the minutes say to a point; the own draft of it has done its work.

    RuleBroken at ``text`` for what belongs to one person's case. StaleVersion where another recorder has saved another
    text of this point since; the same text twice is no conflict.
    """
    may_write(actor)
    typed = text.replace("\r\n", "\n").strip()
    check_entry(typed, local_day(now))
    with db.atomic():
        keep_open(view.row.id)
        stands = MinuteEntry.get(MinuteEntry.item == item.id)
        drop_draft(item.id, actor)
        if stands.text == typed:
            return
        if not claim(MinuteEntry, item.id, seen_version):
            raise StaleVersion(
                Message(N_("Zu diesem Punkt hat inzwischen jemand anderes geschrieben. Beide Texte stehen hier.")),
                current=stands.text,
            )
        values = {"text": typed, "account": actor.account_id, "written_at": stamp(now)}
        MinuteEntry.update(**values).where(MinuteEntry.item == item.id).execute()
        data = {"meeting": view.row.id, "point": item.id, "text": [stands.text, typed], "from_version": seen_version}
        record(actor, "meeting.minuted", data, now=now)


def keep_draft(
    view: MeetingView, item: ItemLine, text: str, *, seen_version: int, seen_draft: int, actor: Actor, now: datetime
) -> int:
    """Keep what is typed for a point; returns the version that the next copy names. StaleVersion: another window did.

    ``seen_version`` is that of the entry that the text began with, ``seen_draft`` that of the last copy (0 for none).
    """
    may_write(actor)
    if not view.is_open or not (can_be_version(seen_version) and can_be_version(seen_draft)):
        raise StaleVersion
    if len(text) > 2 * LONGEST_ENTRY:
        raise RuleBroken(Message(N_("Der Text ist zu lang für einen Entwurf. Kürzen Sie ihn und speichern Sie.")))
    copy = {"typed": {"text": text}, "seen_version": seen_version, "saved_at": stamp(now)}
    mine = (MinuteDraft.account == actor.account_id) & (MinuteDraft.entry == item.id)
    with db.atomic():
        if not seen_draft:
            return _begin({"account": actor.account_id, "entry": item.id, **copy})
        same = mine & (MinuteDraft.version == seen_draft)
        if not MinuteDraft.update(**copy, version=MinuteDraft.version + 1).where(same).execute():
            raise StaleVersion
    return seen_draft + 1


def _begin(values: dict[str, object]) -> int:
    """The unique index decides between two windows that begin at the same time."""
    try:
        with db.atomic():
            MinuteDraft.insert(**values).execute()
    except IntegrityError:
        raise StaleVersion from None
    return 1


def drop_draft(item_id: int, actor: Actor) -> None:
    """Forget the own draft of a point; inside a transaction."""
    MinuteDraft.delete().where(MinuteDraft.account == actor.account_id, MinuteDraft.entry == item_id).execute()


def discard_draft(item: ItemLine, *, actor: Actor) -> None:
    """Forget the own draft of a point; nothing happens where there is none."""
    with db.atomic():
        drop_draft(item.id, actor)


def expire_minute_drafts(*, now: datetime) -> int:
    """Delete drafts that nobody touched for thirty days; returns how many."""
    with db.atomic():
        return int(MinuteDraft.delete().where(MinuteDraft.saved_at < stamp(now - KEPT)).execute())


@dataclass(frozen=True, slots=True)
class Presence:
    """That an organisation is there or not, with how many people, in what functions; as it was seen and as typed."""

    party: PartyLine
    present: bool
    people: int | None
    functions: str
    seen_version: int

    @property
    def is_news(self) -> bool:
        """Whether it differs from what is stored."""
        stored = (self.party.present, self.party.people, self.party.functions)
        return (self.present, self.counted, self.functions.strip()) != stored

    @property
    def counted(self) -> int:
        """How many people: one of an organisation that is there, where nobody said more."""
        return (self.people if self.people is not None else 1) if self.present else 0

    @property
    def lacks_tick(self) -> bool:
        """Whether people were counted of an organisation that is not said to be there, and was not before."""
        return bool(self.people) and not self.present and not self.party.present


def note_attendance(view: MeetingView, marks: Sequence[Presence], *, actor: Actor, now: datetime) -> None:
    """Write down who is there, all of it or nothing. RuleBroken by field and party, StaleVersion where another did."""
    may_write(actor)
    if forgotten := [mark.party.id for mark in marks if mark.lacks_tick]:
        sentence = Message(N_("Personen gezählt, aber nicht angekreuzt: Ist die Stelle da?"))
        raise broken({f"people-{number}": sentence for number in forgotten})
    news = [mark for mark in marks if mark.is_news]
    for mark in news:
        _check(mark, now)
    with db.atomic():
        keep_open(view.row.id)
        for mark in news:
            if not claim(MeetingParty, mark.party.id, mark.seen_version):
                sentence = N_("{name}: inzwischen anders eingetragen. Bitte noch einmal prüfen.")
                raise StaleVersion(Message(sentence, name=mark.party.name))
            values = {"present": mark.present, "people": mark.counted, "functions": mark.functions.strip()}
            MeetingParty.update(**values).where(MeetingParty.id == mark.party.id).execute()
        if news:
            there = {str(mark.party.organisation_id): mark.counted for mark in news}
            record(actor, "meeting.attended", {"meeting": view.row.id, "people": there}, now=now)


def _check(mark: Presence, now: datetime) -> None:
    check_people(mark.counted, f"people-{mark.party.id}", is_there=mark.present)
    if problem := personal_data_in(mark.functions, local_day(now)):
        raise broken({f"functions-{mark.party.id}": problem})
