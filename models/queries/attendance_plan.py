"""What an uploaded list of attendance would do: the preview and the import itself follow the same plan."""

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from models.queries.course_attendance import CourseSheet, Participant, course_taught, sheet_of
from models.queries.import_batches import SHOWN
from models.rules.attendance_lists.columns import AttendanceColumn
from models.rules.attendance_lists.rows import ListedMark, RowErrors, name_words, parse_mark
from models.rules.course_attendance import MARK_LABELS, Month, refusal
from models.rules.course_calendar import month_name
from models.rules.errors import NotVisible
from models.rules.lists.table import Table
from models.rules.message import N_, Message
from models.rules.roles import Actor
from models.rules.states import DayMark
from models.rules.times import german_date


@dataclass(frozen=True, slots=True)
class PlannedMark:
    """A day of one person that is to be marked; ``before`` is what stands there now."""

    row: int
    line: int
    number: str
    month: Month
    enrolment_id: int
    name: str
    day: date
    mark: DayMark
    before: DayMark | None


@dataclass(frozen=True, slots=True)
class AttendancePlan:
    """What is to be done with each row of a list; ``rejected`` has the errors by row number."""

    total: int
    new: tuple[PlannedMark, ...]
    changed: tuple[PlannedMark, ...]
    rejected: Mapping[int, RowErrors]

    @property
    def unchanged(self) -> int:
        """Rows that say nothing, what is stored already, or what an earlier row has said."""
        return self.total - len(self.new) - len(self.changed) - len(self.rejected)


def plan_attendance(table: Table, actor: Actor, today: date) -> AttendancePlan:
    """Read, check and compare the rows of a list. A bad row stops no other."""
    planner, planned = _Planner(actor, today), list[PlannedMark]()
    rejected: dict[int, RowErrors] = {}
    for row in table.rows:
        found = parse_mark(row)
        judged = planner.plan(found) if isinstance(found, ListedMark) else found
        if isinstance(judged, PlannedMark):
            planned.append(judged)
        elif judged:
            rejected[row.number] = judged
    new = tuple(one for one in planned if one.before is None)
    changed = tuple(one for one in planned if one.before)
    return AttendancePlan(len(table.rows), new, changed, rejected)


class _Planner:
    """Knows the sheets that the rows name, each read once, and what earlier rows have said."""

    def __init__(self, actor: Actor, today: date) -> None:
        self._actor, self._today = actor, today
        self._sheets: dict[tuple[str, Month], CourseSheet | None] = {}
        self._said: dict[tuple[int, date], ListedMark] = {}

    def plan(self, listed: ListedMark) -> PlannedMark | RowErrors | None:
        """What to do with a row: a mark, the reason why not, or None where it says nothing new."""
        if listed.mark is None:
            return None
        sheet = self._sheet(listed.number, Month(listed.day.replace(day=1)))
        if sheet is None:
            return {AttendanceColumn.NUMBER: Message(N_("Diese Kursnummer gehört zu keinem Ihrer Kurse."))}
        person = _person(listed, sheet.people)
        if not isinstance(person, Participant):
            return person
        if sentence := refusal(listed.day, sheet.teaching, person.stay, self._today):
            return {AttendanceColumn.DAY: sentence}
        return self._compared(listed, listed.mark, sheet, person)

    def _compared(
        self, listed: ListedMark, mark: DayMark, sheet: CourseSheet, person: Participant
    ) -> PlannedMark | RowErrors | None:
        known = self._said.setdefault((person.enrolment_id, listed.day), listed)
        if known is not listed:
            text = N_("Zeile {line} sagt über diesen Tag etwas anderes.")
            return None if known.mark == mark else {AttendanceColumn.MARK: Message(text, line=known.line)}
        before = sheet.marks.get(person.enrolment_id, {}).get(listed.day)
        if before == mark:
            return None
        return PlannedMark(
            listed.row, listed.line, sheet.course.number, sheet.month, person.enrolment_id, person.name, listed.day,
            mark, before,
        )  # fmt: skip

    def _sheet(self, number: str, month: Month) -> CourseSheet | None:
        if (number, month) not in self._sheets:
            try:
                course = course_taught(self._actor, number, self._today)
                self._sheets[number, month] = sheet_of(self._actor, course, month, self._today)
            except NotVisible:
                self._sheets[number, month] = None
        return self._sheets[number, month]


def _person(listed: ListedMark, people: Sequence[Participant]) -> Participant | RowErrors:
    """Whom a row means: by the sign of the form, else by the whole name; both must fit where both are there."""
    if listed.reference:
        found = [one for one in people if one.reference.upper() == listed.reference]
        if not found:
            return {AttendanceColumn.REFERENCE: Message(N_("In diesem Kurs ist niemand mit diesem Zeichen."))}
        if listed.name and not _is_named(listed.name)(found[0]):
            return {AttendanceColumn.NAME: Message(N_("Zu diesem Zeichen gehört ein anderer Name."))}
        return found[0]
    found = list(filter(_is_named(listed.name), people))
    if len(found) > 1:
        return {AttendanceColumn.NAME: Message(N_("So heißen mehrere im Kurs: Bitte das Zeichen angeben."))}
    return found[0] if found else {AttendanceColumn.NAME: Message(N_("In diesem Kurs ist niemand mit diesem Namen."))}


def _is_named(name: str) -> Callable[[Participant], bool]:
    words = name_words(name)
    return lambda one: name_words(one.name) == words


def attendance_picture(plan: AttendancePlan, table: Table, *, names: bool) -> dict[str, Any]:
    """What a page says about an import, as plain data; with ``names`` for the preview alone."""
    lines = {row.number: row.line for row in table.rows}
    wrong = list(plan.rejected.items())[:SHOWN]
    return {
        "rows": plan.total,
        "imported": len(plan.new),
        "updated": len(plan.changed),
        "unchanged": plan.unchanged,
        "rejected": len(plan.rejected),
        "sheets": list(_sheets(plan)),
        "changes": [_change(one) for one in plan.changed[:SHOWN]] if names else [],
        "errors": [
            {"line": lines[number], "name": "", "errors": _sentences(errors, names)} for number, errors in wrong
        ],
    }


def _sentences(errors: RowErrors, names: bool) -> list[list[str]]:
    """Sentences that name the person do not do so any more once the list is read in."""
    found = ((column, message if names else _nameless(message)) for column, message in errors.items())
    return [[str(column), str(message)] for column, message in found]


def _nameless(message: Message) -> Message:
    return Message(message.text, **message.params | ({"name": N_("Die Person")} if "name" in message.params else {}))


def _change(one: PlannedMark) -> dict[str, Any]:
    before = MARK_LABELS[one.before] if one.before else ""
    return {
        "line": one.line,
        "name": one.name,
        "day": german_date(one.day),
        "before": before,
        "after": MARK_LABELS[one.mark],
    }


def _sheets(plan: AttendancePlan) -> Iterator[dict[str, Any]]:
    """By course and month: how many days of how many people."""
    grouped: dict[tuple[str, Month], list[PlannedMark]] = defaultdict(list)
    for one in (*plan.new, *plan.changed):
        grouped[one.number, one.month].append(one)
    for (number, month), marks in grouped.items():
        people = len({one.enrolment_id for one in marks})
        yield {
            "number": number,
            "month": month.word,
            "title": month_name(month.first),
            "days": len(marks),
            "people": people,
        }
