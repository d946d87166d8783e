"""The three answers on work access and what they share: consent of the Agentur, waiting time, missing facts."""

from datetime import date

from models.rules.law.calendar import add_months
from models.rules.law.facts import WorkFacts
from models.rules.law.outcomes import WorkOutcome
from models.rules.message import Message

FOUR_YEARS = 48
CLAIM = Message(
    "Anspruch auf Erlaubnis; Zustimmung der Agentur für Arbeit oder zustimmungsfreie Beschäftigung vorausgesetzt."
)
CONSENT_FREE = "§ 32 Abs. 2 Nr. 5, Abs. 3 BeschV"


def claim(
    rule: str,
    facts: WorkFacts,
    complete: date | None,
    today: date | None,
    *paragraphs: str,
    also: Message | None = None,
) -> WorkOutcome:
    """The authority must permit once the waiting time is over; ``complete`` is its last day, None if there is none."""
    return WorkOutcome(
        result="claim",
        rule=rule,
        reasons=(CLAIM, *_extras(facts, complete, today, also)),
        paragraphs=_with_consent(facts, paragraphs),
        waiting_complete=complete,
        consent_free_for_any_job_from=consent_free_from(facts),
    )


def soll_hint(
    rule: str, reason: Message, facts: WorkFacts, complete: date | None, today: date | None, *paragraphs: str,
    missing: tuple[str, ...] = (), also: Message | None = None,
) -> WorkOutcome:  # fmt: skip
    """The authority shall or may permit: no permission date, the waiting time only as "Wartezeit erfüllt"."""
    return WorkOutcome(
        result="hint",
        rule=rule,
        reasons=(reason, *_extras(facts, complete, today, also)),
        paragraphs=_with_consent(facts, paragraphs),
        missing=missing,
        waiting_complete=complete,
        consent_free_for_any_job_from=consent_free_from(facts),
    )


def hint(rule: str, reason: Message, *paragraphs: str, missing: tuple[str, ...] = ()) -> WorkOutcome:
    """A person has to look: without any date."""
    return WorkOutcome(result="hint", rule=rule, reasons=(reason,), paragraphs=paragraphs, missing=missing)


def missing_hint(rule: str, missing: tuple[str, ...], *paragraphs: str) -> WorkOutcome:
    """Facts are missing; they are named instead of guessed."""
    return hint(rule, Message("Für eine Aussage zum Arbeitsmarktzugang fehlen Angaben."), *paragraphs, missing=missing)


def blocked(rule: str, reason: Message, *paragraphs: str) -> WorkOutcome:
    """The law forbids the permission."""
    return WorkOutcome(result="blocked", rule=rule, reasons=(reason,), paragraphs=paragraphs)


def stay_since(facts: WorkFacts) -> date | None:
    """Since when the stay is permitted, tolerated or lawful, as far as known."""
    days = (facts.gestattet_since, facts.tolerated_since, facts.lawful_or_tolerated_stay_since)
    return min((day for day in days if isinstance(day, date)), default=None)


def consent_free_from(facts: WorkFacts) -> date | None:
    """After four years of unbroken stay, the same calendar day (§ 32 Abs. 2 Nr. 5, Abs. 3 BeschV)."""
    since = stay_since(facts)
    return add_months(since, FOUR_YEARS) if since and facts.stay_unbroken else None


def _with_consent(facts: WorkFacts, paragraphs: tuple[str, ...]) -> tuple[str, ...]:
    return (*paragraphs, CONSENT_FREE) if consent_free_from(facts) else paragraphs


def _extras(facts: WorkFacts, complete: date | None, today: date | None, also: Message | None) -> list[Message]:
    extras = [also] if also else []
    if complete and today:
        extras.append(Message("Wartezeit erfüllt.") if complete < today else Message("Die Wartezeit läuft noch."))
    free = consent_free_from(facts)
    if free and today and free <= today:
        extras.append(Message("Vier Jahre ununterbrochener Aufenthalt: keine Zustimmung der Agentur nötig."))
    return extras
