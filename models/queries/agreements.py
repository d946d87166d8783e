"""The agreement of first steps as its page shows it: the draft, the one that holds, the earlier ones. Reads only."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from peewee import JOIN

from models.queries.appointments import AppointmentLine, appointments_for
from models.queries.case_view import CaseView
from models.queries.documents import content_of
from models.rules.agreements import AgreementState, NextTalk, TalkSaid
from models.rules.appointments import place_words
from models.rules.errors import NotAllowed, NotVisible
from models.rules.files import EXTENSIONS
from models.rules.permissions import Block
from models.rules.roles import Role
from models.rules.states import CaseState, MediaType
from models.tables import Account, Agreement, AgreementStep, Document, Upload, UploadContent


class Talk(NamedTuple):
    """The next appointment of a version: ``words`` as signed or, of a draft, as they stand now, then with ``said``.

    ``line`` is the appointment that holds today, also after it was moved (``is_moved``); None for a new one of a draft
    and for words from before appointments stood behind them.
    """

    words: str
    said: TalkSaid | None
    line: AppointmentLine | None
    is_moved: bool


@dataclass(frozen=True, slots=True)
class AgreementPage:
    """All versions of a case with their steps; ``current`` holds, ``draft`` is being written.

    ``talks``: what each version says of the next appointment, and what became of it.
    ``whole``: with goal, services and files; whoever else sees the steps sees no more (consent E1 names nothing else).
    """

    draft: Agreement | None
    current: Agreement | None
    earlier: tuple[Agreement, ...]
    steps: dict[int, tuple[AgreementStep, ...]]
    talks: dict[int, Talk]
    ahead: tuple[AppointmentLine, ...]
    may_write: bool
    whole: bool


def agreement_page(view: CaseView) -> AgreementPage:
    """The agreements of a case in three statements; NotAllowed for whom agreed steps are none of her business.

    The Agentur goes on seeing what it agreed after it gave the case away (case_model: who sees what).
    """
    whole = view.actor.role == Role.AGENTUR
    if Block.STEPS not in view.blocks and not (whole and Block.OWN_ENTRIES in view.blocks):
        raise NotAllowed
    rows = _versions(view)
    closed = [row for row in rows if row.state != AgreementState.DRAFT]
    current = next((row for row in closed if row.replaced_by_id is None), None)
    lines = {line.id: line for line in appointments_for(view)} if whole else {}
    return AgreementPage(
        draft=next((row for row in rows if row.state == AgreementState.DRAFT), None),
        current=current,
        earlier=tuple(row for row in closed if row is not current),
        steps=_steps(rows),
        talks={row.id: talk for row in rows if (talk := _talk(row, lines)) is not None} if whole else {},
        ahead=_ahead(view, lines.values()),
        may_write=may_write(view),
        whole=whole,
    )


def _ahead(view: CaseView, lines: Iterable[AppointmentLine]) -> tuple[AppointmentLine, ...]:
    """The own organisation's appointments that an agreement may name, the nearest first."""
    mine = (line for line in lines if line.mine and line.is_planned and line.slot.on >= view.held.today)
    return tuple(sorted(mine, key=lambda line: (line.slot.on, line.slot.begins)))


def _talk(row: Agreement, lines: Mapping[int, AppointmentLine]) -> Talk | None:
    named = lines.get(row.appointment_id)
    said = (said_of(named) if named else talk_of(row).said) if row.state == AgreementState.DRAFT else None
    words = said.words if said else row.next_said
    if not words:
        return None
    now = named
    while now is not None and now.successor in lines:
        now = lines[now.successor]
    return Talk(words, said, now, now is not named)


def said_of(line: AppointmentLine) -> TalkSaid:
    """What an agreement says of an appointment that stands."""
    return TalkSaid(line.slot.on, line.slot.begins, place_words(line.way, line.site, line.place))


def talk_of(row: Agreement) -> NextTalk:
    """The next appointment as a draft names it."""
    return NextTalk(row.appointment_id, row.next_on, row.next_begins, row.next_site, row.next_where)


def may_write(view: CaseView) -> bool:
    """Whether this person writes and closes agreements here: the counsellor, while the case is hers."""
    is_hers = view.actor.role == Role.AGENTUR and not view.standing.read_only
    return is_hers and view.held.case.state == CaseState.OPEN


def _versions(view: CaseView) -> Sequence[Any]:
    """The newest first; a draft and what was replaced are seen by who writes them."""
    shown = (Agreement, Account.name, Document.id, Document.signatures, Upload.id, Upload.sha256, Upload.media_type)
    query = Agreement.select(*shown).join(Account, JOIN.LEFT_OUTER)
    query = query.join_from(Agreement, Document, JOIN.LEFT_OUTER).join_from(Agreement, Upload, JOIN.LEFT_OUTER)
    query = query.where(Agreement.case == view.held.case.id)
    if view.actor.role != Role.AGENTUR:
        query = query.where(Agreement.state == AgreementState.AGREED, Agreement.replaced_by.is_null())
    return list(query.order_by(Agreement.number.desc()))


def _steps(rows: Sequence[Agreement]) -> dict[int, tuple[AgreementStep, ...]]:
    found: dict[int, list[AgreementStep]] = {row.id: [] for row in rows}
    query = AgreementStep.select().where(AgreementStep.agreement.in_(list(found)))
    for step in query.order_by(AgreementStep.position):
        found[step.agreement_id].append(step)
    return {number: tuple(steps) for number, steps in found.items()}


def agreement_file(view: CaseView, number: int) -> bytes:
    """The stored paper of a closed version; NotVisible for none, NotAllowed for who sees the steps alone."""
    page = _whole_page(view)
    for row in filter(None, (page.current, *page.earlier)):
        if row.number == number and row.document_id:
            return content_of(row.document_id)
    raise NotVisible


def _whole_page(view: CaseView) -> AgreementPage:
    page = agreement_page(view)
    if not page.whole:
        raise NotAllowed
    return page


def scan_name(row: Agreement) -> str:
    """The end of the address of the signed paper; empty for none."""
    return f"{row.scan.sha256}.{EXTENSIONS[MediaType(row.scan.media_type)]}" if row.scan_id else ""


def agreement_scan(view: CaseView, name: str) -> tuple[bytes, str]:
    """Bytes and kind of a signed paper; NotVisible for none, NotAllowed for who sees the steps alone."""
    page = _whole_page(view)
    for row in filter(None, (page.current, *page.earlier)):
        if row.scan_id and scan_name(row) == name:
            return bytes(UploadContent.get_by_id(row.scan_id).content), row.scan.media_type
    raise NotVisible


def step_of(view: CaseView, step_id: int) -> AgreementStep:
    """A step of the agreement that holds; NotVisible for any other."""
    page = agreement_page(view)
    for step in page.steps[page.current.id] if page.current else ():
        if step.id == step_id:
            return step
    raise NotVisible
