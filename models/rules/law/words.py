"""The words of the maintained law for people: what an administrator chooses from, and how an entry reads in a table."""

from collections.abc import Callable, Iterator, Mapping
from datetime import date
from types import MappingProxyType
from typing import Any

from models.rules.law.data import Arrival, CourseRight, SphereRule, WorkTrack
from models.rules.law.entries import Entry, Topic
from models.rules.message import N_
from models.rules.times import german_date

COUNTRY_LISTS = ("§ 29a", "§ 29b", "Art. 62 VO 2024/1348")
LETTERS = tuple("abcdefghij")
"""The letters of Art. 42 Abs. 1 UAbs. 1 VO (EU) 2024/1348."""
SPHERES: Mapping[str, str] = MappingProxyType(
    {
        SphereRule.RECOGNITION: N_("Wechsel mit Zustellung der Anerkennung"),
        SphereRule.GRANT: N_("Wechsel mit Erteilung des Titels"),
        SphereRule.TEMPORARY_PROTECTION: N_("vorübergehender Schutz (§ 24 AufenthG)"),
        SphereRule.LONG_TITLE: N_("Wechsel mit einem Titel für mehr als sechs Monate"),
        SphereRule.SUSPENSION: N_("§ 25 Abs. 5: 18 Monate nach der Aussetzung"),
        SphereRule.ASYLBLG: N_("AsylbLG, kein Wechsel"),
        SphereRule.UNCLEAR: N_("unklar, prüfen"),
    }
)
ARRIVALS: Mapping[str, str] = MappingProxyType(
    {
        Arrival.SGB3: N_("SGB III (Agentur für Arbeit)"),
        Arrival.SGB2: N_("SGB II (Jobcenter)"),
        Arrival.HINT: N_("unklar, prüfen"),
    }
)
WORK: Mapping[str, str] = MappingProxyType(
    {
        WorkTrack.PROCEDURE: N_("Asylverfahren (§ 61 AsylG)"),
        WorkTrack.TOLERATED: N_("Duldung (§ 60a AufenthG)"),
        WorkTrack.IDENTITY_UNCLEAR: N_("Duldung bei ungeklärter Identität (§ 60b AufenthG)"),
        WorkTrack.PURPOSE: N_("Ausbildungs- oder Beschäftigungsduldung"),
        WorkTrack.TITLE: N_("Titel: der Eintrag auf dem Papier zählt"),
        WorkTrack.UNCLEAR: N_("unklar, prüfen"),
    }
)
COURSES: Mapping[str, str] = MappingProxyType(
    {
        CourseRight.CLAIM: N_("Anspruch (§ 44 Abs. 1 AufenthG)"),
        CourseRight.CLAIM_AFTER_GRANT: N_("Anspruch erst mit Erteilung des Titels"),
        CourseRight.ADMISSION: N_("Zulassung (§ 44 Abs. 4 AufenthG)"),
        CourseRight.NONE: N_("kein Zugang"),
        CourseRight.UNCLEAR: N_("unklar, prüfen"),
    }
)
FAMILIES: Mapping[str, str] = MappingProxyType(
    {
        "IK": N_("Integrationskurs"),
        "BSK": N_("Berufssprachkurs"),
        "EOK": N_("offenes Angebot"),
        "MN": N_("Maßnahme"),
    }
)


def details_of(entry: Entry) -> tuple[str, ...]:
    """What an entry says beside its title, in short lines."""
    rule = _DETAILS.get(entry.topic)
    return tuple(line for line in rule(entry.content) if line) if rule else ()


def _residence(content: Mapping[str, Any]) -> Iterator[str]:
    yield str(content["norm"])
    yield f"Rechtskreis: {SPHERES[content['sphere']]}"
    yield f"bei Ankunft: {ARRIVALS[content['arrival']]}"
    yield f"Arbeit: {WORK[content['work']]}"
    yield f"Kurs: {COURSES[content['course']]}"


def _deadline(content: Mapping[str, Any]) -> Iterator[str]:
    yield f"ab „{content['starts']}“, {content['norm']}"


def _exception(content: Mapping[str, Any]) -> Iterator[str]:
    yield f"{WORK[content['track']]}: {', '.join(content['countries'])}"
    if content.get("applied_until"):
        yield f"Asylantrag bis {_day(content['applied_until'])}"
    if content.get("tolerated_on"):
        yield f"geduldet am {_day(content['tolerated_on'])}"
    if content.get("permitted_on"):
        yield f"Erlaubnis am {_day(content['permitted_on'])}"


def _day(text: str) -> str:
    return german_date(date.fromisoformat(text))


def _kind(content: Mapping[str, Any]) -> Iterator[str]:
    units = content["units"]
    yield f"{FAMILIES[content['family']]}, {units} Unterrichtseinheiten" if units else FAMILIES[content["family"]]


_DETAILS: Mapping[Topic, Callable[[Mapping[str, Any]], Iterator[str]]] = {
    Topic.RESIDENCE_CODES: _residence,
    Topic.DEADLINES: _deadline,
    Topic.BAN_EXCEPTIONS: _exception,
    Topic.COURSE_KINDS: _kind,
    Topic.DECISIONS: lambda content: iter((str(content.get("basis", "")),)),
    Topic.WORK_NOTES: lambda content: iter((str(content["meaning"]),)),
}
