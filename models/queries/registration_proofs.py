"""Proofs of registration: that of one enrolment for who sends it, and the inbox of the body that gets them."""

from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

from peewee import Expression

from models.queries.dossier import Dossier
from models.queries.enrolments import EnrolmentRow
from models.queries.law import current_law
from models.queries.path_requests import present_roles
from models.queries.scope import visible_cases
from models.rules.enrolments import Act, possible
from models.rules.errors import NotVisible
from models.rules.law.deadlines import counted, registration_proof_due
from models.rules.path_requests import ROLE_BODIES, answers_itself, body_named
from models.rules.registration_proofs import proof_norm, proof_owed_to
from models.rules.roles import Actor, Role
from models.rules.states import DocumentKind, PathRequestState
from models.tables import Case, Course, Document, Enrolment, Organisation, Person, Provider, RegistrationProof

PAGE = 25


@dataclass(frozen=True, slots=True)
class ProofState:
    """What is owed to whom for an enrolment until when, and how far it is. ``in_system``: the body reads it here."""

    body: str
    body_name: str
    norm: str
    due_on: date
    in_system: bool
    issued_on: date | None
    sent_on: date | None
    sent_in_system: bool
    seen_on: date | None

    def is_overdue(self, today: date) -> bool:
        """Whether it should have been sent already."""
        return self.sent_on is None and today > self.due_on


def proof_state(held: Dossier, row: EnrolmentRow) -> ProofState | None:
    """The proof of one confirmed enrolment; None where nobody must get one."""
    body = owed_to(held, row.access_path, row.path_issued_by)
    if not body or not possible(Act.PROVE, row.state) or row.confirmed_on is None:
        return None
    stored = RegistrationProof.get_or_none(RegistrationProof.enrolment == row.id)
    return ProofState(
        body=body,
        body_name=body_named(body),
        norm=proof_norm(row.access_path),
        due_on=counted(current_law(), registration_proof_due, row.confirmed_on),
        in_system=answers_itself(body, present_roles(held)),
        issued_on=stored.issued_on if stored else None,
        sent_on=stored.sent_on if stored else None,
        sent_in_system=bool(stored and stored.in_system),
        seen_on=stored.seen_on if stored else None,
    )


def owed_to(held: Dossier, path: str, issued_by: str) -> str:
    """The body that must get a proof for this path; empty for none."""
    responsible = held.offices.get(held.case.responsible_id)
    return proof_owed_to(path, issued_by, Role(responsible.kind)) if responsible else ""


def proof_document(enrolment_id: int) -> int:
    """The id of the issued proof that counts; NotVisible where there is none."""
    mine = (Document.enrolment == enrolment_id) & (Document.kind == DocumentKind.REGISTRATION_PROOF)
    found = Document.select(Document.id).where(mine, Document.replaced_by.is_null()).scalar()
    if found is None:
        raise NotVisible
    return int(found)


def reference_for(held: Dossier, path: str) -> str:
    """The body's own reference of the paper that opened the path, where a request brought one."""
    granted = (one for one in held.path_requests if one.path == path and one.state == PathRequestState.GRANTED)
    return next((one.reference for one in granted if one.reference), "")


class ReceivedProof(NamedTuple):
    """A proof as the body reads it that gets it: the person, her course, the provider, and the days."""

    enrolment: int
    version: int
    sent_on: date
    seen_on: date | None
    number: str
    family_name: str
    given_name: str
    course: str
    provider: str
    confirmed_on: date | None
    expected_start: date | None
    office: str


_RECEIVED = (
    RegistrationProof.enrolment, Enrolment.version, RegistrationProof.sent_on, RegistrationProof.seen_on, Case.number,
    Person.family_name, Person.given_name, Course.title, Provider.name, Enrolment.confirmed_on,
    Enrolment.expected_start, Organisation.name,
)  # fmt: skip


def received_page(actor: Actor, today: date, page: int, *, seen: bool = False) -> tuple[list[ReceivedProof], bool]:
    """One page of the proofs that this body got, the newest first, and whether there is a next one."""
    where = _to(actor, today) & RegistrationProof.seen_on.is_null(not seen)
    rows = _received(where, PAGE + 1, (page - 1) * PAGE)
    return rows[:PAGE], len(rows) > PAGE


def received_proof(actor: Actor, enrolment_id: int, today: date) -> ReceivedProof:
    """One proof that this body got; NotVisible for any other."""
    rows = _received(_to(actor, today) & (RegistrationProof.enrolment == enrolment_id), 1, 0)
    if not rows:
        raise NotVisible
    return rows[0]


def _to(actor: Actor, today: date) -> Expression:
    mine = RegistrationProof.body == ROLE_BODIES.get(actor.role, "")
    return mine & RegistrationProof.in_system & RegistrationProof.sent_on.is_null(False) & visible_cases(actor, today)


def _received(where: Any, limit: int, offset: int) -> list[ReceivedProof]:
    query = (
        RegistrationProof.select(*_RECEIVED)
        .join(Enrolment)
        .join(Case)
        .join(Person)
        .join_from(Enrolment, Course)
        .join(Provider)
        .join_from(RegistrationProof, Organisation, on=RegistrationProof.organisation)
    )
    order = (RegistrationProof.sent_on.desc(), RegistrationProof.enrolment.desc())
    return [ReceivedProof(*row) for row in query.where(where).order_by(*order).limit(limit).offset(offset).tuples()]
