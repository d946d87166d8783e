"""What a provider reports once a course is over; its test becomes a certificate among the languages of the case."""

from dataclasses import asdict
from datetime import datetime

from models.base import db
from models.operations.competence_summary import renew_summary
from models.operations.enrolment_claims import take
from models.operations.language_skills import skill_told
from models.operations.ledger import record
from models.operations.speakers import check_source, check_speaker
from models.queries.competence_rows import skills_of
from models.queries.law import current_law
from models.rules.competences.languages import Skill
from models.rules.course_reports import Report, certificate, report_problems, report_told
from models.rules.enrolments import Act
from models.rules.errors import RuleBroken
from models.rules.person_values import plain
from models.rules.roles import Actor
from models.rules.states import CaseState
from models.rules.times import local_day, stamp
from models.tables import Case, Course, CourseReport, Enrolment, LanguageSkill, Provider

TOLD = "lt. Träger"


def keep_report(
    enrolment: Enrolment, said: Report, source: str = "", *, seen_version: int, actor: Actor, now: datetime
) -> None:
    """Keep the report of a course that is over for a person, in the place of an earlier one.

    RuleBroken by field for what cannot be; NotAllowed for a provider that may not tell (no obligation, no consent E4).
    Before a handover its test also becomes a row among the languages; afterwards those are not the Agentur's any more,
    and the Jobcenter reads the result in the list of courses.
    """
    check_source(source, actor)
    today = local_day(now)
    with db.atomic():
        row, _state = take(enrolment, Act.REPORT, seen_version)
        check_speaker(row, actor, today)
        course: Course = Course.select(Course, Provider).join(Provider).where(Course.id == row.course_id).get()
        family = current_law().course_family(course.kind)
        if problems := report_problems(said, family, row.started_on, course.units, today):
            raise RuleBroken(next(iter(problems.values())), problems)
        skill_id = _certified(row, certificate(said, course.provider.name, source or TOLD), actor, now)
        _write(row, said, source, skill_id, actor, now)
        data = {"enrolment": row.id, "what": report_told(said), "report": plain(asdict(said)), "source": source}
        record(actor, "enrolment.reported", data | {"from_version": seen_version}, now=now, case_id=row.case_id)


def _write(row: Enrolment, said: Report, source: str, skill_id: int | None, actor: Actor, now: datetime) -> None:
    CourseReport.delete().where(CourseReport.enrolment == row.id).execute()
    CourseReport.insert(
        enrolment=row.id, skill=skill_id, source=source, organisation=actor.organisation_id, account=actor.account_id,
        told_on=local_day(now), **asdict(said),
    ).execute()  # fmt: skip


def _certified(row: Enrolment, skill: Skill | None, actor: Actor, now: datetime) -> int | None:
    """Put the certificate in the place of the one of an earlier report; returns the row, None where there is none."""
    mine = (Case.id == row.case_id) & (Case.state == CaseState.OPEN) & Case.accepted_on.is_null()
    before = CourseReport.get_or_none(CourseReport.enrolment == row.id)
    if not Case.select(Case.id).where(mine).exists():
        return before.skill_id if before else None
    gone = _forget(row, before, skill, actor, now)
    same = next((one.id for one in skills_of(row.case_id) if one.value == skill), None) if skill else None
    if skill is None or same is not None:
        if gone:
            renew_summary(row.case_id, local_day(now))
        return same if before and before.skill_id == same else None  # what somebody typed is hers
    by = {"organisation": actor.organisation_id, "account": actor.account_id, "recorded_at": stamp(now)}
    row_id = LanguageSkill.insert(case=row.case_id, **asdict(skill), **by).execute()
    renew_summary(row.case_id, local_day(now))
    record(actor, "competence.language_added", skill_told(row_id, skill), now=now, case_id=row.case_id)
    return int(row_id)


def _forget(row: Enrolment, before: CourseReport | None, skill: Skill | None, actor: Actor, now: datetime) -> bool:
    """Remove what an earlier report certified and this one does not say any more, unless somebody has changed it."""
    if before is None or before.skill_id is None:
        return False
    written = next((one for one in skills_of(row.case_id) if one.id == before.skill_id and one.version == 1), None)
    if written is None or written.value == skill:
        return False
    LanguageSkill.delete().where(LanguageSkill.id == written.id).execute()
    data = skill_told(written.id, written.value) | {"reason": TOLD}
    record(actor, "competence.language_removed", data, now=now, case_id=row.case_id)
    return True
