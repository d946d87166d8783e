"""Signature fields, reserved before the first signature so that a later one changes nothing but its own field."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from models.rules.message import N_

if TYPE_CHECKING:
    import pydyf  # type: ignore[import-untyped]

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


def reserve_fields(pdf: "pydyf.PDF", fields: Sequence[FieldSpec]) -> None:
    """Add empty, invisible signature fields to the last page of a document that is not yet written; none is no change.

    To be called once. Raises ValueError if the document already has a form.
    """
    import pydyf

    if not fields:
        return
    if "AcroForm" in pdf.catalog:
        raise ValueError("the document already has form fields")
    page = pdf.objects[pdf.pages["Kids"][-3]]
    widgets = pydyf.Array(_widget(pdf, page, spec) for spec in fields)
    page["Annots"] = pydyf.Array([*page.get("Annots", ()), *widgets])
    page["Tabs"] = "/S"  # ISO 14289-1, 7.18.3
    form = pydyf.Dictionary({"Fields": widgets, "SigFlags": SIGNED_AND_APPEND_ONLY})
    pdf.add_object(form)
    pdf.catalog["AcroForm"] = form.reference
    pdf.catalog["Extensions"] = _pades()


def _widget(pdf: "pydyf.PDF", page: "pydyf.Dictionary", spec: FieldSpec) -> bytes:
    import pydyf

    widget = pydyf.Dictionary(
        {
            "Type": "/Annot",
            "Subtype": "/Widget",
            "FT": "/Sig",
            "T": pydyf.String(spec.name),
            "TU": pydyf.String(spec.title),
            "F": ANNOTATION_LOCKED_AND_PRINT,
            "Rect": pydyf.Array(OFF_THE_PAGE),
            "P": page.reference,
        }
    )
    pdf.add_object(widget)
    reference: bytes = widget.reference
    return reference


def _pades() -> "pydyf.Dictionary":
    """Extension level of PAdES (EN 319 142-1, 5.6), again so that signing need not touch the catalogue."""
    import pydyf

    return pydyf.Dictionary({"ESIC": pydyf.Dictionary({"BaseVersion": "/1.7", "ExtensionLevel": 1})})
