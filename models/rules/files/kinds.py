"""The kinds of files that may be added, and how they are recognised."""

from collections.abc import Mapping
from pathlib import PurePath

from models.rules.errors import RuleBroken
from models.rules.message import N_, Message
from models.rules.states import MediaType

EXTENSIONS: Mapping[MediaType, str] = {MediaType.PDF: "pdf", MediaType.JPEG: "jpg", MediaType.PNG: "png"}
"""How the address of a stored file ends."""

KIND_NAMES: Mapping[MediaType, str] = {
    MediaType.PDF: N_("PDF"),
    MediaType.JPEG: N_("Bild (JPEG)"),
    MediaType.PNG: N_("Bild (PNG)"),
}

_BEGINNINGS: Mapping[bytes, MediaType] = {
    b"%PDF-": MediaType.PDF,
    b"\xff\xd8\xff": MediaType.JPEG,
    b"\x89PNG\r\n\x1a\n": MediaType.PNG,
}
_NAMED_AS: Mapping[str, MediaType] = {
    ".pdf": MediaType.PDF,
    ".jpg": MediaType.JPEG,
    ".jpeg": MediaType.JPEG,
    ".jpe": MediaType.JPEG,
    ".png": MediaType.PNG,
}


def refused(sentence: str, **words: object) -> RuleBroken:
    """The refusal of a file, said at its field."""
    message = Message(sentence, **words)
    return RuleBroken(message, {"file": message})


def kind_of(content: bytes, name: str) -> MediaType:
    """What the bytes say they are; RuleBroken for any other kind, and for a name that says something else."""
    kind = next((kind for start, kind in _BEGINNINGS.items() if content.startswith(start)), None)
    if kind is None:
        raise refused(N_("Das ist kein PDF und kein Bild. Möglich sind PDF, JPEG und PNG."))
    named = _NAMED_AS.get(PurePath(name).suffix.lower(), kind)
    if named != kind:
        said, found = KIND_NAMES[named], KIND_NAMES[kind]
        raise refused(
            N_("Die Datei heißt wie „{said}“, ist aber „{found}“. Bitte prüfen Sie, ob es die richtige ist."),
            said=said,
            found=found,
        )
    return kind
