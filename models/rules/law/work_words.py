"""Access to work in sentences: what the law says, or what somebody has to look at, and the steps that follow."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from models.rules.law.outcomes import WorkOutcome
from models.rules.message import N_, Message
from models.rules.times import german_date


@dataclass(frozen=True, slots=True)
class Verdict:
    """The headline: a claim or a ban where the law says "ist", else a hint (rules.md 6 to 8). ``kind`` is its badge."""

    word: str
    kind: str
    sentence: Message


def verdict_of(outcome: WorkOutcome, today: date) -> Verdict:
    """What stands first on the page. A waiting time that still runs is said here, never as a permission."""
    if outcome.result == "claim":
        return _claim(outcome, today)
    if outcome.result == "blocked":
        return Verdict(N_("gesperrt"), "danger", outcome.summary)
    if outcome.missing and outcome.waiting_complete is None:
        return Verdict(N_("Hinweis: Angaben fehlen"), "info", outcome.summary)
    return Verdict(N_("Hinweis"), "info", outcome.summary)


def _claim(outcome: WorkOutcome, today: date) -> Verdict:
    complete = outcome.waiting_complete
    if complete is None or complete < today:
        text = N_("Die Beschäftigung ist zu erlauben, wenn die Agentur zustimmt oder keine Zustimmung nötig ist.")
        return Verdict(N_("Anspruch"), "success", Message(text))
    text = N_("Die Beschäftigung ist zu erlauben, sobald die Wartezeit mit Ablauf des {day} erfüllt ist.")
    return Verdict(N_("Anspruch nach Wartezeit"), "warning", Message(text, day=german_date(complete)))


def steps_of(outcome: WorkOutcome, today: date) -> tuple[Message, ...]:
    """How it goes on, in order."""
    return tuple(_steps(outcome, today))


def _steps(outcome: WorkOutcome, today: date) -> Iterator[Message]:
    if outcome.result == "blocked":
        yield Message(N_("Kein Antrag, solange der Grund besteht. Mit der Ausländerbehörde klären, ob er noch gilt."))
        return
    if outcome.missing:
        yield Message(N_("Die fehlenden Angaben ergänzen: Erst dann lässt sich mehr sagen."))
    if outcome.rule in ("title", "status", "facility", "safe_country"):
        return
    yield Message(N_("Konkrete Stelle suchen: Die Erlaubnis gilt für eine bestimmte Beschäftigung."))
    yield Message(N_("Erlaubnis bei der Ausländerbehörde beantragen; sie holt die Zustimmung der Agentur ein."))
    free = outcome.consent_free_for_any_job_from
    if free and free <= today:
        yield Message(N_("Zustimmung der Agentur: nicht mehr nötig (vier Jahre Aufenthalt)."))
    elif free:
        text = N_("Zustimmung der Agentur: nicht mehr nötig ab {day} (vier Jahre Aufenthalt).")
        yield Message(text, day=german_date(free))
