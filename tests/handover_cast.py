"""A case that is ready to be handed over, people who can sign, and the two steps with real signatures."""

from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from cryptography import x509  # noqa: F401

from models.base import db
from models.operations.documents import IssuedFile
from models.queries import accounts
from models.queries.dossier import dossier
from models.queries.sheet import Draft, draft_of
from models.rules.roles import Actor, Role
from models.rules.sheet.release import release_from
from models.rules.states import AnswerState
from models.rules.times import local_day, stamp
from models.tables import Answer, AsylumDecision, Case, Handover, Organisation, Person, ResidenceRecord
from pdf.signatures.authority import create_authority
from pdf.signatures.personal import issue_key
from pdf.transfer_sheet.issue import Place, countersign_and_accept, issue_and_send, shown_digest
from tests.cast import make_case, member_of
from tests.moments import NOW

PIN = "246810"
ISSUED = datetime(2026, 1, 5, 8, 0, tzinfo=UTC)
PERSON = {
    "country_of_birth": "AFG",
    "place_of_birth": "Herat",
    "marital_status": "LD",
    "mother_tongue": "prs",
    "interpreter_needed": True,
    "phone": "0151 0000000",
    "street": "Musterstraße 4",
    "postcode": "66636",
    "town": "Tholey",
    "accommodation": "GW",
    "children_in_household": 0,
    "azr_number": "123456789012",
    "customer_number": "123A456789",
    "arrived_on": date(2026, 5, 20),
}
ANSWERS: dict[str, dict[str, Any]] = {
    "A06": {"registered_on": "2026-05-18"},
    "A10": {"adults": 1, "children": 0},
    "A32": {"entered_on": "2026-05-02"},
    "B02": {"held_on": "2026-10-02", "place": "AGENTUR", "way": "PERSON"},
    "B07": {"years": 12, "certificate": "4", "country": "AFG", "year": 2012, "proof": "TRANSLATED"},
    "B08": {"certificate": "2", "title_german": "Pharmazie, Bachelor", "country": "AFG", "proof": "TRANSLATED"},
    "B09": {"entries": "1", "occupation_1": "Apothekenangestellte", "kldb_1": "81", "level_1": "2", "country_1": "AFG"},
    "B10": {
        "listening": "A2", "reading": "A2", "writing": "A1", "speaking": "A2",
        "proof": "EINSTUFUNG", "proved_on": "2026-09-28",
    },
    "B11": {"languages": ["eng", "fra"]},
    "B12": {"literacy": "LAT"},
    "B14": {"strengths": "genau\nfreundlich\nlernt schnell"},
    "B15": {"target_1": "Pharmazeutisch-technische Assistentin"},
    "B16": {"circumstances": ["WOHN", "MOB"], "effect": "kein ruhiger Platz zum Lernen\nBus nur alle zwei Stunden"},
    "B18": {"restriction": "J", "effects": [], "report": "no"},
    "B25": {"outcome": "REFUSED", "reason": "möchte erst den Kurs beginnen"},
    "B38": {
        "entries": "1", "step_1": "RECOGNITION", "detail_1": "Pharmaziestudium", "who_1": "PERSON",
        "until_1": "2026-12-15", "state_1": "RUNNING",
    },
    "U03": {"state": "APPLIED", "applied_on": "2026-11-16"},
    "U08": {"current": True},
}  # fmt: skip


def ready_case(**person: Any) -> tuple[Case, Handover]:
    """A recognised person with every answer that the sheet needs, and the draft of the handover."""
    case = make_case(**(PERSON | person))
    agentur, tholey = (Organisation.get(Organisation.key == key) for key in ("agentur", "tholey"))
    with db.atomic():
        ResidenceRecord.create(
            person=case.person_id, code="AGS", valid_to=date(2027, 5, 17), work_note="ET2", seen_on=date(2026, 5, 20),
            organisation=tholey, recorded_at=stamp(NOW),
        )  # fmt: skip
        AsylumDecision.create(
            person=case.person_id, code="GFK", decided_on=date(2026, 11, 10), served_on=date(2026, 11, 14),
            action_pending=False, organisation=agentur, recorded_at=stamp(NOW),
        )  # fmt: skip
        for item, values in ANSWERS.items():
            answer(case, item, values, agentur)
    return case, draft(case)


