"""Signs the minutes of a meeting: collect, render, sign with the recorder's key, keep and close."""

from datetime import datetime
from pathlib import Path
from typing import NamedTuple

from models.operations.closing import check_signing, close_minutes
from models.operations.documents import IssuedFile
from models.queries.meetings import MeetingView
from models.queries.minutes import Minutes
from models.rules.message import N_
from models.rules.roles import Actor
from models.rules.states import DocumentKind
from models.rules.times import german_date
from models.rules.workgroup.meetings import Reply
from pdf.base.text import lines_of
from pdf.minutes.sheet import MinutesFacts, MinutesSheet, Point, Present, Resolved, minutes_sheet
from pdf.render import render_pdf
from pdf.signatures.fields import FieldSpec
from pdf.signatures.personal import open_signer
from pdf.signatures.sign import sign_pdf

WRITER_FIELD = FieldSpec("Protokoll", N_("Unterschrift für das Protokoll"))
REASON = N_("Protokoll des Arbeitskreises")


class Place(NamedTuple):
    """Where an installation signs: its authority, its pepper, and whether its papers say MUSTER."""

    pki: Path
    pepper: Path
    watermark: bool


def issue_minutes(
    view: MeetingView,
    minutes: Minutes,
    pin: str,
    place: Place,
    *,
    despite_drafts: bool,
    seen_version: int,
    actor: Actor,
    now: datetime,
) -> None:
    """Sign the minutes and close the meeting; its resolutions are tasks from now on.

    RuleBroken by field: at ``pin`` for a wrong one, at ``despite_drafts`` where somebody has not saved what she typed.
    StaleVersion where somebody wrote while the paper was made.
    """
    check_signing(view, minutes, despite_drafts=despite_drafts, actor=actor, now=now)
    signer = open_signer(actor, pin, place.pki, place.pepper, now=now)
    sheet = sheet_of(view, minutes, actor, now)
    content = render_pdf("minutes", sheet, fields=(WRITER_FIELD,), watermark=place.watermark)
    content = sign_pdf(content, field=WRITER_FIELD.name, signer=signer, reason=REASON, signed_at=now)
    file = IssuedFile(
        kind=DocumentKind.MINUTES,
        title=sheet.metadata.title,
        filename=f"Protokoll-Arbeitskreis-{view.row.held_on:%Y-%m-%d}.pdf",
        content=content,
        signatures=1,
    )
    close_minutes(view, minutes, file, seen_version=seen_version, actor=actor, now=now)


def sheet_of(view: MeetingView, minutes: Minutes, actor: Actor, now: datetime) -> MinutesSheet:
    """The paper of these minutes."""
    row = view.row
    there = f"{view.present} von {len(view.parties)} Stellen anwesend, beschlussfähig ab {row.quorum}"
    return minutes_sheet(
        MinutesFacts(
            title=row.title,
            day=german_date(row.held_on),
            when=f"{german_date(row.held_on)}, {row.begins}–{row.ends} {N_('Uhr')}",
            place=view.where,
            organisation=actor.organisation_name,
            writer=actor.with_function,
            present=_present(view),
            excused=[one.name for one in view.parties if one.reply == Reply.DECLINED and not one.present],
            quorum=there,
            points=[_point(item.id, item.title, item.text, minutes) for item in view.items],
            created=now,
        )
    )


def _present(view: MeetingView) -> list[Present]:
    return [Present(one.name, str(one.people), one.functions) for one in view.parties if one.present]


def _point(item_id: int, title: str, text: str, minutes: Minutes) -> Point:
    resolved = (
        Resolved(line.text, f"{line.owner}, {line.contact}" if line.contact else line.owner, german_date(line.due_on))
        for line in minutes.resolutions.get(item_id, ())
    )
    return Point(title, lines_of(text), lines_of(minutes.entries[item_id].text), tuple(resolved))
