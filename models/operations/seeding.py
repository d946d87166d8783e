"""Brings organisations, code lists, checklists, law and texts up to the files; again, it changes nothing."""

from collections.abc import Iterator
from datetime import date, datetime
from typing import Any

from models.base import db
from models.operations.law_files import follow_files
from models.operations.ledger import record
from models.operations.text_files import follow_text_files
from models.rules.roles import SYSTEM, Role
from models.rules.times import stamp
from models.seed.code_data import code_contents
from models.seed.files import read, read_folder
from models.tables import ChecklistDefinition, ChecklistDraft, Code, Organisation


def seed(*, now: datetime) -> dict[str, int]:
    """Bring the maintained data up to the files; returns how much of each was added or corrected."""
    with db.atomic():
        added = {
            "organisations": _organisations(),
            "codes": _codes(),
            "corrected codes": _corrected_codes(now),
            "checklists": _checklists(now),
            "law entries": follow_files(now=now),
            "texts": follow_text_files(now),
        }
        if any(added.values()):
            record(SYSTEM, "data.seeded", dict(added), now=now)
    return added


def _organisations() -> int:
    known = {row[0] for row in Organisation.select(Organisation.key).tuples()}
    rows = [row for row in read("organisations.yaml")["organisations"] + _municipalities() if row["key"] not in known]
    for row in rows:
        Organisation.create(**row)
    return len(rows)


def _municipalities() -> list[dict[str, Any]]:
    return [
        {
            "key": row["key"],
            "kind": Role.MUNICIPALITY,
            "name": row["official_name"],
            "town": row["name"],
            "postcode": str(row["postcodes"][0]),
            "ags": str(row["ags"]),
        }
        for row in read("municipalities.yaml")["municipalities"]
    ]


def _codes() -> int:
    known = {(row[0], row[1]) for row in Code.select(Code.list, Code.code).tuples()}
    rows = [row for row in _file_codes() if (row["list"], row["code"]) not in known]
    for start in range(0, len(rows), 200):
        Code.insert_many(rows[start : start + 200]).execute()
    return len(rows)


def _file_codes() -> Iterator[dict[str, Any]]:
    yield from (row for content in code_contents() for row in _rows_of(content))


def _corrected_codes(now: datetime) -> int:
    """Code lists are maintained in the files alone: a label, norm or validity that was corrected there counts here."""
    stored = {(row["list"], row["code"]): row for row in Code.select().dicts()}
    corrected = []
    for row in _file_codes():
        old = stored[row["list"], row["code"]]
        changed = {name: value for name, value in row.items() if old[name] != value}
        if changed:
            Code.update(**changed).where(Code.id == old["id"]).execute()
            names = {name: [str(old[name]), str(value)] for name, value in changed.items() if name != "position"}
            corrected.append({"list": row["list"], "code": row["code"], **names})
    if corrected:
        record(SYSTEM, "codes.corrected", {"codes": corrected}, now=now)
    return len(corrected)


def _rows_of(content: dict[str, Any]) -> list[dict[str, Any]]:
    return [
        {
            "list": content["list"],
            "code": str(code["code"]),
            "label": str(code["label"]),
            "position": position,
            "norm": code.get("norm") or "",
            "source": code.get("source") or content.get("source") or "",
            "valid_from": _day(code.get("valid_from")),
            "valid_to": _day(code.get("valid_to")),
        }
        for position, code in enumerate(content["codes"])
    ]


def _day(value: Any) -> date | None:
    return date.fromisoformat(value) if isinstance(value, str) else value


def _checklists(now: datetime) -> int:
    """Publish newer versions of the files, except of lists that somebody maintains here: those are only offered."""
    stored = list(ChecklistDefinition.select())
    maintained = {row.key for row in stored if row.draft} | {row.key for row in ChecklistDraft.select()}
    latest = {row.key: row.version for row in sorted(stored, key=lambda row: row.version)}
    newer = [data for data in read_folder("checklists") if data["version"] > latest.get(data["key"], 0)]
    wanted = [data for data in newer if data["key"] not in maintained]
    for data in wanted:
        ChecklistDefinition.create(
            key=data["key"],
            version=data["version"],
            title=data["title"],
            content=data,
            published_at=stamp(now),
            seed_version=data["version"],
        )
    return len(wanted)
