"""WeasyPrint with what is expensive kept once a process: the fonts and the parsed style sheets.

Imported only by ``pdf.render`` at the first document, because the import takes half a second. The fonts lie unpacked in
a temporary folder that goes with the process, so no document should be rendered before a server forks its workers.
"""

import gc
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from functools import cache, partial
from importlib.resources import files
from io import BytesIO
from pathlib import Path
from typing import NoReturn
from xml.etree import ElementTree

import pydyf  # type: ignore[import-untyped]
from cssselect2 import ElementWrapper  # type: ignore[import-untyped]
from weasyprint import CSS, HTML  # type: ignore[import-untyped]
from weasyprint import Attachment as EmbeddedFile
from weasyprint.css import ColorProfile  # type: ignore[import-untyped]
from weasyprint.document import Document  # type: ignore[import-untyped]
from weasyprint.text.fonts import FontConfiguration  # type: ignore[import-untyped]
from weasyprint.urls import FatalURLFetchingError, URLFetcher, URLFetcherResponse  # type: ignore[import-untyped]

from pdf.base.fonts import FACES, font_css
from pdf.base.sheet import Metadata
from pdf.signatures.conformance import mark_conformant
from pdf.signatures.fields import FieldSpec, reserve_fields

PDF_FOLDER = Path(__file__).resolve().parents[1]
PICTURES = PDF_FOLDER / "base"
COLOURS = "--srgb"

_one_at_a_time = threading.Lock()
"""Pango's font map is not made for threads, and the interpreter renders one document at a time anyway."""


class RefusedSource(ValueError):
    """A document tried to load something other than our own fonts and pictures."""


class OwnFilesOnly(URLFetcher):  # type: ignore[misc]
    """Fetches the fonts and the pictures of ``pdf/base`` by their exact addresses and nothing else."""

    def __init__(self) -> None:
        super().__init__(allowed_protocols=(), allow_redirects=False, fail_on_errors=True)
        paths = (*(face.path for face in FACES), *PICTURES.glob("*.svg"))
        self._files = {path.as_uri(): path for path in paths}

    def fetch(self, url: str, headers: dict[str, str] | None = None) -> URLFetcherResponse:
        """The bytes of one of our own files; raises RefusedSource for every other address."""
        if url not in self._files:
            raise RefusedSource("documents load only their own fonts and pictures")
        path = self._files[url]
        kind = "image/svg+xml" if path.suffix == ".svg" else "font/woff2"
        return URLFetcherResponse(url, path.read_bytes(), {"Content-Type": kind})


class _Page(HTML):  # type: ignore[misc]
    """WeasyPrint's document, made for pages that we write ourselves.

    They are well-formed XML, so the parser of the standard library reads them in a tenth of the time that an HTML
    parser for all the web takes, and ``elements.css`` describes their few elements. Raises ParseError for other text.
    """

    def __init__(self, html: str) -> None:
        self.base_url, self.url_fetcher, self.media_type = None, _fetcher(), "print"
        root = ElementTree.fromstring(html)  # noqa: S314 - our template, in which all values are escaped
        self.wrapper_element = ElementWrapper.from_html_root(root, content_language=None)
        self.etree_element = self.wrapper_element.etree_element

    def _ua_stylesheets(self, forms: bool = False) -> list[CSS]:
        return [_elements()]


def embedded_file(name: str, data: bytes, description: str, created: datetime) -> EmbeddedFile:
    """An associated file of the relationship Data (ISO 19005-3, annex E). WeasyPrint can use the object once."""
    moment = created.astimezone(UTC)
    return EmbeddedFile(
        string=data, name=name, description=description, relationship="Data", created=moment, modified=moment
    )


def write_pdf(
    html: str,
    styles: Sequence[Path],
    metadata: Metadata,
    files: Sequence[EmbeddedFile] = (),
    fields: Sequence[FieldSpec] = (),
) -> bytes:
    """The finished HTML as PDF/A-3a and PDF/UA-1, byte for byte the same for the same input.

    ``styles`` are our own style sheets in the order of the cascade, ``fields`` the signature fields to keep free.
    Raises RefusedSource where the HTML or a style sheet names a foreign source.
    """
    with _one_at_a_time, _no_collection():
        try:
            result: bytes = _Page(html).write_pdf(
                stylesheets=[_style(tuple(styles))],
                font_config=_fonts(),
                attachments=list(files),
                pdf_variant="pdf/a-3a",
                color_profiles={COLOURS: _srgb()},
                output_intent=COLOURS,
                pdf_identifier=metadata.file_identifier,
                finisher=partial(_finish, fields=fields),
            )
        except FatalURLFetchingError as error:
            _refuse(error)
    return result


@contextmanager
def _no_collection() -> Iterator[None]:
    """The tree of a document is some hundred thousand objects, which the collector would walk again and again."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def _refuse(error: BaseException) -> NoReturn:
    """WeasyPrint's fatal error is no Exception and would end the whole process."""
    raise RefusedSource(str(error.__cause__)) from None


def _finish(document: Document, pdf: pydyf.PDF, fields: Sequence[FieldSpec]) -> None:
    """The last changes before the file is written."""
    _name_languages(document)
    if "AF" in pdf.catalog:
        pdf.catalog["AF"][:] = dict.fromkeys(pdf.catalog["AF"])  # WeasyPrint 70 lists each associated file twice
    mark_conformant(pdf)
    reserve_fields(pdf, fields)
    pdf.objects[:] = [one if one.free == "f" else _Packed(one) for one in pdf.objects]


def _name_languages(document: Document) -> None:
    """Cells in another language say so (ISO 14289-1, 7.2); WeasyPrint keeps the element of a cell as its mark."""
    for page in document.pages:
        for box in page._page_box.descendants():
            tag = box.element.get("lang") if hasattr(box, "mark") else None
            if tag:
                box.mark["Lang"] = pydyf.String(tag)


class _Packed(pydyf.Object):  # type: ignore[misc]
    """An object as the bytes that stand in the file: pydyf asks for them twice, for the file and for its identifier.

    Only the thousand elements of the structure share a stream. Whoever signs or verifies looks up the others, and would
    read through that stream for each.
    """

    data = b""
    compressible = False

    def __init__(self, one: pydyf.Object) -> None:
        super().__init__()
        self.number, self.generation = one.number, one.generation
        self.data = one.data
        self.compressible = isinstance(one, dict) and one.get("Type") == "/StructElem"


@cache
def _fetcher() -> OwnFilesOnly:
    return OwnFilesOnly()


def _srgb() -> ColorProfile:
    """WeasyPrint's own sRGB profile for the output intent; left to itself it leaks a file handle for each document."""
    return ColorProfile(BytesIO(_srgb_bytes()), "sRGB2014.icc", "relative-colorimetric", (["r"], ["g"], ["b"]))


@cache
def _srgb_bytes() -> bytes:
    return (files("weasyprint.pdf") / "sRGB2014.icc").read_bytes()


@cache
def _fonts() -> FontConfiguration:
    return FontConfiguration()


@cache
def _style(paths: tuple[Path, ...]) -> CSS:
    widths = (f".w{percent} {{ width: {percent}% }}" for percent in range(1, 100))  # columns of lists
    text = "\n".join((font_css(), *widths, *(path.read_text("utf-8") for path in paths)))
    return CSS(string=text, base_url=f"{PICTURES.as_uri()}/", font_config=_fonts(), url_fetcher=_fetcher())


@cache
def _elements() -> CSS:
    return CSS(filename=PICTURES / "elements.css")
