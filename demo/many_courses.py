"""A catalogue and enrolments of any size in bulk, to measure pages with. The cases get no events of it."""

import json
import random
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from demo.bulk_rows import add_rows, continue_sequences, next_id
from models.base import db
from models.operations.tasks import rebuild_tasks
from models.queries.law import current_law
from models.rules.lesson_times import lesson_rows, read_lessons
from models.rules.states import EnrolmentState
from models.tables import Case, Course, Enrolment, Organisation, Provider

COURSE = (
    "id", "number", "provider_id", "kind", "title", "level_from", "level_to", "site", "schedule", "starts_on",
    "ends_on", "register_until", "seats", "threshold", "taken", "childcare", "barrier_free", "transport", "version",
    "lessons", "online", "units", "cancel_code", "cancel_text",
)  # fmt: skip
ENROLMENT = (
    "id", "case_id", "course_id", "state", "access_path", "path_basis", "path_issued_by", "reserved_on",
    "reserved_until", "sent_on", "confirmed_on", "waiting_since", "priority", "lapses", "double_reason",
    "reason_code", "reason", "source", "form", "organisation_id", "version",
)  # fmt: skip
KINDS = (
    ("AIK", "0", "B1"), ("AIK", "A2", "B1"), ("ALPHA", "0", "A2"), ("ZWS", "0", "B1"), ("BBSK-B2", "B1", "B2"),
    ("SBSK-B1", "A2", "B1"), ("BBSK-C1", "B2", "C1"),
)  # fmt: skip
PLACES = ("Bahnhofstraße 12, 66606 St. Wendel", "Trierer Straße 8, 66636 Tholey", "Schulweg 3, 66625 Nohfelden")
TIMES = ("Mo–Fr 8:30–12:30", "Mo–Do 17:30–20:45", "Mo–Fr 13:00–17:00", "Di, Do 9:00–15:00")
SEATS, FILLED = 25, 20
SPREAD = 400
"""Courses begin up to so many days before or after today."""


def fill_many_courses(count: int, *, seed: int, today: date) -> None:
    """Add ``count`` courses with twenty enrolments each, of cases that are there; the same ones for the same seed."""
    rng = random.Random(seed)  # noqa: S311 - invented data that can be repeated
    case_ids = [case.id for case in Case.select(Case.id).order_by(Case.id)]
    with db.atomic():
        first = next_id(Course)
        courses = list(_courses(rng, first, count, today))
        add_rows(Course, COURSE, courses)
        begins = {row[0]: date.fromisoformat(row[9]) for row in courses}
        add_rows(Enrolment, ENROLMENT, _enrolments(rng, next_id(Enrolment), begins, case_ids, today))
        continue_sequences([Course, Enrolment])
    rebuild_tasks(today=today)  # what follows from the enrolments, as the daily run would find it


def _courses(rng: random.Random, first: int, count: int, today: date) -> Iterator[tuple[Any, ...]]:
    names = {kind.code: kind.name for kind in current_law().course_kinds}
    providers = [row.id for row in Provider.select(Provider.id).order_by(Provider.id)]
    lessons = {words: json.dumps(lesson_rows(read_lessons(words))) for words in TIMES}
    for course_id in range(first, first + count):
        (kind, level_from, level_to), words = rng.choice(KINDS), rng.choice(TIMES)
        starts = today + timedelta(days=rng.randrange(-SPREAD, SPREAD))
        starts += timedelta(days=-starts.weekday() % 7)
        yield (
            course_id, f"X-{course_id:05d}", rng.choice(providers), kind, names[kind], level_from, level_to,
            rng.choice(PLACES), words, starts.isoformat(), (starts + timedelta(days=200)).isoformat(),
            (starts - timedelta(days=7)).isoformat(), SEATS, 12, FILLED, rng.random() < 0.3, rng.random() < 0.5,
            "Bus R1, 25 Minuten", 1, lessons[words], False, 600, "", "",
        )  # fmt: skip


def _enrolments(
    rng: random.Random, first: int, begins: dict[int, date], case_ids: list[int], today: date
) -> Iterator[tuple[Any, ...]]:
    agentur = Organisation.get(Organisation.kind == "agentur").id
    number = first
    for course_id, starts in begins.items():
        state, day = _state(starts, today), min(starts, today) - timedelta(days=rng.randrange(20, 60))
        for case_id in rng.sample(case_ids, min(FILLED, len(case_ids))):
            told = day.isoformat()
            yield (
                number, case_id, course_id, state.value, "P7", "", "", told, None, told, told, None, "", 0, "", "", "",
                "", "{}", agentur, 1,
            )  # fmt: skip
            number += 1


def _state(starts: date, today: date) -> EnrolmentState:
    if starts > today:
        return EnrolmentState.CONFIRMED
    return EnrolmentState.STARTED if starts + timedelta(days=200) > today else EnrolmentState.FINISHED
