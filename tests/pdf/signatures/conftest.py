"""A tiny transfer sheet made by WeasyPrint, unsigned, signed once and signed twice."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

import pytest

from pdf.base.engine import embedded_file, write_pdf
from pdf.base.sheet import Metadata
from pdf.signatures.fields import HANDOVER_FIELDS, FieldSpec
from tests.pdf.signatures.house import House, build_house

TITLE = "Übergabebogen SWD-2026-00417-1"
MOMENT = datetime(2026, 11, 3, 9, 30, tzinfo=UTC)
METADATA = Metadata(TITLE, "", "", MOMENT, "1")
PAGE = f"""<html lang="de-DE"><head><title>{TITLE}</title><style>body {{ font-family: sans-serif }}</style></head><body>
<h1>Übergabebogen</h1><p>Von der Agentur für Arbeit an das Jobcenter.</p>
<table><thead><tr><th scope="col">Feld</th><th scope="col">Wert</th></tr></thead>
<tbody><tr><td>Sprache</td><td>Tigrinya</td></tr></tbody></table></body></html>"""


@dataclass(frozen=True)
class Sheets:
    """The same sheet at each step of its way."""

    without_fields: bytes
    unsigned: bytes
    once: bytes
    twice: bytes


def render(fields: Sequence[FieldSpec] = (), page: str = PAGE) -> bytes:
    attached = embedded_file("uebergabe.json", b'{"reference": "SWD-2026-00417-1"}', "Datenstand", MOMENT)
    return write_pdf(page, [], METADATA, [attached], fields)


@pytest.fixture(scope="session")
def house(tmp_path_factory: pytest.TempPathFactory) -> House:
    return build_house(tmp_path_factory.mktemp("house") / "pki")


@pytest.fixture(scope="session")
def sheets(house: House) -> Sheets:
    unsigned = render(HANDOVER_FIELDS)
    once = house.send(unsigned)
    return Sheets(render(), unsigned, once, house.accept(once))
