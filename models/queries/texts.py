"""Texts of documents: what holds, what held, and what a document prints. Reads only."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from peewee import JOIN, fn

from models.rules.texts import (
    DOCUMENT_LABELS,
    GERMAN,
    LANGUAGES,
    Language,
    Pair,
    TextDocument,
    TextState,
    language_for,
    paired,
    state_of,
)
from models.tables import Account, DocumentText


@dataclass(frozen=True, slots=True)
class PrintedText:
    """What a document prints: its paragraphs and those that stand on all documents, and how far they can be trusted.

    ``language`` is None where there is no translation.
    """

    language: Language | None
    pairs: Mapping[str, Pair]
    common: Mapping[str, Pair]
    state: TextState
    checked_by: str
    checked_on: date | None


@dataclass(frozen=True, slots=True)
class Overview:
    """One language of one document as the administrator's list shows it."""

    document: TextDocument
    language: Language
    number: int
    state: TextState
    checked_by: str
    checked_on: date | None
    author: str | None
    written_at: str


def current_text(document: TextDocument, language: str) -> DocumentText | None:
    """The version that holds."""
    rows = DocumentText.select().where(DocumentText.document == document, DocumentText.language == language)
    found: DocumentText | None = rows.order_by(DocumentText.number.desc()).first()
    return found


def text_numbered(document: TextDocument, language: str, number: int) -> DocumentText | None:
    """One version, current or not."""
    found: DocumentText | None = DocumentText.get_or_none(
        DocumentText.document == document, DocumentText.language == language, DocumentText.number == number
    )
    return found


def german_behind(row: DocumentText) -> Mapping[str, str]:
    """The German text that this version translates; of a German version itself."""
    if row.language == GERMAN:
        return dict(row.content)
    german = text_numbered(TextDocument(row.document), GERMAN, row.based_on)
    return dict(german.content) if german else {}


def versions_of(document: TextDocument, language: str) -> list[DocumentText]:
    """All versions of one language, the newest first."""
    query = DocumentText.select(DocumentText, Account).join(Account, JOIN.LEFT_OUTER)
    here = (DocumentText.document == document) & (DocumentText.language == language)
    return list(query.where(here).order_by(DocumentText.number.desc()))


def printed_text(document: TextDocument, language_code: str) -> PrintedText:
    """The text of a document for somebody who reads this language, in two statements."""
    language = language_for(language_code)
    wanted = (GERMAN, language.code) if language else (GERMAN,)
    held = _versions((document, TextDocument.COMMON), wanted)
    row = _latest(held, document, language)
    german = _latest(held, document, None)
    if language and not row:
        language = None
    state = (
        state_of(language.code, is_current=row.based_on == german.number, checked_by=row.checked_by)
        if language
        else TextState.BINDING
    )
    return PrintedText(
        language,
        _pairs(held, document, language),
        _pairs(held, TextDocument.COMMON, language),
        state,
        row.checked_by if language else "",
        row.checked_on if language else None,
    )


_Versions = Mapping[tuple[str, str], list[DocumentText]]


def _versions(documents: tuple[TextDocument, ...], languages: tuple[str, ...]) -> _Versions:
    found: dict[tuple[str, str], list[DocumentText]] = {}
    here = DocumentText.document.in_(documents) & DocumentText.language.in_(languages)
    for row in DocumentText.select().where(here).order_by(DocumentText.number):
        found.setdefault((row.document, row.language), []).append(row)
    return found


def _latest(held: _Versions, document: TextDocument, language: Language | None) -> DocumentText | None:
    rows = held.get((document, language.code if language else GERMAN), [])
    return rows[-1] if rows else None


def _pairs(held: _Versions, document: TextDocument, language: Language | None) -> dict[str, Pair]:
    german = _latest(held, document, None)
    row = _latest(held, document, language) if language else None
    if row is None:
        return paired(german.content, {}, {})
    base = next((one for one in held[document, GERMAN] if one.number == row.based_on), german)
    return paired(german.content, base.content, row.content)


def overview() -> list[tuple[str, list[Overview]]]:
    """All documents that have texts, by their German label, with all their languages, in one statement."""
    rows = _newest_rows()
    german = {row["document"]: row["number"] for row in rows if row["language"] == GERMAN}
    order = {code: position for position, code in enumerate(LANGUAGES)}
    rows.sort(key=lambda row: order[row["language"]])
    return [
        (label, [_line(row, german) for row in rows if row["document"] == document])
        for document, label in DOCUMENT_LABELS.items()
        if document in german
    ]


def _newest_rows() -> list[dict[str, object]]:
    newest = DocumentText.select(
        DocumentText.document, DocumentText.language, fn.MAX(DocumentText.number).alias("number")
    )
    newest = newest.group_by(DocumentText.document, DocumentText.language).alias("newest")
    columns = ("document", "language", "number", "based_on", "checked_by", "checked_on", "written_at")
    query = DocumentText.select(*(getattr(DocumentText, name) for name in columns), Account.name.alias("author"))
    same = (
        (DocumentText.document == newest.c.document)
        & (DocumentText.language == newest.c.language)
        & (DocumentText.number == newest.c.number)
    )
    query = query.join(Account, JOIN.LEFT_OUTER).switch(DocumentText).join(newest, on=same)
    return list(query.dicts())


def _line(row: Mapping[str, object], german: Mapping[str, int]) -> Overview:
    is_current = row["based_on"] == german[row["document"]]
    return Overview(
        TextDocument(row["document"]),
        LANGUAGES[row["language"]],
        row["number"],
        state_of(row["language"], is_current=is_current, checked_by=row["checked_by"]),
        row["checked_by"],
        row["checked_on"],
        row["author"],
        row["written_at"],
    )