def answer(case: Case, item: str, values: dict[str, Any], organisation: Organisation, **more: Any) -> None:
    """Store an answer as it stands."""
    Answer.create(
        case=case.id, item=item, values=values, organisation=organisation,
        **{"state": AnswerState.DONE, "answered_at": stamp(NOW)} | more,
    )  # fmt: skip


def draft(case: Case, **changes: Any) -> Handover:
    """The draft that recording the service of the decision makes."""
    offices = {
        row.kind: row for row in Organisation.select().where(Organisation.kind.in_([Role.AGENTUR, Role.JOBCENTER]))
    }
    values = {
        "reference": f"{case.number}-1", "case": case.id, "number": 1, "sender": offices[Role.AGENTUR],
        "receiver": offices[Role.JOBCENTER], "decision_code": "GFK", "served_on": date(2026, 11, 14),
        "recorded_on": date(2026, 11, 16), "asylblg_until": date(2026, 11, 30), "proposed_on": date(2026, 12, 1),
        "change_on": date(2026, 12, 1), "application_latest": date(2026, 12, 31),
        "legal_basis": "§ 1 Abs. 3 Satz 1 AsylbLG, § 25 Abs. 2 Satz 3 AufenthG", "due_on": date(2026, 11, 23),
    }  # fmt: skip
    return Handover.create(**(values | changes))


def released(handover: Handover, **changes: Any) -> Handover:
    """The draft with the decisions that the sender makes before sending."""
    values = {
        "released": release_from({}).to_data(),
        "informed_on": date(2026, 11, 20),
        "gap_reasons": {},
        "version": handover.version,
    }
    Handover.update(**(values | changes)).where(Handover.id == handover.id).execute()
    return Handover.get_by_id(handover.id)


def place(folder: Path, watermark: bool = False) -> Place:
    """An installation with an authority."""
    if not (folder / "pki").exists():
        create_authority(folder / "pki", "Prüfstelle", ISSUED)
    return Place(folder / "pki", folder / "pepper.key", "http://staffelstab.test", watermark)


def signing(key: str, where: Place, pin: str = PIN) -> Actor:
    """The person who works for that organisation, with a signing key."""
    actor = member_of(key)
    account = accounts.account_by_id(actor.account_id)
    issue_key(account, pin, where.pki, where.pepper, actor=actor, now=ISSUED)
    return actor


def collected(handover: Handover, now: datetime = NOW) -> Draft:
    """The draft as a page collects it."""
    row = Handover.get_by_id(handover.id)
    case = Case.select(Case, Person).join(Person).where(Case.id == row.case_id).get()
    return draft_of(dossier(case, local_day(now)), row, release_from(row.released))


def send(handover: Handover, where: Place, actor: Actor, now: datetime = NOW, pin: str = PIN) -> Handover:
    """Sign and transmit a prepared draft."""
    draft = collected(handover, now)
    digest = shown_digest(draft, actor=actor, now=now)
    issue_and_send(draft, pin, digest, where, seen_version=draft.handover.version, actor=actor, now=now)
    return Handover.get_by_id(handover.id)


def accept(handover: Handover, where: Place, actor: Actor, now: datetime = NOW, pin: str = PIN) -> Handover:
    """Countersign a sheet whose receipt is confirmed."""
    row = Handover.get_by_id(handover.id)
    countersign_and_accept(
        row, pin, where, checked=True, first_talk_on=None, seen_version=row.version, actor=actor, now=now
    )
    return Handover.get_by_id(handover.id)


__all__ = ["IssuedFile", "accept", "answer", "collected", "draft", "place", "ready_case", "released", "send", "signing"]
