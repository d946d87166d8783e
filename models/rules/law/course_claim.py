"""The claim to an integration course and the obligation that goes with it: P1 and P2 (§§ 44, 44a AufenthG)."""

from datetime import date, timedelta

from models.rules.law.calendar import add_months
from models.rules.law.data import CourseRight, Effect, Law, SphereRule
from models.rules.law.deadlines import course_claim_until
from models.rules.law.facts import CourseFacts
from models.rules.law.outcomes import PathState
from models.rules.message import Message

SUFFICIENT_GERMAN = ("B1", "B2", "C1", "C2")
CLAIM_NORM = "§ 44 Abs. 1 AufenthG"
YEAR_NORM = "§ 44 Abs. 2 AufenthG"


def claim_path(facts: CourseFacts, law: Law) -> PathState:
    """P1: one year from the grant of the first title that gives the claim, not before (§ 44 Abs. 1 to 3 AufenthG)."""
    right = _right(facts, law)
    if right is None:
        return _p1("no", Message("Papier und Entscheidung geben keinen Anspruch."), CLAIM_NORM)
    excluded = _exclusion(facts)
    if excluded:
        return _p1("no", excluded, "§ 44 Abs. 3 S. 1 AufenthG")
    if isinstance(facts.title_granted, date):
        return _granted(facts, facts.title_granted, law)
    if facts.title_granted is None and right is CourseRight.CLAIM:
        return _p1("hint", Message("Der Tag der Titelerteilung fehlt."), CLAIM_NORM, missing=("title_granted",))
    return _p1("not_yet", Message("Anspruch erst mit Erteilung des Titels, nicht ab Zustellung."), CLAIM_NORM)


def obligation_by_alien_authority(facts: CourseFacts, claim: PathState) -> PathState:
    """P2, § 44a Abs. 1 S. 1 Nr. 1, 3, S. 6: it does not lapse by time, even after the year of the claim (Abs. 1a)."""
    norms = ("§ 44a Abs. 1 S. 1 Nr. 1, 3, Abs. 1a AufenthG",)
    if (facts.obliged_by or "").startswith("ABH"):
        reason = Message("Verpflichtung durch die Ausländerbehörde: sie erlischt nicht durch Zeitablauf.")
        return PathState(path="P2", state="obliged", reason=reason, paragraphs=norms)
    if claim.state == "not_yet":
        reason = Message("Die Ausländerbehörde stellt eine Verpflichtung erst bei Erteilung des Titels fest.")
        return PathState(path="P2", state="not_yet", reason=reason, paragraphs=norms)
    if claim.state == "claim":
        reason = Message("Die Ausländerbehörde kann bei geringen Deutschkenntnissen verpflichten: Bescheid prüfen.")
        return PathState(path="P2", state="hint", reason=reason, paragraphs=norms)
    reason = Message("Keine Verpflichtung bekannt; möglich nur bei besonderer Integrationsbedürftigkeit.")
    return PathState(path="P2", state="no", reason=reason, paragraphs=norms)


def _right(facts: CourseFacts, law: Law) -> CourseRight | None:
    """The right that paper or recognition gives, None where there is no claim."""
    paper = law.residence(facts.paper, facts.today)
    if paper and paper.course in (CourseRight.CLAIM, CourseRight.CLAIM_AFTER_GRANT):
        return paper.course
    return CourseRight.CLAIM_AFTER_GRANT if _is_recognised(facts, law) and not (paper and paper.is_title) else None


def _is_recognised(facts: CourseFacts, law: Law) -> bool:
    decision, paper = law.decision(facts.decision), law.residence(facts.paper, facts.today)
    by_decision = decision is not None and decision.effect is Effect.RECOGNITION
    return by_decision or (paper is not None and paper.sphere is SphereRule.RECOGNITION)


def _exclusion(facts: CourseFacts) -> Message | None:
    if facts.in_school:
        return Message("Schulbesuch: kein Anspruch.")
    if facts.german in SUFFICIENT_GERMAN:
        return Message("Deutsch ausreichend: Anspruch nur noch auf den Orientierungskurs.")
    return None


def _granted(facts: CourseFacts, granted: date, law: Law) -> PathState:
    """A stay meant to last (a year, § 44 Abs. 1 S. 2; three years by law for the recognised, § 26 Abs. 1 AufenthG)."""
    year = add_months(granted, 12) - timedelta(days=1)
    if isinstance(facts.title_valid_to, date) and facts.title_valid_to < year:
        return _p1("hint", Message("Der Titel gilt kürzer als ein Jahr: dauerhaften Aufenthalt prüfen."), CLAIM_NORM)
    if facts.title_valid_to is None and not _is_recognised(facts, law):
        return _p1("hint", Message("Die Gültigkeit des Titels fehlt."), CLAIM_NORM, missing=("title_valid_to",))
    return _within_the_year(facts, course_claim_until(granted, law.amount("course_claim_until", granted)))


def _within_the_year(facts: CourseFacts, until: date) -> PathState:
    """§ 44 Abs. 2 AufenthG: the claim lapses after the year, but not where registering was impossible without fault."""
    in_time = isinstance(facts.registered, date) and facts.registered <= until
    if facts.today and facts.today > until and not in_time:
        reason = Message("Das Jahr ist vorbei: Anspruch nur, wenn die Anmeldung ohne Verschulden nicht möglich war.")
        return _p1("hint", reason, YEAR_NORM, missing=("registered",) if facts.registered is None else ())
    reason = Message("Anspruch auf einmalige Teilnahme, ein Jahr ab Erteilung des Titels.")
    return PathState(path="P1", state="claim", reason=reason, paragraphs=(CLAIM_NORM, YEAR_NORM), valid_to=until)


def _p1(state: str, reason: Message, *paragraphs: str, missing: tuple[str, ...] = ()) -> PathState:
    return PathState(path="P1", state=state, reason=reason, paragraphs=paragraphs, missing=missing)
