"""That an organisation was invited by letter or mail. It counts only for the meeting as it stood then."""

from collections.abc import Sequence
from datetime import datetime

from models.base import db
from models.operations.ledger import record
from models.queries.meetings import MeetingView, PartyLine, organises
from models.rules.errors import NotAllowed, StaleVersion
from models.rules.message import N_, Message
from models.rules.roles import Actor
from models.rules.times import stamp
from models.tables import Meeting, MeetingParty


def note_letters(view: MeetingView, parties: Sequence[PartyLine], *, actor: Actor, now: datetime) -> None:
    """Letters were printed from what ``view`` showed; StaleVersion where the meeting was changed since."""
    _note(view, parties, "letter_at", "meeting.letters", actor, now)


def note_mail(view: MeetingView, party: PartyLine, *, actor: Actor, now: datetime) -> None:
    """A mail with the link went to an organisation."""
    _note(view, [party], "mailed_at", "meeting.mailed", actor, now)


def _note(view: MeetingView, parties: Sequence[PartyLine], column: str, kind: str, actor: Actor, now: datetime) -> None:
    if not organises(actor):
        raise NotAllowed
    with db.atomic():
        same = (Meeting.id == view.row.id) & (Meeting.version == view.row.version)
        if not Meeting.update(title=Meeting.title).where(same).execute():
            raise StaleVersion(Message(N_("Die Sitzung hat sich inzwischen geändert. Bitte noch einmal.")))
        ids = [party.id for party in parties]
        MeetingParty.update(**{column: stamp(now)}).where(MeetingParty.id.in_(ids)).execute()
        data: dict[str, object] = {"meeting": view.row.id, "to": [party.organisation_id for party in parties]}
        record(actor, kind, data, now=now)
