"""Invitations: the entry for a calendar, letters on paper, and mails with nothing but the link."""

import smtplib
from urllib.parse import urlsplit

from flask import Response
from flask.typing import ResponseReturnValue

from blueprints.shared import access
from blueprints.shared.commands import settings
from blueprints.shared.forms import PressForm
from blueprints.shared.mail import mail_server, mail_to
from blueprints.shared.render import download, go_to
from blueprints.shared.settings import Smtp
from blueprints.workgroup.frame import by, place_of, viewed
from blueprints.workgroup.routes import bp
from models.operations.invitations import note_mail
from models.queries.meetings import MeetingView, PartyLine, mail_addresses_of, party_of
from models.rules.calendar_file import MEDIA_TYPE, Entry, calendar_file
from models.rules.errors import NotVisible, RuleBroken, StaleVersion
from models.rules.message import N_, Message
from models.rules.permissions import Permission
from models.rules.times import from_stamp, german_date
from models.rules.workgroup.meetings import MeetingState, check_papers

BODY = N_(
    "Ihre Stelle ist zur Sitzung am {day} eingeladen. Tag, Ort und Tagesordnung stehen hier, und hier sagen Sie, "
    "ob Sie kommen:\n\n{address}\n"
)
CALL_OFF = N_("Die Sitzung am {day} findet nicht statt.\n\n{address}\n")


@bp.get("/arbeitskreis/<int:meeting_id>/termin.ics")
@access.requires(Permission.MEETING_VIEW)
def calendar_entry(meeting_id: int) -> Response:
    """The meeting for a calendar."""
    view = viewed(meeting_id)
    entry = Entry(
        uid=f"arbeitskreis-{meeting_id}@{urlsplit(settings().base_url).netloc}",
        title=view.row.title,
        slot=view.slot,
        place=view.where,
        description=_address(view),
        version=view.row.version,
        cancelled=view.state == MeetingState.CANCELLED,
        changed=from_stamp(view.row.changed_at),
    )
    return download(calendar_file(entry), f"Arbeitskreis-{view.row.held_on:%Y-%m-%d}.ics", MEDIA_TYPE, inline=False)


def _address(view: MeetingView) -> str:
    return f"{settings().base_url}{place_of(view.row.id)}"


@bp.post("/arbeitskreis/<int:meeting_id>/einladungen.pdf")
@access.requires(Permission.MEETING_EDIT)
def letters(meeting_id: int) -> Response:
    """A letter to each invited organisation."""
    view = viewed(meeting_id)
    return _letters(view, list(view.parties))


@bp.post("/arbeitskreis/<int:meeting_id>/einladungen/<int:party_id>/brief.pdf")
@access.requires(Permission.MEETING_EDIT)
def letter(meeting_id: int, party_id: int) -> Response:
    """The letter to one organisation."""
    view = viewed(meeting_id)
    return _letters(view, [party_of(view, party_id)])


def _letters(view: MeetingView, parties: list[PartyLine]) -> Response:
    from pdf.meeting_letter.issue import print_letters  # imports WeasyPrint

    if not PressForm().validate_on_submit():
        raise StaleVersion
    check_papers(view.state)
    content = print_letters(view, parties, settings().base_url, watermark=settings().demo, **by())
    return download(content, f"Einladungen-Arbeitskreis-{view.row.held_on:%Y-%m-%d}.pdf", "application/pdf")


@bp.post("/arbeitskreis/<int:meeting_id>/mails")
@access.requires(Permission.MEETING_EDIT)
def mails(meeting_id: int) -> ResponseReturnValue:
    """Mail the link to each organisation that has an address and has had no mail since the meeting last changed."""
    view, smtp = viewed(meeting_id), settings().smtp
    if smtp is None:
        raise NotVisible
    if not PressForm().validate_on_submit():
        raise StaleVersion
    check_papers(view.state)
    due = [party for party in view.parties if (party.mailed_at or "") < view.row.changed_at]
    addresses = mail_addresses_of([party.organisation_id for party in due])
    waiting = [(party, addresses[party.organisation_id]) for party in due if addresses[party.organisation_id]]
    if not waiting:
        raise RuleBroken(Message(N_("Keine Stelle wartet auf eine Mail: alle haben sie, oder es fehlt eine Adresse.")))
    _send(view, smtp, waiting)
    return go_to(place_of(meeting_id, "gemailt"))


def _send(view: MeetingView, smtp: Smtp, waiting: list[tuple[PartyLine, list[str]]]) -> None:
    """Send all; what left is noted at once, so that a second try sends the others alone."""
    told, refused = list[str](), list[str]()
    try:
        with mail_server(smtp) as server:
            for party, addresses in waiting:
                (told if _sent(server, smtp, view, party, addresses) else refused).append(party.name)
    except (smtplib.SMTPException, OSError):
        sentence = N_(
            "Der Mailserver antwortet nicht. {sent} von {all} Stellen haben die Mail; bitte später noch einmal."
        )
        raise RuleBroken(Message(sentence, sent=len(told), all=len(waiting))) from None
    if refused:
        sentence = N_("Nicht angenommen für: {names}. Die anderen haben die Mail.")
        raise RuleBroken(Message(sentence, names=", ".join(refused)))


def _sent(server: smtplib.SMTP, smtp: Smtp, view: MeetingView, party: PartyLine, addresses: list[str]) -> bool:
    """Send the link to an organisation; False where the server takes no mail for it. Its other failures are raised."""
    acting, day = by(), german_date(view.row.held_on)
    text = CALL_OFF if view.state == MeetingState.CANCELLED else BODY
    body = str(Message(text, day=day, address=_address(view)))
    try:
        for address in addresses:
            server.send_message(mail_to(smtp, address, f"Arbeitskreis am {day}", body, acting["now"]))
    except (smtplib.SMTPRecipientsRefused, smtplib.SMTPDataError):
        return False
    note_mail(view, party, **acting)
    return True
