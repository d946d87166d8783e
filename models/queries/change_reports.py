"""Change reports as pages show them: of a case within what somebody sees, and those of the own municipality."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

from peewee import JOIN

from models.queries.case_view import CaseView
from models.queries.code_names import code_names, named
from models.queries.reported import Reported
from models.rules.change_reports import (
    CODED,
    DESTINATIONS,
    KINDS,
    STATES,
    Circumstances,
    ReportAct,
    acts_on,
    is_undecided,
    outcome_of,
    readable,
)
from models.rules.errors import NotVisible
from models.rules.message import N_, Message
from models.rules.permissions import Block
from models.rules.roles import Actor, Role
from models.rules.states import CaseState, ChangeKind, ConsentState, ReportState
from models.rules.timeline import OUTCOMES
from models.rules.times import from_stamp, german_date, local_day
from models.seed.arrivals_data import arrival_words
from models.tables import Case, ChangeReport, Organisation, Person

PAGE = 25


@dataclass(frozen=True, slots=True)
class ReportLine:
    """A report as somebody reads it: what, its parts as labels and values, what became of it, what she may do now."""

    id: int
    version: int
    title: str
    on_day: date
    parts: tuple[tuple[str, str], ...]
    child: str
    by: str
    reported_on: date
    state: str
    is_open: bool
    steps: tuple[Message, ...]
    acts: frozenset[ReportAct]
    consequence: Message | None = None


def reports_of(view: CaseView) -> tuple[ReportLine, ...]:
    """The reports about a case that this person may read, the newest first."""
    found = []
    for report in reversed(view.held.reports):
        data = readable(report.data, ChangeKind(report.kind), view.blocks)
        if data is not None:
            found.append(_line(view, report, data))
    return tuple(found)


def _line(view: CaseView, report: Reported, data: Mapping[str, Any]) -> ReportLine:
    actor, case = view.actor, view.held.case
    acts = acts_on(report, actor.role, actor.organisation_id, case)
    return ReportLine(
        id=report.id,
        version=report.version,
        title=KINDS[ChangeKind(report.kind)],
        on_day=report.on_day,
        parts=tuple((label, value) for label, value in _parts(view, report, data) if value),
        child=data.get("child", ""),
        by=view.held.office(report.organisation_id),
        reported_on=_day(report.reported_at),
        state=STATES[ReportState(report.state)],
        is_open=report.is_open,
        steps=tuple(_steps(view, report)),
        acts=acts,
        consequence=_consequence(report) if ReportAct.CONFIRM in acts else None,
    )


def _consequence(report: Reported) -> Message | None:
    """What a confirmation leads to, where that is more than a word."""
    if report.kind != ChangeKind.LEFT:
        return None
    outcome = OUTCOMES[outcome_of(report.data)]
    return Message(N_("Mit der Bestätigung ist der Fall abgeschlossen: {outcome}."), outcome=outcome)


def _parts(view: CaseView, report: Reported, data: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    if report.kind == ChangeKind.MOVED_ON:
        yield N_("neue Gemeinde"), view.held.office(report.home_id)
    place = f"{data.get('postcode', '')} {data.get('town', '')}".strip()
    yield N_("Anschrift"), ", ".join(filter(None, (data.get("street", ""), place)))
    yield N_("Unterkunft"), named("accommodation", [data.get("accommodation", "")])
    yield N_("wohin"), DESTINATIONS[data["destination"]][0] if "destination" in data else ""
    yield N_("Ort oder Land"), data.get("place", "")
    yield N_("Kind"), " ".join(filter(None, (data.get("given_name", ""), data.get("family_name", ""))))
    yield N_("Telefon"), data.get("phone", "")
    since = data.get("unreachable_since")
    yield N_("nicht erreichbar seit"), german_date(date.fromisoformat(since)) if since else ""
    yield N_("erreichbar über"), data.get("contact", "")


def _steps(view: CaseView, report: Reported) -> Iterator[Message]:
    """What happened next, the first thing first."""
    found = []
    office = view.held.office
    if report.noted_at:
        found.append((report.noted_at, N_("zur Kenntnis genommen"), office(report.noted_by_id)))
    if report.coach_noted_at:
        found.append((report.coach_noted_at, N_("zur Kenntnis genommen"), _named(view, Role.COACH)))
    if report.asylblg_noted_at:
        found.append((report.asylblg_noted_at, N_("zur Kenntnis genommen"), _named(view, Role.ASYLBLG)))
    if report.settled_at:
        found.append((report.settled_at, STATES[ReportState(report.state)], office(report.settled_by_id)))
    for at, what, who in sorted(found):
        yield Message(N_("{day}: {what}, {who}"), day=german_date(_day(at)), what=what, who=who)
    if report.reason:
        yield Message(N_("Grund: {reason}"), reason=report.reason)


def _named(view: CaseView, kind: Role) -> str:
    """The name of the one organisation of this kind."""
    return next((office.name for office in view.held.offices.values() if office.kind == kind), "")


def _day(at: str) -> date:
    return local_day(from_stamp(at))


def arrival_news(view: CaseView) -> tuple[Message, ...]:
    """What became of the report of the arrival, from facts of the case; for the municipality alone."""
    if Block.RESPONSIBLE not in view.blocks or view.actor.role != Role.MUNICIPALITY:
        return ()
    return tuple(_arrival_news(view))


def _arrival_news(view: CaseView) -> Iterator[Message]:
    case = view.held.case
    words = {"office": view.held.office(case.responsible_id)}
    if case.accepted_on:
        yield Message(N_("{office} hat den Fall am {day} übernommen."), **words, day=german_date(case.accepted_on))
    elif case.first_contact_on:
        yield Message(N_("{office}: erster Kontakt am {day}."), **words, day=german_date(case.first_contact_on))
    else:
        yield Message(N_("{office}: noch kein Kontakt."), **words)
    if case.coach_reported_on:
        met = case.coach_consent != ConsentState.NONE
        text = N_("{office}: hat Kontakt aufgenommen.") if met else N_("{office}: noch kein Kontakt.")
        yield Message(text, office=_named(view, Role.COACH))


def circumstances_of(view: CaseView) -> Circumstances:
    """What the rule of reports must know of a case."""
    held, person = view.held, view.held.person
    home = held.offices.get(held.case.municipality_id or 0)
    towns = {town.key: town.postcodes for town in arrival_words().municipalities.values()}
    contact = {"phone": person.phone, "unreachable_since": person.unreachable_since}
    codes = {name: code_names(name) for name in CODED.values()}
    return Circumstances(held.today, person.date_of_birth, home.key if home else "", towns, contact, codes)


def report_of(view: CaseView, report_id: int) -> ChangeReport:
    """One report that this person may read; NotVisible for any other."""
    found = next((row for row in view.held.reports if row.id == report_id), None)
    if found is None or readable(found.data, ChangeKind(found.kind), view.blocks) is None:
        raise NotVisible
    report: ChangeReport = ChangeReport.get_by_id(report_id)
    return report


class OwnReport(NamedTuple):
    """A report of the own municipality. ``name`` is empty where she does not live there any more."""

    id: int
    version: int
    kind: str
    on_day: date
    reported_at: str
    state: str
    reason: str
    home: str
    number: str
    name: str
    may_withdraw: bool

    @property
    def title(self) -> str:
        """The kind in German."""
        return KINDS[ChangeKind(self.kind)]


def own_reports(actor: Actor, page: int) -> tuple[list[OwnReport], bool]:
    """A page of what this municipality reported, the newest first, and whether there is more.

    Also of people who moved on: then the number of the case alone, because the sight of it went along.
    """
    query = (
        ChangeReport.select(
            ChangeReport.id, ChangeReport.version, ChangeReport.kind, ChangeReport.on_day, ChangeReport.reported_at,
            ChangeReport.state, ChangeReport.reason, Organisation.name, Case.number, Case.state, Case.municipality,
            Person.family_name, Person.given_name,
        )
        .join(Case)
        .join(Person)
        .join_from(ChangeReport, Organisation, JOIN.LEFT_OUTER, on=ChangeReport.home == Organisation.id)
        .where(ChangeReport.organisation == actor.organisation_id)
        .order_by(ChangeReport.reported_at.desc(), ChangeReport.id.desc())
    )  # fmt: skip
    rows = list(query.limit(PAGE + 1).offset((page - 1) * PAGE).tuples())
    return [_own(actor, row) for row in rows[:PAGE]], len(rows) > PAGE


def _own(actor: Actor, row: tuple[Any, ...]) -> OwnReport:
    *head, state, reason, home, number, case_state, lives, family, given = row
    is_open = state == ReportState.REPORTED
    said = STATES[ReportState(state)]
    if is_open and case_state == CaseState.CLOSED:
        said = N_("Fall abgeschlossen")
    name = f"{family}, {given}" if lives == actor.organisation_id else ""
    may = is_undecided(head[2], state) and case_state == CaseState.OPEN
    return OwnReport(*head, said, reason, home or "", number, name, may)


def own_report(actor: Actor, report_id: int) -> ChangeReport:
    """One report of the own municipality; NotVisible for any other."""
    own = (ChangeReport.id == report_id) & (ChangeReport.organisation == actor.organisation_id)
    report: ChangeReport | None = ChangeReport.get_or_none(own)
    if report is None:
        raise NotVisible
    return report
