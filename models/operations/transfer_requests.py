"""Requests for a transfer: asking, answering, forgetting. Asking reads no person and no case, whoever is asked for."""

from datetime import date, datetime, timedelta

from models.base import db
from models.operations.change_of_sphere import prepare_handover
from models.operations.ledger import claim, record
from models.operations.request_matches import drop_matches
from models.queries.law_days import request_ends
from models.queries.transfer_requests import incoming_request, open_request_of, requests_with_sheet
from models.rules.errors import RuleBroken, StaleVersion
from models.rules.message import N_, Message
from models.rules.requests import FORGOTTEN_AFTER_DAYS, Asked, check_answer, check_asked, check_number
from models.rules.roles import SYSTEM, Actor
from models.rules.states import RequestState
from models.rules.times import german_date, local_day, stamp
from models.tables import Account, Case, TransferRequest


def request_transfer(asked: Asked, token: str, *, actor: Actor, now: datetime) -> int | None:
    """Ask for a transfer; returns the request. The second of two clicks (the same ``token``) changes nothing.

    RuleBroken at the fields: no name, an impossible birth date, a request for the same person that is still running,
    too many in a day. Nobody is looked up: the answer takes the same way whether the person exists or not.
    Whom the request may mean is looked for afterwards (``request_matches.match_request``).
    """
    today = local_day(now)
    with db.atomic():
        # an organisation asks one after the other, so that two at once are counted and compared as well
        Account.update(version=Account.version).where(Account.organisation == actor.organisation_id).execute()
        if TransferRequest.select().where(TransferRequest.token == token).exists():
            return None
        check_asked(asked, today)
        check_number(_made_today(actor, now))
        _refuse_repetition(asked, actor, today)
        row = TransferRequest.create(
            requester=actor.organisation_id,
            account=actor.account_id,
            token=token,
            family_name=asked.family_name,
            given_name=asked.given_name,
            date_of_birth=asked.date_of_birth,
            made_at=stamp(now),
            ends_on=request_ends(today),
        )
        record(actor, "request.made", {"request": row.id, "ends_on": row.ends_on.isoformat()}, now=now)
        number: int = row.id
    return number


def _made_today(actor: Actor, now: datetime) -> int:
    since = stamp(now - timedelta(days=1))
    mine = TransferRequest.account == actor.account_id
    return TransferRequest.select().where(mine, TransferRequest.made_at > since).count()


def _refuse_repetition(asked: Asked, actor: Actor, today: date) -> None:
    for row in open_request_of(actor.organisation_id, today):
        if asked.is_same(row.family_name, row.given_name, row.date_of_birth):
            text = N_("Für diese Person läuft schon ein Ersuchen Ihrer Stelle; es endet am {day}.")
            problem = Message(text, day=german_date(row.ends_on))
            raise RuleBroken(problem, {"family_name": problem})


def answer_request(
    request_id: int,
    answer: RequestState,
    case_number: str,
    reason: str,
    *,
    seen_version: int,
    actor: Actor,
    now: datetime,
) -> str:
    """Answer a request that may mean somebody of the own cases; returns where the work goes on, empty for nowhere.

    ``started`` makes the draft of the handover where the facts of the case give one. RuleBroken at the fields,
    NotVisible for a request that means nobody here, StaleVersion where a colleague was faster.
    """
    incoming = incoming_request(actor, request_id, local_day(now))
    check_answer(answer, case_number, tuple(meant.number for meant in incoming.meant), reason)
    with db.atomic():
        if not claim(TransferRequest, request_id, seen_version):
            raise StaleVersion(Message(N_("Das Ersuchen hat inzwischen jemand beantwortet.")))
        case = Case.get(Case.number == case_number) if answer is not RequestState.NOBODY else None
        TransferRequest.update(
            state=answer.value,
            case=case.id if case else None,
            reason=reason.strip(),
            answered_by=actor.account_id,
            answered_at=stamp(now),
        ).where(TransferRequest.id == request_id).execute()
        drop_matches([request_id])
        data = {"request": request_id, "answer": answer.value, "reason": reason.strip()}
        record(actor, "request.answered", data, now=now, case_id=case.id if case else None)
        if case and answer is RequestState.STARTED:
            prepare_handover(case, seen_version=case.version, actor=actor, now=now)
    return f"/faelle/{case.number}?liste=uebergabe" if case and answer is RequestState.STARTED else ""


def forget_requests(*, now: datetime) -> int:
    """Forget name and birth date of requests that ended some weeks ago and led to no sheet; returns how many.

    Also of those for which a handover was begun: the requester must not see from a name that stays what was answered.
    """
    until = local_day(now) - timedelta(days=FORGOTTEN_AFTER_DAYS)
    with db.atomic():
        over = (TransferRequest.ends_on < until) & TransferRequest.forgotten_at.is_null()
        old = over & TransferRequest.id.not_in(requests_with_sheet())
        drop_matches([row[0] for row in TransferRequest.select(TransferRequest.id).where(old).tuples()])
        forget = {"family_name": "", "given_name": "", "date_of_birth": None, "reason": ""}
        number = int(TransferRequest.update(**forget, forgotten_at=stamp(now)).where(old).execute())
        if number:
            record(SYSTEM, "request.forgotten", {"requests": number}, now=now)
    return number
