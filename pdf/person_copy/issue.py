"""Prints "Wer bekommt was?" for the person; not kept, because it is of its day."""

from datetime import datetime

from models.queries.accounts import sender_line
from models.queries.case_head import name_for
from models.queries.case_view import CaseView
from models.queries.recipients import recipients_of
from models.queries.texts import printed_text
from models.rules.texts import TextDocument
from models.rules.times import german_date, local_day
from pdf.person_copy.sheet import CopyFacts, person_copy
from pdf.render import render_pdf


def print_copy(view: CaseView, language: str, *, now: datetime, watermark: bool) -> bytes:
    """The paper in German and one language."""
    facts = CopyFacts(
        text=printed_text(TextDocument.PERSON_COPY, language),
        number=view.held.case.number,
        name=name_for(view),
        office=sender_line(view.actor),
        recipients=recipients_of(view),
        day=german_date(local_day(now)),
        created=now,
    )
    return render_pdf("person_copy", person_copy(facts), watermark=watermark)
