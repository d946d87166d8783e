"""What happens to a handover, each step at its moment in the past and with real signatures."""

import json
from collections.abc import Mapping
from datetime import date, datetime, timedelta

from demo.entering import biography, common, enter
from demo.people import PIN
from demo.training import Told
from models.operations import handover_answers, handovers
from models.operations.handovers import Preparation
from models.operations.residence import record_decision
from models.queries.sheet import Draft, draft_of
from models.rules.law.workdays import last_working_day_before
from models.rules.residence_entries import DecisionEntry
from models.rules.roles import Actor
from models.rules.sheet.lines import empty, parts_of
from models.rules.sheet.release import MINIMUM, Release, release_from
from models.rules.times import local_day
from models.tables import Handover
from pdf.transfer_sheet.issue import countersign_and_accept, issue_and_send, shown_digest

RELEASED = Release(MINIMUM.letters | frozenset("GJOP"))
"""What the invented clerk releases: everything but the section about circumstances (L)."""
NO_VALUE = "liegt der Agentur nicht vor, wird im Erstgespräch geklärt"


def decide(told: Told, code: str, now: datetime, served: int = 2, *, action: bool = False, by: str = "agentur") -> None:
    """Record a decision of the BAMF that was served some days before; the draft of the handover follows."""
    served_on = last_working_day_before(local_day(now) - timedelta(days=served - 1))
    told.days["served"] = served_on
    entry = DecisionEntry(
        code=code, decided_on=served_on - timedelta(days=4), served_on=served_on, action_pending=action
    )
    case = told.case()
    record_decision(case, entry, seen_version=case.version, actor=told.training.clerks[by], now=now)


def complete(told: Told, now: datetime) -> None:
    """What the Agentur answers in the list of the handover before sending."""
    texts = {**common("handover"), **biography(told.biography)}
    enter(told, texts, told.training.clerks["agentur"], now, (code for code in texts if code[0] == "U"))


def answer(told: Told, code: str, texts: Mapping[str, str], now: datetime) -> None:
    """The Agentur answers one item of the list."""
    enter(told, {code: texts}, told.training.clerks["agentur"], now)


def prepare(told: Told, now: datetime) -> None:
    """Decide on the release and inform the person; gaps that remain get their printed reason."""
    row = _latest(told)
    _save_preparation(told, row, {}, now)
    gaps = _draft(told, now).gaps
    if gaps:
        _save_preparation(told, _latest(told), {gap.code: NO_VALUE for gap in gaps}, now)


def _save_preparation(told: Told, row: Handover, reasons: dict[str, str], now: datetime) -> None:
    preparation = Preparation(RELEASED.to_data(), reasons, local_day(now), row.change_on, row.override_reason)
    handovers.save_preparation(row, preparation, seen_version=row.version, actor=_agentur(told), now=now)


def send(told: Told, now: datetime) -> None:
    """Sign with the PIN and transmit."""
    draft, actor, place = _draft(told, now), _agentur(told), told.training.place
    digest = shown_digest(draft, actor=actor, now=now)
    issue_and_send(draft, PIN, digest, place, seen_version=draft.handover.version, actor=actor, now=now)


def note_copy(told: Told, now: datetime) -> None:
    """The person got a copy."""
    row = _latest(told)
    handovers.note_copy_given(row, local_day(now), seen_version=row.version, actor=_agentur(told), now=now)


def receive(told: Told, now: datetime) -> None:
    """The Jobcenter confirms receipt."""
    row = _latest(told)
    handover_answers.confirm_receipt(row, seen_version=row.version, actor=_jobcenter(told), now=now)


def accept(told: Told, now: datetime, first_talk_on: date | None = None) -> None:
    """The Jobcenter countersigns and takes the case over."""
    row = _latest(told)
    countersign_and_accept(
        row,
        PIN,
        told.training.place,
        checked=True,
        first_talk_on=first_talk_on,
        seen_version=row.version,
        actor=_jobcenter(told),
        now=now,
    )


def ask_back(told: Told, fields: tuple[str, ...], explanation: str, now: datetime) -> None:
    """The Jobcenter returns the sheet and asks for empty fields of it, named by their addresses."""
    row = _latest(told)
    labels = dict(empty(parts_of(json.loads(row.snapshot)["sections"])))
    asked = [handover_answers.Query(field, labels[field]) for field in fields]
    actor = _jobcenter(told)
    handover_answers.return_handover(row, asked, explanation, seen_version=row.version, actor=actor, now=now)


def reject(told: Told, reason: str, now: datetime) -> None:
    """The Jobcenter refuses the sheet."""
    row = _latest(told)
    handover_answers.reject_handover(row, reason, seen_version=row.version, actor=_jobcenter(told), now=now)


def withdraw(told: Told, reason: str, now: datetime) -> None:
    """The Agentur takes the sheet back."""
    row = _latest(told)
    handovers.withdraw_handover(row, reason, seen_version=row.version, actor=_agentur(told), now=now)


def renew(told: Told, now: datetime) -> None:
    """The Agentur begins a new version."""
    row = _latest(told)
    handovers.begin_new_version(row, seen_version=row.version, actor=_agentur(told), now=now)


def _latest(told: Told) -> Handover:
    row: Handover = Handover.select().where(Handover.case == told.case_id).order_by(Handover.number.desc()).get()
    return row


def _draft(told: Told, now: datetime) -> Draft:
    row = _latest(told)
    return draft_of(told.held(local_day(now)), row, release_from(row.released))


def _agentur(told: Told) -> Actor:
    return told.training.clerks["agentur"]


def _jobcenter(told: Told) -> Actor:
    return told.training.clerks["jobcenter"]
