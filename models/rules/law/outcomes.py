"""What the rules answer. Dates stand only where the law gives them: never in stay, hint, blocked, none or not_yet."""

from dataclasses import dataclass
from datetime import date

from models.rules.message import Message, joined
from models.rules.times import german_date

ASYLBLG_SPHERE = "AsylbLG / SGB III"
SGB2 = "SGB II"


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """Result, the sentences for it, the paragraphs it rests on, and the names of facts that are missing."""

    result: str
    rule: str
    reasons: tuple[Message, ...]
    paragraphs: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()

    @property
    def say(self) -> str:
        """The reasons in one German text."""
        return joined(self.reasons)


@dataclass(frozen=True, slots=True, kw_only=True)
class SphereOutcome(Outcome):
    """Result is change, stay, hint or no_handover. ``ground`` is the code of "kein Übergang" (domain.md 1.7)."""

    asylblg_until: date | None = None
    sgb2_from: date | None = None
    application_latest: date | None = None
    sgb2_ends: date | None = None
    basis: str = ""
    ground: str | None = None
    no_own_transfer_sheet: bool = False

    @property
    def sphere(self) -> str | None:
        """The legal sphere that follows; None where a person has to decide."""
        return {"change": SGB2, "stay": ASYLBLG_SPHERE}.get(self.result)

    @property
    def summary(self) -> Message:
        """One sentence for the case page. It proposes; a person decides."""
        if self.sgb2_from:
            return Message("Rechtskreiswechsel voraussichtlich zum {day} (Vorschlag)", day=german_date(self.sgb2_from))
        return SPHERE_SUMMARIES[self.result]


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkOutcome(Outcome):
    """Result is claim, hint or blocked. ``waiting_complete`` is the last day of the waiting time (§§ 187, 188 BGB)."""

    waiting_complete: date | None = None
    consent_free_for_any_job_from: date | None = None

    @property
    def summary(self) -> Message:
        """One sentence for the case page."""
        return WORK_SUMMARIES[self.result]


@dataclass(frozen=True, slots=True, kw_only=True)
class PathState:
    """One access path P1 to P7: no, hint, open, suspended, not_yet, claim or obliged (domain.md 2.2)."""

    path: str
    state: str
    reason: Message
    paragraphs: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()
    valid_to: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CourseOutcome(Outcome):
    """Result is claim, obliged, hint, none, not_yet or deadline; ``path`` is the access path that leads."""

    path: str | None = None
    paths: tuple[PathState, ...] = ()
    claim_valid_to: date | None = None
    last_day: date | None = None
    then: Message | None = None
    entitlement_lapses: bool | None = None

    @property
    def summary(self) -> Message:
        """One sentence for the case page."""
        return COURSE_SUMMARIES[self.result]


SPHERE_SUMMARIES = {
    "stay": Message("Kein Rechtskreiswechsel: es bleibt beim AsylbLG und bei der Agentur für Arbeit (SGB III)."),
    "hint": Message("Rechtskreiswechsel prüfen: kein Termin ohne die genannten Angaben."),
    "no_handover": Message("Kein Übergang in das SGB II."),
}
WORK_SUMMARIES = {
    "claim": Message("Die Beschäftigung ist zu erlauben, wenn die Wartezeit erfüllt ist."),
    "hint": Message("Arbeitsmarktzugang prüfen: die Ausländerbehörde entscheidet."),
    "blocked": Message("Eine Beschäftigung kann derzeit nicht erlaubt werden."),
}
COURSE_SUMMARIES = {
    "claim": Message("Anspruch auf Teilnahme am Integrationskurs."),
    "obliged": Message("Zur Teilnahme am Integrationskurs verpflichtet."),
    "hint": Message("Kurszugang prüfen: eine Behörde entscheidet."),
    "none": Message("Kein Weg in den Kurs außer auf eigene Kosten."),
    "not_yet": Message("Anspruch auf den Integrationskurs erst mit Erteilung des Aufenthaltstitels."),
    "deadline": Message("Frist im Kurs."),
}
