"""Who may answer an item of a case now, and if not, why: one function for the form, the sentence and the operation."""

from collections.abc import Collection
from dataclasses import dataclass

from models.rules.checklists import LAW_FACTS, Item, ItemState, ItemView, hearsay, may_answer, role_names
from models.rules.message import N_, Message
from models.rules.permissions import Permission, may
from models.rules.roles import Role
from models.rules.states import ListKey, StageState

FINISHERS: dict[ListKey, frozenset[Role]] = {
    ListKey.INTAKE: frozenset({Role.MUNICIPALITY, Role.AGENTUR}),
    ListKey.COUNSELLING: frozenset({Role.AGENTUR}),
    ListKey.COURSES: frozenset({Role.AGENTUR}),
    ListKey.HANDOVER: frozenset({Role.AGENTUR}),
    ListKey.COACH: frozenset({Role.COACH}),
}
"""Who finishes and reopens a list. The Jobcenter does what the Agentur does where it is responsible."""

NEVER_IN_PLACE = ("handover", "rule", "decision.served", "person.working_age")
"""Records that come about by an act of their own, so that their items are never answered in the list."""


@dataclass(frozen=True, slots=True)
class Standing:
    """How a person stands towards a case today.

    ``acting`` are the roles she acts in; the Jobcenter acts for the Agentur too where there is none, or no longer.
    ``absent`` are the roles that take no part with an account; a case that was given away is read only.
    """

    role: Role
    acting: frozenset[Role]
    absent: frozenset[Role]
    case_open: bool = True
    read_only: bool = False


def acting_roles(role: Role, direct: bool, accepted: bool) -> frozenset[Role]:
    """The roles in which people of this kind of organisation act on a case."""
    if role == Role.JOBCENTER and (direct or accepted):
        return frozenset({Role.JOBCENTER, Role.AGENTUR})
    return frozenset({role})


def kept_elsewhere(item: Item) -> bool:
    """Whether the item is only ever filled by an act elsewhere in the case."""
    return item.derived_from.startswith(NEVER_IN_PLACE)


def may_answer_at_all(item: Item, standing: Standing) -> bool:
    """Whether the item is among this person's tasks in the case, whatever its state."""
    if standing.read_only or kept_elsewhere(item) or not _answers_items(standing.role):
        return False
    return any(may_answer(item, role, standing.absent) for role in standing.acting)


def _answers_items(role: Role) -> bool:
    # a provider answers for the people in its courses, without seeing their cases
    return may(role, Permission.ITEM_ANSWER) or may(role, Permission.ENROLMENT_ANSWER)


def has_ended(standing: Standing, stage: StageState) -> Message | None:
    """That a list or its case has ended, as the sentence that refuses a change; else None."""
    if not standing.case_open:
        return Message(N_("Der Fall ist abgeschlossen."))
    if stage == StageState.FINISHED:
        return Message(N_("Die Liste ist abgeschlossen. Öffnen Sie sie mit einem Grund wieder, um etwas zu ändern."))
    return None


def takes_nothing(standing: Standing, stage: StageState) -> Message | None:
    """Why nothing at all may be entered in a list at present, or None."""
    if ended := has_ended(standing, stage):
        return ended
    if stage == StageState.WAIVED:
        return Message(N_("Die Liste entfällt in diesem Fall."))
    return None


def refusal(view: ItemView, standing: Standing, stage: StageState) -> Message | None:
    """Why this person may not answer the item now, or None if she may."""
    if nothing := takes_nothing(standing, stage):
        return nothing
    if kept_elsewhere(view.item):
        return Message(N_("Das steht an anderer Stelle im Fall und wird dort eingetragen."))
    if not may_answer_at_all(view.item, standing):
        return Message(N_("Diese Angabe macht: {who}."), who=role_names(view.item.roles))
    if view.applies is False:
        return Message(N_("Der Punkt ist in diesem Fall nicht nötig."))
    if view.state == ItemState.BLOCKED:
        return Message(N_("Der Punkt ist noch gesperrt."))
    return None


def saves_by_itself(item: Item) -> bool:
    """Whether an answer may be saved without "Speichern": not what writes a record or may change the legal sphere.

    A consent, a paper or a served decision is recorded by a deliberate act alone.
    """
    return item.in_list and not feeds_legal_sphere(item)


def feeds_legal_sphere(item: Item) -> bool:
    """Whether the rule for the change of legal sphere asks for what the item says."""
    return any(name in LAW_FACTS["legal_sphere"] for field in item.fields for name in field.facts)


def hearsay_needed(item: Item, standing: Standing) -> Message | None:
    """ "lt. Träger" where this person writes down what an absent organisation says, so that the source is asked."""
    return None if standing.acting & set(item.roles) else hearsay(item)


def may_finish(key: ListKey, acting: Collection[Role]) -> bool:
    """Whether people in these roles finish and reopen the list."""
    return any(role in FINISHERS[key] for role in acting)
