"""From a sheet of finished strings to the bytes of a PDF/A-3a that is PDF/UA-1 as well.

``render_pdf("receipt", sheet)`` fills ``pdf/receipt/template.html`` and styles it with ``pdf/base/base.css`` and
``pdf/receipt/style.css``. The template sees ``sheet``, the macros of ``pdf/base`` and gettext, nothing else.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from pdf.base.fonts import printable
from pdf.base.sheet import Sheet
from pdf.signatures.fields import FieldSpec

HERE = Path(__file__).resolve().parent
BASE = HERE / "base"

Translate = Callable[[str], str]


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file inside the PDF, e.g. ``uebergabe.json``; its name decides the MIME type. ``created`` is aware."""

    name: str
    data: bytes
    description: str
    created: datetime


def render_pdf(
    document: str,
    sheet: Sheet,
    *,
    attachments: Sequence[Attachment] = (),
    fields: Sequence[FieldSpec] = (),
    watermark: bool = False,
    translate: Translate = str,
) -> bytes:
    """Render a document of this folder as PDF/A-3a and PDF/UA-1, the same bytes for the same sheet.

    ``fields`` are reserved on the last page for signatures. ``watermark`` prints MUSTER behind every page, for demo
    mode. ``translate`` is gettext for German source text. Raises RefusedSource (a ValueError) where a template names a
    foreign source, UndefinedError where the sheet lacks what the template prints.
    """
    from pdf.base import engine  # slow import, only needed here

    styles = [BASE / "base.css", HERE / document / "style.css"]
    if watermark:
        styles.append(BASE / "watermark.css")
    return engine.write_pdf(
        render_html(document, sheet, watermark=watermark, translate=translate),
        styles,
        sheet.metadata,
        [engine.embedded_file(one.name, one.data, one.description, one.created) for one in attachments],
        fields,
    )


def render_html(document: str, sheet: Sheet, *, watermark: bool = False, translate: Translate = str) -> str:
    """The HTML that ``render_pdf`` prints: every string of the sheet escaped and reduced to printable characters."""

    def plural(one: str, many: str, count: int) -> str:
        return translate(one if count == 1 else many)

    template = _environment().get_template(f"{document}/template.html")
    return template.render(sheet=sheet, watermark=watermark, gettext=translate, ngettext=plural)


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(HERE),
        autoescape=True,
        undefined=StrictUndefined,
        extensions=["jinja2.ext.i18n"],
        finalize=_finalize,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.install_null_translations()  # type: ignore[attr-defined]
    return environment


def _finalize(value: object) -> object:
    if isinstance(value, str) and not isinstance(value, Markup):
        return printable(value)
    return value
