"""Prints the form of a consent. It is not kept: the signed paper is, as a scan."""

from datetime import datetime

from models.queries.accounts import sender_line
from models.queries.case_head import name_for
from models.queries.case_view import CaseView
from models.queries.consents import ConsentLine
from models.queries.texts import printed_text
from models.rules.consents import needs_guardian
from models.rules.permissions import Block
from models.rules.texts import TextDocument
from models.rules.times import german_date, local_day
from pdf.consent.sheet import ConsentFacts, consent_form
from pdf.render import render_pdf


def print_consent(
    view: CaseView, line: ConsentLine, language: str, *, is_blank: bool, now: datetime, watermark: bool
) -> bytes:
    """The form for this person and recipient, or a blank one with lines for both."""
    person = view.held.person
    knows_birth = Block.PERSON in view.blocks  # not the contact line (rules.md 13), nor who gave the case away
    facts = ConsentFacts(
        purpose=line.purpose,
        text=printed_text(TextDocument.CONSENT, language),
        number="" if is_blank else view.held.case.number,
        office=sender_line(view.actor),
        recipient="" if is_blank else line.recipient_name,
        name="" if is_blank else name_for(view),
        birth_date=german_date(person.date_of_birth) if knows_birth and not is_blank else "",
        named=line.current.named if line.current and not is_blank else "",
        with_guardian=is_blank or needs_guardian(person.date_of_birth, local_day(now)),
        printed_on=german_date(local_day(now)),
        created=now,
    )
    return render_pdf("consent", consent_form(facts), watermark=watermark)
