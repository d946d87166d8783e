"""Who may do what, and who sees what of a case. Two tables and two pure functions; everything else asks them.

Source: case_model, "Who sees what". Deny by default: what is not named is not allowed.
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from models.rules.roles import Role
from models.rules.states import ConsentState, ListKey


class Permission(StrEnum):
    """Kinds of act. Every route declares one."""

    OWN_ACCOUNT = "own_account"
    DAY_VIEW = "day_view"
    DIRECTORY = "directory"
    ANNOUNCEMENT_VIEW = "announcement_view"
    ANNOUNCE = "announce"
    CASE_VIEW = "case_view"
    PERSON_CREATE = "person_create"
    PERSON_EDIT = "person_edit"
    ARRIVALS_IMPORT = "arrivals_import"
    ITEM_ANSWER = "item_answer"
    STAGE_FINISH = "stage_finish"
    RESIDENCE_EDIT = "residence_edit"
    SERVICE_RECORD = "service_record"
    CASE_CLOSE = "case_close"
    FOLLOW_UP = "follow_up"
    CONSENT = "consent"
    COMPETENCES = "competences"
    AGREEMENT = "agreement"
    PERSON_COPY = "person_copy"
    COURSE_VIEW = "course_view"
    COURSE_EDIT = "course_edit"
    COURSE_RESERVE = "course_reserve"
    ENROLMENT_FORM = "enrolment_form"
    PATH_ANSWER = "path_answer"
    ENROLMENT_VIEW = "enrolment_view"
    ENROLMENT_ANSWER = "enrolment_answer"
    HANDOVER_VIEW = "handover_view"
    HANDOVER_SEND = "handover_send"
    HANDOVER_RECEIVE = "handover_receive"
    TRANSFER_REQUEST = "transfer_request"
    TRANSFER_ANSWER = "transfer_answer"
    APPOINTMENT_VIEW = "appointment_view"
    APPOINTMENT_EDIT = "appointment_edit"
    GROUP_EVENT_VIEW = "group_event_view"
    GROUP_EVENT_EDIT = "group_event_edit"
    CASE_NOTE = "case_note"
    COACH_REPORT = "coach_report"
    CHANGE_REPORT = "change_report"
    CHANGE_ANSWER = "change_answer"
    QUESTION = "question"
    COACH_LIST_PRINT = "coach_list_print"
    CHECKLIST_PRINT = "checklist_print"
    DOCUMENT_VERIFY = "document_verify"
    ACCOUNT_MANAGE = "account_manage"
    DEFINITION_EDIT = "definition_edit"
    LAW_MANAGE = "law_manage"
    TEXT_EDIT = "text_edit"
    LAW_VIEW = "law_view"
    LOG_VIEW = "log_view"
    FIGURES_VIEW = "figures_view"
    MEETING_VIEW = "meeting_view"
    MEETING_EDIT = "meeting_edit"
    CASE_CONFERENCE = "case_conference"


_EVERYBODY = frozenset(
    {
        Permission.OWN_ACCOUNT,
        Permission.DAY_VIEW,
        Permission.DIRECTORY,
        Permission.ANNOUNCEMENT_VIEW,
        Permission.DOCUMENT_VERIFY,
    }
)
_WORKGROUP = frozenset({Permission.MEETING_VIEW})
_CASE_WORK = frozenset(
    {
        Permission.CASE_VIEW,
        Permission.ITEM_ANSWER,
        Permission.SERVICE_RECORD,
        Permission.FOLLOW_UP,
        Permission.CHECKLIST_PRINT,
        Permission.CASE_CONFERENCE,
        Permission.QUESTION,
    }
)
_COUNSELLING = frozenset({Permission.APPOINTMENT_VIEW, Permission.APPOINTMENT_EDIT, Permission.CASE_NOTE})
_COURSE_WORK = frozenset(
    {Permission.COURSE_VIEW, Permission.COURSE_EDIT, Permission.COURSE_RESERVE, Permission.ENROLMENT_FORM}
)

ROLE_PERMISSIONS: dict[Role, frozenset[Permission]] = {
    Role.MUNICIPALITY: _EVERYBODY
    | _WORKGROUP
    | _CASE_WORK
    | {
        Permission.PERSON_CREATE,
        Permission.PERSON_EDIT,
        Permission.ARRIVALS_IMPORT,
        Permission.FIGURES_VIEW,
        Permission.STAGE_FINISH,
        Permission.RESIDENCE_EDIT,
        Permission.COACH_REPORT,
        Permission.CHANGE_REPORT,
        Permission.CHANGE_ANSWER,
        Permission.CONSENT,
        Permission.LAW_VIEW,
    },
    Role.ASYLBLG: _EVERYBODY
    | _WORKGROUP
    | {
        Permission.CASE_VIEW,
        Permission.ITEM_ANSWER,
        Permission.FOLLOW_UP,
        Permission.CHECKLIST_PRINT,
        Permission.QUESTION,
        Permission.LAW_VIEW,
        Permission.CASE_CONFERENCE,
        Permission.PATH_ANSWER,
        Permission.CHANGE_ANSWER,
    },
    Role.COACH: _EVERYBODY
    | _WORKGROUP
    | _CASE_WORK
    | _COUNSELLING
    | {
        Permission.COURSE_VIEW,
        Permission.ENROLMENT_FORM,
        Permission.CHANGE_ANSWER,
        Permission.COACH_LIST_PRINT,
        Permission.STAGE_FINISH,
        Permission.GROUP_EVENT_VIEW,
        Permission.CONSENT,
        Permission.AGREEMENT,
    },
    Role.AGENTUR: _EVERYBODY
    | _WORKGROUP
    | _CASE_WORK
    | _COURSE_WORK
    | _COUNSELLING
    | {
        Permission.GROUP_EVENT_VIEW,
        Permission.GROUP_EVENT_EDIT,
        Permission.PERSON_CREATE,
        Permission.PERSON_EDIT,
        Permission.STAGE_FINISH,
        Permission.RESIDENCE_EDIT,
        Permission.CASE_CLOSE,
        Permission.CHANGE_ANSWER,
        Permission.COMPETENCES,
        Permission.HANDOVER_VIEW,
        Permission.HANDOVER_SEND,
        Permission.TRANSFER_ANSWER,
        Permission.FIGURES_VIEW,
        Permission.CONSENT,
        Permission.PERSON_COPY,
        Permission.AGREEMENT,
        Permission.LAW_VIEW,
    },
    Role.JOBCENTER: _EVERYBODY
    | _WORKGROUP
    | _CASE_WORK
    | _COURSE_WORK
    | _COUNSELLING
    | {
        Permission.PERSON_EDIT,
        Permission.STAGE_FINISH,
        Permission.RESIDENCE_EDIT,
        Permission.CASE_CLOSE,
        Permission.CHANGE_ANSWER,
        Permission.COMPETENCES,
        Permission.HANDOVER_VIEW,
        Permission.HANDOVER_RECEIVE,
        Permission.TRANSFER_REQUEST,
        Permission.FIGURES_VIEW,
        Permission.PATH_ANSWER,
        Permission.CONSENT,
        Permission.PERSON_COPY,
        Permission.LAW_VIEW,
    },
    Role.PROVIDER: _EVERYBODY | _WORKGROUP | {Permission.ENROLMENT_VIEW, Permission.ENROLMENT_ANSWER},
    Role.COORDINATION: _EVERYBODY
    | _WORKGROUP
    | {Permission.ARRIVALS_IMPORT, Permission.FIGURES_VIEW, Permission.MEETING_EDIT, Permission.ANNOUNCE},
    Role.BAMF: _EVERYBODY | _WORKGROUP | {Permission.FIGURES_VIEW},
    Role.PRIVACY: _EVERYBODY | {Permission.LOG_VIEW},
    Role.ADMIN: _EVERYBODY
    | {
        Permission.ACCOUNT_MANAGE,
        Permission.DEFINITION_EDIT,
        Permission.LAW_MANAGE,
        Permission.TEXT_EDIT,
        Permission.ANNOUNCE,
    },
    Role.SYSTEM: frozenset({Permission.ARRIVALS_IMPORT, Permission.PERSON_CREATE}),
}


def may(role: Role, permission: Permission) -> bool:
    """Whether people of this kind of organisation may do this kind of act at all."""
    return permission in ROLE_PERMISSIONS[role]


def who_may(permission: Permission) -> tuple[Role, ...]:
    """The kinds of organisation whose people may do this kind of act."""
    return tuple(role for role in Role if may(role, permission))


class Block(StrEnum):
    """Parts of a case that are shown or withheld as a whole."""

    CONTACT = "contact"  # name, municipality, language, phone, who reported when
    IDENTITY = "identity"  # name, date of birth, case number
    PERSON = "person"
    PAPERS = "papers"
    PAPER_KIND = "paper_kind"  # kind and expiry alone
    HOUSEHOLD = "household"
    INTAKE = "intake"
    COUNSELLING = "counselling"
    COURSES = "courses"
    HANDOVER = "handover"
    COACH_FIRST = "coach_first"  # C01-C05
    COACH_LIST = "coach_list"
    APPOINTMENTS = "appointments"
    OTHERS_APPOINTMENTS = "others_appointments"  # of coach and Agentur the other's, with consent E1
    STEPS = "steps"
    PROGRESS = "progress"
    RESPONSIBLE = "responsible"
    CHANGE_DATE = "change_date"
    OBLIGATION = "obligation"  # access path P5
    HANDOVER_STATE = "handover_state"
    SNAPSHOT = "snapshot"
    OWN_ENTRIES = "own_entries"
    HISTORY = "history"
    AZR = "azr"


@dataclass(frozen=True, slots=True)
class Relation:
    """What connects the acting person's organisation with a case, as plain facts of one day."""

    role: Role
    own_resident: bool = False  # municipality: lives there
    receives_asylblg: bool = False
    asylblg_until: date | None = None
    coach_reported: bool = False
    coach_consent: ConsentState = ConsentState.NONE
    coaching_ended: bool = False
    agentur_case: bool = False  # this Agentur has or had the case
    responsible: bool = False  # this organisation is responsible now
    handed_over: bool = False  # accepted by the Jobcenter
    agentur_sees_until: date | None = None


