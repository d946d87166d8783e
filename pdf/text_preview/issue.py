"""A text for whoever checks its translation: read as it stands, printed, not kept."""

from datetime import datetime

from models.queries.texts import printed_text
from models.rules.roles import Actor
from models.rules.texts import TextDocument
from models.tables import DocumentText
from pdf.render import render_pdf
from pdf.text_preview.sheet import text_preview


def print_text(row: DocumentText, *, actor: Actor, now: datetime) -> bytes:
    """The version that holds, as a PDF with lines on which the checker signs."""
    document = TextDocument(row.document)
    text = printed_text(document, row.language)
    sheet = text_preview(document, text, number=row.number, author=actor.organisation_name, now=now)
    return render_pdf("text_preview", sheet)
