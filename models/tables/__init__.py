"""All tables. Columns and constraints, no behaviour."""

from models.tables.case import Answer, Case, CaseStage, ChecklistDefinition, Consent, NumberSeries
from models.tables.course import Course, Enrolment, Provider
from models.tables.handover import Document, DocumentContent, Handover, TakenField
from models.tables.ledger import AccessLog, Anchor, Chain, ChainRegister, ErasureRecord, Event
from models.tables.organisation import Account, LoginSession, Organisation, SigningKey
from models.tables.person import AsylumDecision, Household, MatchKey, Person, ResidenceRecord
from models.tables.reference import Code, ImportBatch, LawEntry

ALL_TABLES = (
    Organisation,
    Account,
    LoginSession,
    SigningKey,
    Household,
    Person,
    MatchKey,
    ResidenceRecord,
    AsylumDecision,
    Case,
    ChecklistDefinition,
    CaseStage,
    Answer,
    Consent,
    NumberSeries,
    Provider,
    Course,
    Enrolment,
    Handover,
    TakenField,
    Document,
    DocumentContent,
    Chain,
    ChainRegister,
    Event,
    Anchor,
    ErasureRecord,
    AccessLog,
    Code,
    LawEntry,
    ImportBatch,
)

__all__ = [
    "ALL_TABLES",
    "AccessLog",
    "Account",
    "Anchor",
    "Answer",
    "AsylumDecision",
    "Case",
    "CaseStage",
    "Chain",
    "ChainRegister",
    "ChecklistDefinition",
    "Code",
    "Consent",
    "Course",
    "Document",
    "DocumentContent",
    "Enrolment",
    "ErasureRecord",
    "Event",
    "Handover",
    "Household",
    "ImportBatch",
    "LawEntry",
    "LoginSession",
    "MatchKey",
    "NumberSeries",
    "Organisation",
    "Person",
    "Provider",
    "ResidenceRecord",
    "SigningKey",
    "TakenField",
]
