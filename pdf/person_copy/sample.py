"""An invented person's offices, from the texts of the files."""

from datetime import UTC, date, datetime

from models.rules.permissions import Relation, sight
from models.rules.recipients import FORM, Recipient, groups_of
from models.rules.roles import Role
from models.rules.states import ConsentState
from models.rules.texts import TextDocument
from pdf.person_copy.sheet import CopyFacts, PersonCopy, person_copy
from pdf.text_preview.sample import file_text

_DAY = date(2026, 11, 24)
_RELATIONS = (
    (Relation(Role.MUNICIPALITY, own_resident=True), "Gemeinde Tholey", ("Im Kloster 1", "66636 Tholey")),
    (Relation(Role.ASYLBLG, receives_asylblg=True), "Landkreis St. Wendel – AsylbLG-Stelle", ("Tel. 06851 000-2300",)),
    (
        Relation(Role.COACH, coach_reported=True, coach_consent=ConsentState.GRANTED),
        "Landkreis St. Wendel – Beschäftigungscoach",
        ("Tel. 06851 000-2200",),
    ),
    (Relation(Role.AGENTUR, agentur_case=True), "Agentur für Arbeit Saarland", ("Tel. 0681 000-1234",)),
)


def sample(language: str = "prs") -> PersonCopy:
    """The paper in one language."""
    recipients = [
        Recipient(facts.role, name, contact, groups_of(sight(facts, _DAY)), date(2026, 5, 22))
        for facts, name, contact in _RELATIONS
    ]
    recipients.append(Recipient(Role.PROVIDER, "Bildungswerk Bosenberg", (), FORM, date(2026, 11, 20)))
    facts = CopyFacts(
        text=file_text(TextDocument.PERSON_COPY, language),
        number="SWD-2026-00417",
        name="Rahimi, Samira",
        office="Agentur für Arbeit Saarland, Hafenstraße 18, 66111 Saarbrücken, Tel. 0681 000-1234",
        recipients=recipients,
        day="24.11.2026",
        created=datetime(2026, 11, 24, 8, 40, tzinfo=UTC),
    )
    return person_copy(facts)
