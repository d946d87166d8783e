"""What becomes of a change report: confirmed or refused, taken notice of, withdrawn."""

from datetime import datetime

from models.base import db
from models.operations.cases import close_case
from models.operations.ledger import claim, hold_case, record
from models.operations.moves import move_back
from models.rules.change_reports import ReportAct, acts_on, outcome_of
from models.rules.errors import NotAllowed, NotVisible, RuleBroken, StaleVersion
from models.rules.message import N_, Message
from models.rules.roles import Actor, Role
from models.rules.states import CaseState, ChangeKind, ReportState
from models.rules.times import stamp
from models.tables import Case, ChangeReport, Person

_KINDS = {
    ReportAct.CONFIRM: "report.confirmed",
    ReportAct.REFUSE: "report.refused",
    ReportAct.NOTE: "report.noted",
    ReportAct.WITHDRAW: "report.withdrawn",
}
_STATES = {
    ReportAct.CONFIRM: ReportState.CONFIRMED,
    ReportAct.REFUSE: ReportState.REFUSED,
    ReportAct.WITHDRAW: ReportState.WITHDRAWN,
}
_OWN_NOTICE = {Role.COACH: "coach_noted_at", Role.ASYLBLG: "asylblg_noted_at"}
"""Who takes notice for herself; the report is not confirmed by it."""
LONGEST_REASON = 500


def answer_report(
    report: ChangeReport, act: ReportAct, *, seen_version: int, actor: Actor, now: datetime, reason: str = ""
) -> None:
    """Confirm, refuse or withdraw a report, or take notice of it.

    A departure that is confirmed closes the case with its outcome; a move that is refused or withdrawn gives person and
    sight back to where she lived. StaleVersion for a double click, NotAllowed for whose turn it is not, RuleBroken for
    a refusal without a reason, in a closed case, and where a handover under way holds the case open.
    """
    if act == ReportAct.REFUSE and not reason.strip():
        sentence = Message(N_("Bitte einen Grund angeben."))
        raise RuleBroken(sentence, {"reason": sentence})
    with db.atomic():
        if not claim(ChangeReport, report.id, seen_version):
            raise StaleVersion(Message(N_("Die Meldung wurde inzwischen beantwortet oder zurückgenommen.")))
        row, case = ChangeReport.get_by_id(report.id), _locked(report.case_id)
        if case.state != CaseState.OPEN:
            raise RuleBroken(Message(N_("Der Fall ist abgeschlossen.")))
        if act not in acts_on(row, actor.role, actor.organisation_id, case):
            raise NotAllowed
        values = _note(row, actor, now) if act == ReportAct.NOTE else _settle(act, reason, actor, now)
        ChangeReport.update(**values).where(ChangeReport.id == row.id).execute()
        home: dict[str, object] = {}
        if row.kind == ChangeKind.MOVED_ON and act in (ReportAct.REFUSE, ReportAct.WITHDRAW):
            _give_back(row, case, actor, now)
            home = {"municipality": row.data["before"].get("municipality")}
        data = {"report": row.id, "change": row.kind, "reason": reason.strip(), "from_version": seen_version, **home}
        record(actor, _KINDS[act], data, now=now, case_id=case.id)
        if row.kind == ChangeKind.LEFT and act == ReportAct.CONFIRM:
            how = {"seen_version": case.version, "actor": actor, "now": now}
            close_case(case, outcome_of(row.data), row.on_day, **how, note=str(Message(LEFT)))


LEFT = N_("Wegzug, von der Gemeinde gemeldet")


def _locked(case_id: int) -> Case:
    """The case with its person, taken by this transaction alone."""
    hold_case(case_id)
    case: Case | None = Case.select(Case, Person).join(Person).where(Case.id == case_id).first()
    if case is None:
        raise NotVisible
    return case


def _note(report: ChangeReport, actor: Actor, now: datetime) -> dict[str, object]:
    if actor.role in _OWN_NOTICE:
        return {_OWN_NOTICE[actor.role]: stamp(now)}
    noted = {"noted_at": stamp(now), "noted_by": actor.organisation_id}
    return noted if report.kind == ChangeKind.MOVED_ON else noted | {"state": ReportState.CONFIRMED}


def _settle(act: ReportAct, reason: str, actor: Actor, now: datetime) -> dict[str, object]:
    settled = {"settled_by": actor.organisation_id, "settled_at": stamp(now)}
    return settled | {"state": _STATES[act], "reason": reason.strip()[:LONGEST_REASON]}


def _give_back(report: ChangeReport, case: Case, actor: Actor, now: datetime) -> None:
    if case.municipality_id != report.home_id:
        raise RuleBroken(Message(N_("Die Person ist inzwischen weitergezogen. Die Meldung bleibt stehen.")))
    move_back(case.person, report.data["before"], actor=actor, now=now)
