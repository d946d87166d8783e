"""Access to work in the asylum procedure (§ 61 AsylG); tolerated people follow their own rules. Never a permission."""

from datetime import date

from models.rules.law.calendar import add_months
from models.rules.law.data import Law, WorkTrack
from models.rules.law.facts import ABSENT, WorkFacts
from models.rules.law.outcomes import WorkOutcome
from models.rules.law.work_answers import blocked, claim, hint, missing_hint, stay_since
from models.rules.law.work_bans import Ban, ban_in_procedure, spared_message
from models.rules.law.work_tolerated import tolerated_access
from models.rules.message import Message

NEEDED = (
    "safe_country",
    "accelerated_letter",
    "dublin_request",
    "protection_in_other_state",
    "cooperation_breached",
    "final_decision",
)
"""To be known before a claim is named: § 61 Abs. 1 S. 2 to 5 AsylG, which hold outside as well (Abs. 2 S. 5)."""


def work_access(facts: WorkFacts, law: Law, today: date | None = None) -> WorkOutcome:
    """Whether employment must, may or must not be permitted (rules.md 6 to 8).

    ``claim`` (the law says "ist zu erlauben") comes with the last day of the waiting time, ``blocked`` with no date.
    ``hint`` leaves it to the authority and has no permission date. ``today`` only says whether the time has passed.
    """
    paper = law.residence(facts.status, today)
    if paper is None:
        return missing_hint("status", ("status",))
    if paper.work is WorkTrack.PROCEDURE:
        return _procedure(facts, law, today)
    if paper.work in (WorkTrack.TITLE, WorkTrack.UNCLEAR):
        reason = Message("Maßgeblich ist der Eintrag auf dem Papier ({note}).", note=paper.work_note)
        return hint("title", reason, "§ 4a AufenthG", paper.norm)
    return tolerated_access(facts, law, paper.work, today)


def _procedure(facts: WorkFacts, law: Law, today: date | None) -> WorkOutcome:
    if law.blocks_work(facts.accelerated_letter, today):
        reason = Message(
            "Beschleunigtes Verfahren, Buchstabe {letter}: keine Erlaubnis.", letter=facts.accelerated_letter
        )
        return blocked("accelerated", reason, "§ 61 Abs. 1 S. 5, Abs. 2 S. 5 AsylG", "Art. 42 Abs. 1 VO (EU) 2024/1348")
    if facts.cooperation_breached:
        reason = Message("Mitwirkungspflichten wiederholt oder erheblich verletzt: die Erlaubnis soll versagt werden.")
        return blocked("cooperation", reason, "§ 61 Abs. 1 S. 4, Abs. 2 S. 5 AsylG")
    if facts.final_decision:
        reason = Message("Das Asylverfahren ist unanfechtbar abgeschlossen: das neue Papier zählt.")
        return hint("final_decision", reason, "§ 61 Abs. 1 S. 2 Nr. 1 AsylG")
    if facts.must_live_in_reception_facility is None:
        return missing_hint("facility", ("must_live_in_reception_facility",), "§ 61 AsylG")
    return _inside(facts, today) if facts.must_live_in_reception_facility else _outside(facts, law, today)


def _inside(facts: WorkFacts, today: date | None) -> WorkOutcome:
    """§ 61 Abs. 1 S. 2, 3 AsylG: three months from registration; six after a Dublin request or protection elsewhere."""
    norm = "§ 61 Abs. 1 S. 2, 3 AsylG"
    if isinstance(facts.safe_country, str):
        return _safe_country_hint("§ 61 Abs. 1 AsylG", facts)
    missing = _missing(facts, ("registered", *NEEDED))
    if missing or not isinstance(facts.registered, date):
        return missing_hint("inside", missing or ("registered",), norm)
    months = 6 if _has_longer_wait(facts) else 3
    return claim("inside", facts, add_months(facts.registered, months), today, norm, "§ 188 Abs. 2, 3 BGB")


def _outside(facts: WorkFacts, law: Law, today: date | None) -> WorkOutcome:
    """§ 61 Abs. 2 AsylG: three months of permitted stay; earlier tolerated or lawful stay counts."""
    ban = ban_in_procedure(facts, law)
    if ban.applies:
        reason = Message("Sicherer Herkunftsstaat: während des Asylverfahrens keine Erlaubnis.")
        return blocked("safe_country", reason, "§ 61 Abs. 2 S. 4 AsylG", "Anlage II zu § 29a AsylG")
    if ban.applies is None:
        return missing_hint("safe_country", ban.missing, "§ 61 Abs. 2 S. 4 AsylG")
    if isinstance(facts.safe_country, str) and not ban.spared_by:
        return _safe_country_hint("§ 61 Abs. 2 S. 4, 5 AsylG", facts)
    missing = _missing(facts, ("gestattet_since", *NEEDED))
    if missing:
        return missing_hint("outside", missing, "§ 61 Abs. 2 AsylG")
    if _has_longer_wait(facts):
        reason = Message("Ob die Frist von sechs Monaten auch außerhalb der Einrichtung gilt, ist nicht geklärt.")
        return hint("outside_longer_wait", reason, "§ 61 Abs. 1 S. 3, Abs. 2 S. 5 AsylG")
    return _outside_claim(facts, ban, today)


def _outside_claim(facts: WorkFacts, ban: Ban, today: date | None) -> WorkOutcome:
    since = stay_since(facts)
    if since is None or facts.gestattet_since is ABSENT:
        return missing_hint("outside", ("gestattet_since",), "§ 61 Abs. 2 S. 1 AsylG")
    if since != facts.gestattet_since and not facts.stay_unbroken:
        reason = Message("Früherer Aufenthalt wird angerechnet: unterbrochene Zeiten sind zusammenzuzählen.")
        missing = ("stay_unbroken",) if facts.stay_unbroken is None else ()
        return hint("earlier_stay", reason, "§ 61 Abs. 2 S. 2 AsylG", missing=missing)
    complete = add_months(since, 3)
    return claim("outside", facts, complete, today, "§ 61 Abs. 2 S. 1, 2 AsylG", also=spared_message(ban))


def _has_longer_wait(facts: WorkFacts) -> bool:
    """§ 61 Abs. 1 S. 3 AsylG: a Dublin request, or protection in another state that Germany need not examine again."""
    return bool(facts.dublin_request or (facts.protection_in_other_state and not facts.germany_must_reexamine))


def _missing(facts: WorkFacts, names: tuple[str, ...]) -> tuple[str, ...]:
    needed = list(names)
    if facts.protection_in_other_state and not facts.dublin_request:
        needed.append("germany_must_reexamine")
    return tuple(name for name in needed if getattr(facts, name) is None)


def _safe_country_hint(norm: str, facts: WorkFacts) -> WorkOutcome:
    reason = Message(
        "Sicherer Herkunftsstaat ohne sperrendes beschleunigtes Verfahren: mit der Ausländerbehörde klären."
    )
    missing = ("accelerated_letter",) if facts.accelerated_letter is None else ()
    return hint("safe_country_unclear", reason, norm, missing=missing)
