"""How a course goes for one person: begun, finished, broken off. Told by the provider, or entered with the source."""

from dataclasses import dataclass
from datetime import date, datetime

from models.base import db
from models.operations.enrolment_claims import take
from models.operations.ledger import record
from models.operations.seats import free_seat, offer_free_seats
from models.operations.speakers import at_field, check_source, check_speaker
from models.rules.enrolments import Act
from models.rules.message import N_
from models.rules.reasons import NO_REASON, Reason, check_reason, reason_told
from models.rules.roles import Actor
from models.rules.times import local_day
from models.tables import Enrolment


@dataclass(frozen=True, slots=True)
class News:
    """What happened (START, FINISH or DROP) on which day; a dropout has a reason, hearsay a source."""

    act: Act
    on: date | None
    reason: Reason = NO_REASON
    source: str = ""


def note_progress(enrolment: Enrolment, news: News, *, seen_version: int, actor: Actor, now: datetime) -> None:
    """Note how the course goes (§ 8 Abs. 2, 3 IntV, § 9 Abs. 5 DeuFöV); whoever ends it frees the seat.

    RuleBroken by field without a day, for one in the future, before the start or before the place was reserved, and for
    a dropout without a reason; NotAllowed for a provider that may not tell (no obligation, no consent E4).
    """
    check_source(news.source, actor)
    if news.act == Act.DROP:
        check_reason(Act.DROP, news.reason)
    with db.atomic():
        row, state = take(enrolment, news.act, seen_version)
        check_speaker(row, actor, local_day(now))
        day = _checked_day(news.on, row, local_day(now))
        begins = news.act == Act.START
        why = news.reason if news.act == Act.DROP else NO_REASON
        ended = {"ended_on": day, "reason_code": why.code, "reason": why.text}
        changes = {"started_on": day} if begins else ended
        Enrolment.update(state=state, source=news.source, **changes).where(Enrolment.id == row.id).execute()
        if not begins:
            free_seat(row.course_id)
        data = {"enrolment": row.id, "on": day.isoformat(), "source": news.source, "from_version": seen_version}
        data |= {"reason": reason_told(why.code, why.text), "reason_code": why.code}
        record(actor, f"enrolment.{state}", data, now=now, case_id=row.case_id)
    if not begins:
        offer_free_seats([row.course_id], now=now)


def _checked_day(day: date | None, row: Enrolment, today: date) -> date:
    if day is None:
        raise at_field("on", N_("Bitte ausfüllen."))
    if day > today:
        raise at_field("on", N_("Das Datum liegt in der Zukunft."))
    if row.started_on and day < row.started_on:
        raise at_field("on", N_("Das liegt vor dem Beginn des Kurses."))
    if day < row.reserved_on:
        raise at_field("on", N_("Das liegt vor der Anmeldung."))
    return day
