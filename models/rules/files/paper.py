"""PDF files: they must open without a password, be whole, and hold nothing that runs or hides in them."""

import re
from collections.abc import Iterable, Iterator
from io import BytesIO
from typing import Any

from models.rules.files.kinds import refused
from models.rules.message import N_

MOST_PAGES = 200
_LOCKED = N_("Die PDF-Datei ist mit einem Passwort geschützt. Bitte speichern Sie sie ohne Schutz.")
_BROKEN = N_("Die PDF-Datei ist beschädigt. Bitte scannen oder drucken Sie sie noch einmal als PDF.")
_TOO_MUCH = N_("Die PDF-Datei ist zu umfangreich, höchstens {most} Seiten.")
MOST_OBJECTS = 200_000
MOST_PARTS = 500_000
"""Parts are also what stands inside an object. No real paper has so many; looking through them takes seconds."""
_MOST_UNPACKED = 8 * 1024 * 1024
"""Bytes of one packed part of the structure. Pictures and text stay packed while a file is checked."""
_LZW = re.compile(rb"/(?:L|#4[cC])(?:Z|#5[aA])(?:W|#57)(?:D|#44|[\s/\[\]<>(%])")
"""A way of packing that was given up in the nineties. It grows a thousandfold, and qpdf has no limit for it."""
_ACTIONS = frozenset(
    "/JavaScript /Launch /ImportData /SubmitForm /Rendition /Movie /Sound /GoToE /GoToR /Thread "
    "/RichMediaExecute".split()
)
"""Types of action (ISO 32000-1, 12.6.4) that run something, send something, or open a file inside or outside of the
file: one on a server of somebody else gets the name and password hash of who opens it."""
_PARTS = frozenset("/JS /JavaScript /EmbeddedFiles /EF /XFA /RichMediaContent".split())
"""Keys of scripts, of files inside the file, and of forms and media that are programs of their own."""


def check_pdf(content: bytes) -> None:
    """RuleBroken for a PDF that is locked, broken, empty, too long, or has active content or attached files.

    Nothing is stripped: a file is kept as it came or not at all, so that signatures in it stay valid.
    """
    import pikepdf  # slow import, only needed for a file

    if _LZW.search(content):
        raise refused(_BROKEN)
    pikepdf.settings.set_qpdf_limits(
        flate_max_memory=_MOST_UNPACKED,
        run_length_max_memory=_MOST_UNPACKED,
        dct_max_memory=_MOST_UNPACKED,
        png_max_memory=_MOST_UNPACKED,
        tiff_max_memory=_MOST_UNPACKED,
        max_stream_filters=2,
        parser_max_container_size=MOST_OBJECTS,
    )
    try:
        with pikepdf.open(BytesIO(content), attempt_recovery=False) as document:
            _check(document)
    except pikepdf.PasswordError:
        raise refused(_LOCKED) from None
    except (pikepdf.PdfError, ValueError, TypeError, KeyError, AttributeError, RecursionError):
        raise refused(_BROKEN) from None


def _check(document: Any) -> None:
    if document.is_encrypted:
        raise refused(_LOCKED)
    pages = len(document.pages)
    if not pages:
        raise refused(N_("Die PDF-Datei hat keine Seiten."))
    if pages > MOST_PAGES or len(document.objects) > MOST_OBJECTS:
        raise refused(_TOO_MUCH, most=MOST_PAGES)
    if any(_is_active(_readable(part)) for part in _dictionaries(document)):
        raise refused(
            N_(
                "Die PDF-Datei enthält Programme oder angehängte Dateien. "
                "Bitte drucken Sie sie neu als PDF, oder scannen Sie das Papier."
            )
        )


def _dictionaries(document: Any) -> Iterator[Any]:
    """Every dictionary of the file, those inside other objects as well; RuleBroken for a file too large to look at."""
    import pikepdf

    waiting = [document.trailer, *document.objects]
    seen = len(waiting)
    while waiting:
        value = waiting.pop()
        if isinstance(value, pikepdf.Dictionary | pikepdf.Stream):
            yield value
            inside = [one for _key, one in value.items()]
        elif isinstance(value, pikepdf.Array):
            inside = list(value)
        else:
            continue
        seen += len(inside)
        if seen > MOST_PARTS:
            raise refused(_TOO_MUCH, most=MOST_PAGES)
        waiting.extend(_direct(inside))


def _direct(values: Iterable[Any]) -> Iterator[Any]:
    """Values that stand in their parent; the others are objects of the file and looked at by themselves."""
    return (value for value in values if not getattr(value, "is_indirect", True))


def _readable(part: Any) -> Any:
    """The same part. PdfError for packed objects that cannot be unpacked: nobody has looked at what is in them."""
    if "/First" in part and "/N" in part:
        getattr(part, "read_bytes", bytes)()
    return part


def _is_active(part: Any) -> bool:
    if not _PARTS.isdisjoint(part.keys()):
        return True
    return str(part.get("/S", "")) in _ACTIONS
