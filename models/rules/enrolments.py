"""The way of an enrolment, and what a named access path needs before a seat may be reserved (rules.md 9, 10)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from types import MappingProxyType

from models.rules.errors import RuleBroken
from models.rules.law.course_paths import PATH_LABELS
from models.rules.law.outcomes import PathState
from models.rules.message import N_, Message
from models.rules.states import EnrolmentState as State

COURSES_SINCE = date(2005, 1, 1)
"""Nothing about a course or its paper is older: the day on which AufenthG and IntV came into force."""

RESERVED_FOR = timedelta(days=14)
"""How long a seat is kept free for somebody who has not registered yet. Own service level."""

PROVIDER_SEES_FOR = timedelta(weeks=8)
"""How long a provider goes on seeing an enrolment after its end (case_model: Who sees what)."""


def seen_until(course_ends: date | None, ended_on: date | None) -> date | None:
    """The last day on which a provider sees an enrolment: some weeks after its end or that of the course, whichever
    is first. None as long as neither is known.
    """
    ends = [day for day in (course_ends, ended_on) if day]
    return min(ends) + PROVIDER_SEES_FOR if ends else None


OPEN_OFFER, SELF_PAYER, VOCATIONAL, MEASURE = "P0", "P7", "P8", "P9"
INTEGRATION_FAMILY, VOCATIONAL_FAMILY, OPEN_FAMILY, MEASURE_FAMILY = "IK", "BSK", "EOK", "MN"

PAPERLESS = frozenset({SELF_PAYER, OPEN_OFFER})
"""Ways into a course for which nobody issues a paper."""

ALL_PATH_LABELS: Mapping[str, str] = MappingProxyType(
    PATH_LABELS
    | {
        VOCATIONAL: N_("Berechtigung zum Berufssprachkurs"),
        MEASURE: N_("Zuweisung oder Gutschein für eine Maßnahme"),
        OPEN_OFFER: N_("offenes Angebot, ohne Berechtigung"),
    }
)
"""German source text of every access path; P1 to P7 lead to integration courses (domain.md 2.2, 2.4, 2.5)."""

FAMILY_PATHS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {VOCATIONAL_FAMILY: (VOCATIONAL, SELF_PAYER), OPEN_FAMILY: (OPEN_OFFER,), MEASURE_FAMILY: (MEASURE,)}
)
"""The paths into courses that are no integration courses; those depend on the person's papers (``offered_paths``)."""

_OF_OTHER_COURSES: Mapping[str, str] = MappingProxyType(
    {
        VOCATIONAL: N_("Diese Berechtigung gilt nur für Berufssprachkurse."),
        MEASURE: N_("Zuweisung oder Gutschein gelten nur für Maßnahmen."),
        OPEN_OFFER: N_("Nur Erstorientierung und andere offene Angebote brauchen keine Berechtigung."),
    }
)
_ONLY_WAY: Mapping[str, str] = MappingProxyType(
    {
        VOCATIONAL_FAMILY: N_("Ein Berufssprachkurs braucht eine Berechtigung nach der DeuFöV oder Selbstzahlung."),
        OPEN_FAMILY: N_("Dieses Angebot ist offen: Wählen Sie „offenes Angebot, ohne Berechtigung“."),
        MEASURE_FAMILY: N_("Eine Maßnahme braucht eine Zuweisung oder einen Gutschein."),
    }
)

OBLIGING = frozenset({"P2", "P3", "P5"})
"""Paths on which the person is obliged to take part (§ 44a AufenthG)."""

TOLD_BY_LAW = OBLIGING | {"P4", VOCATIONAL, MEASURE}
"""Paths on which the provider tells the authority about start and dropout without asking (§ 8 Abs. 3 IntV, § 88a Abs. 1
Satz 2 AufenthG, § 9 Abs. 5 DeuFöV, § 318 SGB III); on the others only with the consent E4."""

PROGRESS: Mapping[str, str] = MappingProxyType(
    {"start": N_("Kurs begonnen"), "finish": N_("Kurs beendet"), "drop": N_("Kurs abgebrochen")}
)
"""What can be told of a course that was confirmed, by the act."""

ISSUERS: Mapping[str, str] = MappingProxyType(
    {
        "ABH": N_("Ausländerbehörde"),
        "JC": N_("Jobcenter"),
        "ASYLBLG": N_("AsylbLG-Stelle"),
        "BAMF": N_("BAMF"),
        "AA": N_("Agentur für Arbeit"),
    }
)
"""Who issues an entitlement or obligation, by the codes of checklist item K03."""

