"""What a list of cases can be narrowed to, by role. Nothing of it is personal data, so that it may stand in addresses.

A role is offered only what its blocks show anyway: a filter must not tell what the list withholds.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from peewee import Expression, Function, fn

from models.queries.scope import coach_agreed
from models.rules.message import N_
from models.rules.roles import Role
from models.rules.states import STAGES, CaseState, ConsentState, ListKey, Outcome, StageState
from models.rules.tasks import TaskKind
from models.tables import Case, CaseStage, CaseTask, Person

Condition = Expression | Function
HANDED_OVER = "handed_over"
ALL = "all"
CHANGED = "geaendert"
"""The focus that every role may ask for: what others changed since this person last looked."""
LEFT, UNREACHED = "weggezogen", "nicht-erreichbar"
"""Words for residents who are gone, and for those whom nobody reaches."""


@dataclass(frozen=True, slots=True)
class Filters:
    """Keys of organisations, codes of lists; an empty text is no wish. ``state``: open, closed, handed_over, all."""

    municipality: str = ""
    stage: str = ""
    responsible: str = ""
    sphere: str = ""
    state: str = CaseState.OPEN
    focus: str = ""


OFFERED: Mapping[Role, tuple[str, ...]] = {
    Role.MUNICIPALITY: ("stage", "responsible", "sphere", "state", "focus"),
    Role.ASYLBLG: ("municipality", "focus"),
    Role.COACH: ("municipality", "focus"),
    Role.AGENTUR: ("municipality", "stage", "sphere", "state", "focus"),
    Role.JOBCENTER: ("municipality", "stage", "state", "focus"),
}
"""Filters by role."""


@dataclass(frozen=True, slots=True)
class Focus:
    """A group of cases that a role asks for by name; start pages link to it. ``closed``: of those that have ended."""

    label: str
    condition: Callable[[date], Expression]
    closed: bool = False


def _too_long(today: date) -> Expression:
    """Cases whose interval without any contact is over; the intervals are maintained deadlines (features F35, F36)."""
    asked = (CaseTask.case == Case.id) & CaseTask.kind.in_((TaskKind.NO_CONTACT, TaskKind.CHECK_IN))
    mine = (CaseTask.organisation == Case.responsible) & (CaseTask.due_on <= today)
    return fn.EXISTS(CaseTask.select(CaseTask.id).where(asked, mine))


def _waits_for_course(today: date) -> Expression:
    """Cases whose person waits for a course longer than the own service level allows (features F52)."""
    asked = (CaseTask.case == Case.id) & (CaseTask.kind == TaskKind.COURSE_WAIT)
    mine = (CaseTask.organisation == Case.responsible) & (CaseTask.due_on <= today) & (CaseTask.shown_to >= today)
    return fn.EXISTS(CaseTask.select(CaseTask.id).where(asked, mine))


_FRESH = Focus(N_("neu, noch kein Kontakt"), lambda today: Case.first_contact_on.is_null())
_SILENT = Focus(N_("zu lange kein Kontakt"), _too_long)
_GONE = (Outcome.MOVED, Outcome.LEFT_COUNTRY, Outcome.OTHER_COUNTY)
_LEFT = Focus(N_("weggezogen"), lambda today: Case.outcome.in_(_GONE), closed=True)
_UNREACHED = Focus(
    N_("nicht erreichbar"),
    lambda today: Case.person.in_(Person.select(Person.id).where(Person.unreachable_since.is_null(False))),
)
_WAITS = Focus(N_("wartet zu lange auf einen Kurs"), _waits_for_course)
FOCI: Mapping[Role, Mapping[str, Focus]] = {
    Role.AGENTUR: {"neu": _FRESH, "kein-kontakt": _SILENT, "wartet-auf-kurs": _WAITS},
    Role.JOBCENTER: {"neu": _FRESH, "kein-kontakt": _SILENT, "wartet-auf-kurs": _WAITS},
    Role.COACH: {
        "neu": Focus(N_("neu seit gestern"), lambda today: Case.coach_reported_on >= today - timedelta(days=1)),
        "ohne-einwilligung": Focus(N_("ohne Einwilligung E1"), lambda today: Case.coach_consent == ConsentState.NONE),
        "im-coaching": Focus(N_("im Coaching"), coach_agreed),
        UNREACHED: _UNREACHED,
    },
    Role.MUNICIPALITY: {
        "coach-offen": Focus(
            N_("noch nicht an den Coach gemeldet"),
            lambda today: Case.coach_reported_on.is_null() & (Case.legal_sphere == "S3"),
        ),
        LEFT: _LEFT,
        UNREACHED: _UNREACHED,
    },
    Role.ASYLBLG: {"wechsel": Focus(N_("mit Wechseltermin"), lambda today: Case.asylblg_until.is_null(False))},
}
"""Groups by role and by the word that stands for them in addresses (``kontakt=``)."""


def conditions(role: Role, filters: Filters, ids: Mapping[str, int], today: date) -> Iterator[Condition]:
    """The conditions of these filters, as far as the role is offered them; ``ids`` are organisations by key."""
    chosen = {name for name in OFFERED.get(role, ()) if getattr(filters, name)}
    if "municipality" in chosen:
        yield Case.municipality == ids.get(filters.municipality, 0)
    if "responsible" in chosen:
        yield Case.responsible == ids.get(filters.responsible, 0)
    if "sphere" in chosen:
        yield Case.legal_sphere == filters.sphere
    focus = FOCI[role].get(filters.focus) if "focus" in chosen else None
    if focus:
        yield focus.condition(today)
    if "stage" in chosen:
        yield from _working_at(filters.stage)
    state = filters.state if "state" in chosen else CaseState.OPEN
    state = CaseState.CLOSED if focus and focus.closed and state == CaseState.OPEN else state
    yield from _in_state(state)
    if role == Role.AGENTUR and state != HANDED_OVER and (state != ALL or chosen & _TOLD_BY_PROGRESS):
        yield Case.accepted_on.is_null()


_TOLD_BY_PROGRESS = frozenset({"stage", "sphere", "focus"})
"""How a handed-over case goes on is the Jobcenter's: the Agentur finds it as handed over alone."""


def _in_state(state: str) -> Iterator[Expression]:
    if state == HANDED_OVER:
        yield Case.accepted_on.is_null(False)
    elif state in tuple(CaseState):
        yield Case.state == state


def _working_at(stage: str) -> Iterator[Condition]:
    """Cases whose first stage that is not finished is this one."""
    if stage not in STAGES:
        return
    unfinished = CaseStage.state.in_([StageState.OPEN, StageState.IN_PROGRESS])
    here = CaseStage.select(CaseStage.id).where(CaseStage.case == Case.id, unfinished)
    yield fn.EXISTS(here.where(CaseStage.key == stage))
    earlier = STAGES[: STAGES.index(ListKey(stage))]
    if earlier:
        yield ~fn.EXISTS(here.where(CaseStage.key.in_(earlier)))
