"""The facts that the rules ask for. Every one may be unknown (None); ABSENT is the answer "there is none"."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import Enum
from types import MappingProxyType
from typing import Final, Literal

from models.rules.message import N_


class Answer(Enum):
    """An answer that is neither a value nor silence."""

    ABSENT = "absent"


ABSENT: Final = Answer.ABSENT
"""Asked and answered: it has not happened, there is none."""

Day = date | Literal[Answer.ABSENT] | None
Word = str | Literal[Answer.ABSENT] | None


@dataclass(frozen=True, slots=True, kw_only=True)
class SphereFacts:
    """What the change of legal sphere depends on. Codes as in domain.md 1.4 and 1.5."""

    born: date | None = None
    hilfebeduerftig: bool | None = None
    erwerbsfaehig: bool | None = None
    paper: str | None = None
    decision: str | None = None
    served: Day = None
    application_filed: Day = None
    title: str | None = None
    title_granted: Day = None
    title_valid_to: Day = None
    applied_for: str | None = None
    fiktion_issued: Day = None
    ed_done: bool | None = None
    ed_required: bool | None = None
    court_judgment: Day = None
    bamf_new_decision_served: Day = None
    duldung_since: Day = None
    extended: Day = None
    action_pending: bool | None = None
    recht_auf_verbleib: bool | None = None
    suspension_decided: Day = None
    lives_with_elb_parent: bool | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkFacts:
    """What the permission to work depends on. ``safe_country`` names the list, ``accelerated_letter`` the letter."""

    status: str | None = None
    must_live_in_reception_facility: bool | None = None
    safe_country: Word = None
    accelerated_letter: Word = None
    dublin_request: bool | None = None
    protection_in_other_state: bool | None = None
    germany_must_reexamine: bool | None = None
    cooperation_breached: bool | None = None
    final_decision: bool | None = None
    registered: Day = None
    gestattet_since: Day = None
    tolerated_since: Day = None
    lawful_or_tolerated_stay_since: Day = None
    stay_unbroken: bool | None = None
    nationality: str | None = None
    application_filed: Day = None
    application_refused: Day = None
    removal_measures_pending: bool | None = None
    own_fault_60a_6: bool | None = None
    identity_clarified_by_passport: bool | None = None
    work_was_permitted_in_asylum_procedure: bool | None = None
    permission_held_on_2026_06_11: bool | None = None
    job: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CourseFacts:
    """What the way into a course and its deadlines depend on. ``today`` is the day of the question."""

    paper: str | None = None
    title_granted: Day = None
    title_valid_to: Day = None
    german: str | None = None
    in_school: bool | None = None
    decision: str | None = None
    served: Day = None
    benefits: str | None = None
    obliged_by: str | None = None
    registered: Day = None
    today: date | None = None
    age: int | None = None
    able_to_work: bool | None = None
    employed: bool | None = None
    section_44_4_suspended: bool | None = None
    kooperationsplan_names_course: bool | None = None
    invitation_missed_without_reason: bool | None = None
    old_obligation_before_2026_07_01: bool | None = None
    obligation_issued: Day = None
    obligation_basis: str | None = None
    course_kind: str | None = None
    course_started: Day = None
    course_formed: bool | None = None
    issued: Day = None
    obliged: bool | None = None


FACT_LABELS: Mapping[str, str] = MappingProxyType(
    {
        "able_to_work": N_("Arbeitsfähig"),
        "accelerated_letter": N_("Beschleunigtes Verfahren: Buchstabe des Art. 42 Abs. 1 VO (EU) 2024/1348"),
        "action_pending": N_("Klage anhängig"),
        "age": N_("Alter"),
        "application_filed": N_("Asylantrag gestellt am"),
        "application_refused": N_("Asylantrag abgelehnt am"),
        "applied_for": N_("Beantragter Aufenthaltstitel"),
        "bamf_new_decision_served": N_("Neue Entscheidung des BAMF zugestellt am"),
        "benefits": N_("Leistungsbezug"),
        "born": N_("Geburtsdatum"),
        "cooperation_breached": N_("Mitwirkungspflichten verletzt"),
        "course_formed": N_("Kurs zustande gekommen"),
        "course_kind": N_("Kursart"),
        "course_started": N_("Kurs begonnen am"),
        "court_judgment": N_("Urteil vom"),
        "decision": N_("Entscheidung des BAMF"),
        "dublin_request": N_("Aufnahmegesuch oder Wiederaufnahmemitteilung (Dublin)"),
        "duldung_since": N_("Duldung seit"),
        "ed_done": N_("Erkennungsdienstliche Behandlung erfolgt"),
        "ed_required": N_("Erkennungsdienstliche Behandlung vorgesehen"),
        "employed": N_("Erwerbstätig"),
        "erwerbsfaehig": N_("Erwerbsfähig"),
        "extended": N_("Duldung verlängert am"),
        "fiktion_issued": N_("Fiktionsbescheinigung ausgestellt am"),
        "final_decision": N_("Asylverfahren unanfechtbar abgeschlossen"),
        "german": N_("Deutschkenntnisse"),
        "germany_must_reexamine": N_("Deutschland muss ein erneutes Asylverfahren durchführen"),
        "gestattet_since": N_("Aufenthalt gestattet seit"),
        "hilfebeduerftig": N_("Hilfebedürftig"),
        "identity_clarified_by_passport": N_("Identität durch gültigen Pass geklärt"),
        "in_school": N_("Besucht eine Schule"),
        "invitation_missed_without_reason": N_("Einladung des Jobcenters ohne wichtigen Grund versäumt"),
        "issued": N_("Berechtigung ausgestellt am"),
        "job": N_("Art der Beschäftigung"),
        "kooperationsplan_names_course": N_("Kurs im Kooperationsplan vorgesehen"),
        "lawful_or_tolerated_stay_since": N_("Rechtmäßiger oder geduldeter Aufenthalt seit"),
        "lives_with_elb_parent": N_("Lebt mit erwerbsfähigem leistungsberechtigtem Elternteil"),
        "must_live_in_reception_facility": N_("Verpflichtet, in der Aufnahmeeinrichtung zu wohnen"),
        "nationality": N_("Staatsangehörigkeit"),
        "obligation_basis": N_("Grundlage der Verpflichtung"),
        "obligation_issued": N_("Verpflichtung vom"),
        "obliged": N_("Zur Teilnahme verpflichtet"),
        "obliged_by": N_("Verpflichtet durch"),
        "old_obligation_before_2026_07_01": N_("Verpflichtung des Jobcenters aus der Zeit vor dem 01.07.2026"),
        "own_fault_60a_6": N_("Ausschlussgrund § 60a Abs. 6 S. 1 Nr. 1 oder 2 AufenthG"),
        "paper": N_("Aufenthaltspapier"),
        "permission_held_on_2026_06_11": N_("Beschäftigungserlaubnis am 11.06.2026"),
        "protection_in_other_state": N_("Schutz in einem anderen EU-Staat"),
        "recht_auf_verbleib": N_("Recht auf Verbleib"),
        "registered": N_("Registriert oder angemeldet am"),
        "removal_measures_pending": N_("Konkrete Maßnahmen zur Aufenthaltsbeendigung"),
        "safe_country": N_("Sicherer Herkunftsstaat (Liste)"),
        "section_44_4_suspended": N_("Zulassung nach § 44 Abs. 4 AufenthG ausgesetzt"),
        "served": N_("Entscheidung zugestellt am"),
        "status": N_("Aufenthaltspapier"),
        "stay_unbroken": N_("Aufenthalt ununterbrochen"),
        "suspension_decided": N_("Aussetzung der Abschiebung entschieden am"),
        "title": N_("Aufenthaltstitel"),
        "title_granted": N_("Aufenthaltstitel erteilt am"),
        "title_valid_to": N_("Aufenthaltstitel gültig bis"),
        "today": N_("Tag der Prüfung"),
        "tolerated_since": N_("Geduldet seit"),
        "work_was_permitted_in_asylum_procedure": N_("Beschäftigung im Asylverfahren erlaubt gewesen"),
    }
)
"""German source text for every fact, to name what is missing."""
