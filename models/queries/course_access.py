"""How a person may get into a course: the access paths as the rules see them, with what the acting person knows."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

from models.queries.case_view import CaseView
from models.queries.definitions import items_of
from models.queries.dossier import AskedPath
from models.queries.facts import course_facts
from models.queries.law import current_law
from models.rules.checklists import law_facts
from models.rules.enrolments import ACCESS_LABELS, ALL_PATH_LABELS, PATH_BASIS
from models.rules.law.course_access import access_paths, course_access
from models.rules.law.facts import FACT_LABELS, CourseFacts
from models.rules.law.outcomes import PathState
from models.rules.law.reading import read_facts
from models.rules.message import Message
from models.rules.states import PathRequestState

GRANTED = PathRequestState.GRANTED


@dataclass(frozen=True, slots=True)
class PathLine:
    """One access path in words. ``missing`` are German names of facts without which it cannot be judged."""

    path: str
    label: str
    word: str
    kind: str
    reason: Message
    norms: str
    missing: tuple[str, ...]
    valid_to: date | None


@dataclass(frozen=True, slots=True)
class CourseAccess:
    """All paths, the sentence for the leading one, what is known of the paper behind it, and of each granted path."""

    states: tuple[PathState, ...]
    lines: tuple[PathLine, ...]
    leading: str
    summary: Message
    paper: Mapping[str, str]
    papers: Mapping[str, Mapping[str, str]]


def access_of(view: CaseView) -> CourseAccess:
    """The access paths of a case on the day of the view, judged by what this person may know of it."""
    return view.once("course access", lambda: _access_of(view))


def _access_of(view: CaseView) -> CourseAccess:
    law = current_law()
    # with a kind of course the rule would answer another question: which deadline runs
    facts = replace(_facts(view), course_kind=None)
    states, outcome = access_paths(facts, law), course_access(facts, law)
    return CourseAccess(
        states=states,
        lines=tuple(_line(state) for state in states),
        leading=outcome.path or "",
        summary=outcome.summary,
        paper=_known_paper(view),
        papers={one.path: _granted_paper(one) for one in reversed(view.held.path_requests) if one.state == GRANTED},
    )


def _facts(view: CaseView) -> CourseFacts:
    """The facts of the case, limited to the answers that this person's view holds (case_model: Who sees what)."""
    whole = course_facts(view.held)
    seen = read_facts(CourseFacts, law_facts(items_of(view.definitions), view.known.answers, "course_access"))
    benefits = seen.benefits if seen.benefits is not None else whole.benefits if not view.held.accepted else "SGB II"
    return replace(seen, age=whole.age, today=whole.today, benefits=benefits)


def _line(state: PathState) -> PathLine:
    word, kind = ACCESS_LABELS[state.state]
    return PathLine(
        path=state.path,
        label=ALL_PATH_LABELS[state.path],
        word=word,
        kind=kind,
        reason=state.reason,
        norms=", ".join(state.paragraphs) or PATH_BASIS.get(state.path, ""),
        missing=tuple(FACT_LABELS[name] for name in state.missing if name in FACT_LABELS),
        valid_to=state.valid_to,
    )


def _granted_paper(row: AskedPath) -> dict[str, str]:
    """The paper of a granted path, as codes and ISO days."""
    days = {"issued_on": row.dated, "valid_to": row.valid_to}
    return {"path": row.path, "issued_by": row.body} | {key: day.isoformat() for key, day in days.items() if day}


def _known_paper(view: CaseView) -> dict[str, str]:
    """What the checklist says of the entitlement or obligation (K01, K03, K04), as codes and ISO days."""
    wanted = (("K01", "path"), ("K03", "issued_by"), ("K03", "issued_on"), ("K04", "valid_to"))
    found = {}
    for code, key in wanted:
        answer = view.known.answers.get(code)
        value = answer.value(key) if answer else None
        if isinstance(value, str):
            found[key] = value
    return found
