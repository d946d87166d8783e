"""Figures counted from milestones in a few statements, as they were known at a moment. Read only, within the scope.

People of an office see what happened while theirs was in charge, of a municipality what happened in it; who oversees
the county sees all of it, and what strangers must not know is withheld before it leaves this room.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date, datetime, time, timedelta
from typing import Any

from peewee import JOIN, SQL, Expression, Field, fn

from models.base import is_sqlite
from models.queries.code_names import named
from models.queries.figure_quality import field_names, gaps_of
from models.rules.figures import report
from models.rules.figures.asking import Question
from models.rules.figures.catalogue import LEVELS, OVERSEERS, Cut, Figure, Shape, of_same_people, word_of
from models.rules.figures.milestones import Kind
from models.rules.figures.report import Known, Report
from models.rules.figures.spread import step_of
from models.rules.figures.suppression import CROSSED_SHOWN, TOTAL, Cell, Counts, withheld
from models.rules.message import N_, Message
from models.rules.roles import Actor, Role
from models.rules.times import LOCAL, stamp
from models.tables import Case, CaseMilestone, Course, Organisation, Person

NOWHERE = "0"


def oversees(actor: Actor) -> bool:
    """Whether this person gets the county's figures, with small numbers withheld, and not those of an office."""
    return actor.role in OVERSEERS


def short_name(name: str) -> str:
    """„Tholey“ for „Gemeinde Tholey“: columns are narrow."""
    return name.removeprefix("Gemeinde ").removeprefix("Kreisstadt ")


def municipalities() -> list[Organisation]:
    """All municipalities by name, dissolved ones too."""
    return list(Organisation.select().where(Organisation.kind == Role.MUNICIPALITY).order_by(Organisation.name))


def report_of(actor: Actor, question: Question) -> Report:
    """The answer. What is withheld is not in it."""
    if question.figure.shape == Shape.QUALITY:
        gaps = gaps_of(actor, question.place, question.today)
        return report.quality(question.figure, gaps, field_names(), own=not oversees(actor))
    if question.figure.shape == Shape.CROSSED:
        return _crossed(actor, question)
    return _standing(actor, question) if question.figure.shape == Shape.STANDING else _over_time(actor, question)


def _over_time(actor: Actor, question: Question) -> Report:
    own, figure = not oversees(actor), question.figure
    counts, spread = _counts(actor, question, figure, question.cut)
    hidden = frozenset() if own else _hidden(actor, question, counts)
    known = Known(counts, _labels(question), hidden, spread)
    only = "" if own else question.place
    return report.over_time(figure, known, question.year, only, own=own)


def _hidden(actor: Actor, question: Question, counts: Counts) -> frozenset[Cell]:
    """What of this table is withheld, seen with all other tables that tell of the same people."""
    tables = {
        cut if cut != Cut.WORDS else figure.key: (figure, cut)
        for figure in reversed(of_same_people(question.figure))
        for cut in figure.cuts  # by place and office they are the same table whatever is told of these people
    }
    others = [_counts(actor, question, *one)[0] for one in tables.values() if one != (question.figure, question.cut)]
    return withheld([counts, *others], zero_tells=question.figure.delicate)[0]


def _counts(actor: Actor, question: Question, figure: Figure, cut: Cut) -> tuple[Counts, Mapping[str, dict[int, int]]]:
    """The true numbers by row and column, and of days how often each is there by row."""
    column: Field = {Cut.MUNICIPALITY: CaseMilestone.municipality, Cut.OFFICE: CaseMilestone.organisation}.get(
        cut, CaseMilestone.days if figure.shape == Shape.DAYS else CaseMilestone.word
    )
    cells: dict[Cell, int] = defaultdict(int)
    spread: dict[str, dict[int, int]] = defaultdict(dict)
    for month, value, often in _often(actor, question, figure, column):
        row = report.row_of(figure, month)
        cells[row, _column(figure, cut, value)] += often
        if column is CaseMilestone.days:
            spread[row][value] = spread[row].get(value, 0) + often
    rows = _rows(figure, [row for row, _column in cells], question.known_on)
    columns = report.columns_of(figure, cut, _places(cut, cells))
    return Counts(rows, tuple(columns), cells), spread


def _column(figure: Figure, cut: Cut, value: Any) -> str:
    if cut != Cut.WORDS:
        return str(value or NOWHERE)
    return step_of(value or 0) if figure.shape == Shape.DAYS else word_of(figure, value)


def _often(actor: Actor, question: Question, figure: Figure, column: Field) -> Sequence[tuple[str, Any, int]]:
    month = CaseMilestone.month
    query = CaseMilestone.select(month, column, fn.COUNT(CaseMilestone.id)).where(
        asked(actor, question, figure), CaseMilestone.happened_on <= question.known_on
    )
    rows: Sequence[tuple[str, Any, int]] = query.group_by(month, column).tuples()
    return rows


def asked(actor: Actor, question: Question, figure: Figure) -> Expression:
    """Which milestones are meant: the kind, as known at the end of the day, of the own office or municipality."""
    moment = end_of(question.known_on)
    known = (CaseMilestone.known_from <= moment) & (
        CaseMilestone.known_until.is_null() | (CaseMilestone.known_until > moment)
    )
    wanted = (CaseMilestone.kind == figure.kind) & known
    if oversees(actor):
        return wanted
    column = CaseMilestone.municipality if actor.role == Role.MUNICIPALITY else CaseMilestone.organisation
    wanted &= column == actor.organisation_id
    return wanted & (CaseMilestone.municipality == int(question.place)) if question.place else wanted


