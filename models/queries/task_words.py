"""German sentences and addresses of tasks: the rule's text with the names that it leaves open."""

from datetime import date

from models.queries.checklists import LIST_WORDS
from models.queries.law import current_law
from models.rules.agreements import STEP_LABELS, StepKind
from models.rules.change_reports import KINDS
from models.rules.course_calendar import month_name
from models.rules.list_names import LIST_NAMES
from models.rules.message import Message
from models.rules.path_requests import path_named
from models.rules.residence_entries import paper_name
from models.rules.states import ChangeKind, ListKey
from models.rules.tasks import TASK_RULES, TaskKind


def sentence_of(kind: TaskKind, word: str, *, waits: bool = False) -> Message:
    """What somebody has to do, or what she waits for."""
    rule = TASK_RULES[kind]
    return _named(rule.waiting if waits else rule.title, kind, word)


def deadline_of(kind: TaskKind, word: str) -> Message:
    """The same as a date of the case."""
    return _named(TASK_RULES[kind].deadline, kind, word)


def _named(text: str, kind: TaskKind, word: str) -> Message:
    return Message(text, word=_word(kind, word)) if "{word}" in text else Message(text)


def _word(kind: TaskKind, word: str) -> str:
    if kind == TaskKind.COURSE_REPORT:
        return month_name(date.fromisoformat(f"{word}-01"))
    if kind == TaskKind.STEP:
        return STEP_LABELS[StepKind(word)]
    if kind in _OF_PATHS:
        return path_named(word)
    if kind in (TaskKind.QUESTION, TaskKind.QUESTION_ANSWERED):
        return word
    if kind == TaskKind.REPORT_NOTE:
        return KINDS[ChangeKind(word)]
    return LIST_NAMES[ListKey(word)] if kind == TaskKind.RETURNED else paper_name(current_law(), word)


_OF_PATHS = (TaskKind.PATH_ASKED, TaskKind.PATH_CHASE, TaskKind.PATH_ANSWERED)
_FOLLOWED = {TaskKind.PROVIDER: "kurs", TaskKind.OBLIGATION: "", TaskKind.PATH_ASKED: "kurs"}
"""Where in the case somebody follows what she waits for, unless it is where the work is done."""


def address_of(
    kind: TaskKind, number: str, reference: str | None, enrolment: int | None, word: str, *, waits: bool = False
) -> str:
    """Where the work is done; who waits is led to where she can follow it."""
    case, link = f"/faelle/{number}", TASK_RULES[kind].link
    if waits:
        link = _FOLLOWED.get(kind, link)
    if link.startswith("/"):
        return link.format(reference=reference, enrolment=enrolment, number=number, word=word)
    if link.startswith("?"):
        return case + link.format(list=LIST_WORDS[ListKey(word)] if kind == TaskKind.RETURNED else "")
    return f"{case}/{link}" if link else case
