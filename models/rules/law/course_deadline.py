"""Deadlines of a course registration or entitlement as answers: the last day, and what follows."""

from datetime import date

from models.rules.law.data import Law
from models.rules.law.deadlines import (
    integration_course_start_due,
    vocational_course_formed_due,
    vocational_entitlement_until,
)
from models.rules.law.facts import ABSENT, CourseFacts
from models.rules.law.outcomes import CourseOutcome
from models.rules.message import Message


def course_deadline(facts: CourseFacts, law: Law) -> CourseOutcome:
    """The deadline that runs for a course of ``course_kind`` (domain.md 2.3), or why none does."""
    family = law.course_family(facts.course_kind)
    if family == "IK":
        return _integration_course(facts, law)
    if family == "BSK":
        return _vocational_course(facts, law)
    return _hint(Message("Diese Kursart ist nicht bekannt."), ("course_kind",))


def _integration_course(facts: CourseFacts, law: Law) -> CourseOutcome:
    """§ 7 Abs. 4, 5 IntV: "soll"; the entitlement is untouched."""
    if isinstance(facts.course_started, date):
        return _none(Message("Der Kurs hat begonnen: keine Frist."), "§ 7 Abs. 4 IntV")
    if not isinstance(facts.registered, date):
        return _hint(Message("Der Tag der Anmeldung fehlt."), ("registered",))
    return _deadline(
        integration_course_start_due(facts.registered, law.amount("integration_course_start_due", facts.registered)),
        Message("Der Kurs soll spätestens sechs Wochen nach der Anmeldung beginnen; die Berechtigung bleibt."),
        Message("Der Träger informiert Teilnehmende und BAMF; das BAMF kann zuweisen oder verweisen."),
        "§ 7 Abs. 4 S. 2, 3, Abs. 5 IntV",
        lapses=False,
    )


def _vocational_course(facts: CourseFacts, law: Law) -> CourseOutcome:
    if isinstance(facts.registered, date):
        return _forming(facts, facts.registered, law)
    if facts.registered is None:
        return _hint(Message("Ob und wann die Anmeldung erfolgte, fehlt."), ("registered",))
    return _entitlement(facts, law)


def _forming(facts: CourseFacts, registered: date, law: Law) -> CourseOutcome:
    """§ 9 Abs. 3, 4 DeuFöV: four weeks; no further day is given, the start of the two weeks is not defined."""
    if facts.course_formed or isinstance(facts.course_started, date):
        return _none(Message("Der Kurs ist zustande gekommen: keine Frist."), "§ 9 Abs. 3 DeuFöV")
    return _deadline(
        vocational_course_formed_due(registered, law.amount("vocational_course_formed_due", registered)),
        Message("Der Kurs soll vier Wochen nach der Anmeldung zustande kommen; die Berechtigung bleibt."),
        Message("Der Träger informiert Teilnehmende, BAMF und ausstellende Stelle; dann wird anderswohin vermittelt."),
        "§ 9 Abs. 3, 4 DeuFöV",
        lapses=False,
    )


def _entitlement(facts: CourseFacts, law: Law) -> CourseOutcome:
    """§ 6 Abs. 3 DeuFöV: three months without registration; for obliged people the paper may name a shorter time."""
    norm = "§ 6 Abs. 3 S. 1 DeuFöV"
    if not isinstance(facts.issued, date):
        missing = () if facts.issued is ABSENT else ("issued",)
        return _hint(Message("Der Tag, an dem die Berechtigung ausgestellt wurde, fehlt."), missing)
    if facts.obliged is None:
        return _hint(Message("Ob eine Verpflichtung besteht, fehlt: dann kann die Frist kürzer sein."), ("obliged",))
    if facts.obliged:
        return _hint(
            Message("Verpflichtete: es gilt die Frist in der Berechtigung, wenn sie kürzer als drei Monate ist.")
        )
    return _deadline(
        vocational_entitlement_until(facts.issued, law.amount("vocational_entitlement_until", facts.issued)),
        Message("Ohne Anmeldung erlischt die Berechtigung drei Monate nach der Ausstellung."),
        Message("Danach ist eine neue Berechtigung nötig."),
        norm,
        lapses=True,
    )


def _deadline(last_day: date, reason: Message, then: Message, norm: str, *, lapses: bool) -> CourseOutcome:
    return CourseOutcome(
        result="deadline",
        rule="deadline",
        reasons=(reason,),
        paragraphs=(norm,),
        last_day=last_day,
        then=then,
        entitlement_lapses=lapses,
    )


def _none(reason: Message, norm: str) -> CourseOutcome:
    return CourseOutcome(
        result="none", rule="deadline", reasons=(reason,), paragraphs=(norm,), entitlement_lapses=False
    )


def _hint(reason: Message, missing: tuple[str, ...] = ()) -> CourseOutcome:
    return CourseOutcome(result="hint", rule="deadline", reasons=(reason,), missing=missing)
