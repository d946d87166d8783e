"""The closed lists of states that the database and the rules share."""

from enum import StrEnum


class ListKey(StrEnum):
    """The four stages and, beside them, the list of the coach."""

    INTAKE = "intake"
    COUNSELLING = "counselling"
    COURSES = "courses"
    HANDOVER = "handover"
    COACH = "coach"


STAGES = (ListKey.INTAKE, ListKey.COUNSELLING, ListKey.COURSES, ListKey.HANDOVER)


class StageState(StrEnum):
    """State of one stage of a case; ``waived`` is stage 4 of people who never belonged to the Agentur."""

    OPEN = "open"
    IN_PROGRESS = "in_progress"
    FINISHED = "finished"
    WAIVED = "waived"


class CaseState(StrEnum):
    """A case is open, or closed with an outcome."""

    OPEN = "open"
    CLOSED = "closed"


class Origin(StrEnum):
    """Ways into the system (case_model)."""

    AGENTUR = "agentur"
    MUNICIPALITY = "municipality"


class HandoverState(StrEnum):
    """States of a handover; from sent/received it may be queried, rejected, withdrawn or expire."""

    DRAFT = "draft"
    SENT = "sent"
    RECEIVED = "received"
    QUERIED = "queried"
    SUPERSEDED = "superseded"
    ACCEPTED = "accepted"
    REJECTED = "rejected"
    WITHDRAWN = "withdrawn"
    EXPIRED = "expired"


class RequestState(StrEnum):
    """What the organisation that has the case made of a request for a transfer; the requester never sees this."""

    OPEN = "open"
    STARTED = "started"
    REFUSED = "refused"
    NOBODY = "nobody"


class PathRequestState(StrEnum):
    """What became of a request for an access path to a course."""

    OPEN = "open"
    GRANTED = "granted"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"


class ConsentState(StrEnum):
    """State of a consent; none is never stored but means that nobody has been asked."""

    NONE = "none"
    GRANTED = "granted"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"
    EXPIRED = "expired"


class AnswerState(StrEnum):
    """What is known of a checklist item. A missing value says why it is missing."""

    DONE = "done"
    NOT_APPLICABLE = "not_applicable"
    NOT_ASKED = "not_asked"
    UNKNOWN = "unknown"
    DECLINED = "declined"
    CLEARED = "cleared"


class Holder(StrEnum):
    """Whose record an answer belongs to: the joint one before the handover, or the Jobcenter's own."""

    JOINT = "joint"
    JOBCENTER = "jobcenter"


class EnrolmentState(StrEnum):
    """Way of an enrolment. ``waiting`` stands on the list of a full course, ``offered`` holds a seat for an answer."""

    WAITING = "waiting"
    OFFERED = "offered"
    RESERVED = "reserved"
    SENT = "sent"
    CONFIRMED = "confirmed"
    STARTED = "started"
    FINISHED = "finished"
    DECLINED = "declined"
    CANCELLED = "cancelled"
    EXPIRED = "expired"
    DROPPED_OUT = "dropped_out"


PLACED = (EnrolmentState.RESERVED, EnrolmentState.SENT, EnrolmentState.CONFIRMED, EnrolmentState.STARTED)
"""The person has a place."""
LISTED = (EnrolmentState.WAITING, EnrolmentState.OFFERED)
"""The person stands on the waiting list, or a seat of it is offered to her."""
SEAT_HOLDING = (EnrolmentState.OFFERED, *PLACED)
"""Nobody else can have the seat: ``course.taken`` counts these."""


class PairState(StrEnum):
    """What is known of two records that may be one person."""

    OPEN = "open"
    DIFFERENT = "different"
    SAME = "same"


class AccountState(StrEnum):
    """``new`` must set a password at first login."""

    NEW = "new"
    ACTIVE = "active"
    LOCKED = "locked"


class DocumentKind(StrEnum):
    """What was issued."""

    TRANSFER_SHEET = "transfer_sheet"
    RECEIPT = "receipt"
    ENROLMENT_FORM = "enrolment_form"
    REGISTRATION_PROOF = "registration_proof"
    COACH_CHECKLIST = "coach_checklist"
    AGREEMENT = "agreement"
    MINUTES = "minutes"


