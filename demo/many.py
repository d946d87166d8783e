"""A county of any size: cases with twenty answers and five events each, written in bulk with a true ledger."""

import json
import random
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from tqdm import tqdm

from demo.bulk_rows import add_rows, continue_sequences, next_id
from demo.invented import InventedPerson, invent_person, plausible_values
from models.base import db
from models.operations.ledger import ledger_key
from models.operations.milestones import milestone_rows
from models.operations.name_index import index_names
from models.operations.openings import Parties, parties
from models.operations.tasks import task_rows
from models.rules.arrivals.names import fold, name_key
from models.rules.chain import GENESIS, canonical, chain_seal, event_hash, register_seal
from models.rules.name_search import Named
from models.rules.roles import Role
from models.rules.states import ListKey
from models.rules.times import local_day, stamp
from models.seed.checklist_data import definitions
from models.tables import (
    Answer,
    Case,
    CaseMilestone,
    CaseStage,
    CaseTask,
    Chain,
    ChainRegister,
    Event,
    NumberSeries,
    Organisation,
    Person,
)

BATCH = 4_000
ANSWERS = 20
EVENTS = 5
VARIANTS = 12
PERSON = (
    "id", "household_id", "municipality_id", "family_name", "given_name", "sort_key", "name_key", "given_key",
    "birth_name", "other_spellings", "date_of_birth", "place_of_birth", "country_of_birth", "sex", "nationality",
    "second_nationality", "marital_status", "languages", "mother_tongue", "phone", "email", "street", "postcode",
    "town", "accommodation", "azr_number", "bamf_reference", "customer_number", "provenance", "version", "created_at",
)  # fmt: skip
CASE = (
    "id", "number", "person_id", "municipality_id", "responsible_id", "agentur_id", "origin", "legal_sphere", "state",
    "opened_on", "first_contact_on", "sort_key", "receives_asylblg", "coach_consent", "changed_at", "version",
)  # fmt: skip
STAGE = ("id", "case_id", "key", "definition_id", "state", "note", "version")
ANSWER = (
    "id", "case_id", "item", "holder", "state", "values", "note", "reason", "source", "organisation_id",
    "answered_at", "version",
)  # fmt: skip
EVENT = ("id", "chain", "seq", "at", "kind", "case_id", "account_id", "actor", "organisation", "data", "hash")
TASK = (
    "id", "case_id", "organisation_id", "lane", "kind", "due_on", "shown_from", "shown_to", "handover_id",
    "enrolment_id", "word",
)  # fmt: skip
MILESTONE = (
    "id", "case_id", "kind", "month", "happened_on", "known_from", "known_until", "municipality_id",
    "organisation_id", "word", "days",
)  # fmt: skip
CHAIN = ("id", "ordinal", "name", "length", "head", "seal")


@dataclass(slots=True)
class _County:
    """What all invented cases share; ids and the register go on from what is there."""

    rng: random.Random
    now: datetime
    parties: Parties
    municipalities: list[Organisation]
    answers: list[tuple[str, list[str]]]
    year: int
    number: int
    ordinal: int
    key: bytes


def fill_many(count: int, *, seed: int, now: datetime) -> None:
    """Add ``count`` cases, the same ones for the same seed, with a progress display. Shows no personal data."""
    county = _county(seed, now)
    with tqdm(total=count, unit=" cases", desc="Cases") as display:
        for start in range(0, count, BATCH):
            size = min(BATCH, count - start)
            with db.atomic():
                _write_batch(county, size)
            display.update(size)
    continue_sequences([Person, Case, CaseStage, Answer, Event, Chain, CaseTask, CaseMilestone])