_RESIDENT = frozenset(
    {
        Block.IDENTITY,
        Block.PERSON,
        Block.PAPERS,
        Block.HOUSEHOLD,
        Block.INTAKE,
        Block.PROGRESS,
        Block.RESPONSIBLE,
        Block.AZR,
    }
)
_WHOLE = _RESIDENT | {
    Block.COUNSELLING,
    Block.COURSES,
    Block.HANDOVER,
    Block.HANDOVER_STATE,
    Block.CHANGE_DATE,
    Block.HISTORY,
    Block.APPOINTMENTS,
    Block.STEPS,
}
_CONTACT_LINE = frozenset({Block.CONTACT, Block.COACH_FIRST})
_COACHED = _CONTACT_LINE | {Block.PAPER_KIND, Block.APPOINTMENTS, Block.STEPS, Block.COACH_LIST}
_BENEFIT = frozenset(
    {Block.IDENTITY, Block.PERSON, Block.PAPERS, Block.HOUSEHOLD, Block.OBLIGATION, Block.CHANGE_DATE, Block.AZR}
)
_GAVE_AWAY = frozenset({Block.IDENTITY, Block.OWN_ENTRIES, Block.HANDOVER_STATE, Block.SNAPSHOT})
_TOOK_OVER = frozenset(
    {
        Block.IDENTITY,
        Block.SNAPSHOT,
        Block.OWN_ENTRIES,
        Block.COURSES,
        Block.HANDOVER_STATE,
        Block.PROGRESS,
        Block.RESPONSIBLE,
        Block.CHANGE_DATE,
    }
)


