"""Signature fields, reserved before the first signature so that a later one changes nothing but its own field."""

from dataclasses import dataclass
from io import BytesIO
from typing import TYPE_CHECKING

from models.rules.message import N_
from pdf.signatures.conformance import saved

if TYPE_CHECKING:
    from pikepdf import Dictionary, Pdf

ANNOTATION_LOCKED_AND_PRINT = 0b10000100  # print: ISO 19005-3, 6.3.2; locked: the widget is not to be moved
SIGNED_AND_APPEND_ONLY = 3  # /SigFlags, set now so that signing need not touch the form
OFF_THE_PAGE = (-9999, -9999, -9999, -9999)  # ISO 14289-1, 7.18.1: outside the crop box needs no structure element


@dataclass(frozen=True)
class FieldSpec:
    """Name of a signature field, and the title (/TU) that a reader shows and a screen reader says."""

    name: str
    title: str


SENDER_FIELD = FieldSpec("Abgebende_Stelle", N_("Unterschrift der abgebenden Stelle"))
RECEIVER_FIELD = FieldSpec("Aufnehmende_Stelle", N_("Unterschrift der aufnehmenden Stelle"))
HANDOVER_FIELDS = (SENDER_FIELD, RECEIVER_FIELD)


def reserve_fields(pdf: bytes, fields: tuple[FieldSpec, ...]) -> bytes:
    """The document with empty, invisible signature fields on its last page, in one revision.

    To be called after make_conformant and once. Raises ValueError if the document already has a form.
    """
    import pikepdf

    with pikepdf.open(BytesIO(pdf)) as document:
        if "/AcroForm" in document.Root:
            raise ValueError("the document already has form fields")
        page = document.pages[-1].obj
        widgets = [document.make_indirect(_widget(page, spec)) for spec in fields]
        page.Annots = pikepdf.Array([*page.get("/Annots", []), *widgets])
        page.Tabs = pikepdf.Name.S  # ISO 14289-1, 7.18.3
        document.Root.AcroForm = document.make_indirect(
            pikepdf.Dictionary(Fields=pikepdf.Array(widgets), SigFlags=SIGNED_AND_APPEND_ONLY)
        )
        _declare_pades(document)
        return saved(document)


def _widget(page: "Dictionary", spec: FieldSpec) -> "Dictionary":
    import pikepdf

    return pikepdf.Dictionary(
        Type=pikepdf.Name.Annot,
        Subtype=pikepdf.Name.Widget,
        FT=pikepdf.Name.Sig,
        T=pikepdf.String(spec.name),
        TU=pikepdf.String(spec.title),
        F=ANNOTATION_LOCKED_AND_PRINT,
        Rect=pikepdf.Array(OFF_THE_PAGE),
        P=page,
    )


def _declare_pades(document: "Pdf") -> None:
    """Extension level of PAdES (EN 319 142-1, 5.6), again so that signing need not touch the catalogue."""
    import pikepdf

    document.Root.Extensions = pikepdf.Dictionary(
        ESIC=pikepdf.Dictionary(BaseVersion=pikepdf.Name("/1.7"), ExtensionLevel=1)
    )
