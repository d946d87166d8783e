"""The values of the enrolment form (§ 7 Abs. 1 IntV) as German texts, from what the acting person knows of the case.

No AZR number (§ 10 Abs. 4 AZRG names no course provider) and no health: neither is ever read here.
"""

from collections.abc import Iterable, Mapping
from datetime import date

from models.queries.case_view import CaseView
from models.queries.definitions import items_of
from models.queries.enrolments import EnrolmentRow
from models.queries.law import current_law
from models.queries.needs import spoken_line
from models.rules.checklists import AnswerValues, Item, asked, display, display_field
from models.rules.competences.languages import PLACEMENT
from models.rules.enrolments import ALL_PATH_LABELS, INTEGRATION_FAMILY, OBLIGING, PAPERLESS, PATH_BASIS, SELF_PAYER
from models.rules.states import AnswerState
from models.rules.times import german_date
from models.tables import Code, Person

NOT_NEEDED = "entfällt"
NOT_SAID = "keine Angabe"
NO_STREET = "Straße"
ENDLESS = "erlischt nicht durch Zeitablauf"
NOT_BY_TIME = frozenset({"P2"})
"""An obligation by the Ausländerbehörde does not lapse by time (§ 44a Abs. 1a AufenthG)."""
PARTS: Mapping[str, tuple[str, tuple[str, ...]]] = {
    "education": ("B07", ("years", "certificate")),
    "german": ("B10", ("proof", "proved_on")),
    "availability": ("K09", ("times", "extent")),
    "childcare": ("K10", ("number", "ages")),
}
"""Fields of the form of which the parts are asked for (domain.md 8.7): the item, and its fields that must be filled."""
OBLIGED = "zur Teilnahme verpflichtet"
LABELS = ("sexes", "countries", "languages")

Values = dict[str, str | None]


def form_values(view: CaseView, row: EnrolmentRow) -> Values:
    """Every field of the form by its key; None where nothing is known, "entfällt" where none is needed."""
    person = view.held.person
    labels = _labels(person)
    return {
        **_course(row),
        **_person(person, labels),
        **_path(view, row),
        **_reference(view, row),
        **_learning(view),
        "mother_tongue": _text(view, "A13", "mother_tongue") or labels.get(("languages", person.mother_tongue)),
        "understanding": spoken_line(person),
        **_organisation(view, row),
        **_costs(view, row),
    }


def open_parts(view: CaseView, row: EnrolmentRow) -> dict[str, tuple[str, ...]]:
    """What is missing of fields that are known in part: German labels, by the key of the field."""
    found = {key: _open_fields(view, code, fields) for key, (code, fields) in PARTS.items()}
    if not view.held.person.street:
        found["address"] = (NO_STREET,)
    return {key: labels for key, labels in found.items() if labels}


def _open_fields(view: CaseView, code: str, keys: tuple[str, ...]) -> tuple[str, ...]:
    """The labels of the fields that an answer leaves open although it asks for them."""
    item, answer = _known(view, code)
    if item is None or answer is None or answer.state != AnswerState.DONE:
        return ()
    wanted = (field for field in item.fields if field.key in keys and asked(field, answer.values))
    return tuple(field.label for field in wanted if answer.value(field.key) in (None, "", []))


def family_of(row: EnrolmentRow) -> str | None:
    """IK for an integration course, BSK for a vocational language course."""
    return current_law().course_family(row.course_kind)


def _course(row: EnrolmentRow) -> Values:
    title = row.course_title if row.course_title.startswith(row.kind_name) else f"{row.kind_name}: {row.course_title}"
    return {"course_kind": title, "course_number": row.course_number, "wished_start": german_date(row.starts_on)}


def _person(person: Person, labels: Mapping[tuple[str, str], str]) -> Values:
    nations = (labels.get(("countries", code), code) for code in (person.nationality, person.second_nationality))
    place = f"{person.postcode} {person.town}".strip()
    born_in = (person.place_of_birth, labels.get(("countries", person.country_of_birth)))
    return {
        "family_name": person.family_name,
        "given_names": person.given_name,
        "birth_date": german_date(person.date_of_birth),
        "birth_place": _joined(born_in) if person.place_of_birth else None,
        "sex": labels.get(("sexes", person.sex)),
        "nationalities": _joined(nations),
        "address": _joined((person.street, place)),
        "phone_email": _joined((person.phone, person.email)),
    }


