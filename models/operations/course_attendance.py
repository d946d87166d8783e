"""Attendance in a course: one sheet of a month, all of it or nothing."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from models.base import db
from models.operations.ledger import record_each
from models.operations.seats import hold_courses
from models.operations.speakers import check_source
from models.queries.course_attendance import CourseSheet, Participant, course_taught, sheet_of
from models.rules.course_attendance import Month, Typed, cell_name, compare, refusal
from models.rules.errors import NotVisible, RuleBroken, StaleVersion
from models.rules.message import N_, Message
from models.rules.roles import Actor
from models.rules.states import DayMark
from models.rules.times import local_day, stamp
from models.tables import AttendanceDay

Changes = Mapping[int, Mapping[date, DayMark | None]]
_CHANGED = Message(N_("Jemand hat inzwischen andere Einträge gespeichert. Bitte die markierten Tage prüfen."))
_WRONG = Message(N_("Es wurde nichts gespeichert. Bitte die genannten Tage prüfen."))


@dataclass(frozen=True, slots=True)
class FilledSheet:
    """What was typed of a month, by enrolment. ``source``: who said so, where somebody enters it for the provider."""

    number: str
    month: Month
    typed: Mapping[int, Typed]
    source: str = ""


def record_attendance(filled: FilledSheet, *, actor: Actor, now: datetime) -> int:
    """Store the attendance of one month of one course (§ 8 Abs. 3 IntV, § 9 Abs. 5 DeuFöV); returns how many days.

    Status only. RuleBroken by cell for a day without lessons, in the future, or on which a person is not in the course
    or may not be reported on; at ``source`` where a clerk names none. NotVisible for a foreign course or person,
    StaleVersion where somebody marked the same day differently since it was shown. Nothing is stored then.
    """
    check_source(filled.source, actor)
    today = local_day(now)
    with db.atomic():
        course = course_taught(actor, filled.number, today)
        hold_courses([course.id])
        sheet = sheet_of(actor, course, filled.month, today)
        people = {one.enrolment_id: one for one in sheet.people}
        if not people.keys() >= filled.typed.keys():
            raise NotVisible
        changes = _changes(filled, sheet)
        _refuse(changes, people, sheet, today)
        _store(changes, sheet, filled.source, actor, now)
        if changes:
            record_each(actor, "enrolment.attendance", _events(changes, people, filled), now=now)
    return sum(len(days) for days in changes.values())


def _changes(filled: FilledSheet, sheet: CourseSheet) -> Changes:
    found = {one: compare(typed, sheet.marks.get(one, {})) for one, typed in filled.typed.items()}
    if any(comparison.clashes for comparison in found.values()):
        raise StaleVersion(_CHANGED)
    return {one: comparison.changes for one, comparison in found.items() if comparison.changes}


def _refuse(changes: Changes, people: Mapping[int, Participant], sheet: CourseSheet, today: date) -> None:
    """A mark needs a day that can be marked; taking one back does not."""
    problems = {
        cell_name(one, day): sentence
        for one, days in changes.items()
        for day, mark in days.items()
        if mark and (sentence := _problem(one, day, people, sheet, today))
    }
    if problems:
        raise RuleBroken(_WRONG, problems)


def _problem(one: int, day: date, people: Mapping[int, Participant], sheet: CourseSheet, today: date) -> Message | None:
    if not sheet.month.first <= day <= sheet.month.last:
        return Message(N_("Dieser Tag gehört nicht zu diesem Monat."))
    return refusal(day, sheet.teaching, people[one].stay, today)


def _store(changes: Changes, sheet: CourseSheet, source: str, actor: Actor, now: datetime) -> None:
    """Few statements, however many cells: one for what is new, one for each mark that replaces another."""
    by = {"source": source, "organisation": actor.organisation_id, "account": actor.account_id, "marked_at": stamp(now)}
    stored = [(one, day) for one, days in changes.items() for day in days if day in sheet.marks.get(one, {})]
    new = [
        {"enrolment": one, "day": day, "state": mark, **by}
        for one, days in changes.items()
        for day, mark in days.items()
        if mark and (one, day) not in stored
    ]
    if new:
        AttendanceDay.insert_many(new).execute()
    ids = _ids(stored, sheet.month)
    for mark in DayMark:
        found = [ids[one, day] for one, day in stored if changes[one][day] == mark]
        if found:
            columns = {"state": mark, **by, "version": AttendanceDay.version + 1}
            AttendanceDay.update(columns).where(AttendanceDay.id.in_(found)).execute()
    gone = [ids[one, day] for one, day in stored if changes[one][day] is None]
    if gone:
        AttendanceDay.delete().where(AttendanceDay.id.in_(gone)).execute()


def _ids(stored: Iterable[tuple[int, date]], month: Month) -> dict[tuple[int, date], int]:
    enrolments = {one for one, _day in stored}
    if not enrolments:
        return {}
    rows = AttendanceDay.select(AttendanceDay.enrolment, AttendanceDay.day, AttendanceDay.id).where(
        AttendanceDay.enrolment.in_(enrolments), AttendanceDay.day.between(month.first, month.last)
    )
    return {(one, day): number for one, day, number in rows.tuples()}


def _events(changes: Changes, people: Mapping[int, Participant], filled: FilledSheet) -> dict[int, dict[str, object]]:
    """One for each case: counts and days alone (domain.md D9)."""
    of_case = defaultdict[int, list[int]](list)
    for one in changes:
        of_case[people[one].case_id].append(one)
    return {case_id: _told(ones, changes, filled) for case_id, ones in of_case.items()}


def _told(ones: Sequence[int], changes: Changes, filled: FilledSheet) -> dict[str, object]:
    marked = sorted((day, mark) for one in ones for day, mark in changes[one].items() if mark)
    taken_back = sorted(day.isoformat() for one in ones for day, mark in changes[one].items() if mark is None)
    by_mark = {state.value: [day.isoformat() for day, mark in marked if mark == state] for state in DayMark}
    told: dict[str, object] = {"enrolments": list(ones), "course": filled.number, "month": filled.month.word}
    told |= {"source": filled.source, "days": len(marked) + len(taken_back)}
    return told | by_mark | {"taken_back": taken_back}
