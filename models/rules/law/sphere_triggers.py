"""The events that end the AsylbLG: a service, a grant, a certificate, a lapse of time. None asks who the person is."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from models.rules.law.calendar import add_months, has_completed
from models.rules.law.data import Effect, Law, ResidenceCode, SphereRule, WorkTrack
from models.rules.law.facts import ABSENT, Day, SphereFacts
from models.rules.law.outcomes import SphereOutcome
from models.rules.message import Message
from models.rules.times import german_date

APPLICATION = "§ 7 Abs. 1 S. 2 Nr. 3, § 37 Abs. 2 S. 2 SGB II"
IDENTIFICATION_FROM = 14
"""Completed years from which identification precedes a title under § 24 (§ 49 Abs. 4a AufenthG)."""


@dataclass(frozen=True, slots=True)
class Trigger:
    """The event in whose month the AsylbLG ends."""

    day: date
    rule: str
    basis: str
    reason: Message
    paragraphs: tuple[str, ...]
    missing: tuple[str, ...] = ()


def trigger(facts: SphereFacts, law: Law) -> Trigger | SphereOutcome:
    """The event that changes the sphere, or the answer that there is none (stay) or that facts are missing (hint)."""
    decision = law.decision(facts.decision)
    if decision and decision.effect is Effect.RECOGNITION:
        return _recognition(facts, decision.basis)
    title = _title(facts, law)
    if title:
        return BY_TITLE[title.sphere](facts, title)
    if "§ 24" in (facts.applied_for or "") or isinstance(facts.fiktion_issued, date):
        return _temporary_protection(facts, None)
    if decision and decision.effect is Effect.REMOVAL_BAN:
        return _granted(facts, law.residence(decision.leads_to[0]))
    return _unchanged(facts, law)


def _title(facts: SphereFacts, law: Law) -> ResidenceCode | None:
    """The title that is held: under "title", or as the paper, by the law of its day. A Gestattung is none."""
    days = (facts.title_granted, facts.fiktion_issued, facts.served)
    day = next((day for day in days if isinstance(day, date)), None)
    for code in (facts.title, facts.paper):
        found = law.residence(code, day)
        if found and (found.is_title or found.sphere not in (SphereRule.ASYLBLG, SphereRule.UNCLEAR)):
            return found
    return None


def _recognition(facts: SphereFacts, basis: str) -> Trigger | SphereOutcome:
    """§ 25 Abs. 1 S. 3, Abs. 2 S. 3 AufenthG: the stay counts as permitted from the service on, before any card."""
    if facts.decision == "SUBS" and facts.action_pending:
        reason = Message("Subsidiärer Schutz mit anhängiger Klage auf Flüchtlingsschutz: mit dem Jobcenter klären.")
        return _hint("subsidiary_with_action", reason, paragraphs=("§ 25 Abs. 2 AufenthG", "§ 1 Abs. 1 AsylbLG"))
    if isinstance(facts.court_judgment, date) and facts.bamf_new_decision_served is ABSENT:
        return _judgment_only()
    served = facts.served if isinstance(facts.served, date) else facts.bamf_new_decision_served
    if not isinstance(served, date):
        return _without_day(facts.served, "served", Message("Die Anerkennung ist noch nicht zugestellt."), (basis,))
    return Trigger(
        served,
        "recognition_served",
        "§ 1 Abs. 3 AsylbLG",
        Message("Maßgeblich ist die Zustellung am {day}, nicht die Karte.", day=german_date(served)),
        ("§ 1 Abs. 1 Nr. 1, Abs. 3 S. 1 AsylbLG", basis, APPLICATION),
    )


def _recognised_title(facts: SphereFacts, title: ResidenceCode) -> Trigger | SphereOutcome:
    return _recognition(facts, title.norm)


def _granted(facts: SphereFacts, title: ResidenceCode | None) -> Trigger | SphereOutcome:
    """§ 25 Abs. 3 AufenthG knows no fiction: only the granted title changes the sphere (Hess. LSG L 7 AS 145/22)."""
    norm = title.norm if title else "§ 25 Abs. 3 AufenthG"
    if isinstance(facts.title_granted, date):
        return _by_grant(facts.title_granted, "title_granted", "§ 1 Abs. 1, 3 AsylbLG", norm)
    not_yet = Message("Ein Abschiebungsverbot allein ändert nichts: der Titel nach § 25 Abs. 3 AufenthG fehlt noch.")
    return _without_day(facts.title_granted, "title_granted", not_yet, (norm, "§ 1 Abs. 1 AsylbLG"))


def _long_title(facts: SphereFacts, title: ResidenceCode) -> Trigger | SphereOutcome:
    """§ 1 Abs. 2 AsylbLG: another title with a total validity of more than six months, from its grant on."""
    granted, valid_to = facts.title_granted, facts.title_valid_to
    if not isinstance(granted, date):
        return _without_day(granted, "title_granted", Message("Der Titel ist noch nicht erteilt."), (title.norm,))
    if title.unlimited or (isinstance(valid_to, date) and valid_to > add_months(granted, 6)):
        return _by_grant(granted, "long_title", "§ 1 Abs. 2, 3 AsylbLG", title.norm)
    if not isinstance(valid_to, date):
        return _hint(
            "long_title", Message("Ob der Titel länger als sechs Monate gilt, ist offen."), ("title_valid_to",)
        )
    short = Message("Der Titel gilt nicht länger als sechs Monate: Gesamtgeltungsdauer und Leistungsbezug klären.")
    return _hint("long_title", short, paragraphs=("§ 1 Abs. 2 AsylbLG", title.norm))


def _suspension(facts: SphereFacts, title: ResidenceCode) -> Trigger | SphereOutcome:
    """§ 1 Abs. 1 Nr. 3 c AsylbLG: eighteen months after the decision to suspend removal, not before the title."""
    if facts.title_granted is ABSENT:
        return _stay("suspension", Message("Der Titel nach § 25 Abs. 5 AufenthG fehlt noch."), (title.norm,))
    if not isinstance(facts.suspension_decided, date):
        return _hint("suspension", Message("Der Tag der Aussetzungsentscheidung fehlt."), ("suspension_decided",))
    passed = add_months(facts.suspension_decided, 18)
    granted = facts.title_granted
    return Trigger(
        max(passed, granted) if granted else passed,
        "suspension",
        "§ 1 Abs. 1 Nr. 3 c, Abs. 3 AsylbLG",
        Message("18 Monate nach der Entscheidung, die Abschiebung auszusetzen, frühestens mit Erteilung des Titels."),
        ("§ 1 Abs. 1 Nr. 3 c, Abs. 3 S. 1 AsylbLG", title.norm, APPLICATION),
        () if granted else ("title_granted",),
    )


def _temporary_protection(facts: SphereFacts, title: ResidenceCode | None) -> Trigger | SphereOutcome:
    """§ 1 Abs. 1 Nr. 1b, Abs. 3a AsylbLG: the Fiktionsbescheinigung once identified, or the title; the earlier one."""
    paragraphs = ("§ 1 Abs. 1 Nr. 1b, Abs. 3a AsylbLG", "§ 74 SGB II")
    identified = _is_identified(facts)
    if isinstance(facts.fiktion_issued, date) and identified is None:
        return _hint(
            "temporary_protection", Message("Ob die Identität gesichert ist, fehlt."), ("ed_done",), paragraphs
        )
    days = (facts.fiktion_issued if identified else None, facts.title_granted)
    known = [day for day in days if isinstance(day, date)]
    if known:
        reason = Message("Maßgeblich ist der Monat der Fiktionsbescheinigung oder des Titels nach § 24 AufenthG.")
        return Trigger(min(known), "temporary_protection", "§ 1 Abs. 3a AsylbLG", reason, (*paragraphs, APPLICATION))
    if facts.fiktion_issued is None:
        name = "title_granted" if title and title.is_title else "fiktion_issued"
        return _hint("temporary_protection", Message("Ein Datum zu § 24 AufenthG fehlt."), (name,), paragraphs)
    reason = Message("Ohne Titel und ohne Fiktionsbescheinigung mit gesicherter Identität bleibt das AsylbLG.")
    return _stay("temporary_protection", reason, paragraphs)


def _is_identified(facts: SphereFacts) -> bool | None:
    """§ 1 Abs. 3a S. 3 AsylbLG: identification done, or not foreseen; None where that is unknown."""
    if facts.ed_done or facts.ed_required is False:
        return True
    if facts.ed_done is None:
        return None
    if facts.ed_required or not (facts.born and isinstance(facts.fiktion_issued, date)):
        return False if facts.ed_required else None
    return False if has_completed(facts.born, IDENTIFICATION_FROM, facts.fiktion_issued) else None


def _asylblg_title(_facts: SphereFacts, title: ResidenceCode) -> SphereOutcome:
    reason = Message("Mit diesem Titel bleibt es beim AsylbLG.")
    return _stay("asylblg_title", reason, ("§ 1 Abs. 1 Nr. 3 AsylbLG", title.norm))


def _unchanged(facts: SphereFacts, law: Law) -> SphereOutcome:
    """No event is known: a judgment, a refusal, a Gestattung and a Duldung leave the person in the AsylbLG."""
    if isinstance(facts.bamf_new_decision_served, date):
        return _hint("new_decision", Message("Die Art der neuen Entscheidung des BAMF fehlt."), ("decision",))
    if isinstance(facts.court_judgment, date):
        return _judgment_only()
    decision, paper = law.decision(facts.decision), law.residence(facts.paper)
    if facts.decision and not decision:
        return _hint("unknown_decision", Message("Diese Entscheidung ist nicht bekannt."), ("decision",))
    if decision and decision.effect is Effect.REFUSED:
        return _refused(facts)
    if paper and paper.sphere is SphereRule.ASYLBLG:
        tolerated = paper.work is not WorkTrack.PROCEDURE
        return _stay("paper", Message("Mit diesem Papier bleibt es beim AsylbLG."), (NORM_OF_PAPER[tolerated],))
    if decision:
        return _stay("pending", Message("Über den Asylantrag ist nicht entschieden."), (NORM_OF_PAPER[False],))
    return _hint("nothing_known", Message("Papier oder Entscheidung fehlen."), ("paper", "decision"))


NORM_OF_PAPER = {False: "§ 1 Abs. 1 Nr. 1, 1a AsylbLG", True: "§ 1 Abs. 1 Nr. 4 AsylbLG; § 7 Abs. 1 S. 2 Nr. 3 SGB II"}


def _refused(facts: SphereFacts) -> SphereOutcome:
    if facts.action_pending and facts.recht_auf_verbleib:
        reason = Message("Klage mit Recht auf Verbleib: die Gestattung und das AsylbLG bestehen fort.")
        return _stay("refused_with_action", reason, ("§ 1 Abs. 1 Nr. 1 AsylbLG", "§ 67 Abs. 1 AsylG"))
    reason = Message("Keine Anerkennung: es bleibt beim AsylbLG.")
    return _stay("refused", reason, ("§ 1 Abs. 1 Nr. 4, 5 AsylbLG",))


def _judgment_only() -> SphereOutcome:
    reason = Message("Ein Urteil allein ändert nichts: erst die neue Entscheidung des BAMF.")
    return _stay("judgment_only", reason, ("§ 25 Abs. 2 S. 1 AufenthG",))


def _by_grant(granted: date, rule: str, basis: str, norm: str) -> Trigger:
    reason = Message("Maßgeblich ist die Erteilung des Titels am {day}.", day=german_date(granted))
    return Trigger(granted, rule, basis, reason, ("§ 1 Abs. 2, 3 S. 1 AsylbLG", norm, APPLICATION))


def _without_day(day: Day, name: str, not_yet: Message, paragraphs: tuple[str, ...]) -> SphereOutcome:
    """No event: known not to have happened, or a fact that is missing."""
    if day is ABSENT:
        return _stay(name, not_yet, paragraphs)
    return _hint(name, Message("Ein Datum fehlt: ohne es kein Vorschlag."), (name,), paragraphs)


def _stay(rule: str, reason: Message, paragraphs: tuple[str, ...]) -> SphereOutcome:
    return SphereOutcome(result="stay", rule=rule, reasons=(reason,), paragraphs=paragraphs)


def _hint(rule: str, reason: Message, missing: tuple[str, ...] = (), paragraphs: tuple[str, ...] = ()) -> SphereOutcome:
    return SphereOutcome(result="hint", rule=rule, reasons=(reason,), paragraphs=paragraphs, missing=missing)


BY_TITLE: dict[SphereRule, Callable[[SphereFacts, ResidenceCode], Trigger | SphereOutcome]] = {
    SphereRule.RECOGNITION: _recognised_title,
    SphereRule.GRANT: _granted,
    SphereRule.TEMPORARY_PROTECTION: _temporary_protection,
    SphereRule.LONG_TITLE: _long_title,
    SphereRule.SUSPENSION: _suspension,
    SphereRule.ASYLBLG: _asylblg_title,
}
