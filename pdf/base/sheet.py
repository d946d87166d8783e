"""What every document's sheet offers to the engine, and the small pieces that sheets are made of."""

import hashlib
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Protocol


@dataclass(frozen=True, slots=True)
class Metadata:
    """Properties of the file. ``created`` is aware; ``identity`` is what makes two renderings the same file."""

    title: str
    subject: str
    author: str
    created: datetime
    identity: str

    @property
    def created_utc(self) -> str:
        """The time of creation in the form of W3C's profile of ISO 8601, to the second."""
        return self.created.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")

    @property
    def file_identifier(self) -> bytes:
        """The /ID of the file (ISO 32000-1, 14.4): the same sheet always has the same."""
        return hashlib.sha256(f"{self.title}\n{self.created_utc}\n{self.identity}".encode()).hexdigest()[:32].encode()


class Sheet(Protocol):
    """Finished strings for one template, with the properties of its file and the line for the foot of each page."""

    @property
    def metadata(self) -> Metadata: ...

    @property
    def foot(self) -> str: ...


@dataclass(frozen=True, slots=True)
class Party:
    """A named office on the head of a document: what it does here, its name, and lines below."""

    role: str
    organisation: str
    lines: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class QrCode:
    """An address as a QR code: ``svg`` is safe inline markup, ``caption`` the text beside it."""

    svg: str
    caption: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Cell:
    """A printed value, or the mark that stands in its place; ``ink`` leaves a line to write on."""

    text: str = ""
    mark: str = ""
    source: str = ""
    reason: str = ""
    ink: bool = False


@dataclass(frozen=True, slots=True)
class Entry:
    """A label and what stands beside it."""

    label: str
    cell: Cell


def halves(entries: tuple[Entry, ...]) -> tuple[tuple[Entry, ...], tuple[Entry, ...]]:
    """The entries as two columns that are read one after the other; the first is the longer one."""
    middle = (len(entries) + 1) // 2
    return entries[:middle], entries[middle:]
