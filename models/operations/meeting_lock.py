"""The row of a meeting as the lock of all that belongs to it; both run inside the transaction of an operation."""

from models.operations.ledger import claim
from models.rules.errors import StaleVersion
from models.rules.message import N_, Message
from models.rules.workgroup.meetings import MeetingState
from models.tables import Meeting

_OPEN = Meeting.state.in_((MeetingState.PLANNED, MeetingState.INVITED))


def take_open(meeting_id: int, seen_version: int) -> None:
    """Claim the version of a meeting that is still open; StaleVersion for any other."""
    still = Meeting.select(Meeting.id).where(Meeting.id == meeting_id, _OPEN)
    if not claim(Meeting, meeting_id, seen_version) or not still.exists():
        raise StaleVersion(Message(N_("Die Sitzung wurde inzwischen geändert. Ihre Eingabe steht noch hier.")))


def keep_open(meeting_id: int) -> None:
    """Hold the meeting's row, so that nobody signs its minutes meanwhile; StaleVersion where that is done."""
    if not Meeting.update(title=Meeting.title).where(Meeting.id == meeting_id, _OPEN).execute():
        raise StaleVersion(Message(N_("Die Sitzung ist abgeschlossen oder abgesagt; sie ändert sich nicht mehr.")))
