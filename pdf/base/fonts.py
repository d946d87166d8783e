"""The fonts of the documents: which files, which scripts, and which characters they can print.

Fira Sans (Latin, Greek, Cyrillic) is the face of KERN; the Noto faces print the original spelling of names. The files
come from npm and are copied by the set-up, so no document depends on the fonts of the machine.
"""

import unicodedata
from dataclasses import dataclass
from functools import cache
from pathlib import Path

FONT_FOLDER = Path(__file__).resolve().parents[2] / "blueprints" / "shared" / "static" / "vendor"


@dataclass(frozen=True, slots=True)
class Face:
    """One font file: CSS family and weight, and its path below FONT_FOLDER."""

    family: str
    weight: int
    file: str

    @property
    def path(self) -> Path:
        return FONT_FOLDER / self.file


def _noto(script: str) -> tuple[Face, Face]:
    family, name = f"Noto Sans {script}", f"noto-sans-{script.lower()}"
    regular, bold = (
        Face(family, weight, f"noto/{name}-{script.lower()}-{weight}-normal.woff2") for weight in (400, 600)
    )
    return regular, bold


FACES: tuple[Face, ...] = (
    Face("Fira Sans", 400, "fira-sans/FiraSans-Regular.woff2"),
    Face("Fira Sans", 600, "fira-sans/FiraSans-SemiBold.woff2"),
    *_noto("Arabic"),
    *_noto("Ethiopic"),
    *_noto("Georgian"),
)


def font_css() -> str:
    """The @font-face rules and the font stack of the root element.

    Raises FileNotFoundError naming the first file that the set-up has not copied.
    """
    for face in FACES:
        if not face.path.is_file():
            raise FileNotFoundError(f"Font {face.path} is missing: run `make setup`.")
    rules = [
        f'@font-face {{ font-family: "{face.family}"; font-weight: {face.weight}; src: url({face.path.as_uri()}) }}'
        for face in FACES
    ]
    stack = ", ".join(dict.fromkeys(f'"{face.family}"' for face in FACES))
    return "\n".join((*rules, f"html {{ font-family: {stack} }}", f"@page {{ font-family: {stack} }}"))


def printable(text: str) -> str:
    """The text with only characters that our fonts have, since PDF/A forbids characters without a glyph.

    Control characters and invisible ones that no font has are dropped, composed letters are taken apart where that
    helps (``ḥ`` as ``h`` and a dot), anything else prints as ``[?]``.
    """
    if text.isascii() and text.isprintable():
        return text
    return "".join(_printable(char) for char in text)


def _printable(char: str) -> str:
    if char in "\n\t":
        return char
    if unicodedata.category(char) == "Cc":
        return ""
    return char if ord(char) in _characters() else _nearest(char)


def _nearest(char: str) -> str:
    if unicodedata.category(char) == "Cf":
        return ""
    parts = unicodedata.normalize("NFD", char)
    if len(parts) > 1 and all(ord(part) in _characters() for part in parts):
        return parts
    return "[?]"


@cache
def _characters() -> frozenset[int]:
    from fontTools.ttLib import TTFont  # type: ignore[import-untyped]  # slow import, only needed for text beyond ASCII

    return frozenset(code for face in FACES if face.weight == 400 for code in TTFont(face.path).getBestCmap())
