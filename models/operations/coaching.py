"""The contact line to the coach, and the end of the coaching (rules.md 13; A19, C22)."""

from datetime import date, datetime

from models.base import db
from models.operations.ledger import claim, record
from models.rules.errors import NotAllowed, RuleBroken, StaleVersion
from models.rules.message import N_, Message
from models.rules.roles import Actor, Role
from models.rules.states import CaseState
from models.rules.times import local_day, stamp
from models.tables import Case


def report_to_coach(case: Case, *, seen_version: int, actor: Actor, now: datetime) -> None:
    """Hand the contact line to the coach: name, municipality, language, phone, who reported when.

    A task of the county (Art. 6 Abs. 1 Buchst. e DSGVO), no consent needed; everything more needs consent E1.
    RuleBroken for people who never belong to the Agentur, for a closed case and where it was reported already.
    """
    if case.municipality_id != actor.organisation_id:
        raise NotAllowed
    if case.legal_sphere != "S3":
        raise RuleBroken(Message(N_("Der Beschäftigungscoach begleitet Menschen im Rechtskreis SGB III.")))
    with db.atomic():
        _claim(case, seen_version)
        today = local_day(now)
        unreported = Case.coach_reported_on.is_null() | Case.coaching_ended_on.is_null(False)
        changed = Case.update(
            coach_reported_on=today,
            coach_reported_by=actor.organisation_id,
            coaching_ended_on=None,
            changed_at=stamp(now),
        ).where(Case.id == case.id, Case.state == CaseState.OPEN, unreported)
        if not changed.execute():
            raise RuleBroken(Message(N_("Der Fall ist schon gemeldet oder abgeschlossen.")))
        data = {"on": today.isoformat(), "from_version": seen_version}
        record(actor, "coach.reported", data, now=now, case_id=case.id)


def end_coaching(case: Case, ended_on: date, *, seen_version: int, actor: Actor, now: datetime) -> None:
    """End the coaching; from now on the coach does not see the case. RuleBroken for a day before it began or ahead."""
    if actor.role != Role.COACH:
        raise NotAllowed
    if ended_on > local_day(now):
        raise _at_day(N_("Das Datum liegt in der Zukunft."))
    if case.coach_reported_on and ended_on < case.coach_reported_on:
        raise _at_day(N_("Das Coaching kann nicht enden, bevor es gemeldet wurde."))
    with db.atomic():
        _claim(case, seen_version)
        Case.update(coaching_ended_on=ended_on, changed_at=stamp(now)).where(Case.id == case.id).execute()
        data = {"on": ended_on.isoformat(), "from_version": seen_version}
        record(actor, "coach.ended", data, now=now, case_id=case.id)


def _claim(case: Case, seen_version: int) -> None:
    if not claim(Case, case.id, seen_version):
        raise StaleVersion


def _at_day(text: str) -> RuleBroken:
    return RuleBroken(Message(text), {"ended_on": Message(text)})