def _coach(facts: Relation, today: date) -> frozenset[Block]:
    if not facts.coach_reported or facts.coaching_ended or facts.coach_consent == ConsentState.WITHDRAWN:
        return frozenset()
    return _COACHED | _both_work(facts) if facts.coach_consent == ConsentState.GRANTED else _CONTACT_LINE


def _both_work(facts: Relation) -> frozenset[Block]:
    """Coach and Agentur see each other's appointments with consent E1, until the handover (domain.md 8.9)."""
    both = facts.coach_consent == ConsentState.GRANTED and not facts.handed_over
    return frozenset({Block.OTHERS_APPOINTMENTS}) if both else frozenset()


def _agentur(facts: Relation, today: date) -> frozenset[Block]:
    if not facts.agentur_case:
        return frozenset()
    if not facts.handed_over:
        return _WHOLE | _both_work(facts)
    in_time = facts.agentur_sees_until is not None and today <= facts.agentur_sees_until
    return _GAVE_AWAY if in_time else frozenset()


def _jobcenter(facts: Relation, today: date) -> frozenset[Block]:
    if not facts.responsible:
        return frozenset()
    return _TOOK_OVER if facts.handed_over else _WHOLE


def _asylblg(facts: Relation, today: date) -> frozenset[Block]:
    ended = facts.asylblg_until is not None and today > facts.asylblg_until
    return _BENEFIT if facts.receives_asylblg and not ended else frozenset()


def _municipality(facts: Relation, today: date) -> frozenset[Block]:
    return _RESIDENT if facts.own_resident else frozenset()


_SIGHT = {
    Role.MUNICIPALITY: _municipality,
    Role.ASYLBLG: _asylblg,
    Role.COACH: _coach,
    Role.AGENTUR: _agentur,
    Role.JOBCENTER: _jobcenter,
}


def sight(facts: Relation, today: date) -> frozenset[Block]:
    """The blocks of a case that this relation opens today; empty for a stranger, who gets 404."""
    rule = _SIGHT.get(facts.role)
    return rule(facts, today) if rule else frozenset()


LIST_BLOCK = {
    ListKey.INTAKE: Block.INTAKE,
    ListKey.COUNSELLING: Block.COUNSELLING,
    ListKey.COURSES: Block.COURSES,
    ListKey.HANDOVER: Block.HANDOVER,
    ListKey.COACH: Block.COACH_LIST,
}
COACH_FIRST_ITEMS = frozenset({"C01", "C02", "C03", "C04", "C05"})


def sees_item(blocks: frozenset[Block], role: Role, key: ListKey, code: str, roles: frozenset[str]) -> bool:
    """Whether an item and its joint answer are shown: its list is open, or the role holds the item.

    Within the limits of the blocks: before consent E1 the coach has C01-C05 alone.
    """
    if LIST_BLOCK[key] in blocks or (Block.COACH_FIRST in blocks and code in COACH_FIRST_ITEMS):
        return True
    if role == Role.COACH and Block.COACH_LIST not in blocks:
        return False
    return bool(blocks) and role.value in roles
