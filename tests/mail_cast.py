"""A real mail server for the tests."""

import socket
from collections.abc import Iterator
from contextlib import contextmanager
from email import message_from_bytes, policy
from types import SimpleNamespace

from aiosmtpd.controller import Controller


class Sink:
    """A mail server that keeps what it gets and refuses the addresses in ``refused``."""

    def __init__(self) -> None:
        self.mails: list[SimpleNamespace] = []
        self.refused: set[str] = set()
        self.down = False

    async def handle_RCPT(self, server, session, envelope, address, options):
        if address in self.refused:
            return "550 no such mailbox"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):
        if self.down:
            return "421 closing"
        parsed = message_from_bytes(envelope.content, policy=policy.default)
        self.mails.append(SimpleNamespace(to=list(envelope.rcpt_tos), raw=envelope.content, message=parsed))
        return "250 OK"


@contextmanager
def serving(handler: Sink, **options: object) -> Iterator[int]:
    """The sink on a free port."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    controller = Controller(handler, hostname="127.0.0.1", port=port, **options)
    controller.start()
    try:
        yield port
    finally:
        controller.stop()
