"""The entries of the maintained law: one dated row of a topic each, whether it comes from a file or from a person."""

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from types import MappingProxyType
from typing import Any

from models.rules.law.data import Law
from models.rules.message import N_


class Topic(StrEnum):
    """What the law is kept in; the words are those of the data files."""

    SAFE_COUNTRIES = "safe_countries"
    ADMISSION_SUSPENSIONS = "admission_suspensions"
    RESIDENCE_CODES = "residence_codes"
    DEADLINES = "deadlines"
    COURSE_KINDS = "course_kinds"
    BLOCKING_LETTERS = "blocking_letters"
    BAN_EXCEPTIONS = "ban_exceptions"
    DECISIONS = "decisions"
    WORK_NOTES = "work_notes"


TOPIC_LABELS: Mapping[Topic, str] = MappingProxyType(
    {
        Topic.SAFE_COUNTRIES: N_("Sichere Herkunftsstaaten"),
        Topic.ADMISSION_SUSPENSIONS: N_("Aussetzung der Zulassung nach § 44 Abs. 4 AufenthG"),
        Topic.RESIDENCE_CODES: N_("Aufenthaltspapiere und Rechtskreis"),
        Topic.DEADLINES: N_("Fristen"),
        Topic.COURSE_KINDS: N_("Kursarten"),
        Topic.BLOCKING_LETTERS: N_("Sperrende Buchstaben des Art. 42 VO 2024/1348"),
        Topic.BAN_EXCEPTIONS: N_("Ausnahmen vom Arbeitsverbot"),
        Topic.DECISIONS: N_("Entscheidungen des BAMF"),
        Topic.WORK_NOTES: N_("Einträge zur Erwerbstätigkeit"),
    }
)
KEYS: Mapping[Topic, tuple[str, ...]] = MappingProxyType(
    {
        Topic.SAFE_COUNTRIES: ("list", "country"),
        Topic.ADMISSION_SUSPENSIONS: (),
        Topic.RESIDENCE_CODES: ("code",),
        Topic.DEADLINES: ("id",),
        Topic.COURSE_KINDS: ("code",),
        Topic.BLOCKING_LETTERS: (),
        Topic.BAN_EXCEPTIONS: ("norm",),
        Topic.DECISIONS: ("code",),
        Topic.WORK_NOTES: ("code",),
    }
)
"""What names an entry within its topic: of two with the same name only one holds on a day."""

_ASIDE = ("valid_from", "valid_to", "source", "note")


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One row of a topic. ``content`` is what the topic says, as JSON keeps it; days in it are ISO texts."""

    topic: Topic
    content: Mapping[str, Any]
    valid_from: date | None = None
    valid_to: date | None = None
    source: str = ""
    note: str = ""
    position: int = field(default=0, compare=False)

    @property
    def key(self) -> str:
        """The name of the entry within its topic."""
        return "|".join(str(self.content[name]) for name in KEYS[self.topic])

    @property
    def identity(self) -> str:
        """What recognises an entry of a file in its next version: topic, name and first day."""
        return f"{self.topic}|{self.key}|{self.valid_from.isoformat() if self.valid_from else ''}"

    @property
    def digest(self) -> str:
        """Whether two versions say the same."""
        days = [day.isoformat() if day else None for day in (self.valid_from, self.valid_to)]
        said = json.dumps([self.content, *days, self.source, self.note], sort_keys=True, ensure_ascii=False)
        return hashlib.sha256(said.encode()).hexdigest()

    def overlaps(self, other: "Entry") -> bool:
        """Whether both would hold on one day for the same name."""
        if (self.topic, self.key) != (other.topic, other.key):
            return False
        return _not_after(self.valid_from, other.valid_to) and _not_after(other.valid_from, self.valid_to)

    def row(self) -> dict[str, Any]:
        """The row as the rules build their law from it."""
        days = {"valid_from": self.valid_from, "valid_to": self.valid_to}
        return {**self.content, **days, "source": self.source, "note": self.note}


def _not_after(start: date | None, end: date | None) -> bool:
    return start is None or end is None or start <= end


@dataclass(frozen=True, slots=True)
class LawStand:
    """The state of the whole: the day whose law it is, the day somebody last checked it, and by what."""

    as_of: date
    checked_on: date
    source: str


def entries_in(data: Mapping[str, Any]) -> list[Entry]:
    """The entries of the data files, in their order. Every one gets a source: its own, else the norm it rests on."""
    return [
        _entry(topic, row, position, str(data["source"])) for topic in Topic for position, row in enumerate(data[topic])
    ]


def _entry(topic: Topic, row: Mapping[str, Any], position: int, fallback: str) -> Entry:
    source = next((str(row[name]) for name in ("source", "norm", "basis") if row.get(name)), fallback)
    content = {name: _plain(value) for name, value in row.items() if name not in _ASIDE}
    return Entry(
        topic=topic,
        content=content,
        valid_from=row.get("valid_from"),
        valid_to=row.get("valid_to"),
        source=source,
        note=row.get("note", ""),
        position=position,
    )


def _plain(value: Any) -> Any:
    if isinstance(value, list):
        return [_plain(item) for item in value]
    return value.isoformat() if isinstance(value, date) else value


def law_from(entries: Iterable[Entry], stand: LawStand) -> Law:
    """The law that these entries make. Raises as ``Law.from_dict`` does."""
    rows: dict[str, list[dict[str, Any]]] = {topic.value: [] for topic in Topic}
    for entry in sorted(entries, key=lambda entry: entry.position):
        rows[entry.topic].append(entry.row())
    return Law.from_dict(rows | {"as_of": stand.as_of, "checked_on": stand.checked_on, "source": stand.source})
