"""Facts from parsed JSON: texts become days, null becomes "there is none", errors become German sentences."""

from collections.abc import Mapping
from dataclasses import fields
from datetime import date
from typing import Any, TypeVar

from models.rules.law.facts import ABSENT, CourseFacts, SphereFacts, WorkFacts
from models.rules.message import Message

Facts = TypeVar("Facts", SphereFacts, WorkFacts, CourseFacts)

DAYS = frozenset(
    {"born", "served", "application_filed", "title_granted", "title_valid_to", "fiktion_issued", "court_judgment"}
    | {"bamf_new_decision_served", "duldung_since", "extended", "suspension_decided", "registered", "gestattet_since"}
    | {"tolerated_since", "lawful_or_tolerated_stay_since", "application_refused", "today", "obligation_issued"}
    | {"course_started", "issued"}
)
YES_OR_NO = frozenset(
    {"hilfebeduerftig", "erwerbsfaehig", "ed_done", "ed_required", "action_pending", "recht_auf_verbleib", "obliged"}
    | {"lives_with_elb_parent", "must_live_in_reception_facility", "dublin_request", "protection_in_other_state"}
    | {"germany_must_reexamine", "cooperation_breached", "final_decision", "stay_unbroken", "removal_measures_pending"}
    | {"own_fault_60a_6", "identity_clarified_by_passport", "work_was_permitted_in_asylum_procedure", "in_school"}
    | {"permission_held_on_2026_06_11", "able_to_work", "employed", "section_44_4_suspended", "course_formed"}
    | {"kooperationsplan_names_course", "invitation_missed_without_reason", "old_obligation_before_2026_07_01"}
)
NONE_IS_UNKNOWN = frozenset({"born", "today"})
"""Days that everybody has: null says nothing about them."""

LIST_OR_FALSE = frozenset({"safe_country", "accelerated_letter"})


class UnreadableFact(ValueError):
    """A fact that cannot be read. ``message`` says which one and why; it repeats no value."""

    def __init__(self, message: Message) -> None:
        super().__init__(message.text)
        self.message = message


def read_facts(kind: type[Facts], raw: Mapping[str, Any]) -> Facts:
    """The facts of a table row. Names that the rule does not know are irrelevant to it and are left out.

    Raises UnreadableFact on a day that is none, a yes or no that is neither, and the like.
    """
    known = {field.name for field in fields(kind)}
    return kind(**{name: read_fact(name, value) for name, value in raw.items() if name in known})


def read_fact(name: str, value: Any) -> Any:
    """One fact by its name. ABSENT for a null that means "there is none"."""
    if name in YES_OR_NO:
        return _checked(name, value, bool)
    if name in DAYS:
        return _day(name, value)
    if name in LIST_OR_FALSE:
        return ABSENT if value is None or value is False else _checked(name, value, str)
    if name == "age":
        return _checked(name, value, int)
    return _checked(name, value, str)


def _day(name: str, value: Any) -> Any:
    if value is None:
        return None if name in NONE_IS_UNKNOWN else ABSENT
    try:
        return date.fromisoformat(_checked(name, value, str))
    except ValueError as error:
        raise UnreadableFact(Message("„{name}“ ist kein Datum der Form JJJJ-MM-TT.", name=name)) from error


def _checked(name: str, value: Any, kind: type) -> Any:
    wrong_number = kind is int and isinstance(value, bool)
    if value is not None and (wrong_number or not isinstance(value, kind)):
        raise UnreadableFact(Message("„{name}“ hat nicht die erwartete Form.", name=name))
    return value
