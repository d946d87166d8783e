"""What a person may do with a case besides its lists: one table for the buttons of the page and for the routes."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from models.rules.change_reports import READ_WITH
from models.rules.message import N_
from models.rules.permissions import Block, Permission, may
from models.rules.roles import Role


class Act(StrEnum):
    """Acts by the word that follows the case in their address."""

    RESIDENCE = "aufenthalt"
    PAPER = "aufenthalt/neu"
    SERVICE = "bescheid"
    CHANGE = "wechsel"
    DRAFT = "uebergabe-anlegen"
    CONTACT = "erstkontakt"
    REPORT = "coach-melden"
    CHANGE_OF_LIFE = "aenderung-melden"
    CHANGES = "meldungen"
    END_COACHING = "coaching-beenden"
    CLOSE = "abschliessen"
    REOPEN = "wiedereroeffnen"
    PERSONALIA = "personalien"
    HOUSEHOLD = "haushalt"
    RETURN = "neuer-fall"
    CONSENTS = "einwilligungen"
    COMPETENCES = "werdegang"
    COURSE = "kurs"
    AGREEMENT = "vereinbarung"
    WHO_GETS_WHAT = "wer-bekommt-was"
    CONFERENCES = "fallbesprechungen"


@dataclass(frozen=True, slots=True)
class ActFacts:
    """What decides who may do what: role, sight, and the state of the case.

    ``responsible``: the person's organisation has the case. ``sphere_open``: the change is still to be decided.
    ``reports``: a municipality reported changes of it.
    """

    role: Role
    blocks: frozenset[Block]
    case_open: bool = True
    responsible: bool = False
    fresh: bool = False
    sphere_open: bool = False
    coach_reported: bool = False
    asylblg: bool = False
    reports: bool = False


@dataclass(frozen=True, slots=True)
class _Rule:
    """``is_page``: a page of the counselling that people come back to, not a step of the procedure."""

    label: str
    permission: Permission
    blocks: frozenset[Block]
    when: Callable[[ActFacts], bool]
    is_page: bool = False


_PAPERS = frozenset({Block.PAPERS})
_ANY_PAPER = frozenset({Block.PAPERS, Block.PAPER_KIND})
_KNOWN = frozenset({Block.PERSON, Block.CONTACT, Block.SNAPSHOT})
_COURSE = frozenset({Block.COURSES, Block.COACH_LIST})
_TABLE: dict[Act, _Rule] = {
    Act.RESIDENCE: _Rule(N_("Aufenthalt"), Permission.CASE_VIEW, _PAPERS, lambda facts: True),
    Act.PAPER: _Rule("", Permission.RESIDENCE_EDIT, _PAPERS, lambda facts: facts.case_open),
    Act.SERVICE: _Rule(N_("Bescheid erfassen"), Permission.SERVICE_RECORD, _ANY_PAPER, lambda facts: facts.case_open),
    Act.CHANGE: _Rule(
        N_("Wechseltermin"),
        Permission.HANDOVER_SEND,
        frozenset({Block.HANDOVER}),
        lambda facts: facts.case_open and facts.sphere_open,
    ),
    Act.DRAFT: _Rule(
        "", Permission.HANDOVER_SEND, frozenset({Block.HANDOVER}), lambda facts: facts.case_open and facts.sphere_open
    ),
    Act.CONTACT: _Rule(
        N_("Ersten Kontakt eintragen"),
        Permission.ITEM_ANSWER,
        frozenset({Block.COUNSELLING}),
        lambda facts: facts.case_open and facts.responsible and facts.fresh,
    ),
    Act.REPORT: _Rule(
        N_("An den Coach melden"),
        Permission.COACH_REPORT,
        frozenset({Block.INTAKE}),
        lambda facts: facts.case_open and facts.asylblg and not facts.coach_reported,
    ),
    Act.CHANGE_OF_LIFE: _Rule(
        N_("Änderung melden"), Permission.CHANGE_REPORT, frozenset({Block.PERSON}), lambda facts: facts.case_open
    ),
    Act.COMPETENCES: _Rule(
        N_("Werdegang und Sprachen"),
        Permission.COMPETENCES,
        frozenset({Block.COUNSELLING, Block.OWN_ENTRIES}),
        lambda facts: Block.COUNSELLING in facts.blocks or facts.role == Role.AGENTUR,
        is_page=True,
    ),
    Act.COURSE: _Rule(N_("Kurs"), Permission.COURSE_VIEW, _COURSE, lambda facts: True, is_page=True),
    Act.END_COACHING: _Rule(
        N_("Coaching beenden"), Permission.COACH_LIST_PRINT, frozenset({Block.CONTACT}), lambda facts: True
    ),
    Act.PERSONALIA: _Rule(
        N_("Personalien ändern"),
        Permission.PERSON_EDIT,
        frozenset({Block.PERSON}),
        lambda facts: facts.case_open,
    ),
    Act.HOUSEHOLD: _Rule(
        N_("Haushalt ändern"),
        Permission.PERSON_EDIT,
        frozenset({Block.HOUSEHOLD}),
        lambda facts: facts.case_open,
    ),
    Act.AGREEMENT: _Rule(
        N_("Vereinbarung"),
        Permission.AGREEMENT,
        frozenset({Block.STEPS, Block.OWN_ENTRIES}),
        lambda facts: Block.STEPS in facts.blocks or facts.role == Role.AGENTUR,
        is_page=True,
    ),
    Act.WHO_GETS_WHAT: _Rule(
        N_("Wer bekommt was?"),
        Permission.PERSON_COPY,
        frozenset({Block.HISTORY, Block.RESPONSIBLE}),
        lambda facts: True,
        is_page=True,
    ),
    Act.CHANGES: _Rule(
        N_("Meldungen der Gemeinde"),
        Permission.CASE_VIEW,
        READ_WITH | {Block.CONTACT},
        lambda facts: facts.reports or facts.role == Role.MUNICIPALITY,
        is_page=True,
    ),
    Act.CONFERENCES: _Rule(
        N_("Fallbesprechungen"),
        Permission.CASE_CONFERENCE,
        frozenset({Block.IDENTITY, Block.COACH_LIST}),
        lambda facts: True,
        is_page=True,
    ),
    Act.CONSENTS: _Rule(N_("Einwilligungen"), Permission.CONSENT, _KNOWN, lambda facts: True, is_page=True),
    Act.CLOSE: _Rule(
        N_("Fall abschließen"), Permission.CASE_CLOSE, frozenset({Block.PROGRESS}), lambda facts: facts.case_open
    ),
    Act.RETURN: _Rule(
        N_("Neuen Fall beginnen"),
        Permission.PERSON_CREATE,
        frozenset({Block.PERSON}),
        lambda facts: not facts.case_open,
    ),
    Act.REOPEN: _Rule(
        N_("Fall wieder öffnen"), Permission.CASE_CLOSE, frozenset({Block.PROGRESS}), lambda facts: not facts.case_open
    ),
}


def may_act(act: Act, facts: ActFacts) -> bool:
    """Whether this person may do this now."""
    rule = _TABLE[act]
    return may(facts.role, rule.permission) and not facts.blocks.isdisjoint(rule.blocks) and rule.when(facts)


def sees_act(act: Act, facts: ActFacts) -> bool:
    """Whether the act is this person's at all, whatever the state of the case: else she is a colleague without it."""
    rule = _TABLE[act]
    return may(facts.role, rule.permission) and not facts.blocks.isdisjoint(rule.blocks)


def acts_for(facts: ActFacts) -> tuple[tuple[str, str], ...]:
    """Label and word of every act that is offered as a button, in the order of the table."""
    return _offered(facts, are_pages=False)


def pages_for(facts: ActFacts) -> tuple[tuple[str, str], ...]:
    """Label and word of the pages of the counselling, in the order of the table."""
    return _offered(facts, are_pages=True)


def _offered(facts: ActFacts, *, are_pages: bool) -> tuple[tuple[str, str], ...]:
    rules = ((act, rule) for act, rule in _TABLE.items() if rule.label and rule.is_page == are_pages)
    return tuple((rule.label, str(act)) for act, rule in rules if may_act(act, facts))