def end_of(day: date) -> str:
    """The last moment of a day in Germany, as times are stored."""
    return stamp(datetime.combine(day + timedelta(days=1), time(), LOCAL) - timedelta(microseconds=1))


def _rows(figure: Figure, found: Sequence[str], until: date) -> Mapping[str, str]:
    """Every month or quarter from the first one with a number to the day; the group is the year."""
    if not found:
        return {}
    years = range(int(min(found)[:4]), until.year + 1)
    months = (f"{year}-{month:02}" for year in years for month in range(1, 13))
    rows = dict.fromkeys(report.row_of(figure, month) for month in months if month <= f"{until:%Y-%m}")
    return {row: row[:4] for row in rows if row >= min(found)}


def _places(cut: Cut, cells: Mapping[Cell, int]) -> list[tuple[str, str]]:
    """The offices or municipalities that are columns, by name."""
    if cut == Cut.WORDS:
        return []
    kinds = (Role.MUNICIPALITY,) if cut == Cut.MUNICIPALITY else (Role.AGENTUR, Role.JOBCENTER)
    rows = Organisation.select(Organisation.id, Organisation.name).where(Organisation.kind.in_(kinds))
    found = [(str(number), short_name(name)) for number, name in rows.order_by(Organisation.name).tuples()]
    nowhere = any(column == NOWHERE for _row, column in cells)
    return [*found, (NOWHERE, str(Message(N_("ohne Angabe"))))] if nowhere else found


def _labels(question: Question) -> Mapping[str, str]:
    places = _places(question.cut, {(TOTAL, NOWHERE): 0})
    return report.columns_of(question.figure, question.cut, places)


def _standing(actor: Actor, question: Question) -> Report:
    """How many stand on the day, by word and municipality; beside the demand for courses the free seats."""
    own, figure = not oversees(actor), question.figure
    place, word = CaseMilestone.municipality, CaseMilestone.word
    query = CaseMilestone.select(word, place, fn.COUNT(CaseMilestone.id)).where(asked(actor, question, figure))
    cells: dict[Cell, int] = defaultdict(int)
    for stored, number, often in query.group_by(word, place).tuples():
        cells[word_of(figure, stored), str(number or NOWHERE)] += often
    places = dict(_places(Cut.MUNICIPALITY, cells))
    counts = Counts(dict.fromkeys(figure.words, TOTAL), tuple(places), cells)
    home = str(actor.organisation_id) if actor.role == Role.MUNICIPALITY else ""
    only = home if own else question.place
    beside = (str(Message(N_("freie Plätze"))), _free_seats(question.today)) if figure.kind == Kind.IS_WANTED else None
    return report.standing(figure, counts, places, only, own=own, beside=beside)


def _crossed(actor: Actor, question: Question) -> Report:
    """Who stands on the day by nationality and sex, and municipality (6.2: at least ten)."""
    own, figure = not oversees(actor), question.figure
    cells: dict[Cell, int] = defaultdict(int)
    groups: dict[str, str] = {}
    for nation, sex, number, count in _by_nation_and_sex(asked(actor, question, figure)):
        row = f"{nation or '?'} {sex or '?'}"
        groups[row] = nation or "?"
        cells[row, str(number or NOWHERE)] += count
    places = dict(_places(Cut.MUNICIPALITY, cells))
    counts = Counts(dict(sorted(groups.items())), tuple(places), cells)
    hidden = frozenset() if own else withheld([counts], CROSSED_SHOWN)[0]
    return report.crossed(figure, counts, places, _names(groups), hidden, "" if own else question.place, own=own)


def _by_nation_and_sex(wanted: Expression) -> Sequence[tuple[str, str, int | None, int]]:
    """How many by nationality, sex and municipality.

    For SQLite the cases come in their order: looked up criss-cross, each would cost a page of two large tables.
    """
    which = CaseMilestone.select(CaseMilestone.case, CaseMilestone.municipality).where(wanted)
    if is_sqlite():
        which = which.order_by(CaseMilestone.case)
    found = which.cte("found", columns=("case_id", "place"), materialized=is_sqlite() or None)
    by = (Person.nationality, Person.sex, found.c.place)
    query = found.select_from(*by, fn.COUNT(SQL("1"))).join(Case, JOIN.CROSS).join(Person, JOIN.CROSS)
    rows: Sequence[tuple[str, str, int | None, int]] = (
        query.where(Case.id == found.c.case_id, Person.id == Case.person).group_by(*by).tuples()
    )
    return rows


def _names(groups: Mapping[str, str]) -> Mapping[str, str]:
    """Nationalities and sexes in words, by the keys of the rows."""
    nations = {nation: named("countries", [nation]) or nation for nation in set(groups.values())}
    return nations | {row: named("sexes", [row[len(nation) + 1 :]]) or row for row, nation in groups.items()}


def _free_seats(today: date) -> Mapping[str, int]:
    """Seats that nobody has yet, of courses that begin after the day, by how far the course goes."""
    free = fn.SUM(Course.seats - Course.taken)
    query = Course.select(Course.level_to, free).where(Course.starts_on > today, Course.cancelled_on.is_null())
    found: dict[str, int] = defaultdict(int)
    for level, count in query.group_by(Course.level_to).tuples():
        found[level if level in LEVELS else "else"] += int(count)
    return found
