"""Invitations from what is known now: read, rendered, and noted as printed only if nothing changed meanwhile."""

from collections.abc import Sequence
from datetime import datetime

from models.operations.invitations import note_letters
from models.queries.meetings import MeetingView, PartyLine, addresses_of
from models.rules.roles import Actor
from models.rules.times import local_day
from models.rules.workgroup.meetings import MeetingState
from pdf.base.office import writer_of
from pdf.base.text import lines_of
from pdf.meeting_letter.sheet import Invited, MeetingFacts, Point, meeting_letters
from pdf.render import render_pdf


def print_letters(
    view: MeetingView, parties: Sequence[PartyLine], base_url: str, *, actor: Actor, now: datetime, watermark: bool
) -> bytes:
    """The letters, each on pages of its own. StaleVersion where the meeting changed meanwhile."""
    lines = addresses_of([party.organisation_id for party in parties])
    invited = [Invited(party.name, lines[party.organisation_id]) for party in parties]
    sheet = meeting_letters(_facts(view, base_url, actor), invited, now=now, today=local_day(now))
    content = render_pdf("meeting_letter", sheet, watermark=watermark)
    note_letters(view, parties, actor=actor, now=now)
    return content


def _facts(view: MeetingView, base_url: str, actor: Actor) -> MeetingFacts:
    row = view.row
    return MeetingFacts(
        title=row.title,
        on=row.held_on,
        begins=row.begins,
        ends=row.ends,
        place=row.place,
        way_in=row.way_in,
        points=[Point(item.title, lines_of(item.text)) for item in view.items],
        cancelled=view.state == MeetingState.CANCELLED,
        reason=row.reason,
        address=f"{base_url}/arbeitskreis/{row.id}",
        writer=writer_of(int(actor.organisation_id or 0), actor.name),
    )
