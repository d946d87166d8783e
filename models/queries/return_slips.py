"""From the sign on a return slip to the enrolment that it is about. Reads only."""

import re
from datetime import date

from models.queries.cases import seen_case
from models.queries.course_attendance import SEEN_WITH
from models.queries.enrolments import EnrolmentRow, enrolments_of
from models.rules.errors import NotAllowed, NotVisible
from models.rules.roles import Actor

_REFERENCE = re.compile(r"(?P<case>[A-Z]{2,4}-[0-9]{4}-[0-9]{5,6})-K(?P<number>[1-9][0-9]?)")


def enrolment_behind(actor: Actor, reference: str, today: date) -> tuple[str, EnrolmentRow]:
    """The case number and the enrolment of a sign like ``SWD-2026-00417-K1``, however it was typed.

    NotVisible for a sign that is none or belongs to a case of others, NotAllowed where the person sees the case but not
    its courses.
    """
    found = _REFERENCE.fullmatch(re.sub(r"\s", "", reference).upper())
    if found is None:
        raise NotVisible
    case = seen_case(actor, found["case"], today)
    if not case.sees(*SEEN_WITH):
        raise NotAllowed
    for row in enrolments_of(case.case.id):
        if row.number == int(found["number"]):
            return case.case.number, row
    raise NotVisible