PATH_ISSUERS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "P1": ("ABH", "BAMF"),
        "P2": ("ABH",),
        "P3": ("JC",),
        "P4": ("JC",),
        "P5": ("ASYLBLG",),
        "P6": ("BAMF",),
        VOCATIONAL: ("AA", "JC", "BAMF"),
        MEASURE: ("AA", "JC", "ASYLBLG"),
    }
)
"""Who may issue the paper of a path (domain.md 2.2, 2.5, § 5 DeuFöV); the first is the usual one."""

PATH_BASIS: Mapping[str, str] = MappingProxyType(
    {
        "P1": "§ 44 Abs. 1 AufenthG",
        "P2": "§ 44a Abs. 1 Satz 1 Nr. 1, 3 AufenthG",
        "P3": "§ 44a Abs. 1 Satz 1 Nr. 2 AufenthG, § 15a SGB II",
        "P4": "§ 5a IntV",
        "P5": "§ 5b AsylbLG, § 44a Abs. 1 Satz 1 Nr. 4 AufenthG",
        "P6": "§ 44 Abs. 4 AufenthG, § 5 IntV",
        VOCATIONAL: "§ 45a AufenthG, § 5 DeuFöV",
        MEASURE: "§ 45 SGB III, § 16 Abs. 1 SGB II, § 5 AsylbLG",
    }
)
"""The usual legal basis of each path, offered where nobody typed another."""

STATE_LABELS: Mapping[State, str] = MappingProxyType(
    {
        State.WAITING: N_("auf der Warteliste"),
        State.OFFERED: N_("Platz angeboten"),
        State.RESERVED: N_("reserviert"),
        State.SENT: N_("an den Träger gesendet"),
        State.CONFIRMED: N_("bestätigt"),
        State.STARTED: N_("Kurs läuft"),
        State.FINISHED: N_("Kurs beendet"),
        State.DECLINED: N_("abgelehnt"),
        State.CANCELLED: N_("storniert"),
        State.EXPIRED: N_("verfallen"),
        State.DROPPED_OUT: N_("abgebrochen"),
    }
)
STATE_KINDS: Mapping[State, str] = MappingProxyType(
    {
        State.WAITING: "info",
        State.OFFERED: "warning",
        State.RESERVED: "info",
        State.SENT: "info",
        State.CONFIRMED: "success",
        State.STARTED: "success",
        State.FINISHED: "success",
        State.DECLINED: "danger",
        State.CANCELLED: "warning",
        State.EXPIRED: "warning",
        State.DROPPED_OUT: "danger",
    }
)
"""Colour of the badge; the label says the same in words."""

ACCESS_LABELS: Mapping[str, tuple[str, str]] = MappingProxyType(
    {
        "obliged": (N_("verpflichtet"), "success"),
        "claim": (N_("Anspruch"), "success"),
        "open": (N_("möglich"), "success"),
        "hint": (N_("prüfen"), "warning"),
        "not_yet": (N_("noch nicht"), "info"),
        "suspended": (N_("ausgesetzt"), "danger"),
        "no": (N_("nicht möglich"), "info"),
    }
)
"""State of an access path in one word, and the colour of its badge."""


class Act(StrEnum):
    """What may happen to an enrolment."""

    OFFER = "offer"
    ACCEPT = "accept"
    REFUSE = "refuse"
    LAPSE = "lapse"
    LEAVE = "leave"
    ISSUE_FORM = "issue_form"
    SEND = "send"
    PROPOSE = "propose"
    CONFIRM = "confirm"
    CORRECT = "correct"
    PROVE = "prove"
    DECLINE = "decline"
    CANCEL = "cancel"
    EXPIRE = "expire"
    START = "start"
    FINISH = "finish"
    DROP = "drop"
    REPORT = "report"


TRANSITIONS: Mapping[Act, tuple[frozenset[State], State | None]] = MappingProxyType(
    {
        Act.OFFER: (frozenset({State.WAITING}), State.OFFERED),
        Act.ACCEPT: (frozenset({State.OFFERED}), State.RESERVED),
        Act.REFUSE: (frozenset({State.OFFERED}), State.CANCELLED),
        Act.LAPSE: (frozenset({State.OFFERED}), State.WAITING),
        Act.LEAVE: (frozenset({State.WAITING}), State.CANCELLED),
        Act.ISSUE_FORM: (frozenset({State.RESERVED}), None),
        Act.SEND: (frozenset({State.RESERVED}), State.SENT),
        Act.PROPOSE: (frozenset({State.SENT}), None),
        Act.CONFIRM: (frozenset({State.RESERVED, State.SENT}), State.CONFIRMED),
        Act.CORRECT: (frozenset({State.CONFIRMED, State.STARTED}), None),
        Act.PROVE: (frozenset({State.CONFIRMED, State.STARTED}), None),
        Act.DECLINE: (frozenset({State.RESERVED, State.SENT}), State.DECLINED),
        Act.CANCEL: (frozenset({State.RESERVED, State.SENT, State.CONFIRMED}), State.CANCELLED),
        Act.EXPIRE: (frozenset({State.WAITING, State.OFFERED, State.RESERVED}), State.EXPIRED),
        Act.START: (frozenset({State.CONFIRMED}), State.STARTED),
        Act.FINISH: (frozenset({State.STARTED}), State.FINISHED),
        Act.DROP: (frozenset({State.CONFIRMED, State.STARTED}), State.DROPPED_OUT),
        Act.REPORT: (frozenset({State.FINISHED, State.DROPPED_OUT}), None),
    }
)
"""From which states an act is possible, and the state that follows; None keeps it."""


