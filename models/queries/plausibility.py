"""What seems wrong about a person in a course, with what the acting person may know of the case."""

from models.queries.case_view import CaseView
from models.queries.definitions import items_of
from models.queries.enrolments import EnrolmentRow
from models.rules.checklists import law_facts
from models.rules.permissions import Block
from models.rules.plausibility import Finding, InCourse, findings
from models.rules.states import EnrolmentState

NOT_BEGUN = (EnrolmentState.RESERVED, EnrolmentState.SENT)


def look_again(view: CaseView, row: EnrolmentRow) -> tuple[Finding, ...]:
    """The rows of the table that apply to a place, until the provider has confirmed it."""
    if row.state not in NOT_BEGUN:
        return ()
    held = view.held
    stay = held.records[0].valid_to if held.records and Block.PAPERS in view.blocks else None
    facts = InCourse(
        born=held.person.date_of_birth,
        today=held.today,
        starts_on=row.starts_on,
        ends_on=row.ends_on,
        in_school=_in_school(view),
        path_valid_to=row.path_valid_to,
        stay_valid_to=stay,
    )
    return findings(facts)


def about_person(view: CaseView) -> tuple[Finding, ...]:
    """The rows that apply to the person whatever course she chooses: for the page on which one is chosen."""
    today = view.held.today
    return findings(InCourse(view.held.person.date_of_birth, today, today, in_school=_in_school(view)))


def _in_school(view: CaseView) -> bool | None:
    known = law_facts(items_of(view.definitions), view.known.answers, "course_access").get("in_school")
    return known if isinstance(known, bool) else None
