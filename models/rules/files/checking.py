"""Checks a file that somebody adds to a case, and gives the bytes that are kept."""

from dataclasses import dataclass

from models.rules.files.kinds import kind_of, refused
from models.rules.files.paper import check_pdf
from models.rules.files.picture import clean_picture
from models.rules.message import N_
from models.rules.states import MediaType

LARGEST = 10 * 1024 * 1024
_TOO_LARGE = N_("Die Datei ist größer als 10 MB. Bitte scannen Sie mit weniger Auflösung oder teilen Sie sie.")


@dataclass(frozen=True, slots=True)
class CheckedFile:
    """A file that may be kept: its kind, and its bytes as they are kept (pictures are written anew)."""

    media_type: MediaType
    content: bytes


def check_file(content: bytes, name: str) -> CheckedFile:
    """The file as it may be kept. RuleBroken at the field ``file`` for one that is empty, too large, of another kind
    than PDF, JPEG and PNG, of another kind than its name says, broken, locked, or with active content.
    """
    if not content:
        raise refused(N_("Die Datei ist leer."))
    if len(content) > LARGEST:
        raise refused(_TOO_LARGE)
    kind = kind_of(content, name)
    if kind == MediaType.PDF:
        check_pdf(content)
        return CheckedFile(kind, content)
    return CheckedFile(kind, clean_picture(content, kind))
