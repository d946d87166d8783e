"""A mistake in a definition: where it stands, and a German sentence that says what is wrong."""

from typing import NamedTuple

from models.rules.message import Message


class Place(NamedTuple):
    """Where something stands: the key of the list, the code of the item, the key of the field."""

    list: str
    item: str = ""
    field: str = ""

    def __str__(self) -> str:
        """ "intake A05.paper"."""
        item = f"{self.item}.{self.field}" if self.field else self.item
        return f"{self.list} {item}".strip()


class DefinitionError(ValueError):
    """A definition is wrong. The text names place and sentence; ``key`` is the entry of the place that is meant."""

    def __init__(self, where: Place | str, sentence: Message, key: str = "") -> None:
        super().__init__(f"{where}: {sentence}")
        self.place = where if isinstance(where, Place) else Place(where)
        self.sentence = sentence
        self.key = key
