"""One line of German for an entry of the law, for lists, changes and messages."""

from collections.abc import Callable, Mapping
from typing import Any

from models.rules.law.entries import Entry, Topic

UNITS: Mapping[str, str] = {
    "working_days": "Arbeitstage",
    "days": "Tage",
    "weeks": "Wochen",
    "weeks_before": "Wochen vorher",
    "months": "Monate",
}


def title_of(entry: Entry) -> str:
    """What the entry is about: "Georgien (§ 29a)", "Übergabe senden: 5 Arbeitstage"."""
    return _TITLES[entry.topic](entry.content)


def _deadline(content: Mapping[str, Any]) -> str:
    return f"{content['label']}: {content['amount']} {UNITS.get(content['unit'], content['unit'])}"


_TITLES: Mapping[Topic, Callable[[Mapping[str, Any]], str]] = {
    Topic.SAFE_COUNTRIES: lambda content: f"{content['name']} ({content['list']})",
    Topic.ADMISSION_SUSPENSIONS: lambda content: "Zulassungen nach § 44 Abs. 4 AufenthG ausgesetzt",
    Topic.RESIDENCE_CODES: lambda content: f"{content['code']} {content['label']}",
    Topic.DEADLINES: _deadline,
    Topic.COURSE_KINDS: lambda content: f"{content['code']} {content['name']}",
    Topic.BLOCKING_LETTERS: lambda content: f"Buchstaben {', '.join(content['letters'])}",
    Topic.BAN_EXCEPTIONS: lambda content: str(content["norm"]),
    Topic.DECISIONS: lambda content: f"{content['code']} {content['label']}",
    Topic.WORK_NOTES: lambda content: f"{content['code']} {content['text']}",
}
