import time
from datetime import UTC, datetime, timedelta
from io import BytesIO

import pikepdf
import pydyf
import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.serialization import pkcs12
from pyhanko.pdf_utils.reader import PdfFileReader

from pdf.signatures.fields import HANDOVER_FIELDS, RECEIVER_FIELD, SENDER_FIELD, reserve_fields
from pdf.signatures.keys import open_key, seal_key
from pdf.signatures.sign import CannotSign, sign_pdf, signer_from_pkcs12
from tests.pdf.signatures.conftest import PAGE, TITLE, render
from tests.pdf.signatures.house import ISSUED, SENT


def embedded(pdf: bytes, field: str):
    signatures = {signature.field_name: signature for signature in PdfFileReader(BytesIO(pdf)).embedded_signatures}
    return signatures[field]


def test_each_signature_only_appends(sheets):
    assert sheets.once.startswith(sheets.unsigned)
    assert sheets.twice.startswith(sheets.once)


def test_the_file_grows_by_the_room_of_a_signature(sheets):
    for before, after in ((sheets.unsigned, sheets.once), (sheets.once, sheets.twice)):
        assert 16_384 < len(after) - len(before) < 18_500


def test_the_signature_is_pades_with_the_time_in_its_dictionary(sheets):
    signature = embedded(sheets.twice, SENDER_FIELD.name)
    assert signature.sig_object["/SubFilter"] == "/ETSI.CAdES.detached"
    assert signature.sig_object["/M"] == "D:20261103093015Z"
    assert signature.self_reported_timestamp == SENT
    attributes = {attribute["type"].native for attribute in signature.signer_info["signed_attrs"]}
    assert attributes == {"content_type", "message_digest", "signing_certificate_v2"}


def test_the_chain_is_embedded(sheets, house):
    embedded_certificates = embedded(sheets.once, SENDER_FIELD.name).signed_data["certificates"]
    expected = {house.sender.certificate, house.authority.certificate}
    assert {each.chosen.dump() for each in embedded_certificates} == {
        each.public_bytes(serialization.Encoding.DER) for each in expected
    }


def test_reason_place_and_contact_are_optional_entries(sheets, house):
    signed = sign_pdf(
        sheets.unsigned, field=SENDER_FIELD.name, signer=house.sender, reason="Übergabe", signed_at=SENT,
        location="St. Wendel", contact="06851 801-0",
    )  # fmt: skip
    entries = embedded(signed, SENDER_FIELD.name).sig_object
    assert (entries["/Reason"], entries["/Location"], entries["/ContactInfo"]) == (
        "Übergabe", "St. Wendel", "06851 801-0",
    )  # fmt: skip
    assert "/Location" not in embedded(sheets.once, SENDER_FIELD.name).sig_object


def test_fields_can_be_signed_in_any_order(sheets, house):
    assert house.verify(house.send(house.accept(sheets.unsigned))).code == 0


@pytest.mark.parametrize("field", ["Unbekannt", SENDER_FIELD.name])
def test_only_an_empty_reserved_field_is_signed(sheets, house, field):
    with pytest.raises(CannotSign, match="fehlt oder ist schon ausgefüllt"):
        sign_pdf(sheets.once, field=field, signer=house.sender, reason="Übergabe", signed_at=SENT)


@pytest.mark.parametrize("moment", [ISSUED - timedelta(seconds=1), ISSUED + timedelta(days=365 * 13)])
def test_nobody_signs_outside_the_validity_of_the_certificate(sheets, house, moment):
    with pytest.raises(CannotSign, match="nicht gültig"):
        house.send(sheets.unsigned, moment)


def test_what_is_no_pdf_is_not_signed(house):
    with pytest.raises(CannotSign, match="keine lesbare PDF-Datei"):
        house.send(b"%PDF-1.7 nonsense")


def test_a_signer_comes_from_a_pkcs12_file(sheets, house):
    content = pkcs12.serialize_key_and_certificates(
        b"siegel", house.sender.key, house.sender.certificate, [house.authority.certificate],
        serialization.BestAvailableEncryption(b"geheim"),
    )  # fmt: skip
    signer = signer_from_pkcs12(content, "geheim")
    signed = sign_pdf(sheets.unsigned, field=SENDER_FIELD.name, signer=signer, reason="Siegel", signed_at=SENT)
    assert house.verify(house.accept(signed)).code == 0
    with pytest.raises(CannotSign, match="mit diesem Kennwort nicht öffnen"):
        signer_from_pkcs12(content, "falsch")


def test_a_pkcs12_file_without_a_key_is_refused(house):
    content = pkcs12.serialize_key_and_certificates(
        None, None, None, [house.authority.certificate], serialization.NoEncryption()
    )
    with pytest.raises(CannotSign, match="keinen Schlüssel"):
        signer_from_pkcs12(content, "")


def test_preparing_is_repeatable_to_the_byte(sheets):
    assert render(HANDOVER_FIELDS) == sheets.unsigned


def test_the_document_says_its_title_language_and_both_standards():
    html = PAGE.replace(TITLE, "Bogen &lt;3&gt; &amp; mehr", 1)
    with pikepdf.open(BytesIO(render(page=html))) as document:
        assert str(document.Root.Lang) == "de-DE"
        assert bool(document.Root.ViewerPreferences.DisplayDocTitle)
        metadata = document.open_metadata()
        assert (metadata["dc:title"], metadata["pdfaid:part"], metadata["pdfuaid:part"]) == (
            "Bogen <3> & mehr", "3", "1",
        )  # fmt: skip
        assert str(document.docinfo.Title) == "Bogen <3> & mehr"
        assert list(document.attachments) == ["uebergabe.json"]


def test_fields_are_empty_titled_and_off_the_page(sheets):
    with pikepdf.open(BytesIO(sheets.unsigned)) as document:
        page = document.pages[-1].obj
        assert str(page.Tabs) == "/S"
        widgets = list(document.Root.AcroForm.Fields)
        assert [str(widget.TU) for widget in widgets] == [SENDER_FIELD.title, RECEIVER_FIELD.title]
        for widget in widgets:
            assert "/V" not in widget
            assert [float(corner) for corner in widget.Rect] == [-9999] * 4


def test_fields_are_reserved_once():
    pdf = pydyf.PDF()
    pdf.add_page(pydyf.Dictionary({"Type": "/Page"}))
    reserve_fields(pdf, HANDOVER_FIELDS)
    with pytest.raises(ValueError, match="already has form fields"):
        reserve_fields(pdf, HANDOVER_FIELDS)


def test_what_opening_a_key_and_signing_costs(sheets, house):
    sealed = seal_key(house.sender.key, "246810", bytes(32), house.sender.certificate)
    start = time.perf_counter()
    open_key(sealed, "246810", bytes(32), house.sender.certificate)
    opened = time.perf_counter()
    house.send(sheets.unsigned)
    signed = time.perf_counter()
    house.verify(sheets.twice, now=datetime.now(UTC))
    verified = time.perf_counter()
    print(
        f"open key {1000 * (opened - start):.0f} ms, sign {1000 * (signed - opened):.0f} ms, "
        f"verify two signatures {1000 * (verified - signed):.0f} ms"
    )