def possible(act: Act, state: State) -> bool:
    """Whether the act is possible in this state: for buttons and for operations."""
    return state in TRANSITIONS[act][0]


def next_state(act: Act, state: State) -> State:
    """The state that follows; RuleBroken where the table of transitions forbids the act."""
    if not possible(act, state):
        raise RuleBroken(Message(N_("Das geht nicht mehr: Die Anmeldung ist {state}."), state=STATE_LABELS[state]))
    return TRANSITIONS[act][1] or state


@dataclass(frozen=True, slots=True)
class NamedPath:
    """The access path that a reservation names, with the paper behind it."""

    path: str
    basis: str = ""
    issued_by: str = ""
    dated: date | None = None
    valid_to: date | None = None


def offered_paths(family: str | None, states: tuple[PathState, ...]) -> tuple[str, ...]:
    """The paths that may be named for a course of this family; None offers those of all families."""
    usable = tuple(one.path for one in states if one.state not in ("no", "not_yet"))
    if family is None:
        return (*usable, VOCATIONAL, MEASURE, OPEN_OFFER)
    return FAMILY_PATHS.get(family, usable)


def path_problems(
    named: NamedPath, family: str | None, states: tuple[PathState, ...], today: date, suspended_from: date | None
) -> dict[str, Message]:
    """What is wrong with the named path, by form field; empty when a seat may be reserved with it.

    A path that the rules call no or not_yet is refused. A path that an authority may still decide (hint) needs the
    paper: who issued it and when. While admissions are suspended only one from before counts (domain.md 0, row 4).
    """
    if named.path not in offered_paths(family, states):
        return {"path": _refusal(named.path, family, states)}
    problems = _paper_problems(named, _state(named.path, states))
    if _state(named.path, states) == "suspended" and named.dated and suspended_from and named.dated >= suspended_from:
        problems["dated"] = Message(N_("Zulassungen sind seitdem ausgesetzt; nur frühere gelten weiter."))
    return problems | _day_problems(named, today)


def _state(path: str, states: tuple[PathState, ...]) -> str:
    return next((one.state for one in states if one.path == path), "hint")


def _refusal(path: str, family: str | None, states: tuple[PathState, ...]) -> Message:
    if not path:
        return Message(N_("Wählen Sie den Zugangsweg."))
    if family and family in _ONLY_WAY:
        return Message(_ONLY_WAY[family])
    if path in _OF_OTHER_COURSES:
        return Message(_OF_OTHER_COURSES[path])
    reason = next((one.reason for one in states if one.path == path), None)
    return reason or Message(N_("Diesen Zugangsweg gibt es nicht."))


def _paper_problems(named: NamedPath, state: str) -> dict[str, Message]:
    if named.path in PAPERLESS:
        return {}
    problems = {}
    if named.issued_by and named.issued_by not in PATH_ISSUERS[named.path]:
        issuers = " oder ".join(ISSUERS[code] for code in PATH_ISSUERS[named.path])
        problems["issued_by"] = Message(N_("Für diesen Weg stellt aus: {issuers}."), issuers=issuers)
    if state in ("claim", "obliged"):
        return problems
    if not named.issued_by:
        problems["issued_by"] = Message(N_("Nennen Sie, wer den Bescheid ausgestellt hat."))
    if named.dated is None:
        problems["dated"] = Message(N_("Nennen Sie das Datum des Bescheids."))
    return problems


def _day_problems(named: NamedPath, today: date) -> dict[str, Message]:
    problems = {}
    if named.dated and named.dated > today:
        problems["dated"] = Message(N_("Das Datum liegt in der Zukunft."))
    elif named.dated and named.dated < COURSES_SINCE:
        problems["dated"] = Message(N_("Diese Kurse gibt es erst seit 2005. Bitte das Jahr prüfen."))
    if named.valid_to and named.valid_to < today:
        problems["valid_to"] = Message(N_("Der Bescheid ist abgelaufen."))
    elif named.valid_to and named.dated and named.valid_to < named.dated:
        problems["valid_to"] = Message(N_("Das Ende liegt vor dem Datum des Bescheids."))
    return problems
