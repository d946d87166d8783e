"""What the page about the course of a case shows of requests for access paths, and the forms for them."""

from typing import Any

from blueprints.courses.path_forms import AskForm, PathAnswerForm
from blueprints.shared import access
from models.queries.case_view import CaseView
from models.queries.course_access import CourseAccess
from models.queries.path_requests import RequestLine, open_paths, request_lines, told_of
from models.rules.path_requests import BODY_ROLES, BY_ASYLBLG, age_on, askable, told_words
from models.rules.states import PathRequestState

ANSWERED = (PathRequestState.GRANTED, PathRequestState.REFUSED)


def requests_context(view: CaseView, paths: CourseAccess, forms: dict[str, Any]) -> dict[str, Any]:
    """The requests with what this person can do with each, and the form for a new one."""
    held = view.held
    mine = held.case.responsible_id == view.actor.organisation_id
    entries = [_entry(view, line, mine, forms) for line in request_lines(held)]
    if not mine:
        return {"requests": entries}
    wanted = askable(paths.states, view.actor.role, open_paths(held))
    ask = forms.get("ask") or AskForm(formdata=None)
    ask.offer(wanted)
    return {
        "requests": entries,
        "ask": ask,
        "not_askable": {one.path: one.refusal for one in wanted if one.refusal}.items(),
        "told": _told(view) if any(one.path == "P5" and not one.refusal for one in wanted) else (),
    }


def _told(view: CaseView) -> tuple[Any, ...]:
    age = age_on(view.held.person.date_of_birth, view.held.today)
    return told_words("P5", told_of(view, BY_ASYLBLG), age)


def _entry(view: CaseView, line: RequestLine, mine: bool, forms: dict[str, Any]) -> dict[str, Any]:
    row, entry = line.row, {"line": line}
    if not mine:
        return entry
    if row.state == PathRequestState.OPEN:
        entry["withdraw"] = True
        by_body = BODY_ROLES.get(row.body) == view.actor.role
        if by_body or not line.speaks_itself:
            entry["answer"] = forms.get(f"path-{row.id}") or answer_form(view, line, formdata=None)
    elif row.state in ANSWERED:
        entry["note"] = not row.noted_on and row.answered_for != view.actor.organisation_id
    return entry


def answer_form(view: CaseView, line: RequestLine, **given: Any) -> PathAnswerForm:
    """The form for an answer that the asking office enters."""
    by_body = BODY_ROLES.get(line.row.body) == access.actor().role
    known = {"data": {"version": line.row.version}} if "formdata" in given else {}
    return PathAnswerForm(line.row.path, by_body, f"path-{line.row.id}", **given, **known)
