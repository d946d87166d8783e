"""The ways into an integration course besides the claim: P3 to P7 (domain.md 2.2). Each says why it is open or not."""

from datetime import date

from models.rules.law.calendar import ADULT
from models.rules.law.data import CourseRight, Law
from models.rules.law.facts import CourseFacts
from models.rules.law.outcomes import PathState
from models.rules.message import N_, Message

PATH_LABELS = {
    "P1": N_("Anspruch"),
    "P2": N_("Verpflichtung durch die Ausländerbehörde"),
    "P3": N_("Verpflichtung durch das Jobcenter"),
    "P4": N_("Zulassung durch das Jobcenter (Kooperationsplan)"),
    "P5": N_("Verpflichtung durch die AsylbLG-Stelle"),
    "P6": N_("Zulassung durch das BAMF"),
    "P7": N_("Selbstzahler"),
}
"""German source text of the seven access paths."""

SGB2, ASYLBLG = "SGB II", "AsylbLG"
NEW_BASIS = "§ 44a Abs. 1 S. 1 Nr. 2 AufenthG, § 15a Abs. 1 S. 1 Nr. 3 SGB II"
OF_ASYLBLG = ("AsylbLG", "SOZ", "§ 5b AsylbLG")
"""How an obligation by the AsylbLG body begins, as the table of law cases and checklist item K03 name it."""
OLD_OBLIGATION_UNTIL = date(2026, 6, 30)
"""Last day of § 15 Abs. 5, 6 SGB II a. F.; what was asked for under it stays effective (§ 104 Abs. 17 AufenthG)."""


def obligation_by_jobcenter(facts: CourseFacts) -> PathState:
    """P3, § 44a Abs. 1 S. 1 Nr. 2 AufenthG with § 15a Abs. 1 S. 1 Nr. 3 SGB II: after a missed invitation, "kann"."""
    norm = NEW_BASIS
    if facts.benefits not in (None, SGB2):
        return _path("P3", "no", Message("Kein Bezug von SGB II."), norm)
    issued = _issued_obligation(facts)
    if issued:
        return issued
    if facts.benefits is None:
        return _path("P3", "hint", Message("Der Leistungsbezug fehlt."), norm, missing=("benefits",))
    missed = facts.invitation_missed_without_reason
    if missed is None:
        reason = Message("Ob eine Einladung ohne wichtigen Grund versäumt wurde, fehlt.")
        return _path("P3", "hint", reason, norm, missing=("invitation_missed_without_reason",))
    if missed:
        return _path("P3", "hint", Message("Einladung versäumt: das Jobcenter kann verpflichten."), norm)
    return _path("P3", "no", Message("Keine Einladung versäumt: keine Verpflichtung durch das Jobcenter."), norm)


def _issued_obligation(facts: CourseFacts) -> PathState | None:
    """An obligation that exists: under the old law until its last day, since then under § 15a SGB II."""
    old = "§ 104 Abs. 17 AufenthG"
    stays = Message("Verpflichtung nach § 15 Abs. 5, 6 SGB II a. F.: sie bleibt für den Kurs wirksam.")
    if facts.old_obligation_before_2026_07_01:
        return _path("P3", "obliged", stays, old)
    if (facts.obliged_by or "").startswith(("JC", "Jobcenter")):
        return _path("P3", "obliged", Message("Verpflichtung durch das Jobcenter."), NEW_BASIS)
    if facts.obligation_basis is None and not isinstance(facts.obligation_issued, date):
        return None
    if (facts.obligation_basis or "").startswith(("ABH", *OF_ASYLBLG)):
        return None  # the paper of another body
    names = ("obligation_basis", "obligation_issued")
    missing = tuple(name for name in names if getattr(facts, name) is None)
    if missing or facts.obligation_basis is None or not isinstance(facts.obligation_issued, date):
        return _path("P3", "hint", Message("Tag oder Grundlage der Verpflichtung fehlen."), old, missing=missing)
    is_old = facts.obligation_issued <= OLD_OBLIGATION_UNTIL
    if is_old and _names_old_law(facts.obligation_basis):
        return _path("P3", "obliged", stays, old)
    if not is_old and "§ 15a" in facts.obligation_basis:
        return _path("P3", "obliged", Message("Verpflichtung durch das Jobcenter."), NEW_BASIS)
    return _path("P3", "hint", Message("Tag und Grundlage der Verpflichtung passen nicht zusammen: prüfen."), old)


def _names_old_law(basis: str) -> bool:
    words = basis.replace(" ", "")
    return "SGBII" in words and ("§15Abs.5" in words or "§15Abs.6" in words or "§15Abs.5/6" in words)


