"""Named facts: which ones there are, which answers feed them, and how the rules of law get theirs.

Names of law facts are those of the table of law cases. Case facts are what conditions of checklists may ask; the caller
supplies those that stand in the case (residence record, household, enrolment), answers supply the rest.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from models.rules.checklists.definition import ChecklistDefinition, Field, Item
from models.rules.checklists.values import AnswerValues, DerivedAnswer, FactValue, Known, Value
from models.rules.message import N_
from models.rules.states import AnswerState


@dataclass(frozen=True, slots=True)
class CaseFact:
    """A fact that conditions may ask for: its German name, and its values where no field supplies their labels."""

    label: str
    values: Mapping[str, str] = field(default_factory=dict)


_COURSE_KINDS = {"IK": N_("Integrationskurs"), "BSK": N_("Berufssprachkurs"), "OTHER": N_("anderes Angebot")}
_COURSE_STATES = {
    "none": N_("kein Kurs"),
    "planned": N_("geplant"),
    "running": N_("läuft"),
    "finished": N_("beendet"),
    "dropped": N_("abgebrochen"),
}
_SPHERES = {
    "S3": N_("SGB III"),
    "S2": N_("SGB II"),
    "S12": N_("SGB XII"),
    "KEIN": N_("kein Leistungsbezug"),
    "UNK": N_("nicht bekannt"),
}

CASE_FACTS: Mapping[str, CaseFact] = MappingProxyType(
    {
        "paper": CaseFact(N_("Aufenthaltspapier")),
        "decision": CaseFact(N_("Entscheidung des BAMF")),
        "title": CaseFact(N_("Aufenthaltstitel")),
        "sphere": CaseFact(N_("Rechtskreis"), _SPHERES),
        "benefits": CaseFact(N_("Leistungsbezug")),
        "age": CaseFact(N_("Alter in Jahren")),
        "adults": CaseFact(N_("Erwachsene im Haushalt")),
        "children": CaseFact(N_("Kinder im Haushalt")),
        "children_under_14": CaseFact(N_("Kinder unter 14 Jahren")),
        "from_lebach": CaseFact(N_("aus der Landesaufnahmestelle Lebach")),
        "coach_involved": CaseFact(N_("Beschäftigungscoach beteiligt")),
        "consent_e1": CaseFact(N_("Einwilligung E1 erteilt")),
        "action_pending": CaseFact(N_("Klage anhängig")),
        "direct_jobcenter": CaseFact(N_("von Anfang an SGB II")),
        "change_expected": CaseFact(N_("Wechsel zum SGB II")),
        "course_kind": CaseFact(N_("Kursart"), _COURSE_KINDS),
        "course_state": CaseFact(N_("Stand des Kurses"), _COURSE_STATES),
        "kooperationsplan_names_course": CaseFact(N_("Kurs im Kooperationsplan")),
    }
)

LAW_FACTS: Mapping[str, frozenset[str]] = MappingProxyType(
    {
        "legal_sphere": frozenset(
            {
                "born",
                "hilfebeduerftig",
                "erwerbsfaehig",
                "paper",
                "decision",
                "served",
                "application_filed",
                "title_granted",
                "title",
                "title_valid_to",
                "applied_for",
                "fiktion_issued",
                "ed_done",
                "court_judgment",
                "bamf_new_decision_served",
                "ed_required",
                "duldung_since",
                "extended",
                "action_pending",
                "recht_auf_verbleib",
                "suspension_decided",
                "lives_with_elb_parent",
            }
        ),
        "work_access": frozenset(
            {
                "status",
                "must_live_in_reception_facility",
                "safe_country",
                "accelerated_letter",
                "dublin_request",
                "protection_in_other_state",
                "cooperation_breached",
                "final_decision",
                "registered",
                "germany_must_reexamine",
                "gestattet_since",
                "tolerated_since",
                "stay_unbroken",
                "nationality",
                "application_filed",
                "removal_measures_pending",
                "own_fault_60a_6",
                "lawful_or_tolerated_stay_since",
                "job",
                "today",
                "identity_clarified_by_passport",
                "work_was_permitted_in_asylum_procedure",
                "application_refused",
            }
        ),
        "course_access": frozenset(
            {
                "paper",
                "title_granted",
                "title_valid_to",
                "german",
                "in_school",
                "decision",
                "served",
                "benefits",
                "obliged_by",
                "registered",
                "today",
                "age",
                "able_to_work",
                "employed",
                "section_44_4_suspended",
                "kooperationsplan_names_course",
                "invitation_missed_without_reason",
                "old_obligation_before_2026_07_01",
                "obligation_issued",
                "obligation_basis",
                "course_kind",
                "course_started",
                "course_formed",
                "issued",
                "obliged",
            }
        ),
    }
)
"""Fact names by rule of law, as the table of law cases names them."""

_PLAIN: Mapping[str, FactValue] = {"yes": True, "no": False}
UNKNOWN_CODE = "unknown"
"""This code of a choice, and this meaning of one, says nothing about the fact."""


def items_by_code(definitions: Iterable[ChecklistDefinition]) -> dict[str, Item]:
    """All items of several lists by their code; codes are unique over all lists."""
    found: dict[str, Item] = {}
    for definition in definitions:
        found.update(definition.by_code)
    return found


def gather(
    items: Mapping[str, Item],
    own: Mapping[str, AnswerValues],
    derived: Mapping[str, DerivedAnswer] | None = None,
    facts: Mapping[str, FactValue] | None = None,
) -> Known:
    """Put together what is known of a case: stored answers, derived answers, and facts from both. ``items`` by code.

    A derived answer goes before the stored one, field by field, because the record elsewhere in the case is the
    one place of that truth; the stored answer fills what the record leaves open. ``facts`` of the caller go before
    facts that answers feed; its None values mean unknown and change nothing.
    """
    elsewhere = derived or {}
    answers = {code: answer for code, answer in own.items() if answer.state != AnswerState.CLEARED}
    for code, record in elsewhere.items():
        answers[code] = _completed(answers.get(code), record)
    known = dict(_fed(items, answers, ""))
    known.update({name: value for name, value in (facts or {}).items() if value is not None})
    return Known(answers, known, elsewhere)


def law_facts(items: Mapping[str, Item], answers: Mapping[str, AnswerValues], rule: str) -> dict[str, FactValue]:
    """The facts that answers supply to one rule of law (a key of ``LAW_FACTS``).

    Dates stay ISO text. "Nein" is False and a code that means "there is none" is None; what was not answered, or
    answered "unbekannt", is left out, because a missing fact must lead to a hint and never to a guess.
    """
    wanted = LAW_FACTS[rule]
    return {name: value for name, value in _fed(items, answers, rule) if name in wanted}


def _completed(own: AnswerValues | None, record: DerivedAnswer) -> AnswerValues:
    values = {**(own.values if own and not record.whole else {}), **record.values}
    return AnswerValues(AnswerState.DONE, values, note=own.note if own else "", source=record.source)


def _fed(items: Mapping[str, Item], answers: Mapping[str, AnswerValues], rule: str) -> Iterator[tuple[str, FactValue]]:
    for code, answer in answers.items():
        item = items.get(code)
        if item is None or answer.state != AnswerState.DONE:
            continue
        for entry in _feeding(item):
            if entry.rule in ("", rule):
                yield from _fed_by_field(entry, answer.value(entry.key))


def _feeding(item: Item) -> tuple[Field, ...]:
    """The fields that feed facts; most items have none."""
    found: tuple[Field, ...] | None = item.kept.get("feeding")
    if found is None:
        found = item.kept["feeding"] = tuple(entry for entry in item.fields if entry.facts)
    return found


def _fed_by_field(entry: Field, value: Value | None) -> Iterator[tuple[str, FactValue]]:
    if value is None or value == UNKNOWN_CODE or isinstance(value, list | dict):
        return
    code = str(value)
    meaning = entry.means[code] if code in entry.means else _PLAIN.get(code, value)
    if meaning == UNKNOWN_CODE:
        return
    for name in entry.facts:
        yield name, meaning


def meaning_of(entry: Field, code: str) -> FactValue:
    """What a code of a choice says about the facts that its field feeds; None where it says nothing."""
    meaning = entry.means[code] if code in entry.means else _PLAIN.get(code, code)
    return None if UNKNOWN_CODE in (meaning, code) else meaning
