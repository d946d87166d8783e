"""The files' texts as a paper, without a database."""

from datetime import UTC, datetime

from models.queries.texts import PrintedText
from models.rules.texts import LANGUAGES, Pair, TextDocument, TextState
from models.seed.files import read
from pdf.text_preview.sheet import TextPreview, text_preview


def file_text(document: TextDocument, language: str) -> PrintedText:
    """The text of the files, unchecked; an empty ``language`` for German alone."""
    pairs, common = _pairs(document, language), _pairs(TextDocument.COMMON, language)
    state = TextState.UNCHECKED if language else TextState.BINDING
    return PrintedText(LANGUAGES.get(language), pairs, common, state, "", None)


def _pairs(document: TextDocument, language: str) -> dict[str, Pair]:
    rows = read(f"texts/{document}.yaml")["paragraphs"]
    return {row["key"]: Pair(row["deu"], row.get(language, "")) for row in rows}


def sample(document: TextDocument = TextDocument.APPOINTMENT_LETTER, language: str = "prs") -> TextPreview:
    """The paper of one text of the files."""
    now = datetime(2026, 11, 24, 8, 40, tzinfo=UTC)
    return text_preview(document, file_text(document, language), number=1, author="Landkreis St. Wendel", now=now)
