"""What operations and queries raise. One handler each turns them into a page or a fragment."""

from collections.abc import Mapping

from models.rules.message import Message


class RuleBroken(Exception):
    """A rule of the procedure forbids this; the message says why and what helps. Answered with 422."""

    def __init__(self, message: Message, fields: Mapping[str, Message] | None = None) -> None:
        super().__init__(message.text)
        self.message = message
        self.fields = dict(fields or {})


class StaleVersion(Exception):
    """Somebody else changed it since it was shown. Answered with 409 and both values."""

    def __init__(self, message: Message | None = None, *, current: object = None) -> None:
        super().__init__("stale version")
        self.message = message or Message("Diese Angabe wurde inzwischen von jemand anderem geändert.")
        self.current = current


class NotVisible(Exception):
    """It does not exist, or not for this person. Answered with 404."""


class NotAllowed(Exception):
    """It exists and the person may know it, but may not do this. Answered with 403."""

    def __init__(self, message: Message | None = None) -> None:
        super().__init__("not allowed")
        self.message = message
