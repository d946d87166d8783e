"""Access to work for tolerated people (§§ 60a, 60b AufenthG, § 61 Abs. 1 S. 6 to 9 AsylG, § 32 BeschV)."""

from datetime import date

from models.rules.law.calendar import add_months
from models.rules.law.data import Law, WorkTrack
from models.rules.law.facts import WorkFacts
from models.rules.law.outcomes import WorkOutcome
from models.rules.law.work_answers import blocked, claim, hint, missing_hint, soll_hint, stay_since
from models.rules.law.work_bans import Ban, ban_of_tolerated, spared_message
from models.rules.message import Message

APPRENTICESHIP = "berufsausbildung"


def tolerated_access(facts: WorkFacts, law: Law, track: WorkTrack, today: date | None) -> WorkOutcome:
    """First the bans, whatever the time (§ 60b Abs. 5, § 60a Abs. 6 AufenthG), then the waiting times."""
    if track is WorkTrack.IDENTITY_UNCLEAR:
        reason = Message("Duldung für Personen mit ungeklärter Identität: keine Erlaubnis, gleich seit wann.")
        return blocked("identity_unclear", reason, "§ 60b Abs. 5 S. 2 AufenthG")
    if facts.own_fault_60a_6:
        reason = Message("Ausschlussgrund in der eigenen Verantwortung: keine Erlaubnis.")
        return blocked("own_fault", reason, "§ 60a Abs. 6 S. 1 Nr. 1, 2 AufenthG")
    ban = ban_of_tolerated(facts, law)
    if ban.applies:
        reason = Message("Sicherer Herkunftsstaat und Asylantrag abgelehnt oder nicht gestellt: keine Erlaubnis.")
        return blocked("safe_country", reason, "§ 60a Abs. 6 S. 1 Nr. 3 AufenthG")
    if ban.applies is None:
        return missing_hint("safe_country", ban.missing, "§ 60a Abs. 6 S. 1 Nr. 3, § 104 Abs. 18 AufenthG")
    if track is WorkTrack.PURPOSE:
        reason = Message("Beschäftigung im Rahmen der Ausbildungs- oder Beschäftigungsduldung.")
        return hint("purpose", reason, "§§ 60c, 60d AufenthG")
    return _by_place(facts, ban, today)


def _by_place(facts: WorkFacts, ban: Ban, today: date | None) -> WorkOutcome:
    if facts.must_live_in_reception_facility is None:
        return missing_hint("facility", ("must_live_in_reception_facility",), "§ 61 Abs. 1 S. 6 AsylG")
    return _inside(facts, ban, today) if facts.must_live_in_reception_facility else _outside(facts, ban, today)


def _inside(facts: WorkFacts, ban: Ban, today: date | None) -> WorkOutcome:
    """§ 61 Abs. 1 S. 6, 7, 9 AsylG: six months of toleration, three with a passport or for an apprenticeship."""
    if facts.work_was_permitted_in_asylum_procedure:
        return _permitted_before(facts, today)
    if facts.removal_measures_pending:
        reason = Message("Konkrete Maßnahmen zur Aufenthaltsbeendigung stehen bevor: keine Ausnahme vom Arbeitsverbot.")
        return blocked("removal_measures", reason, "§ 61 Abs. 1 S. 1, 6 AsylG")
    return _inside_waiting(facts, ban, today)


def _inside_waiting(facts: WorkFacts, ban: Ban, today: date | None) -> WorkOutcome:
    shorter = True if _is_apprenticeship(facts) else facts.identity_clarified_by_passport
    complete = None
    if isinstance(facts.tolerated_since, date) and shorter is not None:
        complete = add_months(facts.tolerated_since, 3 if shorter else 6)
    missing = _open_exclusions(facts)
    missing += ("tolerated_since",) if not isinstance(facts.tolerated_since, date) else ()
    missing += ("identity_clarified_by_passport",) if shorter is None else ()
    reason = Message("In der Aufnahmeeinrichtung: nach der Wartezeit soll die Beschäftigung erlaubt werden.")
    norm = "§ 61 Abs. 1 S. 7 AsylG" if shorter else "§ 61 Abs. 1 S. 6 AsylG"
    also = spared_message(ban)
    return soll_hint("tolerated_inside", reason, facts, complete, today, norm, missing=missing, also=also)


