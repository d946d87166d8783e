"""Whatever is done to a signed file: never valid, always a sentence, never an exception."""

import random
import re
from io import BytesIO

import pikepdf
import pytest
from asn1crypto import cms, core
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature, encode_dss_signature
from hypothesis import given, settings
from hypothesis import strategies as st
from pyhanko.pdf_utils.generic import DictionaryObject, IndirectObject, NameObject, NumberObject, Reference, pdf_name
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign import fields as pyhanko_fields

from pdf.signatures.fields import RECEIVER_FIELD
from pdf.signatures.revision import open_revision, sign_into
from pdf.signatures.sign import Entries
from pdf.signatures.verdict import DocumentState, VerdictCode
from tests.pdf.signatures.house import ACCEPTED, Stored

BROKEN, NOT_SIGNED = VerdictCode.BROKEN, VerdictCode.NOT_SIGNED


def gaps(pdf: bytes) -> list[tuple[int, int]]:
    """Where the bytes lie that a signature does not cover, from < to >."""
    found = re.findall(rb"/ByteRange \[0 (\d+) (\d+) \d+\]", pdf)
    return [(int(start), int(end)) for start, end in found]


def flipped(pdf: bytes, position: int, bit: int) -> bytes:
    return pdf[:position] + bytes([pdf[position] ^ 1 << bit]) + pdf[position + 1 :]


def survivors(house, pdf: bytes, positions) -> list[tuple[int, int]]:
    """The flipped bits that were not noticed."""
    chance = random.Random(417)
    tried = [(position, chance.randrange(8)) for position in positions]
    return [flip for flip in tried if house.verify(flipped(pdf, *flip)).code != BROKEN]