def _county(seed: int, now: datetime) -> _County:
    year = local_day(now).year
    register = ChainRegister.select().first()
    series = NumberSeries.get_or_none(NumberSeries.year == year)
    rng = random.Random(seed)  # noqa: S311 - invented data that can be repeated
    return _County(
        rng=rng,
        now=now,
        parties=parties(),
        municipalities=list(
            Organisation.select().where(Organisation.kind == Role.MUNICIPALITY).order_by(Organisation.id)
        ),
        answers=_answer_variants(rng, now),
        year=year,
        number=series.last if series else 0,
        ordinal=register.chains if register else 0,
        key=ledger_key(),
    )


def _answer_variants(rng: random.Random, now: datetime) -> list[tuple[str, list[str]]]:
    """Item codes with prepared JSON texts: making each of millions of answers anew would take most of the time."""
    lists = definitions()
    items = [item for key in (ListKey.INTAKE, ListKey.COUNSELLING) for item in lists[key].items if item.in_list]
    chosen = items[:ANSWERS]
    return [
        (item.code, [json.dumps(plausible_values(item, rng, local_day(now))) for _ in range(VARIANTS)])
        for item in chosen
    ]


def _write_batch(county: _County, size: int) -> None:
    first_person, first_case = next_id(Person), next_id(Case)
    people = [invent_person(county.rng, county.municipalities, local_day(county.now)) for _ in range(size)]
    cases = [(first_case + index, first_person + index, person) for index, person in enumerate(people)]
    # ids are asked for before the rows flow: a running COPY lets no other query through
    direct = {case_id for case_id, _, person in cases if person.direct}
    add_rows(Person, PERSON, (_person_row(county, person_id, person) for _, person_id, person in cases))
    index_names({person_id: Named(person.family_name, person.given_name) for _, person_id, person in cases})
    add_rows(Case, CASE, (_case_row(county, *case) for case in cases))
    add_rows(CaseStage, STAGE, _stage_rows(county, next_id(CaseStage), [case[0] for case in cases], direct))
    add_rows(Answer, ANSWER, _answer_rows(county, next_id(Answer), cases))
    _write_events(county, cases)
    add_rows(CaseTask, TASK, _task_rows(county, [case[0] for case in cases]))
    add_rows(CaseMilestone, MILESTONE, _milestone_rows([case[0] for case in cases]))
    _keep_counters(county, size)


def _person_row(county: _County, person_id: int, person: InventedPerson) -> tuple[Any, ...]:
    given = name_key(person.given_name)
    return (
        person_id, None, person.municipality.id, person.family_name, person.given_name,
        fold(f"{person.family_name} {person.given_name}"),
        f"{name_key(person.family_name)} {given}", given, "", "", person.date_of_birth.isoformat(), "", "", person.sex,
        person.nationality, "", person.marital_status, json.dumps(person.languages), person.languages[0],
        person.phone, "", person.street, person.municipality.postcode, person.municipality.town, "GU", "", "", "",
        "{}", 1, stamp(county.now),
    )  # fmt: skip


def _case_row(county: _County, case_id: int, person_id: int, person: InventedPerson) -> tuple[Any, ...]:
    opened = local_day(county.now) - timedelta(days=person.days_here)
    met = opened + timedelta(days=person.days_to_talk) if person.days_to_talk else None
    agentur, jobcenter = county.parties.agentur.id, county.parties.jobcenter.id
    county.number += 1
    return (
        case_id, f"SWD-{county.year}-{county.number:05d}", person_id, person.municipality.id,
        jobcenter if person.direct else agentur, None if person.direct else agentur, "municipality",
        "S2" if person.direct else "S3", "open", opened.isoformat(), met and met.isoformat(),
        fold(f"{person.family_name} {person.given_name}"), not person.direct, "none", stamp(county.now), 1,
    )  # fmt: skip


def _stage_rows(county: _County, stage_id: int, case_ids: list[int], direct: set[int]) -> Iterator[tuple[Any, ...]]:
    for case_id in case_ids:
        for key in ListKey:
            state = "in_progress" if key in (ListKey.INTAKE, ListKey.COUNSELLING) else "open"
            if key == ListKey.HANDOVER and case_id in direct:
                state = "waived"
            yield (stage_id, case_id, key.value, county.parties.definitions[key].id, state, "", 1)
            stage_id += 1