def _path(view: CaseView, row: EnrolmentRow) -> Values:
    """The paper of the reservation; what it does not say, the list may (K03, K04)."""
    if row.access_path in PAPERLESS:
        dates: Values = {"decided_on": NOT_NEEDED, "valid_until": NOT_NEEDED}
    else:
        until = _day(row.path_valid_to) or _text(view, "K04", "valid_to")
        dates = {
            "decided_on": _day(row.path_dated) or _text(view, "K03", "issued_on"),
            "valid_until": until or (ENDLESS if row.access_path in NOT_BY_TIME else None),
        }
    return dates | {
        "access_path": ALL_PATH_LABELS[row.access_path],
        "legal_basis": row.path_basis or PATH_BASIS.get(row.access_path),
        "obligation_note": OBLIGED if row.access_path in OBLIGING else None,
    }


def _reference(view: CaseView, row: EnrolmentRow) -> Values:
    integration = family_of(row) == INTEGRATION_FAMILY
    needed = integration and row.access_path not in PAPERLESS
    return {
        "file_number": _answer(view, "K05") if needed else NOT_NEEDED,
        "kundennummer": None if integration else view.held.person.customer_number or None,
    }


def _learning(view: CaseView) -> Values:
    return {
        "literacy": _answer(view, "B12"),
        "education": _answer(view, "B07"),
        "german": _answer(view, "B10"),
        "placement_test": _answer(view, "K07") or _placement(view),
    }


def _placement(view: CaseView) -> str | None:
    """The day of a placement test that stands among the languages; its levels stand beside it (domain.md 8.7)."""
    _item, answer = _known(view, "B10")
    tested = answer is not None and answer.value("proof") == PLACEMENT
    return f"am {_text(view, 'B10', 'proved_on')}" if tested else None


def _organisation(view: CaseView, row: EnrolmentRow) -> Values:
    no_children = view.known.facts.get("children") == 0
    return {
        "availability": _answer(view, "K09"),
        "childcare": _answer(view, "K10") or ("nicht nötig" if no_children else None),
        "travel": row.transport or None,
        "special_needs": None,
    }


def _costs(view: CaseView, row: EnrolmentRow) -> Values:
    if row.access_path == SELF_PAYER:
        return {"self_payer": "ja"}
    exemption, travel = _text(view, "K15", "applied_on"), _text(view, "K16", "applied_on")
    return {
        "exemption": f"beantragt am {exemption}" if exemption else None,
        "travel_costs": f"beantragt am {travel}" if travel else None,
    }


def _answer(view: CaseView, code: str) -> str | None:
    """One item as a line; a reason why something is not needed stays in the case (rules.md 12)."""
    item, answer = _known(view, code)
    if item is None or answer is None or answer.state in (AnswerState.NOT_ASKED, AnswerState.CLEARED):
        return None
    if answer.state in (AnswerState.UNKNOWN, AnswerState.DECLINED):
        return NOT_SAID
    return NOT_NEEDED if answer.state == AnswerState.NOT_APPLICABLE else display(item, answer) or None


def _text(view: CaseView, code: str, key: str) -> str | None:
    item, answer = _known(view, code)
    value = answer.value(key) if answer else None
    return display_field(item.field(key), value) if item is not None and value is not None else None


def _known(view: CaseView, code: str) -> tuple[Item | None, AnswerValues | None]:
    return items_of(view.definitions).get(code), view.known.answers.get(code)


def _labels(person: Person) -> dict[tuple[str, str], str]:
    codes = {
        person.sex,
        person.nationality,
        person.second_nationality,
        person.country_of_birth,
        person.mother_tongue,
    }
    query = Code.select(Code.list, Code.code, Code.label).where(Code.list.in_(LABELS), Code.code.in_(sorted(codes)))
    return {(name, code): label for name, code, label in query.tuples()}


def _joined(parts: Iterable[str | None]) -> str | None:
    return ", ".join(part for part in parts if part) or None


def _day(day: date | None) -> str | None:
    return german_date(day) or None
