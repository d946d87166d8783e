"""All paragraphs of a text with their placeholders, and lines on which somebody signs that she has checked them."""

from dataclasses import dataclass
from datetime import datetime

from models.queries.texts import PrintedText
from models.rules.texts import DOCUMENT_LABELS, TextDocument, placeholders
from pdf.base.bilingual import Bilingual, bilingual
from pdf.base.sheet import Metadata


@dataclass(frozen=True, slots=True)
class TextPreview:
    """Everything that the template prints."""

    metadata: Metadata
    foot: str
    title: str
    text: Bilingual
    keys: tuple[str, ...]


def text_preview(document: TextDocument, text: PrintedText, *, number: int, author: str, now: datetime) -> TextPreview:
    """The paper for one text; ``number`` is the version of the translation (of the German text where there is none)."""
    title = DOCUMENT_LABELS[document]
    language = text.language.label if text.language else "Deutsch"
    name = f"{title}, {language}, Fassung {number}"
    open_names = set().union(*(placeholders(pair.german) for pair in {**text.common, **text.pairs}.values()))
    return TextPreview(
        metadata=Metadata(title=name, subject="Text zur Prüfung", author=author, created=now, identity=name),
        foot=name,
        title=title,
        text=bilingual(text, {key: "{" + key + "}" for key in open_names}),
        keys=tuple(text.pairs),
    )
