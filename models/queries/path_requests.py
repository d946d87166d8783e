"""Requests for access paths: those of a case for who asks, and the inbox of the body that answers. Reads only."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

from peewee import JOIN, Expression

from models.queries.case_view import CaseView
from models.queries.definitions import items_of
from models.queries.dossier import AskedPath, Dossier
from models.queries.law import current_law
from models.queries.scope import visible_cases
from models.rules.checklists import law_facts
from models.rules.errors import NotVisible
from models.rules.law.deadlines import counted, path_answer_due
from models.rules.message import Message
from models.rules.path_requests import (
    BY_ASYLBLG,
    ROLE_BODIES,
    STATE_WORDS,
    age_on,
    answers_itself,
    body_named,
    path_named,
    refusal_told,
    told_words,
)
from models.rules.roles import Actor, Role
from models.rules.states import CaseState, PathRequestState
from models.tables import Account, Case, Organisation, PathRequest, Person

PAGE = 25
TOLD = ("employed", "in_school")
"""The facts that go to the AsylbLG unit with a request for P5, as far as the asking person knows them."""


@dataclass(frozen=True, slots=True)
class RequestLine:
    """A request as the asking office reads it. ``speaks_itself``: the body reads and answers it here."""

    row: AskedPath
    title: str
    body: str
    word: str
    kind: str
    reason: str
    due_on: date
    overdue: bool
    expired: bool
    speaks_itself: bool


def request_lines(held: Dossier) -> tuple[RequestLine, ...]:
    """The requests of a case, the newest first."""
    law, present = current_law(), present_roles(held)
    lines = []
    for row in held.path_requests:
        word, kind = STATE_WORDS[PathRequestState(row.state)]
        due = counted(law, path_answer_due, row.asked_on)
        is_open = row.state == PathRequestState.OPEN
        lines.append(
            RequestLine(
                row=row,
                title=path_named(row.path),
                body=body_named(row.body),
                word=word,
                kind=kind,
                reason=refusal_told(row.reason_code, row.reason),
                due_on=due,
                overdue=is_open and held.today > due,
                expired=row.valid_to is not None and row.valid_to < held.today,
                speaks_itself=answers_itself(row.body, present),
            )
        )
    return tuple(lines)


def open_paths(held: Dossier) -> frozenset[str]:
    """The paths that somebody was asked for and has not answered yet."""
    return frozenset(row.path for row in held.path_requests if row.state == PathRequestState.OPEN)


def present_roles(held: Dossier) -> frozenset[Role]:
    """The bodies with an account that see the requests of this case today (case_model: Who sees what)."""
    case = held.case
    with_account = {Role(office.kind) for office in held.offices.values() if office.has_account}
    until = case.asylblg_until
    present = {Role.ASYLBLG} if case.receives_asylblg and (until is None or held.today <= until) else set()
    responsible = held.offices.get(case.responsible_id)
    if responsible and responsible.kind == Role.JOBCENTER:
        present.add(Role.JOBCENTER)
    return frozenset(present & with_account)


def told_of(view: CaseView, body: str) -> dict[str, bool]:
    """What is passed on with a request: for P5 whether the person works or goes to school; nothing to others."""
    if body != BY_ASYLBLG:
        return {}
    facts = law_facts(items_of(view.definitions), view.known.answers, "course_access")
    return {name: bool(facts[name]) for name in TOLD if facts.get(name) is not None}


class Asked(NamedTuple):
    """A request as the body that answers it reads it: nothing of the case but who is meant and what was passed on."""

    id: int
    path: str
    state: PathRequestState
    version: int
    asked_on: date
    told: dict[str, Any]
    number: str
    family_name: str
    given_name: str
    born: date
    asylblg_until: date | None
    asked_by: str
    office: str
    phone: str
    dated: date | None
    valid_to: date | None
    reason_code: str
    reason: str
    answered_on: date | None

    @property
    def title(self) -> str:
        """The path with its German name."""
        return path_named(self.path)

    @property
    def reason_told(self) -> str:
        """Why it was refused."""
        return refusal_told(self.reason_code, self.reason)

    def known(self, today: date) -> tuple[Message, ...]:
        """What is known for the decision, in German."""
        return told_words(self.path, self.told, age_on(self.born, today))


_ASKED = (
    PathRequest.id, PathRequest.path, PathRequest.state, PathRequest.version, PathRequest.asked_on, PathRequest.told,
    Case.number, Person.family_name, Person.given_name, Person.date_of_birth, Case.asylblg_until, Account.name,
    Organisation.name, Organisation.phone, PathRequest.dated, PathRequest.valid_to, PathRequest.reason_code,
    PathRequest.reason, PathRequest.answered_on,
)  # fmt: skip


def asked_page(actor: Actor, today: date, page: int, *, answered: bool = False) -> tuple[list[Asked], bool]:
    """One page of the requests to the person's office, and whether there is a next one.

    Open ones with the oldest first, or the answered ones with the newest first.
    """
    state = PathRequest.state.in_((PathRequestState.GRANTED, PathRequestState.REFUSED))
    where = _to(actor, today) & (state if answered else PathRequest.state == PathRequestState.OPEN)
    order = (
        (PathRequest.answered_on.desc(), PathRequest.id.desc()) if answered else (PathRequest.asked_on, PathRequest.id)
    )
    rows = _asked(where, order, PAGE + 1, (page - 1) * PAGE)
    return rows[:PAGE], len(rows) > PAGE


def asked_of(actor: Actor, number: str, path: str, today: date) -> Asked:
    """The newest request for a path of one case to the person's office; NotVisible for none."""
    where = _to(actor, today) & (Case.number == number) & (PathRequest.path == path)
    rows = _asked(where, (PathRequest.id.desc(),), 1, 0)
    if not rows:
        raise NotVisible
    return rows[0]


def _to(actor: Actor, today: date) -> Expression:
    """Requests to this kind of body in open cases that it sees; what was withdrawn is gone."""
    mine = PathRequest.body == ROLE_BODIES.get(actor.role, "")
    alive = (PathRequest.state != PathRequestState.WITHDRAWN) & (Case.state == CaseState.OPEN)
    return mine & alive & visible_cases(actor, today)


def _asked(where: Expression, order: Sequence[Any], limit: int, offset: int) -> list[Asked]:
    query = (
        PathRequest.select(*_ASKED)
        .join(Case)
        .join(Person)
        .join_from(PathRequest, Account, JOIN.LEFT_OUTER, on=PathRequest.account)
        .join_from(PathRequest, Organisation, on=PathRequest.organisation)
    )
    rows = query.where(where).order_by(*order).limit(limit).offset(offset).tuples()
    return [Asked(*row[:2], PathRequestState(row[2]), *row[3:]) for row in rows]


def due_days(rows: Sequence[Asked]) -> Mapping[int, date]:
    """Until when each of these should be answered, by id."""
    law = current_law()
    return {row.id: counted(law, path_answer_due, row.asked_on) for row in rows}
