"""The cases behind one number of the own office. Who oversees the county gets numbers alone."""

from peewee import Expression, ModelSelect

from models.queries.figure_quality import lacking
from models.queries.figures import NOWHERE, asked, oversees
from models.queries.scope import visible_cases
from models.rules.errors import NotAllowed
from models.rules.figures.asking import Question
from models.rules.figures.catalogue import GONE, Cut, Shape
from models.rules.figures.milestones import Kind
from models.rules.figures.spread import BEYOND, STEPS
from models.rules.figures.suppression import TOTAL
from models.rules.roles import Actor
from models.tables import Case, CaseMilestone, Person

PAGE = 50


def cases_behind(actor: Actor, question: Question, row: str, column: str, page: int) -> tuple[list[Case], bool]:
    """The cases that this person still sees, by name, and whether there are more; NotAllowed for who oversees."""
    if oversees(actor):
        raise NotAllowed
    if question.figure.shape == Shape.QUALITY:
        wanted = lacking(actor, question.place, question.today, row, column)
        return _page(Case.select(Case, Person).join(Person).where(wanted), page)
    counted = CaseMilestone.select(CaseMilestone.case).where(
        asked(actor, question, question.figure),
        _in_row(question, row),
        _in_column(question, column),
        CaseMilestone.happened_on <= question.known_on,
    )
    wanted = Case.id.in_(counted) & visible_cases(actor, question.today)
    return _page(Case.select(Case, Person).join(Person).where(wanted), page)


def _page(query: ModelSelect, page: int) -> tuple[list[Case], bool]:
    found = list(query.order_by(Case.sort_key, Case.id).limit(PAGE + 1).offset((page - 1) * PAGE))
    return found[:PAGE], len(found) > PAGE


_ANY = CaseMilestone.kind.is_null(False)


def _in_row(question: Question, row: str) -> Expression:
    """A month, a quarter, a year, all; or the word of what stands."""
    if row == TOTAL:
        return _ANY
    if question.figure.shape == Shape.STANDING:
        return _with_word(question, row)
    year, _, part = row.partition("-")
    if part.startswith("Q"):
        last = int(part[1:2] or 0) * 3
        return CaseMilestone.month.between(f"{year}-{last - 2:02}", f"{year}-{last:02}")
    return CaseMilestone.month == row if part else CaseMilestone.month.startswith(f"{year}-")


def _in_column(question: Question, column: str) -> Expression:
    if column == TOTAL:
        return _ANY
    if question.cut == Cut.WORDS:
        return _within(column) if question.figure.shape == Shape.DAYS else _with_word(question, column)
    field = CaseMilestone.municipality if question.cut == Cut.MUNICIPALITY else CaseMilestone.organisation
    if column == NOWHERE:
        return field.is_null()
    return field == int(column) if column.isdecimal() and len(column) < 10 else ~_ANY


def _with_word(question: Question, word: str) -> Expression:
    if question.figure.kind == Kind.CLOSED and word == "gone":
        return CaseMilestone.word.in_(sorted(GONE))
    if word == "else":
        named = [*question.figure.words, *(GONE if question.figure.kind == Kind.CLOSED else ())]
        return CaseMilestone.word.not_in(named)
    return CaseMilestone.word == word


def _within(column: str) -> Expression:
    if column == BEYOND:
        return CaseMilestone.days > STEPS[-1]
    last = next((step for step in STEPS if str(step) == column), -1)
    first = max((step for step in STEPS if step < last), default=-1)
    return CaseMilestone.days.between(first + 1, last)
