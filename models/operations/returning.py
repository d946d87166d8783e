"""A new case for somebody who comes back after hers was closed: the same person, what was known still to confirm."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from models.base import db
from models.operations.answers import keep_answer
from models.operations.ledger import claim, record
from models.operations.moved_competences import carry_over
from models.operations.openings import Opening, open_cases, parties
from models.operations.person_values import write_person_values
from models.queries.carried import carried_item
from models.queries.case_view import CaseView
from models.queries.definitions import definitions_of, items_of
from models.queries.derived import derived_answers
from models.queries.dossier import Dossier, dossier
from models.queries.law import current_law
from models.rules.arrivals.record import NOT_DECIDED, gets_contact_line
from models.rules.checklists import AnswerValues
from models.rules.errors import RuleBroken, StaleVersion
from models.rules.law.arrival import sphere_on_arrival
from models.rules.law.data import Arrival
from models.rules.message import N_, Message
from models.rules.returning import CARRIED_LISTS, FINAL, is_carried
from models.rules.roles import Actor, Role
from models.rules.states import AnswerState, CaseState, Holder, Origin
from models.rules.times import german_date, local_day
from models.tables import CarriedAnswer, Case, Person

SOURCE = N_("neuer Fall nach Rückkehr")


@dataclass(frozen=True, slots=True)
class Return:
    """When somebody came back, and to which municipality, if she is allocated to one."""

    arrived_on: date
    municipality_id: int | None


def open_again(case: Case, back: Return, *, seen_version: int, actor: Actor, now: datetime) -> str:
    """Open a new case for the person of a closed one; returns its number.

    The closed case stays as it is. Who comes back to another municipality takes her earlier cases along. RuleBroken
    for an open case, one that ended in death or as a double, and days that do not fit; StaleVersion for a double click.
    """
    _check(case, back, local_day(now))
    with db.atomic():
        if not claim(Case, case.id, seen_version):
            raise StaleVersion
        person = Person.get_by_id(case.person_id)
        if Case.select().where(Case.person == person.id, Case.state == CaseState.OPEN).exists():
            raise RuleBroken(Message(N_("Für diese Person gibt es schon einen offenen Fall.")))
        held = dossier(Case.select(Case, Person).join(Person).where(Case.id == case.id).get(), local_day(now))
        _note_arrival(person, case, back, actor, now)
        number = _open(held, back, actor, now)
        new = Case.get(Case.number == number)
        Case.update(follows=case.id).where(Case.id == new.id).execute()
        carried = list(_carried(held, new.id))
        if carried:
            CarriedAnswer.insert_many(carried).execute()
        competences = carry_over(case.id, new.id)
        record(actor, "case.followed", {"new": number, "from_version": seen_version}, now=now, case_id=case.id)
        data: dict[str, object] = {"earlier": case.number, "items": [row["item"] for row in carried]}
        record(actor, "case.follows", data, now=now, case_id=new.id)
        if any(competences.values()):
            told: dict[str, object] = {"earlier": case.number, **competences}
            record(actor, "competence.carried", told, now=now, case_id=new.id)
    return number


def _check(case: Case, back: Return, today: date) -> None:
    if case.state != CaseState.CLOSED:
        raise RuleBroken(Message(N_("Der Fall ist nicht abgeschlossen.")))
    if case.outcome in FINAL:
        raise RuleBroken(Message(N_("Nach diesem Ergebnis beginnt kein neuer Fall.")))
    sentence = None
    if back.arrived_on > today:
        sentence = Message(N_("Das Datum liegt in der Zukunft."))
    elif case.outcome_on and back.arrived_on < case.outcome_on:
        sentence = Message(N_("Der frühere Fall endete erst am {day}."), day=german_date(case.outcome_on))
    if sentence:
        raise RuleBroken(sentence, {"arrived_on": sentence})


def _note_arrival(person: Person, case: Case, back: Return, actor: Actor, now: datetime) -> None:
    columns: dict[str, Any] = {"arrived_on": back.arrived_on}
    if back.municipality_id != person.municipality_id:
        columns["municipality"] = back.municipality_id
        Case.update(municipality=back.municipality_id).where(Case.person == person.id).execute()
    source = str(Message(SOURCE))
    write_person_values(person.id, columns, source=source, seen_version=person.version, actor=actor, now=now)


def _open(held: Dossier, back: Return, actor: Actor, now: datetime) -> str:
    today, person = local_day(now), held.person
    sphere = _sphere(held)
    by_municipality = actor.role == Role.MUNICIPALITY
    opening = Opening(
        person_id=person.id,
        sort_key=person.sort_key,
        municipality_id=back.municipality_id,
        sphere=sphere,
        to_coach=by_municipality and gets_contact_line(sphere, person.date_of_birth, today),
        source=str(Message(SOURCE)),
    )
    origin = Origin.MUNICIPALITY if by_municipality else Origin.AGENTUR
    (number,) = open_cases([opening], origin=origin, parties=parties(), actor=actor, now=now)
    return number


def _sphere(held: Dossier) -> str:
    """By the paper that still holds, like on a first arrival (rules.md 5); somebody looks where it decides nothing."""
    valid = (row for row in held.records if row.valid_to is None or row.valid_to >= held.today)
    paper = next(valid, None)
    found = sphere_on_arrival(paper.code if paper else None, current_law(), day=held.today)
    return NOT_DECIDED if found is Arrival.HINT else str(found)


def _carried(held: Dossier, case_id: int) -> Iterator[dict[str, Any]]:
    """What was said of the person; of values in her record only that they are to be confirmed."""
    items, lists = items_of(definitions_of(held)), definitions_of(held)
    wanted = {code: item for code, item in items.items() if lists.list_by_code[code] in CARRIED_LISTS}
    wanted = {code: item for code, item in wanted.items() if is_carried(item)}
    stored = {row.item: row for row in held.answers if row.holder == Holder.JOINT and row.state == AnswerState.DONE}
    derived = derived_answers(held, wanted.values())
    for code in wanted:
        row, (found, office) = stored.get(code), derived.get(code, (None, None))
        if row is None and found is None:
            continue
        said = ", ".join(filter(None, (held.office(row.organisation_id), row.source))) if row else found.source
        yield {
            "case": case_id,
            "item": code,
            "values": {} if found else dict(row.values),
            "source": f"Fall {held.case.number}: {said}"[:200],
            "organisation": row.organisation_id if row else office,
            "answered_at": row.answered_at if row else held.case.changed_at,
        }


def confirm_carried(view: CaseView, code: str, *, seen_version: int, now: datetime) -> Dossier:
    """Say that an answer of the earlier case still holds; it becomes an answer of this one, with both sources.

    Returns the case after it. NotVisible where nothing is to be confirmed, NotAllowed where the item is not this
    person's, StaleVersion where somebody answered it since.
    """
    one = carried_item(view, code)
    source = str(Message(N_("bestätigt, aus {source}"), source=one.source))[:200]
    answer = AnswerValues(values=one.values, source=source)
    return keep_answer(view, one.row, answer, seen_version=seen_version, now=now)