def _answer_rows(
    county: _County, answer_id: int, cases: list[tuple[int, int, InventedPerson]]
) -> Iterator[tuple[Any, ...]]:
    at, pick = stamp(county.now), county.rng.randrange
    for case_id, _, person in cases:
        variant = pick(VARIANTS)
        for code, texts in county.answers:
            organisation = person.municipality.id if code[0] == "A" else county.parties.agentur.id
            yield (answer_id, case_id, code, "joint", "done", texts[variant], "", "", "", organisation, at, 1)
            answer_id += 1


def _task_rows(county: _County, case_ids: list[int]) -> list[tuple[Any, ...]]:
    return _numbered(next_id(CaseTask), task_rows(case_ids, local_day(county.now)))


def _milestone_rows(case_ids: list[int]) -> list[tuple[Any, ...]]:
    found = ((case_id, row) for case_id, rows in milestone_rows(case_ids).items() for row in rows)
    return _numbered(next_id(CaseMilestone), found)


def _numbered(first: int, found: Iterable[tuple[int, tuple[Any, ...]]]) -> list[tuple[Any, ...]]:
    """Derived rows with ids, all of them at once: what they follow from is read before a COPY begins."""
    return [
        (number, case_id, *(value.isoformat() if isinstance(value, date) else value for value in row))
        for number, (case_id, row) in enumerate(found, start=first)
    ]


def _write_events(county: _County, cases: list[tuple[int, int, InventedPerson]]) -> None:
    event_id, chain_id = next_id(Event), next_id(Chain)
    events, chains = [], []
    for case_id, _, person in cases:
        county.ordinal += 1
        name, head = f"case:{case_id}", GENESIS
        for seq in range(1, EVENTS + 1):
            fields = _event_fields(county, name, seq, case_id, person)
            head = event_hash(county.key, head, fields)
            events.append((event_id, *fields, head))
            event_id += 1
        seal = chain_seal(county.key, name, county.ordinal, EVENTS, head)
        chains.append((chain_id, county.ordinal, name, EVENTS, head, seal))
        chain_id += 1
    add_rows(Event, EVENT, events)
    add_rows(Chain, CHAIN, chains)


def _event_fields(county: _County, chain: str, seq: int, case_id: int, person: InventedPerson) -> tuple[Any, ...]:
    opened = county.now - timedelta(days=person.days_here)
    if seq == 1:
        sphere, home = "S2" if person.direct else "S3", person.municipality
        data = canonical({"sphere": sphere, "origin": "municipality", "municipality": home.id})
        return (chain, seq, stamp(opened), "case.opened", case_id, None, "System", "system", data)
    organisation = person.municipality.key
    if seq == 2 and person.days_to_talk:
        talk = opened + timedelta(days=person.days_to_talk)
        office = "jobcenter" if person.direct else "agentur"
        data = canonical({"on": local_day(talk).isoformat()})
        return (chain, seq, stamp(talk), "case.first_contact", case_id, None, "System", office, data)
    code = county.answers[(seq - 2) % len(county.answers)][0]
    at = stamp(county.now - timedelta(hours=EVENTS - seq))
    return (chain, seq, at, "answer.saved", case_id, None, "System", organisation, canonical({"item": code}))


def _keep_counters(county: _County, size: int) -> None:
    seal = register_seal(county.key, county.ordinal)
    if not ChainRegister.update(chains=county.ordinal, seal=seal).execute():
        ChainRegister.insert(chains=county.ordinal, seal=seal).execute()
    if not NumberSeries.update(last=county.number).where(NumberSeries.year == county.year).execute():
        NumberSeries.insert(year=county.year, last=county.number).execute()
