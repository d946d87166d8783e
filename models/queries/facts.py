"""Named facts of a case: for the conditions of the checklists and for the rules of law. Pages ask them here alone."""

from datetime import date

from models.queries.definitions import Definitions, definitions_of, items_of
from models.queries.derived import derived_answers, title_record
from models.queries.derived_seats import COURSE_STATE, current_seat
from models.queries.dossier import Dossier, StoredAnswer
from models.queries.law import current_law
from models.queries.scope import coach_consent
from models.rules.checklists import AnswerValues, DerivedAnswer, FactValue, Known, gather, law_facts
from models.rules.law.facts import CourseFacts, SphereFacts, WorkFacts
from models.rules.law.outcomes import WorkOutcome
from models.rules.law.reading import read_facts
from models.rules.law.work_access import work_access
from models.rules.states import AnswerState, ConsentState, HandoverState, Holder

_ENDED = (HandoverState.REJECTED, HandoverState.WITHDRAWN, HandoverState.EXPIRED, HandoverState.SUPERSEDED)
_REFUSALS = ("ABL", "OU", "UZ", "EIN")
_CONSENTED = {ConsentState.GRANTED: True, ConsentState.REFUSED: False, ConsentState.WITHDRAWN: False}
_BENEFITS = {"S2": "SGB II", "S12": "SGB XII", "KEIN": "keine"}


def as_values(row: StoredAnswer) -> AnswerValues:
    """A stored answer as the checklist engine takes it."""
    return AnswerValues(AnswerState(row.state), row.values or {}, row.reason, row.note, row.source)


def known_of(held: Dossier) -> Known:
    """All that the organisations before a handover know of a case together: answers, derived answers, facts."""
    definitions = definitions_of(held)
    own = {row.item: as_values(row) for row in held.answers if row.holder == Holder.JOINT}
    found = derived_answers(held, definitions.elsewhere)
    return put_together(held, definitions, own, {code: derived for code, (derived, _office) in found.items()})


def put_together(
    held: Dossier, definitions: Definitions, own: dict[str, AnswerValues], derived: dict[str, object]
) -> Known:
    """What conditions and progress may look at, made of these answers and the facts of the case."""
    return gather(items_of(definitions), own, derived, case_facts(held, own))  # type: ignore[arg-type]


def case_facts(held: Dossier, own: dict[str, AnswerValues] | None = None) -> dict[str, FactValue]:
    """The facts that stand in the case itself; None is unknown. ``own`` are answers that go before an assumption.

    Facts that a record or an answer supplies (paper, decision, children …) come from there (``known_of``).
    """
    answered = own or {}
    case = held.case
    return {
        "sphere": case.legal_sphere,
        "age": _age(held.person.date_of_birth, held.today),
        "direct_jobcenter": held.direct,
        "coach_involved": case.coach_reported_on is not None and case.coaching_ended_on is None,
        "consent_e1": _CONSENTED.get(coach_consent(case, held.today)),
        "change_expected": _change_expected(held),
        "benefits": None if "B37" in answered else _benefits(held),
        "course_kind": _course_kind(held),
        "course_state": _course_state(held, answered),
    }


def _age(born: date, today: date) -> int:
    return today.year - born.year - ((today.month, today.day) < (born.month, born.day))


def _change_expected(held: Dossier) -> bool | None:
    if held.direct or held.accepted or any(row.state not in _ENDED for row in held.handovers):
        return True
    refused = bool(held.decisions) and held.decisions[0].code in _REFUSALS
    return False if refused and title_record(held) is None else None


def _benefits(held: Dossier) -> str | None:
    until = held.case.asylblg_until
    if held.case.receives_asylblg and (until is None or held.today <= until):
        return "AsylbLG"
    return _BENEFITS.get(held.case.legal_sphere)


def _course_kind(held: Dossier) -> FactValue:
    seat = current_seat(held)
    recommended = items_of(definitions_of(held)).get("K06")
    return recommended.field("kind").means.get(seat.course_kind) if seat and recommended else None


def _course_state(held: Dossier, answered: dict[str, AnswerValues]) -> str | None:
    seat = current_seat(held)
    if seat:
        return COURSE_STATE[seat.state]
    return None if "K26" in answered else "none"


def sphere_facts(held: Dossier, known: Known | None = None) -> SphereFacts:
    """The facts for the change of legal sphere; what is not known stays open and is never guessed.

    ``known`` spares a second look where the caller has put the case together already.
    """
    facts = _law_facts(held, "legal_sphere", known) | {"born": held.person.date_of_birth.isoformat()}
    return read_facts(SphereFacts, facts)


def work_facts(held: Dossier, known: Known | None = None) -> WorkFacts:
    """The facts for the access to work."""
    facts = _law_facts(held, "work_access", known) | {"nationality": held.person.nationality}
    return read_facts(WorkFacts, facts)


def course_facts(held: Dossier) -> CourseFacts:
    """The facts for the access to a course. Whether admissions are suspended is maintained law, no fact of a case."""
    facts = _law_facts(held, "course_access") | {
        "age": _age(held.person.date_of_birth, held.today),
        "today": held.today.isoformat(),
    }
    for name, value in (("benefits", _benefits(held)), ("course_kind", _course_kind(held))):
        if name not in facts and value is not None:
            facts[name] = value
    return read_facts(CourseFacts, facts)


def work_of(held: Dossier, known: Known | None = None) -> WorkOutcome:
    """What the law says about employment: the one answer behind pages, coach's list and tasks (rules.md 6 to 8)."""
    return work_access(work_facts(held, known), current_law(), held.today)


def waiting_time(held: Dossier, known: Known) -> DerivedAnswer | None:
    """When the waiting time for employment is complete (§ 61 AsylG, § 32 BeschV): a hint, never a permission."""
    outcome = work_of(held, known)
    if outcome.waiting_complete is None:
        return None
    return DerivedAnswer({"complete_on": outcome.waiting_complete.isoformat()}, "aus den Angaben berechnet")


def _law_facts(held: Dossier, rule: str, known: Known | None = None) -> dict[str, FactValue]:
    return law_facts(items_of(definitions_of(held)), (known or known_of(held)).answers, rule)