class EvidenceKind(StrEnum):
    """What proves an answer: a paper that was shown, a copy of it, or the filled paper of a whole list."""

    SEEN = "seen"
    FILE = "file"
    SCAN = "scan"


class MediaType(StrEnum):
    """Kinds of files that people may add to a case."""

    PDF = "application/pdf"
    JPEG = "image/jpeg"
    PNG = "image/png"


class Outcome(StrEnum):
    """How a case ended (rules.md 15)."""

    WORK = "work"
    APPRENTICESHIP = "apprenticeship"
    STUDY = "study"
    SELF_EMPLOYED = "self_employed"
    MOVED = "moved"
    OTHER_COUNTY = "other_county"
    LEFT_COUNTRY = "left_country"
    NO_COOPERATION = "no_cooperation"
    AGE_LIMIT = "age_limit"
    DEATH = "death"
    DUPLICATE = "duplicate"
    OTHER = "other"


class ChangeKind(StrEnum):
    """What a municipality reports of its residents (domain.md 6.3)."""

    MOVED_HERE = "moved_here"
    MOVED_ON = "moved_on"
    LEFT = "left"
    BIRTH = "birth"
    REACHABILITY = "reachability"


class ReportState(StrEnum):
    """What became of a report: confirmed also means that it was taken notice of where nothing is to be decided."""

    REPORTED = "reported"
    CONFIRMED = "confirmed"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"


class QuestionState(StrEnum):
    """A question between two organisations: the asker closes it, or it ends with the sight of one of them."""

    OPEN = "open"
    ANSWERED = "answered"
    CLOSED = "closed"


class FollowUpState(StrEnum):
    """A Wiedervorlage waits for its day or is done."""

    OPEN = "open"
    DONE = "done"


class AppointmentKind(StrEnum):
    """What an appointment of one person is for (domain.md B01, B02, C02)."""

    FIRST_TALK = "first_talk"
    COUNSELLING = "counselling"
    COACHING = "coaching"


class AppointmentState(StrEnum):
    """A moved appointment points to the one that took its place."""

    PLANNED = "planned"
    ATTENDED = "attended"
    MISSED = "missed"
    CANCELLED = "cancelled"
    MOVED = "moved"


class GroupEventState(StrEnum):
    """A group information takes place or was called off."""

    PLANNED = "planned"
    CANCELLED = "cancelled"


class DayMark(StrEnum):
    """Whether somebody came to her course on a day. A day without a mark says nothing; a mark has no reason."""

    PRESENT = "present"
    EXCUSED = "excused"
    ABSENT = "absent"


class AttendanceState(StrEnum):
    """Whether somebody who was invited came; ``withdrawn``: the invitation was taken back."""

    INVITED = "invited"
    ATTENDED = "attended"
    ABSENT = "absent"
    EXCUSED = "excused"
    WITHDRAWN = "withdrawn"


class Way(StrEnum):
    """How people meet (B02); the codes are those of the checklist."""

    PERSON = "PERSON"
    PHONE = "PHONE"
    VIDEO = "VIDEO"


class Site(StrEnum):
    """Where people meet (B02); the codes are those of the checklist."""

    AGENTUR = "AGENTUR"
    MUNICIPALITY = "MUNICIPALITY"
    FACILITY = "FACILITY"
    LEBACH = "LEBACH"
    OTHER = "OTHER"


class MissReason(StrEnum):
    """Why somebody did not come (C15); the codes are those of the checklist."""

    PREVENTED = "PREVENTED"
    CHILDCARE = "CHILDCARE"
    TRAVEL = "TRAVEL"
    NOT_KNOWN = "NOT_KNOWN"
    WORK = "WORK"
    NOT_WANTED = "NOT_WANTED"
    OTHER = "OTHER"


class NoteTopic(StrEnum):
    """What a note of counselling is about. Health has no topic: it is recorded in item B18 alone (§ 67a SGB X)."""

    WORK = "work"
    TRAINING = "training"
    LANGUAGE = "language"
    RECOGNITION = "recognition"
    FAMILY = "family"
    HOUSING = "housing"
    PAPERS = "papers"
    COOPERATION = "cooperation"
    OTHER = "other"
