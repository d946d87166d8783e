"""A connection to the mail server, and a mail without personal data."""

import smtplib
import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from email.message import EmailMessage
from email.utils import format_datetime, make_msgid

from blueprints.shared.settings import Smtp

TIMEOUT = 20


@contextmanager
def mail_server(smtp: Smtp) -> Iterator[smtplib.SMTP]:
    """An open connection. SMTPException or OSError where the server fails."""
    context = ssl.create_default_context()
    kind = {"context": context} if smtp.tls == "tls" else {}
    make = smtplib.SMTP_SSL if smtp.tls == "tls" else smtplib.SMTP
    with make(smtp.host, smtp.port, timeout=TIMEOUT, **kind) as server:  # type: ignore[arg-type]
        if smtp.tls == "starttls":
            server.starttls(context=context)
        if smtp.user:
            server.login(smtp.user, smtp.password)
        yield server


def mail_to(smtp: Smtp, to: str, subject: str, text: str, now: datetime) -> EmailMessage:
    """A mail from the installation. Neither subject nor text may tell who anybody is."""
    message = EmailMessage()
    message["From"], message["To"], message["Subject"] = smtp.sender, to, subject
    message["Date"] = format_datetime(now)
    message["Message-ID"] = make_msgid(domain=smtp.sender.rpartition("@")[2])
    message["Auto-Submitted"] = "auto-generated"  # RFC 3834: no out-of-office note answers it
    message.set_content(text)
    return message
