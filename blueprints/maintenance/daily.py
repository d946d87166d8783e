"""The command for what must happen every day. Twice a day does no harm: each job takes what is due and no more."""

from collections.abc import Callable, Mapping
from datetime import datetime

import click
from flask.cli import with_appcontext
from peewee import PeeweeException

from blueprints.maintenance.digest import MailFailed, send_digests
from blueprints.maintenance.ledger_check import checked_ledger
from blueprints.shared.access import now as this_moment
from blueprints.shared.commands import settings
from blueprints.shared.settings import Settings
from blueprints.shared.startup import write_anchor
from models.base import db
from models.operations.access_log import drop_old_readings
from models.operations.consents import expire_consents
from models.operations.course_batches import finish_cancellations
from models.operations.drafts import expire_drafts
from models.operations.enrolments import expire_reservations
from models.operations.handovers import expire_handovers
from models.operations.import_batches import drop_old_lists
from models.operations.milestones import rebuild_milestones, wrong_milestones
from models.operations.minutes import expire_minute_drafts
from models.operations.provider_access import end_provider_access
from models.operations.questions import end_questions
from models.operations.request_matches import rebuild_matches, wrong_matches
from models.operations.tasks import rebuild_tasks, wrong_tasks
from models.operations.transfer_requests import forget_requests
from models.operations.waiting import keep_waiting_lists
from models.rules.errors import RuleBroken
from models.rules.times import local_day
from pdf.report.filing import file_due_reports

Job = Callable[[Settings, datetime], str]


class JobFailed(Exception):
    """A job could not do all that was due; the text says what is left and what to do."""


def _cancellations(_settings: Settings, now: datetime) -> str:
    return f"{finish_cancellations(now=now)} interrupted ones finished"


def _reservations(_settings: Settings, now: datetime) -> str:
    return f"{expire_reservations(now=now)} expired"


def _waiting(_settings: Settings, now: datetime) -> str:
    lapsed, ended, offered = keep_waiting_lists(now=now)
    return f"{lapsed} offers lapsed, {ended} entries ended, {offered} seats offered"


def _access(_settings: Settings, now: datetime) -> str:
    ended, again = end_provider_access(now=now)
    return f"{ended} enrolments out of sight of their provider, {again} in sight again"


def _handovers(_settings: Settings, now: datetime) -> str:
    ended = expire_handovers(now=now)
    return f"{len(ended)} expired" + (f": {', '.join(ended)}" if ended else "")


def _consents(_settings: Settings, now: datetime) -> str:
    return f"{expire_consents(now=now)} expired"


def _questions(_settings: Settings, now: datetime) -> str:
    return f"{end_questions(now=now)} ended"


def _uploads(_settings: Settings, now: datetime) -> str:
    return f"{drop_old_lists(now=now)} unconfirmed lists dropped"


def _drafts(_settings: Settings, now: datetime) -> str:
    return f"{expire_drafts(now=now) + expire_minute_drafts(now=now)} forgotten"


def _requests(_settings: Settings, now: datetime) -> str:
    forgotten, wrong = forget_requests(now=now), len(wrong_matches())
    if wrong:  # the search after an asking failed, or rows were written past the operations
        rebuild_matches()
    return f"{forgotten} forgotten, {wrong} looked up anew"


def _readings(_settings: Settings, now: datetime) -> str:
    return f"{drop_old_readings(now=now)} old readings dropped"


def _tasks(_settings: Settings, now: datetime) -> str:
    today = local_day(now)
    wrong = len(wrong_tasks(today=today))
    if wrong:  # the law was changed since, or rows were written past the operations
        rebuild_tasks(today=today)
    return f"{wrong} cases brought up to their facts"


def _milestones(_settings: Settings, _now: datetime) -> str:
    wrong = len(wrong_milestones())
    if wrong:  # rows were written past the operations, or a newer version reads more out of the events
        rebuild_milestones()
    return f"milestones of {wrong} cases brought up to their events"


def _reports(current: Settings, now: datetime) -> str:
    return f"{file_due_reports(now=now, watermark=current.demo)} filed"


def _anchor(current: Settings, now: datetime) -> str:
    anchor = write_anchor(current, now=now)
    return f"{anchor.events} events in {anchor.chains} chains: {anchor.digest}"


def _ledger(current: Settings, _now: datetime) -> str:
    result = checked_ledger(current)
    if not result.holds:
        raise JobFailed(f"the ledger is broken: {result.findings[0]}; see 'audit verify'")
    return "it holds"


JOBS: Mapping[str, Job] = {
    "cancellations": _cancellations,
    "reservations": _reservations,
    "waiting": _waiting,
    "access": _access,
    "handovers": _handovers,
    "consents": _consents,
    "questions": _questions,
    "uploads": _uploads,
    "drafts": _drafts,
    "requests": _requests,
    "readings": _readings,
    "tasks": _tasks,
    "figures": _milestones,
    "reports": _reports,
    "digest": send_digests,
    "anchor": _anchor,
    "ledger": _ledger,
}
"""In this order: the anchor also holds the events of the jobs before it, and the check covers the anchor."""


@click.command("daily")
@with_appcontext
def daily() -> None:
    """Do what must happen every day; one line for each job, status 1 if one of them failed.

    A job that fails stops no other. To be run once a day by a timer; running it again does no harm.
    """
    current, now = settings(), this_moment()
    failed = [name for name, job in JOBS.items() if not _done(name, job, current, now)]
    if failed:
        raise click.ClickException(f"Not done: {', '.join(failed)}. The next run tries again.")


def _done(name: str, job: Job, current: Settings, now: datetime) -> bool:
    try:
        with db.connection_context():
            click.echo(f"{name}: {job(current, now)}")
    except (JobFailed, MailFailed, RuleBroken, PeeweeException, OSError, click.ClickException) as problem:
        click.echo(f"{name}: failed, {_said(problem)}", err=True)
        return False
    return True


def _said(problem: Exception) -> str:
    """What went wrong, without a statement of the database, whose values may be personal data."""
    if isinstance(problem, JobFailed | MailFailed | click.ClickException):
        return str(problem)
    if isinstance(problem, OSError):
        return f"a file cannot be used ({problem.strerror})"
    return f"{type(problem).__name__}; did you run 'db upgrade'?"
