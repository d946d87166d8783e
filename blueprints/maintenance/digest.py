"""Sends the daily mail: how many tasks, and a link. Nothing in it tells who anybody is."""

import smtplib
from dataclasses import dataclass, field
from datetime import datetime
from email.message import EmailMessage

from blueprints.shared.mail import mail_server, mail_to
from blueprints.shared.settings import Settings, Smtp
from models.operations.mailboxes import give_mail_back, take_todays_mail
from models.queries.digest import Reader, load_of, readers
from models.rules.digest import Load, headline
from models.rules.message import N_, Message
from models.rules.times import local_day

BODY = N_(
    "{headline}.\n\n{address}\n\n-- \nStaffelstab schickt diese Nachricht einmal am Tag. Sie lässt sich unter "
    "„Mein Konto“ abschalten.\n"
)


class MailFailed(Exception):
    """Not everything left; the text says why, without any address."""


@dataclass
class Tally:
    """What became of today's mails; ``refused`` are user names."""

    sent: int = 0
    idle: int = 0
    refused: list[str] = field(default_factory=list)

    def __str__(self) -> str:
        return f"{self.sent} sent, {self.idle} without tasks"


def send_digests(current: Settings, now: datetime) -> str:
    """Send today's mail to everybody who wants it, has tasks, and has not had it; says what became of them.

    MailFailed where the server fails, with the rest left for the next run, and where it refused single recipients.
    """
    if current.smtp is None:
        return "off"
    today, tally = local_day(now), Tally()
    waiting = [(reader, load_of(reader.actor, today)) for reader in readers(today)]
    tally.idle = sum(not load.due for _reader, load in waiting)
    if busy := [(reader, load) for reader, load in waiting if load.due]:
        _send_all(current.smtp, busy, current.base_url, now, tally)
    if tally.refused:
        raise MailFailed(f"{tally}, refused for {', '.join(tally.refused)}")
    return str(tally)


def _send_all(smtp: Smtp, busy: list[tuple[Reader, Load]], base_url: str, now: datetime, tally: Tally) -> None:
    try:
        with mail_server(smtp) as server:
            for reader, load in busy:
                _send_one(server, reader, _message(smtp, reader, load, base_url, now), now, tally)
    except (smtplib.SMTPException, OSError) as problem:
        why = f"the mail server {smtp.host}:{smtp.port} failed ({type(problem).__name__})"
        raise MailFailed(f"{why}; {tally.sent} of {len(busy)} mails sent, the next run sends the others") from None


def _send_one(server: smtplib.SMTP, reader: Reader, message: EmailMessage, now: datetime, tally: Tally) -> None:
    """Send one mail. A recipient whom the server refuses stops no other; every other failure is the server's."""
    if not take_todays_mail(reader.actor.account_id, local_day(now)):
        return
    try:
        server.send_message(message)
    except (smtplib.SMTPRecipientsRefused, smtplib.SMTPDataError):
        give_mail_back(reader.actor.account_id, reader.told_on)
        tally.refused.append(reader.actor.username)
    except (smtplib.SMTPException, OSError):
        give_mail_back(reader.actor.account_id, reader.told_on)
        raise
    else:
        tally.sent += 1


def _message(smtp: Smtp, reader: Reader, load: Load, base_url: str, now: datetime) -> EmailMessage:
    first = str(headline(load))
    return mail_to(smtp, reader.address, first, str(Message(BODY, headline=first, address=f"{base_url}/")), now)
