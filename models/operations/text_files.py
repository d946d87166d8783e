"""Brings the texts of the files in; what was written here is kept."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from models.rules.texts import GERMAN, LANGUAGES, TextDocument
from models.rules.times import stamp
from models.seed.files import read_folder
from models.tables import DocumentText


def follow_text_files(now: datetime) -> int:
    """Store newer versions of the files; returns how many. Inside the transaction of the seeding.

    A document whose German text or whose translation was written here keeps it: the file's translation would be one of
    another German text.
    """
    newest = _newest()
    return sum(_follow(data, newest, now) for data in read_folder("texts"))


def _newest() -> dict[tuple[str, str], tuple[int, int | None]]:
    columns = (DocumentText.document, DocumentText.language, DocumentText.number, DocumentText.seed_version)
    rows = DocumentText.select(*columns).order_by(DocumentText.number).tuples()
    return {(row[0], row[1]): (row[2], row[3]) for row in rows}


def _follow(data: Mapping[str, Any], newest: Mapping[tuple[str, str], tuple[int, int | None]], now: datetime) -> int:
    document, version = TextDocument(data["document"]), data["version"]
    number, seeded = newest.get((document, GERMAN), (0, 0))
    if seeded is None or seeded >= version:
        return 0
    wanted = [code for code in LANGUAGES if newest.get((document, code), (0, 0))[1] is not None]
    for code in wanted:
        DocumentText.create(
            document=document,
            language=code,
            number=newest.get((document, code), (0, 0))[0] + 1,
            content={one["key"]: one.get(code, "") for one in data["paragraphs"]},
            based_on=None if code == GERMAN else number + 1,
            seed_version=version,
            written_at=stamp(now),
        )
    return len(wanted)
