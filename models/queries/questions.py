"""Questions between organisations as pages show them, and who may be asked: whoever sees the same thing. Reads only."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from models.queries.asked import Asked
from models.queries.case_view import CaseView, view_of
from models.queries.definitions import items_of
from models.queries.dossier import Dossier, Office
from models.queries.evidence import name_of_proof, seen_proofs
from models.queries.newer_versions import every_item
from models.queries.scope import blocks_of
from models.rules.errors import NotVisible
from models.rules.message import N_, Message
from models.rules.questions import ENDED, PARTIES, STATES, QuestionAct, acts_on, is_between
from models.rules.roles import Actor, Role
from models.rules.states import CaseState, QuestionState
from models.rules.times import german_time
from models.tables import Question


@dataclass(frozen=True, slots=True)
class QuestionLine:
    """A question as one of the two organisations reads it. ``evidence`` is empty where it was removed since."""

    id: int
    version: int
    code: str
    item: str
    about_evidence: bool
    evidence: str
    mine: bool
    other: str
    asked: Message
    text: str
    state: str
    is_open: bool
    answer: str
    answered: Message | None
    ended: str
    acts: frozenset[QuestionAct]


def questions_of(view: CaseView, code: str = "") -> tuple[QuestionLine, ...]:
    """The questions of this person's organisation in a case, open ones first; of one item alone if asked for."""
    mine = [row for row in view.held.questions if is_between(row, view.actor.organisation_id)]
    shown = [row for row in mine if code in ("", row.item)]
    return tuple(_line(view, row) for row in sorted(shown, key=lambda row: (row.is_closed, -row.id)))


def _line(view: CaseView, row: Asked) -> QuestionLine:
    mine = row.asked_by_id == view.actor.organisation_id
    office, actor = view.held.office, view.actor
    return QuestionLine(
        id=row.id,
        version=row.version,
        code=row.item,
        item=item_text(view, row.item),
        about_evidence=row.evidence_id is not None,
        evidence=name_of_proof(view, row.evidence_id),
        mine=mine,
        other=office(row.asked_to_id if mine else row.asked_by_id),
        asked=_who(row.asker, office(row.asked_by_id), row.asked_at),
        text=row.text,
        state=STATES[QuestionState(row.state)],
        is_open=not row.is_closed,
        answer=row.answer,
        answered=_who(row.answerer, office(row.asked_to_id), row.answered_at) if row.answered_at else None,
        ended=ENDED.get(row.ended, ""),
        acts=acts_on(row, actor.organisation_id) if view.held.case.state == CaseState.OPEN else frozenset(),
    )


def _who(name: str | None, office: str, at: str) -> Message:
    return Message(N_("{who}, {office}, {day}"), who=name or "", office=office, day=german_time(at))


def item_text(view: CaseView, code: str) -> str:
    """What an item asks, also one that the case's version of the list has no more."""
    item = items_of(view.definitions).get(code) or every_item(view.held).get(code, (None, None))[1]
    return item.text if item else code


def may_be_asked(view: CaseView, code: str, evidence_id: int | None = None) -> Mapping[int, str]:
    """The other organisations that see this item, and this evidence of it, by id; NotVisible where she does not."""
    if not sees_subject(view, code, evidence_id):
        raise NotVisible
    others = (office for office in _parties(view.held) if office.id != view.actor.organisation_id)
    return {
        office.id: office.name
        for office in others
        if office.has_account and sees_subject(_view_for(view.held, office), code, evidence_id)
    }


def sees_subject(view: CaseView, code: str, evidence_id: int | None = None) -> bool:
    """Whether what is asked about is shown to this person. Who gave a case away asks nothing and is asked nothing."""
    item = items_of(view.definitions).get(code)
    if item is None or not view.blocks or view.standing.read_only:
        return False
    if not view.sees(view.definitions.list_by_code[code], item):
        return False
    return evidence_id is None or any(one.id == evidence_id and one.item == code for one in seen_proofs(view))


def both_see(held: Dossier, question: Asked) -> bool:
    """Whether both sides of a question still see what it is about. Evidence that was removed leaves the item."""
    offices = (held.offices[question.asked_by_id], held.offices[question.asked_to_id])
    return all(sees_subject(_view_for(held, office), question.item) for office in offices)


def _parties(held: Dossier) -> Iterator[Office]:
    """The organisations that know the case today."""
    known = (office for office in held.offices.values() if office.kind in PARTIES)
    return (office for office in known if blocks_of(_anybody(office), held.case, held.today))


def _view_for(held: Dossier, office: Office) -> CaseView:
    return view_of(held, _anybody(office))


def _anybody(office: Office) -> Actor:
    """Somebody who works there."""
    return Actor(None, "", "", "", office.id, office.key, office.name, Role(office.kind))


def question_of(view: CaseView, question_id: int) -> Question:
    """One question of this person's organisation; NotVisible for any other."""
    found = next((row for row in view.held.questions if row.id == question_id), None)
    if found is None or not is_between(found, view.actor.organisation_id):
        raise NotVisible
    question: Question = Question.get_by_id(question_id)
    return question