def _permitted_before(facts: WorkFacts, today: date | None) -> WorkOutcome:
    """§ 61 Abs. 1 S. 9 AsylG: "ist … zu erlauben", without a waiting time. The ban of § 60a Abs. 6 stands above it."""
    norm = "§ 61 Abs. 1 S. 9 AsylG"
    if facts.own_fault_60a_6 is None:
        return missing_hint("permitted_before", ("own_fault_60a_6",), norm)
    if facts.removal_measures_pending:
        reason = Message("Schon im Asylverfahren erlaubt, aber Maßnahmen zur Aufenthaltsbeendigung: klären.")
        return hint("permitted_before", reason, norm, "§ 60a Abs. 5b S. 2 AufenthG")
    also = Message("Schon im Asylverfahren erlaubt: die Beschäftigung bleibt zu erlauben, ohne neue Wartezeit.")
    return claim("permitted_before", facts, None, today, norm, also=also)


def _outside(facts: WorkFacts, ban: Ban, today: date | None) -> WorkOutcome:
    """§ 60a Abs. 5b AufenthG: "soll", no own waiting time; the Agentur may consent after three months (§ 32 BeschV)."""
    missing = _open_exclusions(facts)
    if facts.removal_measures_pending:
        reason = Message("Konkrete Maßnahmen zur Aufenthaltsbeendigung stehen bevor: nur noch Ermessen.")
        return hint("removal_measures", reason, "§ 60a Abs. 5b S. 2, § 4a Abs. 4 AufenthG", missing=missing)
    if _is_apprenticeship(facts):
        reason = Message("Berufsausbildung: keine Wartezeit, zustimmungsfrei; die Erlaubnis soll erteilt werden.")
        norms = ("§ 60a Abs. 5b S. 1 AufenthG", "§ 32 Abs. 2 Nr. 2 BeschV")
        return soll_hint("apprenticeship", reason, facts, None, today, *norms, missing=missing)
    if facts.work_was_permitted_in_asylum_procedure:
        return _permitted_before_outside(facts, ban, today, missing)
    since = stay_since(facts) if facts.stay_unbroken is not False else facts.tolerated_since
    complete = add_months(since, 3) if isinstance(since, date) else None
    reason = Message(
        "Die Beschäftigung soll erlaubt werden; Zustimmung der Agentur ab drei Monaten Aufenthalt möglich."
    )
    missing += () if complete else ("tolerated_since",)
    norms = ("§ 60a Abs. 5b S. 1 AufenthG", "§ 32 Abs. 1 BeschV")
    return soll_hint(
        "tolerated_outside", reason, facts, complete, today, *norms, missing=missing, also=spared_message(ban)
    )


def _permitted_before_outside(facts: WorkFacts, ban: Ban, today: date | None, missing: tuple[str, ...]) -> WorkOutcome:
    """The months of permitted stay in the procedure count (§ 32 Abs. 1 BeschV): toleration starts no new waiting."""
    reason = Message("Schon im Asylverfahren erlaubt: die Beschäftigung soll erlaubt bleiben, ohne neue Wartezeit.")
    norms = ("§ 60a Abs. 5b S. 1 AufenthG", "§ 32 Abs. 1 BeschV")
    also = spared_message(ban)
    return soll_hint("permitted_before_outside", reason, facts, None, today, *norms, missing=missing, also=also)


def _is_apprenticeship(facts: WorkFacts) -> bool:
    return APPRENTICESHIP in (facts.job or "").casefold()


def _open_exclusions(facts: WorkFacts) -> tuple[str, ...]:
    return tuple(name for name in ("own_fault_60a_6", "removal_measures_pending") if getattr(facts, name) is None)