def admission_by_jobcenter(facts: CourseFacts, claim: PathState) -> PathState:
    """P4, § 5a IntV: the course stands in the Kooperationsplan. Itself an admission under § 44 Abs. 4, "kann"."""
    norm = "§ 5a Abs. 1 IntV, § 44 Abs. 4 AufenthG"
    if facts.benefits not in (None, SGB2):
        return _path("P4", "no", Message("Kein Bezug von SGB II."), norm)
    if claim.state == "claim":
        return _path("P4", "no", Message("Der Anspruch geht vor."), norm)
    if facts.benefits is None:
        return _path("P4", "hint", Message("Der Leistungsbezug fehlt."), norm, missing=("benefits",))
    if facts.kooperationsplan_names_course is None:
        missing = ("kooperationsplan_names_course",)
        return _path(
            "P4", "hint", Message("Ob der Kooperationsplan einen Kurs vorsieht, fehlt."), norm, missing=missing
        )
    if facts.kooperationsplan_names_course:
        reason = Message("§ 5a IntV ist selbst eine Zulassung nach § 44 Abs. 4 AufenthG: beim BAMF klären.")
        return _path("P4", "hint", reason, norm)
    return _path("P4", "no", Message("Der Kooperationsplan sieht keinen Kurs vor."), norm)


def obligation_by_asylblg_body(facts: CourseFacts, law: Law) -> PathState:
    """P5, § 5b AsylbLG, § 44a Abs. 1 S. 1 Nr. 4 AufenthG: for adults of the named group without work; "kann"."""
    norm = "§ 5b Abs. 1 AsylbLG, § 44a Abs. 1 S. 1 Nr. 4 AufenthG"
    if (facts.obliged_by or "").startswith(OF_ASYLBLG):
        return _path("P5", "obliged", Message("Verpflichtung durch die AsylbLG-Stelle."), norm)
    refusal = _asylblg_refusal(facts, law)
    if refusal:
        return _path("P5", "no", refusal, norm)
    missing = tuple(name for name in ("benefits", "age", "able_to_work", "employed") if getattr(facts, name) is None)
    if missing:
        reason = Message("Für eine Verpflichtung durch die AsylbLG-Stelle fehlen Angaben.")
        return _path("P5", "hint", reason, norm, missing=missing)
    return _path("P5", "hint", Message("Die AsylbLG-Stelle kann zur Teilnahme verpflichten."), norm)


def _asylblg_refusal(facts: CourseFacts, law: Law) -> Message | None:
    paper = law.residence(facts.paper, facts.today)
    reasons = (
        (facts.benefits not in (None, ASYLBLG), Message("Kein Bezug von AsylbLG.")),
        (not (paper and paper.section_44_4_group), Message("Das Papier gehört nicht zu § 44 Abs. 4 S. 2 Nr. 1 bis 3.")),
        (facts.age is not None and facts.age < ADULT, Message("Unter 18 Jahren keine Verpflichtung.")),
        (facts.able_to_work is False, Message("Nicht arbeitsfähig: keine Verpflichtung.")),
        (facts.employed is True, Message("Erwerbstätig: keine Verpflichtung.")),
        (facts.in_school is True, Message("Schulbesuch: keine Verpflichtung.")),
    )
    return next((reason for applies, reason in reasons if applies), None)


def admission_by_bamf(facts: CourseFacts, law: Law, claim: PathState) -> PathState:
    """P6, § 44 Abs. 4 AufenthG, § 5 IntV: within free seats and only while admissions are not suspended."""
    norm = "§ 44 Abs. 4 AufenthG, § 5 IntV"
    paper = law.residence(facts.paper, facts.today)
    if paper is None or paper.course is CourseRight.UNCLEAR:
        return _path("P6", "hint", Message("Das Papier ist nicht bekannt."), norm, missing=("paper",))
    if paper.course is CourseRight.NONE:
        reason = Message("Keine Zulassung mit diesem Papier; steht § 60a Abs. 2 Satz 3 darauf, gilt anderes.")
        return _path("P6", "no", reason, norm)
    if claim.state == "claim":
        return _path("P6", "no", Message("Der Anspruch geht vor."), norm)
    suspension = law.admission_suspension(facts.today)
    suspended = facts.section_44_4_suspended
    if suspended or (suspended is None and suspension):
        return _path("P6", "suspended", Message("Zulassungen nach § 44 Abs. 4 AufenthG sind ausgesetzt."), norm)
    return _path("P6", "hint", Message("Das BAMF kann auf Antrag zulassen, soweit Plätze frei sind."), norm)


def self_payer() -> PathState:
    """P7: open to everyone."""
    return _path("P7", "open", Message("Teilnahme auf eigene Kosten."), "")


def _path(path: str, state: str, reason: Message, norm: str, missing: tuple[str, ...] = ()) -> PathState:
    return PathState(path=path, state=state, reason=reason, paragraphs=(norm,) if norm else (), missing=missing)
