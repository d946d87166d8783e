"""German sentences that rules hand to people, kept apart from their parameters so that gettext can translate them."""

from collections.abc import Iterable


def N_(text: str) -> str:
    """Mark a German source text for extraction by gettext; returns it unchanged."""
    return text


class Message:
    """A German source text with named parameters, e.g. ``Message("Antrag spätestens am {day}", day="31.12.2026")``.

    ``str(message)`` is the German sentence. A page translates ``message.text`` first and then fills ``message.params``.
    """

    __slots__ = ("params", "text")

    def __init__(self, text: str, **params: object) -> None:
        self.text = text
        self.params = params

    def __str__(self) -> str:
        return self.text.format(**self.params)

    def __repr__(self) -> str:
        return f"Message({str(self)!r})"

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Message) and (self.text, self.params) == (other.text, other.params)

    def __hash__(self) -> int:
        return hash(str(self))


def joined(messages: Iterable[Message], between: str = " ") -> str:
    """All sentences in one German text."""
    return between.join(str(message) for message in messages)
