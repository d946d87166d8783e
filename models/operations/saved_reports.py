"""Remembering reports, and filing those whose day has come."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from models.base import db
from models.operations.ledger import claim, record
from models.queries.saved_reports import own_report, own_reports
from models.rules.errors import StaleVersion
from models.rules.figures.asking import Rhythm, next_filing, report_name
from models.rules.figures.catalogue import Figure
from models.rules.roles import SYSTEM, Actor
from models.rules.times import local_day, stamp
from models.tables import FiledReport, SavedReport


def save_report(
    name: str, figure: Figure, filters: Mapping[str, str], rhythm: Rhythm, *, actor: Actor, now: datetime
) -> None:
    """Remember a report for this person, and file it for her organisation in this rhythm. RuleBroken at ``name``."""
    with db.atomic():
        kept = report_name(name, (row.name for row in own_reports(actor)))
        saved = SavedReport.create(
            account=actor.account_id,
            organisation=actor.organisation_id,
            name=kept,
            figure=figure.key,
            filters=dict(filters),
            rhythm=rhythm,
            next_on=next_filing(rhythm, local_day(now)),
            created_at=stamp(now),
        )
        record(actor, "figure.remembered", {"report": saved.id, "figure": figure.key, "rhythm": str(rhythm)}, now=now)


def forget_report(report_id: int, *, seen_version: int, actor: Actor, now: datetime) -> None:
    """Forget a report that this person remembers; what was filed stays. NotVisible for one of others."""
    with db.atomic():
        saved = own_report(actor, report_id)
        if not claim(SavedReport, saved.id, seen_version):
            raise StaleVersion
        SavedReport.delete().where(SavedReport.id == saved.id).execute()
        record(actor, "figure.forgotten", {"report": report_id, "from_version": seen_version}, now=now)


@dataclass(frozen=True, slots=True)
class Filing:
    """The finished files of a report, and in words what was counted."""

    asked: str
    pdf: bytes
    xlsx: bytes
    csv: bytes


def file_report(saved: SavedReport, filing: Filing | None, *, actor: Actor = SYSTEM, now: datetime) -> bool:
    """File a report and set its next day; False where another run was faster. No filing: only the day goes on.

    That is so where the person may not see the figure any more. ``actor`` is who files it by hand.
    """
    with db.atomic():
        if not claim(SavedReport, saved.id, saved.version):
            return False
        following = next_filing(Rhythm(saved.rhythm), local_day(now))
        SavedReport.update(next_on=following).where(SavedReport.id == saved.id).execute()
        if filing is None:
            return False
        FiledReport.create(
            organisation=saved.organisation_id,
            name=saved.name,
            figure=saved.figure,
            asked=filing.asked,
            filed_on=local_day(now),
            pdf=filing.pdf,
            xlsx=filing.xlsx,
            csv=filing.csv,
        )
        record(actor, "figure.filed", {"report": saved.id, "figure": saved.figure}, now=now)
        return True
