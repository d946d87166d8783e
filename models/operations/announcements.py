"""Announcements to organisations: sent, withdrawn, confirmed as read. Events hold no text."""

from datetime import datetime

from models.base import db
from models.operations.ledger import claim, record
from models.queries.announcements import active_offices, is_for
from models.rules.announcements import Wording, check_wording, receivers
from models.rules.errors import NotAllowed, NotVisible, StaleVersion
from models.rules.message import N_, Message
from models.rules.permissions import Permission, may
from models.rules.roles import Actor
from models.rules.times import local_day, stamp
from models.tables import Announcement, AnnouncementParty, AnnouncementReading


def announce(wording: Wording, token: str, *, actor: Actor, now: datetime) -> None:
    """Send an announcement. The second of two clicks (the same ``token``) changes nothing. RuleBroken by field."""
    if not may(actor.role, Permission.ANNOUNCE):
        raise NotAllowed
    check_wording(wording, local_day(now))
    offices = receivers(wording, active_offices())
    with db.atomic():
        made = Announcement.insert(
            token=token,
            subject=wording.subject.strip(),
            text=wording.text.strip(),
            each_person=wording.each_person,
            organisation=actor.organisation_id,
            account=actor.account_id,
            sent_at=stamp(now),
        ).on_conflict_ignore()
        made.execute()
        number = Announcement.select(Announcement.id).where(Announcement.token == token).scalar()
        if AnnouncementParty.select().where(AnnouncementParty.announcement == number).exists():
            return
        rows = [(number, office) for office in offices]
        AnnouncementParty.insert_many(rows, [AnnouncementParty.announcement, AnnouncementParty.organisation]).execute()
        record(actor, "announcement.sent", {"announcement": number, "offices": len(offices)}, now=now)


def withdraw_announcement(row: Announcement, *, seen_version: int, actor: Actor, now: datetime) -> None:
    """Take an announcement back: nobody is shown it any more. StaleVersion where that is done already."""
    if row.organisation_id != actor.organisation_id:
        raise NotAllowed
    with db.atomic():
        told = (Announcement.id == row.id) & Announcement.withdrawn_at.is_null()
        taken = claim(Announcement, row.id, seen_version)
        if not taken or not Announcement.update(withdrawn_at=stamp(now)).where(told).execute():
            raise StaleVersion(Message(N_("Die Mitteilung wurde inzwischen zurückgezogen.")))
        data: dict[str, object] = {"announcement": row.id, "from_version": seen_version}
        record(actor, "announcement.withdrawn", data, now=now)


def confirm_reading(announcement_id: int, *, actor: Actor, now: datetime) -> None:
    """Confirm that somebody has read it; again changes nothing. NotVisible for whose organisation it is not for."""
    with db.atomic():
        if not is_for(announcement_id, actor):
            raise NotVisible
        mine = (AnnouncementReading.announcement == announcement_id) & (AnnouncementReading.account == actor.account_id)
        if AnnouncementReading.select(AnnouncementReading.id).where(mine).exists():
            return
        AnnouncementReading.insert(
            announcement=announcement_id,
            organisation=actor.organisation_id,
            account=actor.account_id,
            read_at=stamp(now),
        ).on_conflict_ignore().execute()
        record(actor, "announcement.read", {"announcement": announcement_id}, now=now)
