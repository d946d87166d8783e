"""A tiny transfer sheet made by WeasyPrint, unsigned, signed once and signed twice."""

import warnings
from dataclasses import dataclass
from datetime import UTC, datetime

import pytest
from weasyprint import HTML, Attachment

from pdf.signatures.conformance import make_conformant
from pdf.signatures.fields import HANDOVER_FIELDS, reserve_fields
from tests.pdf.signatures.house import House, build_house

TITLE = "Übergabebogen SWD-2026-00417-1"
PAGE = f"""<html lang="de"><head><title>{TITLE}</title><style>body {{ font-family: sans-serif }}</style></head><body>
<h1>Übergabebogen</h1><p>Von der Agentur für Arbeit an das Jobcenter.</p>
<table><thead><tr><th scope="col">Feld</th><th scope="col">Wert</th></tr></thead>
<tbody><tr><td>Sprache</td><td>Tigrinya</td></tr></tbody></table></body></html>"""


@dataclass(frozen=True)
class Sheets:
    """The same sheet at each step of its way."""

    rendered: bytes
    conformant: bytes
    unsigned: bytes
    once: bytes
    twice: bytes


def render() -> bytes:
    moment = datetime(2026, 11, 3, 9, 30, tzinfo=UTC)
    attached = Attachment(
        string='{"reference": "SWD-2026-00417-1"}', name="uebergabe.json", description="Datenstand",
        relationship="Data", created=moment, modified=moment,
    )  # fmt: skip
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ResourceWarning)  # WeasyPrint leaves its colour profile open
        return HTML(string=PAGE).write_pdf(pdf_variant="pdf/a-3a", attachments=[attached])


@pytest.fixture(scope="session")
def house(tmp_path_factory: pytest.TempPathFactory) -> House:
    return build_house(tmp_path_factory.mktemp("house") / "pki")


@pytest.fixture(scope="session")
def sheets(house: House) -> Sheets:
    rendered = render()
    conformant = make_conformant(rendered, TITLE, "de-DE")
    unsigned = reserve_fields(conformant, HANDOVER_FIELDS)
    once = house.send(unsigned)
    return Sheets(rendered, conformant, unsigned, once, house.accept(once))
