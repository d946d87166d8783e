"""Fills a migrated, empty database with invented people: the list of the county, stories, and any number of cases."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path

from tqdm import tqdm

from blueprints.shared.settings import Settings
from demo import person_steps
from demo.announcement_steps import announce_things
from demo.attendance_steps import add_attendance
from demo.conference_steps import add_conference
from demo.course_steps import add_courses, call_off
from demo.definition_steps import begin_next_coach_list
from demo.law_steps import suspend_next_year
from demo.many import fill_many
from demo.many_courses import fill_many_courses
from demo.meeting_steps import add_meetings
from demo.municipality_steps import report_changes
from demo.paper import add_papers
from demo.past import BEGIN, Past
from demo.people import add_accounts, add_providers
from demo.planned import plan_ahead
from demo.question_steps import ask_questions
from demo.report_steps import remember_reports
from demo.request_steps import ask_for_transfers
from demo.stories import STORIES, Story
from demo.training import Told, Training
from demo.visit_steps import add_visits
from demo.worklists import UNREAD, everybody_has_read, save_lists
from models.base import db
from models.operations.arrivals import import_rows
from models.rules.arrivals.columns import Column
from models.rules.arrivals.reader import read_table
from models.rules.checklists.answers import parse_day
from models.rules.lists.table import Table, TableRow
from models.rules.times import local_day
from models.tables import Account, Case, Person
from pdf.signatures.authority import AuthorityExists, create_authority, load_authority

AUTHORITY = "Staffelstab Landkreis St. Wendel"
LIST = Path(__file__).parent / "arrivals.csv"
LISTS_CAME = (118, 60, 30, 2)
"""So many days ago the county's list came in, each time with those who had arrived since."""


class YoungAuthority(Exception):
    """The installation has an authority already, younger than the invented past that it would have to sign."""


def fill(settings: Settings, cases: int | None, seed: int, now: datetime, courses: int = 0) -> None:
    """Make the invented data, the same for the same seed; the moments count back from ``now``.

    Without ``cases`` everybody of the list comes in; with it there are exactly so many cases: the people of the stories
    as far as the number goes, the rest invented at random with twenty answers and five events each, and ``courses``
    more courses with twenty enrolments each. All people of the list or none of them are there afterwards, whatever
    interrupts it. Raises YoungAuthority.
    """
    past = Past(now)
    _make_authority(settings, past)
    stories = STORIES if cases is None else STORIES[:cases]
    with db.atomic():
        _set_up(settings, past)
        training = Training(settings, past)
        add_courses(training, past.moment(BEGIN - 1, 11))
        _import(training, _wanted(cases, stories))
        _tell_and_read(training, stories, last=UNREAD if cases is None else 0)
        save_lists(training)
        if cases is None or cases >= len(STORIES) + person_steps.CASES:
            whole = read_table(LIST.read_bytes(), LIST.name)
            person_steps.record_twice(training, whole)
            person_steps.come_back(training, whole)
        if cases is None or cases >= len(STORIES):
            add_attendance(training)
            call_off(training, "SI-IK-06", "SI-IK-05", past.working(1, 11))
        plan_ahead(training)
        add_papers(training)
        suspend_next_year(training)
        ask_for_transfers(training)
        begin_next_coach_list(training)
        add_visits(training)
        report_changes(training)
        ask_questions(training)
        announce_things(training)
        add_meetings(training)
        add_conference(training)
        remember_reports(training)
    if cases is not None:
        fill_many(cases - Case.select().count(), seed=seed, now=now)
    if courses:
        fill_many_courses(courses, seed=seed, today=local_day(now))


def is_empty() -> bool:
    """Whether nothing was entered yet, so that invented people stand beside nobody else."""
    return not Case.select().exists() and not Account.select().exists()


def _make_authority(settings: Settings, past: Past) -> None:
    """An authority as old as the invented past: a certificate must not be younger than what it signs."""
    begun = past.moment(BEGIN, 8)
    try:
        create_authority(settings.pki, AUTHORITY, begun)
    except AuthorityExists:
        if load_authority(settings.pki).certificate.not_valid_before_utc > begun + timedelta(days=1):
            raise YoungAuthority from None


def _set_up(settings: Settings, past: Past) -> None:
    add_providers()
    add_accounts(settings, now=past.moment(BEGIN, 9))


def _wanted(cases: int | None, stories: Sequence[Story]) -> Table:
    table = read_table(LIST.read_bytes(), LIST.name)
    if cases is None:
        return table
    numbers = {story.row for story in stories}
    return replace(table, rows=tuple(row for row in table.rows if row.number in numbers))


def _import(training: Training, table: Table) -> None:
    """Import the list in the parts in which it came in: nobody is reported before she arrived."""
    actor, begun = training.clerks["koordination"], date.min
    with tqdm(total=len(table.rows), unit=" rows", desc="List") as display:
        for days in LISTS_CAME:
            moment = training.past.moment(days, 8, 30)
            until = date.max if days == LISTS_CAME[-1] else local_day(moment)
            part = replace(table, rows=tuple(row for row in table.rows if begun <= _arrived(row) < until))
            if part.rows:
                import_rows(part, actor=actor, now=moment, progress=display.update)
            begun = until


def _arrived(row: TableRow) -> date:
    """The day of arrival; of a row that does not tell one, the beginning."""
    return parse_day(row.cells.get(Column.ARRIVED_ON, "")) or date.min


def _tell_and_read(training: Training, stories: Sequence[Story], last: int) -> None:
    """The last stories are unread. In a county of any size nothing is, until the first login."""
    read, unread = stories[: len(stories) - last], stories[len(stories) - last :]
    _tell(training, read)
    if unread:
        everybody_has_read(training)
        _tell(training, unread)


def _tell(training: Training, stories: Sequence[Story]) -> None:
    table = {row.number: row for row in read_table(LIST.read_bytes(), LIST.name).rows}
    for story in tqdm(stories, unit=" stories", desc="Stories"):
        case_id = _case_of(table[story.row])
        if case_id:
            story.way(Told(training, case_id, story.biography), story.home)


def _case_of(row: TableRow) -> int | None:
    born = parse_day(row.cells[Column.DATE_OF_BIRTH])
    names = (Person.family_name == row.cells[Column.FAMILY_NAME]) & (Person.given_name == row.cells[Column.GIVEN_NAME])
    found = Case.select(Case.id).join(Person).where(names, Person.date_of_birth == born).order_by(Case.id).scalar()
    return int(found) if found else None
