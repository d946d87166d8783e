"""Requests for access paths: ask the body that opens one, take the request back, answer it, see the answer."""

from datetime import date, datetime
from typing import Any

from models.base import db
from models.operations.case_lock import take_open_case
from models.operations.ledger import claim, record
from models.queries.dossier import Dossier
from models.queries.law import current_law
from models.queries.path_requests import present_roles
from models.rules.errors import NotAllowed, RuleBroken, StaleVersion
from models.rules.law.outcomes import PathState
from models.rules.message import N_, Message
from models.rules.path_requests import (
    BODY_ROLES,
    AnswerFrame,
    PathAnswer,
    answers_itself,
    basis_of,
    body_named,
    check_answer,
    check_asked,
    refusal_told,
)
from models.rules.roles import Actor
from models.rules.states import PathRequestState as State
from models.rules.times import local_day
from models.tables import PathRequest


def ask_for_path(
    held: Dossier,
    wanted: tuple[str, str],
    states: tuple[PathState, ...],
    told: dict[str, bool],
    *,
    actor: Actor,
    now: datetime,
) -> int:
    """Ask a body for an access path (``wanted``: both as codes); returns the id of the request.

    ``told`` is passed on with it. RuleBroken at ``wanted`` where the path may not be asked for, or somebody asked for
    it already and waits. NotAllowed for who is not responsible for the case.
    """
    path, body = wanted
    _need_responsible(held, actor)
    with db.atomic():
        take_open_case(held.case.id, actor=actor, now=now)
        open_ones = PathRequest.select(PathRequest.path).where(_of(held), PathRequest.state == State.OPEN)
        check_asked(path, body, states, actor.role, frozenset(row[0] for row in open_ones.tuples()))
        row = PathRequest.create(
            case=held.case.id,
            path=path,
            body=body,
            asked_on=local_day(now),
            organisation=actor.organisation_id,
            account=actor.account_id,
            told=told,
        )
        data = {"path_request": row.id, "path": path, "body": body_named(body), "told": told}
        record(actor, "path_request.asked", data, now=now, case_id=held.case.id)
    return int(row.id)


def withdraw_request(held: Dossier, request_id: int, *, seen_version: int, actor: Actor, now: datetime) -> None:
    """Take a request back that nobody has answered. StaleVersion where the body was faster."""
    _need_responsible(held, actor)
    with db.atomic():
        row = _take(held, request_id, seen_version, actor, now)
        _refuse_answered(row)
        PathRequest.update(state=State.WITHDRAWN, answered_on=local_day(now)).where(PathRequest.id == row.id).execute()
        record(actor, "path_request.withdrawn", _data(row, seen_version), now=now, case_id=held.case.id)


def note_answer(held: Dossier, request_id: int, *, seen_version: int, actor: Actor, now: datetime) -> None:
    """The asking office has seen the answer, so that its task ends."""
    _need_responsible(held, actor)
    with db.atomic():
        row = _take(held, request_id, seen_version, actor, now)
        if row.state not in (State.GRANTED, State.REFUSED) or row.noted_on:
            raise RuleBroken(Message(N_("Hier gibt es nichts zur Kenntnis zu nehmen.")))
        PathRequest.update(noted_on=local_day(now)).where(PathRequest.id == row.id).execute()
        record(actor, "path_request.noted", _data(row, seen_version), now=now, case_id=held.case.id)


def answer_request(
    held: Dossier, request_id: int, answer: PathAnswer, *, seen_version: int, actor: Actor, now: datetime
) -> None:
    """Grant or refuse a path: the body itself, or who asked for a body that answers on paper ("lt. …").

    RuleBroken by field for what an answer lacks, and where the body reads the request here and speaks for itself.
    What is granted answers K01, K03 and K04 and with them the facts of the rule of course access (rules.md 9).
    """
    with db.atomic():
        row = _take(held, request_id, seen_version, actor, now)
        _refuse_answered(row)
        by_body = BODY_ROLES.get(row.body) == actor.role
        _check_speaker(held, row, by_body, actor)
        check_answer(answer, _frame(held, row, by_body, local_day(now)))
        columns = _columns(row, answer, by_body)
        PathRequest.update(
            **columns,
            answered_on=local_day(now),
            answered_for=actor.organisation_id,
            answered_by=actor.account_id,
        ).where(PathRequest.id == row.id).execute()
        told = {"dated": columns["dated"].isoformat()} if columns["dated"] else {}
        told |= {"reason": refusal_told(columns["reason_code"], columns["reason"]), "source": columns["source"]}
        data = _data(row, seen_version) | told
        record(actor, f"path_request.{columns['state']}", data, now=now, case_id=held.case.id)


def _columns(row: PathRequest, answer: PathAnswer, by_body: bool) -> dict[str, Any]:
    """The columns of an answer; of a refusal nothing of a paper is kept, of a paper no reason."""
    source = "" if by_body else answer.source
    if not answer.granted:
        empty = {"dated": None, "reason_code": answer.reason_code, "reason": answer.reason}
        return {"state": State.REFUSED, "source": source} | empty
    return {
        "state": State.GRANTED,
        "dated": answer.dated,
        "valid_to": answer.valid_to,
        "reference": answer.reference,
        "basis": basis_of(row.path, answer.basis),
        "able_to_work": answer.able_to_work if by_body and row.path == "P5" else None,
        "reason_code": "",
        "reason": "",
        "source": source,
    }


def _frame(held: Dossier, row: PathRequest, by_body: bool, today: date) -> AnswerFrame:
    suspension = current_law().admission_suspension(today)
    since = suspension.valid_from if suspension else None
    return AnswerFrame(row.path, by_body, held.person.date_of_birth, today, since)


def _take(held: Dossier, request_id: int, seen_version: int, actor: Actor, now: datetime) -> PathRequest:
    """Lock the case, claim the request; StaleVersion for a double click or an outdated page."""
    take_open_case(held.case.id, actor=actor, now=now)
    if not claim(PathRequest, request_id, seen_version):
        raise StaleVersion(Message(N_("Die Anfrage wurde inzwischen geändert. Es wurde nichts doppelt eingetragen.")))
    row: PathRequest = PathRequest.get(PathRequest.id == request_id, _of(held))
    return row


def _refuse_answered(row: PathRequest) -> None:
    if row.state != State.OPEN:
        raise RuleBroken(Message(N_("Die Anfrage ist schon beantwortet oder zurückgenommen.")))


def _need_responsible(held: Dossier, actor: Actor) -> None:
    if held.case.responsible_id != actor.organisation_id:
        raise NotAllowed(Message(N_("Zugangswege fragt an, wer für den Fall zuständig ist.")))


def _check_speaker(held: Dossier, row: PathRequest, by_body: bool, actor: Actor) -> None:
    if by_body:
        return
    _need_responsible(held, actor)
    if answers_itself(row.body, present_roles(held)):
        body = body_named(row.body)
        raise RuleBroken(Message(N_("Die Stelle hat die Anfrage vorliegen und antwortet selbst: {body}."), body=body))


def _of(held: Dossier) -> Any:
    return PathRequest.case == held.case.id


def _data(row: PathRequest, seen_version: int) -> dict[str, object]:
    return {
        "path_request": row.id,
        "path": row.path,
        "body": body_named(row.body),
        "from_version": seen_version,
    }
