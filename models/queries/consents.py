"""The consents of a case as the page about them shows them. Reads only."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from peewee import JOIN

from models.queries.case_view import CaseView
from models.queries.consent_states import decision_now
from models.queries.proofs import content_of_upload
from models.rules.consents import PURPOSES, TO_PROVIDERS, Purpose, ends_on, purposes_for, state_on
from models.rules.errors import NotVisible
from models.rules.files import EXTENSIONS
from models.rules.permissions import Block
from models.rules.roles import Role
from models.rules.states import CaseState, ConsentState, MediaType
from models.rules.texts import GERMAN, LANGUAGES
from models.tables import Account, Consent, Upload


@dataclass(frozen=True, slots=True)
class ConsentEntry:
    """One decision as the page shows it; ``scan`` is the end of the address of the signed form."""

    id: int
    state: ConsentState
    on: date
    language: str
    interpreter: str
    guardian: str
    named: str
    who: str
    scan: str


@dataclass(frozen=True, slots=True)
class ConsentLine:
    """A purpose and a recipient: the state today, until when, the decision that holds, and the earlier ones.

    ``recipient`` is None where a provider has to be found first. ``version`` is the id of the decision that holds.
    """

    purpose: Purpose
    label: str
    recipient: int | None
    recipient_name: str
    state: ConsentState
    ends_on: date | None
    current: ConsentEntry | None
    earlier: tuple[ConsentEntry, ...]

    @property
    def version(self) -> int:
        """What a form carries."""
        return self.current.id if self.current else 0

    @property
    def key(self) -> str:
        """Names the line in addresses and ids: "E2-17"."""
        return f"{self.purpose}-{self.recipient}" if self.recipient else str(self.purpose)


def consent_lines(view: CaseView) -> tuple[ConsentLine, ...]:
    """All purposes that this person asks for, with their recipients, in one statement."""
    rows = [row for row in _rows(view.held.case.id) if _is_seen(view, row)]
    return tuple(
        _line(view, purpose, recipient, rows)
        for purpose in purposes_for(view.actor.role, view.blocks)
        for recipient in _recipients(view, purpose, rows)
    )


def consent_line(view: CaseView, purpose: Purpose, recipient: int | None) -> ConsentLine:
    """One of them; NotVisible for none."""
    for line in consent_lines(view):
        if line.purpose == purpose and (line.recipient == recipient or purpose not in TO_PROVIDERS):
            return line
    raise NotVisible


def may_decide(view: CaseView) -> bool:
    """Whether decisions may still be recorded here."""
    return view.held.case.state == CaseState.OPEN and not view.standing.read_only


def _rows(case_id: int) -> Sequence[Any]:
    query = Consent.select(Consent, Account, Upload).join(Account, JOIN.LEFT_OUTER)
    query = query.join_from(Consent, Upload, JOIN.LEFT_OUTER)
    return list(query.where(Consent.case == case_id).order_by(Consent.id.desc()))


def _is_seen(view: CaseView, row: Consent) -> bool:
    """After the acceptance each side keeps its own; E5 is between the person and one organisation."""
    mine = row.organisation_id == view.actor.organisation_id
    if row.purpose == Purpose.E5:
        return row.recipient_id == view.actor.organisation_id
    return mine or Block.SNAPSHOT not in view.blocks or row.purpose in TO_PROVIDERS


def _recipients(view: CaseView, purpose: Purpose, rows: Sequence[Consent]) -> list[int | None]:
    if purpose == Purpose.E5:
        return [view.actor.organisation_id]
    if purpose in TO_PROVIDERS:
        seats = (seat.provider_office for seat in view.held.seats)
        named = (row.recipient_id for row in rows if row.purpose == purpose)
        return list(dict.fromkeys(one for one in (*seats, *named) if one)) or [None]
    kind = Role.COACH if purpose == Purpose.E1 else Role.JOBCENTER
    return [next((office.id for office in view.held.offices.values() if office.kind == kind), None)]


def _line(view: CaseView, purpose: Purpose, recipient: int | None, rows: Sequence[Consent]) -> ConsentLine:
    own = [row for row in rows if row.purpose == purpose and decision_now((row,), purpose, recipient)]
    entries = tuple(_entries(view, own))
    newest = own[0] if own else None
    state = state_on(ConsentState(newest.state), newest.decided_on, view.held.today) if newest else ConsentState.NONE
    until = ends_on(newest.decided_on) if newest and state == ConsentState.GRANTED else None
    name = view.held.office(recipient)
    return ConsentLine(purpose, PURPOSES[purpose], recipient, name, state, until, *_split(entries))


def _split(entries: tuple[ConsentEntry, ...]) -> tuple[ConsentEntry | None, tuple[ConsentEntry, ...]]:
    return (entries[0] if entries else None, entries[1:])


def _entries(view: CaseView, rows: Iterable[Consent]) -> Iterator[ConsentEntry]:
    for row in rows:
        account = row.account.name if row.account_id else ""
        yield ConsentEntry(
            id=row.id,
            state=ConsentState(row.state),
            on=row.decided_on,
            language=language_name(row.language),
            interpreter=row.interpreter,
            guardian=row.guardian,
            named=row.named,
            who=", ".join(filter(None, (account, view.held.office(row.organisation_id)))),
            scan=_scan(view, row),
        )


def _scan(view: CaseView, row: Consent) -> str:
    """The end of the address of the signed form; who has the contact line sees the forms of her own office alone."""
    foreign = Block.CONTACT in view.blocks and row.organisation_id != view.actor.organisation_id
    return "" if foreign or not row.scan_id else f"{row.scan.sha256}.{EXTENSIONS[MediaType(row.scan.media_type)]}"


def language_name(code: str) -> str:
    """The German name of the language of a form; empty for none."""
    return LANGUAGES[code].label if code in LANGUAGES else ""


def languages_to_choose() -> dict[str, str]:
    """German and the languages that forms are printed in, by code."""
    return {GERMAN: LANGUAGES[GERMAN].label} | {code: one.label for code, one in LANGUAGES.items()}


def scan_of(view: CaseView, name: str) -> tuple[bytes, str]:
    """Bytes and kind of a signed form that this person sees, by the end of its address; NotVisible for none."""
    seen = {entry.scan for line in consent_lines(view) for entry in (line.current, *line.earlier) if entry}
    content = content_of_upload(view.held.case.id, name.partition(".")[0]) if name in seen else None
    if content is None:
        raise NotVisible
    return content, next(kind for kind, end in EXTENSIONS.items() if name.endswith(f".{end}"))
