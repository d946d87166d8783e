"""Name and facts at the head of a case, as far as the acting person may see them."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from models.queries.case_view import CaseView
from models.queries.code_names import named
from models.queries.law import current_law
from models.queries.needs import handed_over_needs, needs_of
from models.queries.scope import coach_consent
from models.rules.message import N_
from models.rules.permissions import Block
from models.rules.residence_entries import paper_name
from models.rules.roles import Role
from models.rules.states import ConsentState, HandoverState
from models.rules.times import german_date
from models.tables import Handover

Fact = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Head:
    """Name for the heading, and labels with values beside it."""

    name: str
    facts: tuple[Fact, ...]


def head_of(view: CaseView) -> Head:
    """The head of the case. After acceptance both offices read it from what was handed over."""
    if Block.SNAPSHOT in view.blocks:
        return _from_snapshot(view)
    person = view.held.person
    facts = _contact_line(view) if Block.CONTACT in view.blocks else _facts(view)
    return Head(f"{person.family_name}, {person.given_name}", tuple(fact for fact in facts if fact[1]))


def _facts(view: CaseView) -> Iterator[Fact]:
    person, blocks = view.held.person, view.blocks
    yield N_("geb."), german_date(person.date_of_birth)
    if Block.PERSON in blocks:
        yield (
            N_("Staatsangehörigkeit"),
            named("countries", (person.nationality, person.second_nationality)),
        )
        yield N_("Verständigung"), needs_of(view)
        yield N_("Gemeinde"), town_of(view)
        yield N_("nicht erreichbar seit"), german_date(person.unreachable_since)
    if Block.COUNSELLING in blocks or Block.INTAKE in blocks:
        yield N_("Coach"), _coach(view)


def town_of(view: CaseView) -> str:
    """The municipality by its short name."""
    return view.held.office(view.held.case.municipality_id).removeprefix("Gemeinde ").removeprefix("Kreisstadt ")


def _coach(view: CaseView) -> str:
    case = view.held.case
    if case.coach_reported_on is None:
        return N_("nicht beteiligt")
    if case.coaching_ended_on:
        return f"{N_('beendet am')} {german_date(case.coaching_ended_on)}"
    reported = f"{N_('gemeldet am')} {german_date(case.coach_reported_on)}"
    agreed = Block.COUNSELLING in view.blocks and coach_consent(case, view.held.today) == ConsentState.GRANTED
    return f"{reported}, {N_('Einwilligung E1 erteilt')}" if agreed else reported


def _contact_line(view: CaseView) -> Iterator[Fact]:
    """Name, municipality, language, phone, who reported when; no birth date, no status (rules.md 13)."""
    held = view.held
    yield N_("Gemeinde"), town_of(view)
    yield N_("Verständigung"), needs_of(view)
    yield N_("Telefon"), held.person.phone
    yield N_("nicht erreichbar seit"), german_date(held.person.unreachable_since)
    yield N_("gemeldet am"), german_date(held.case.coach_reported_on)
    yield N_("gemeldet von"), held.office(held.case.coach_reported_by_id)
    if Block.PAPER_KIND in view.blocks and held.records:  # with consent E1; the expiry stands in item C06
        yield N_("Aufenthaltspapier"), paper_name(current_law(), held.records[0].code)


def _handed_over(view: CaseView) -> tuple[Handover, Mapping[str, Any]]:
    """The accepted handover and the sections of its snapshot."""
    row = next(row for row in view.held.handovers if row.state == HandoverState.ACCEPTED)
    text = Handover.select(Handover.snapshot).where(Handover.id == row.id).scalar()
    return row, json.loads(text)["sections"] if text else {}


def _from_snapshot(view: CaseView) -> Head:
    _row, sections = _handed_over(view)
    facts = _taken_over(sections) if view.actor.role == Role.JOBCENTER else _given_away(sections)
    return Head(name_for(view), tuple(fact for fact in facts if fact[1]))


def _taken_over(sections: Mapping[str, Any]) -> Iterator[Fact]:
    yield N_("geb."), _value(sections, "A", "birth_date")
    yield N_("Staatsangehörigkeit"), _value(sections, "A", "nationalities")
    yield N_("Verständigung"), handed_over_needs(sections)
    yield N_("Gemeinde"), _value(sections, "A", "municipality")


def _given_away(sections: Mapping[str, Any]) -> Iterator[Fact]:
    """What tells the Agentur whose case it was; the rest of its sight is its own contribution."""
    yield N_("geb."), _value(sections, "A", "birth_date")
    yield N_("Kundennummer BA"), _value(sections, "A", "kundennummer")


def _value(sections: Mapping[str, Any], letter: str, key: str) -> str:
    cell = sections.get(letter, {}).get(key) or {}
    return str(cell.get("value") or "")


def needs_for(view: CaseView) -> str:
    """The line below the name; after acceptance the Jobcenter finds it in what was handed over."""
    if view.actor.role == Role.JOBCENTER and Block.SNAPSHOT in view.blocks:
        return handed_over_needs(_handed_over(view)[1])
    return needs_of(view)


def name_for(view: CaseView) -> str:
    """The name for the heading; after acceptance the one that was handed over, for both offices."""
    person = view.held.person
    handed_over = (row.subject for row in view.held.handovers if row.state == HandoverState.ACCEPTED)
    name = next(handed_over, "") if Block.SNAPSHOT in view.blocks else ""
    return name or f"{person.family_name}, {person.given_name}"
