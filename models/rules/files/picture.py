"""Pictures: decoded as a whole and written anew, so that nothing but the picture is kept."""

from io import BytesIO
from typing import Any

from models.rules.files.kinds import refused
from models.rules.message import N_
from models.rules.states import MediaType

MOST_PIXELS = 60_000_000
LONGEST_SIDE = 4_000
"""A page of A4 at 300 dots per inch has 3,508 rows; more says nothing more."""
_FORMATS = {MediaType.JPEG: "JPEG", MediaType.PNG: "PNG"}
_BROKEN = N_("Das Bild ist beschädigt. Bitte scannen oder fotografieren Sie es noch einmal.")


def clean_picture(content: bytes, kind: MediaType) -> bytes:
    """The picture upright and without its hidden data (place, time, device, preview).

    RuleBroken for a broken one and for one with more than 60 million points.
    """
    from PIL import Image, ImageOps  # slow import, only needed for a picture

    try:
        _verify(content, kind)
        with Image.open(BytesIO(content), formats=(_FORMATS[kind],)) as picture:
            if picture.width * picture.height > MOST_PIXELS:
                raise refused(N_("Das Bild hat zu viele Bildpunkte, höchstens 60 Millionen."))
            picture.load()
            upright = ImageOps.exif_transpose(picture)
            upright.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
            return _written(upright, kind)
    except (Image.DecompressionBombError, Image.DecompressionBombWarning):
        raise refused(N_("Das Bild hat zu viele Bildpunkte, höchstens 60 Millionen.")) from None
    except (OSError, ValueError, SyntaxError, IndexError, KeyError, OverflowError, EOFError):
        raise refused(_BROKEN) from None


def _verify(content: bytes, kind: MediaType) -> None:
    """The checksums of the format: decoding alone lets a picture pass that was cut off behind its last new point."""
    from PIL import Image

    with Image.open(BytesIO(content), formats=(_FORMATS[kind],)) as picture:
        picture.verify()


def _written(picture: Any, kind: MediaType) -> bytes:
    plain = picture.convert(_mode(picture, kind))
    plain.info.clear()
    output = BytesIO()
    if kind == MediaType.JPEG:
        plain.save(output, "JPEG", quality=88)
    else:
        plain.save(output, "PNG")
    return output.getvalue()


def _mode(picture: Any, kind: MediaType) -> str:
    """Grey stays grey; a palette becomes colours, transparency stays where the format has it."""
    if picture.mode in ("1", "L"):
        return str(picture.mode) if kind == MediaType.PNG else "L"
    clear = picture.mode in ("RGBA", "LA", "PA") or "transparency" in picture.info
    return "RGBA" if clear and kind == MediaType.PNG else "RGB"
