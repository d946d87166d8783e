"""What an administrator does with the texts of documents: write a new version, say who checked it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from models.base import db
from models.operations.ledger import claim, record
from models.queries.texts import current_text
from models.rules.errors import RuleBroken, StaleVersion
from models.rules.message import N_, Message
from models.rules.roles import Actor
from models.rules.texts import GERMAN, TextDocument, check_check, check_paragraphs
from models.rules.times import from_stamp, local_day, stamp
from models.tables import DocumentText

CHANGED = N_("Der Text wurde inzwischen geändert. Ihre Eingabe steht noch da; vergleichen Sie.")
SAME = N_("Es wurde nichts geändert.")


@dataclass(frozen=True, slots=True)
class Seen:
    """The version that was shown: its number, and how often it was touched."""

    number: int
    version: int


def save_text(row: DocumentText, typed: Mapping[str, str], seen: Seen, *, actor: Actor, now: datetime) -> int:
    """Keep ``typed`` as the next version of this text; returns its number.

    A translation is based on the German text that stands now and is unchecked. RuleBroken by paragraph, StaleVersion.
    """
    document = TextDocument(row.document)
    with db.atomic():
        _take(row, seen)
        german = current_text(document, GERMAN)
        content = {key: typed.get(key, "") for key in german.content}
        check_paragraphs(german.content, content, language=row.language)
        base = None if row.language == GERMAN else german.number
        if content == row.content and base == row.based_on:
            raise RuleBroken(Message(SAME))
        changed = sorted(key for key, text in content.items() if text != row.content.get(key))
        DocumentText.create(
            document=document,
            language=row.language,
            number=row.number + 1,
            content=content,
            based_on=base,
            author=actor.account_id,
            written_at=stamp(now),
        )
        record(actor, "text.saved", _named(row) | {"number": row.number + 1, "paragraphs": changed}, now=now)
    return int(row.number) + 1


def note_checked(row: DocumentText, name: str, on: date | None, seen: Seen, *, actor: Actor, now: datetime) -> None:
    """Note who has checked the translation that stands. RuleBroken by field, StaleVersion."""
    check_check(name, on, since=local_day(from_stamp(row.written_at)), today=local_day(now))
    with db.atomic():
        _take(row, seen)
        if row.based_on != current_text(TextDocument(row.document), GERMAN).number:
            raise RuleBroken(
                Message(N_("Der deutsche Text hat sich geändert. Gleichen Sie zuerst die Übersetzung an."))
            )
        DocumentText.update(checked_by=name.strip(), checked_on=on).where(DocumentText.id == row.id).execute()
        data = _named(row) | {"number": row.number, "by": name.strip(), "on": on.isoformat()}
        record(actor, "text.checked", data, now=now)


def _take(row: DocumentText, seen: Seen) -> None:
    """The version that was shown is still the newest, and nobody else is writing."""
    newest = current_text(TextDocument(row.document), row.language)
    if newest.number != seen.number or not claim(DocumentText, newest.id, seen.version):
        raise StaleVersion(Message(CHANGED))


def _named(row: DocumentText) -> dict[str, object]:
    return {"document": row.document, "language": row.language}