def test_one_flipped_bit_anywhere_breaks_the_file(house, sheets):
    assert survivors(house, sheets.once, range(0, len(sheets.once), len(sheets.once) // 200)) == []


def test_one_flipped_bit_breaks_a_file_with_two_signatures(house, sheets):
    assert survivors(house, sheets.twice, range(0, len(sheets.twice), len(sheets.twice) // 60)) == []


def test_one_flipped_bit_in_the_unsigned_gap_breaks_the_file(house, sheets):
    ((start, end),) = gaps(sheets.once)
    edges = [start, start + 1, end - 2, end - 1]
    assert survivors(house, sheets.once, [*edges, *range(start, end, 160)]) == []


def test_one_flipped_bit_in_either_gap_of_two_breaks_the_file(house, sheets):
    first, second = gaps(sheets.twice)
    assert survivors(house, sheets.twice, [*range(*first, 800), *range(*second, 800)]) == []


def test_a_flipped_bit_breaks_a_stored_file_too(house, sheets):
    stored = Stored({sheets.twice: DocumentState.CURRENT})
    for position in range(7, len(sheets.twice), len(sheets.twice) // 12):
        assert house.verify(flipped(sheets.twice, position, 0), stored).code == BROKEN


def test_lower_case_digits_in_the_gap_break_the_file(house, sheets):
    ((start, end),) = gaps(sheets.once)
    file = sheets.once[:start] + sheets.once[start:end].lower() + sheets.once[end:]
    assert house.verify(file).code == BROKEN


def rewritten_cms(pdf: bytes, change) -> bytes:
    """The file with another CMS object in its gap: same signature value, something else around it."""
    ((start, end),) = gaps(pdf)
    info = cms.ContentInfo.load(bytes.fromhex(pdf[start + 1 : end - 1].decode()))
    change(info["content"])
    digits = info.dump(force=True).hex().upper().encode()
    return pdf[: start + 1] + digits.ljust(end - start - 2, b"0") + pdf[end - 1 :]


def _nothing(_content):
    pass


def _leave_out_the_root(content):
    content["certificates"] = [each for each in content["certificates"] if each.chosen.self_signed == "no"]


def _repeat_the_root(content):
    root = next(each for each in content["certificates"] if each.chosen.self_signed != "no")
    content["certificates"] = [*content["certificates"], root]


def _add_an_unsigned_attribute(content):
    value = cms.CMSAttribute({"type": "1.2.3.4", "values": [core.OctetString(b"x")]})
    content["signer_infos"][0]["unsigned_attrs"] = [value]


def _mirror_the_signature(content):
    """For a valid ECDSA value (r, s), (r, n - s) is valid too, and everybody can compute it."""
    signature = content["signer_infos"][0]["signature"]
    r, s = decode_dss_signature(signature.native)
    content["signer_infos"][0]["signature"] = encode_dss_signature(r, ec.SECP384R1().group_order - s)


def test_the_cms_object_is_exactly_the_one_we_write(house, sheets):
    assert rewritten_cms(sheets.once, _nothing) == sheets.once
    for change in (_mirror_the_signature, _leave_out_the_root, _repeat_the_root, _add_an_unsigned_attribute):
        assert house.verify(rewritten_cms(sheets.once, change)).code == BROKEN


@pytest.mark.parametrize("tail", [b"\n", b" ", b"\x00", b"%%EOF\n", b"\r\n%%EOF\r\n", b"startxref\n0\n%%EOF\n"])
@pytest.mark.parametrize("step", ["once", "twice"])
def test_appended_bytes_break_the_file(house, sheets, step, tail):
    assert house.verify(getattr(sheets, step) + tail).code == BROKEN


@pytest.mark.parametrize("head", [b"\n", b"%PDF-1.7\n"])
def test_bytes_in_front_break_the_file(house, sheets, head):
    assert house.verify(head + sheets.twice).code == BROKEN


def appended(pdf: bytes, change) -> bytes:
    """The file with one more revision, as any PDF software could append it."""
    writer = IncrementalPdfFileWriter(BytesIO(pdf))
    change(writer)
    output = BytesIO()
    writer.write(output)
    return output.getvalue()


def _touch(writer):
    writer.update_root()


def _annotate(writer):
    page, _ = writer.find_page_for_modification(0)
    note = DictionaryObject({pdf_name("/Type"): pdf_name("/Annot"), pdf_name("/Subtype"): pdf_name("/Text")})
    writer.register_annotation(page, writer.add_object(note))


def _remove_attachment(writer):
    del writer.root["/Names"]
    writer.update_root()


def _add_dss(writer):
    writer.root["/DSS"] = writer.add_object(DictionaryObject({pdf_name("/Type"): pdf_name("/DSS")}))
    writer.update_root()


def _rotate(writer):
    page, _ = writer.find_page_for_modification(0)
    page.get_object()[NameObject("/Rotate")] = NumberObject(180)
    writer.mark_update(page)


CHANGES = [_touch, _annotate, _remove_attachment, _add_dss, _rotate]


@pytest.mark.parametrize("change", CHANGES)
@pytest.mark.parametrize("step", ["once", "twice"])
def test_an_appended_revision_breaks_the_file(house, sheets, step, change):
    assert house.verify(appended(getattr(sheets, step), change)).code == BROKEN


@pytest.mark.parametrize("change", CHANGES)
def test_a_revision_slipped_in_before_the_second_signature_breaks_the_file(house, sheets, change):
    verdict = house.verify(house.accept(appended(sheets.once, change)))
    assert verdict.code == BROKEN
    assert not verdict.signatures[0].valid


def _swap_info(writer):
    writer.set_info(writer.trailer.raw_get("/Root"))


def _overwrite(writer):
    """The signature dictionary takes the number of an object that the first signature covers."""
    metadata = writer.root.raw_get("/Metadata").reference
    writer.add_object = lambda obj: _put(writer, metadata, obj)


def _put(writer, reference, obj):
    writer.objects[(reference.generation, reference.idnum)] = obj
    obj.container_ref = Reference(reference.idnum, reference.generation, writer)
    return IndirectObject(reference.idnum, reference.generation, writer)


@pytest.mark.parametrize("change", [*CHANGES, _swap_info, _overwrite])
def test_a_second_signature_that_changes_more_than_its_field_breaks_the_first(house, sheets, change):
    writer = open_revision(sheets.once, RECEIVER_FIELD.name)
    change(writer)
    file = sign_into(writer, RECEIVER_FIELD.name, house.receiver, Entries(ACCEPTED, "Annahme", None, None))
    verdict = house.verify(file)
    assert verdict.code == BROKEN
    assert "Datei wurde verändert" in str(verdict.signatures[-1].sentence)


def test_a_third_field_added_and_signed_later_breaks_the_file(house, sheets):
    def add(writer):
        pyhanko_fields.append_signature_field(writer, pyhanko_fields.SigFieldSpec("Dritte_Stelle"))

    assert house.verify(appended(sheets.twice, add)).code == BROKEN


def test_a_removed_attachment_breaks_the_file(house, sheets):
    with pikepdf.open(BytesIO(sheets.twice)) as document:
        del document.attachments["uebergabe.json"]
        output = BytesIO()
        document.save(output)
    assert house.verify(output.getvalue()).code == BROKEN


def test_a_rewritten_file_is_broken_although_nothing_else_changed(house, sheets):
    output = BytesIO()
    with pikepdf.open(BytesIO(sheets.twice)) as document:
        document.save(output)
    assert house.verify(output.getvalue()).code == BROKEN


def test_a_signature_moved_to_another_sheet_is_broken(house, sheets):
    other = bytearray(house.send(sheets.unsigned.replace(b"/F 132", b"/F 128", 1)))
    ((start, end),) = gaps(bytes(other))
    ((first, last),) = gaps(sheets.once)
    other[start:end] = sheets.once[first:last]
    assert house.verify(bytes(other)).code == BROKEN


def test_the_second_signature_taken_away_leaves_the_first_stage(house, sheets):
    stored = Stored({sheets.once: DocumentState.COUNTERSIGNED, sheets.twice: DocumentState.CURRENT})
    assert house.verify(sheets.twice[: len(sheets.once)], stored).code == VerdictCode.NOT_CURRENT


@pytest.mark.parametrize("step", ["once", "twice"])
def test_a_truncated_file_is_never_valid(house, sheets, step):
    file = getattr(sheets, step)
    for length in range(0, len(file), 1024):
        verdict = house.verify(file[:length])
        assert verdict.code in (BROKEN, NOT_SIGNED)
        assert verdict.sentences


def test_a_signed_file_behind_a_password_cannot_be_read(house, sheets):
    output = BytesIO()
    with pikepdf.open(BytesIO(sheets.twice)) as document:
        document.save(output, encryption=pikepdf.Encryption(owner="a", user="b"))
    verdict = house.verify(output.getvalue())
    assert verdict.code == NOT_SIGNED
    assert "Kennwort" in str(verdict.sentences[0])


@pytest.mark.parametrize(
    "content",
    [b"", b"\x00", b"Hallo", b"%PDF-1.7", b"%PDF-1.7\n%%EOF\n", b"startxref\n0\n%%EOF", "Größe".encode("utf-16")],
)
def test_what_is_no_pdf_is_not_signed(house, content):
    verdict = house.verify(content)
    assert (verdict.code, str(verdict.sentences[0])) == (NOT_SIGNED, "Die Datei ist keine lesbare PDF-Datei.")


def test_a_huge_file_is_not_even_read(house):
    verdict = house.verify(bytes(33 * 1024 * 1024))
    assert verdict.code == NOT_SIGNED
    assert "zu groß" in str(verdict.sentences[0])


@settings(max_examples=60, deadline=None, derandomize=True)
@given(st.binary(max_size=400), st.booleans())
def test_random_bytes_are_not_signed(house, content, with_frame):
    file = b"%PDF-1.7\n" + content + b"\nstartxref\n9\n%%EOF\n" if with_frame else content
    assert house.verify(file).code == NOT_SIGNED


@settings(max_examples=60, deadline=None, derandomize=True)
@given(st.data())
def test_random_splices_never_pass(house, sheets, data):
    file = sheets.once
    start = data.draw(st.integers(0, len(file) - 1))
    length = data.draw(st.integers(0, 50))
    middle = data.draw(st.binary(max_size=50))
    spliced = file[:start] + middle + file[start + length :]
    if spliced != file:
        assert house.verify(spliced).code in (BROKEN, NOT_SIGNED)


def test_the_reserved_field_of_the_receiver_cannot_be_filled_with_a_copy(house, sheets):
    def copy(writer):
        sender, receiver = (field.get_object() for field in writer.root["/AcroForm"]["/Fields"])
        assert receiver["/T"] == RECEIVER_FIELD.name
        receiver["/V"] = sender.raw_get("/V")
        writer.mark_update(writer.root["/AcroForm"]["/Fields"].raw_get(1))

    verdict = house.verify(appended(sheets.once, copy))
    assert verdict.code == BROKEN
