"""Change of legal sphere: from AsylbLG and Agentur (SGB III) to Jobcenter (SGB II). A proposal; a person decides."""

from datetime import date

from models.rules.law.calendar import (
    ABLE_TO_WORK_FROM,
    add_months,
    age_limit_end,
    first_of_next_month,
    has_completed,
    last_day_of_month,
)
from models.rules.law.data import Law
from models.rules.law.facts import SphereFacts
from models.rules.law.outcomes import SphereOutcome
from models.rules.law.sphere_triggers import Trigger, trigger
from models.rules.message import Message
from models.rules.times import german_date

SOON = 12
"""Months after the change within which it already says that the upper age limit ends the SGB II again."""


def change_of_sphere(facts: SphereFacts, law: Law) -> SphereOutcome:
    """Whether and when the legal sphere of one person changes (rules.md 1 to 4, domain.md 3.1).

    ``change`` comes with three dates; ``stay``, ``hint`` and ``no_handover`` come with none and with the reason. The
    AsylbLG ends with the month of the event (§ 1 Abs. 3 S. 1 AsylbLG), an application counts from the first of its
    month (§ 37 Abs. 2 S. 2 SGB II); its last day is a calendar day, never moved to a working day.
    """
    found = trigger(facts, law)
    return found if isinstance(found, SphereOutcome) else _for_person(facts, found)


def _for_person(facts: SphereFacts, event: Trigger) -> SphereOutcome:
    start = first_of_next_month(event.day)
    if facts.born is None:
        return _no_change("hint", event, Message("Ohne Geburtsdatum kein Vorschlag."), missing=("born",))
    if not has_completed(facts.born, ABLE_TO_WORK_FROM, start):
        return _child(facts, event)
    if age_limit_end(facts.born) < start:
        return _beyond_age_limit(facts.born, event)
    if facts.erwerbsfaehig is False:
        reason = Message("Nicht erwerbsfähig: kein eigener Übergang in das SGB II; SGB XII prüfen.")
        return _no_change("no_handover", event, reason, "§ 7 Abs. 1 S. 1 Nr. 2, § 8 SGB II", "NEF")
    if facts.hilfebeduerftig is False:
        reason = Message("Nicht hilfebedürftig: kein Übergang in das SGB II.")
        return _no_change("no_handover", event, reason, "§ 7 Abs. 1 S. 1 Nr. 3, § 9 SGB II", "NHB")
    return _change(facts, facts.born, event)


def _change(facts: SphereFacts, born: date, event: Trigger) -> SphereOutcome:
    start = first_of_next_month(event.day)
    unknown = tuple(name for name in ("hilfebeduerftig", "erwerbsfaehig") if getattr(facts, name) is None)
    ends = age_limit_end(born)
    ends_soon = ends <= add_months(start, SOON)
    return SphereOutcome(
        result="change",
        rule=event.rule,
        asylblg_until=last_day_of_month(event.day),
        sgb2_from=start,
        application_latest=last_day_of_month(start),
        sgb2_ends=ends if ends_soon else None,
        basis=event.basis,
        reasons=(event.reason, *_cautions(event, unknown), *([_ends_again(ends)] if ends_soon else [])),
        paragraphs=(*event.paragraphs, *(["§ 7a SGB II"] if ends_soon else [])),
        missing=(*event.missing, *unknown),
    )


def _cautions(event: Trigger, unknown: tuple[str, ...]) -> list[Message]:
    """What the proposal still rests on."""
    cautions = []
    if event.missing:
        cautions.append(Message("Ist der Titel später erteilt, zählt der Monat der Erteilung."))
    if unknown:
        cautions.append(Message("Hilfebedürftigkeit und Erwerbsfähigkeit prüft das Jobcenter."))
    return cautions


def _ends_again(ends: date) -> Message:
    return Message("Das SGB II endet mit Ablauf des {day} wieder: Altersgrenze, SGB XII prüfen.", day=german_date(ends))


def _child(facts: SphereFacts, event: Trigger) -> SphereOutcome:
    """§ 7 Abs. 2, 3 Nr. 4, § 19 Abs. 1 S. 2 SGB II: entitled only as a member of the parents' household."""
    reason = Message(
        "Unter 15 Jahren nicht selbst erwerbsfähig leistungsberechtigt; kann als Mitglied der Bedarfsgemeinschaft "
        "Grundsicherungsgeld erhalten. Kein eigener Bogen."
    )
    if facts.lives_with_elb_parent is False:
        reason = Message("Unter 15 Jahren und nicht bei einem leistungsberechtigten Elternteil: SGB XII prüfen.")
    missing = ("lives_with_elb_parent",) if facts.lives_with_elb_parent is None else ()
    norm = "§ 7 Abs. 1 S. 1 Nr. 1, Abs. 2 S. 1, Abs. 3 Nr. 4, § 19 Abs. 1 S. 2 SGB II"
    return _no_change("hint", event, reason, norm, "KIND", missing)


def _beyond_age_limit(born: date, event: Trigger) -> SphereOutcome:
    day = german_date(age_limit_end(born))
    reason = Message("Altersgrenze mit Ablauf des {day} erreicht: kein SGB II, SGB XII prüfen.", day=day)
    return _no_change("hint", event, reason, "§ 7 Abs. 1 S. 1 Nr. 1, § 7a SGB II", "GRENZE")


def _no_change(
    result: str,
    event: Trigger,
    reason: Message,
    norm: str = "",
    ground: str | None = None,
    missing: tuple[str, ...] = (),
) -> SphereOutcome:
    return SphereOutcome(
        result=result,
        rule=event.rule,
        basis=event.basis,
        reasons=(reason,),
        paragraphs=(norm,) if norm else event.paragraphs,
        missing=missing,
        ground=ground,
        no_own_transfer_sheet=ground is not None,
    )
