"""Who signed when for whom, and whether the file is the one that counts."""

from datetime import timedelta

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import pkcs12
from cryptography.x509.oid import NameOID

from pdf.signatures.authority import crl, revoke, root_pem
from pdf.signatures.fields import RECEIVER_FIELD, SENDER_FIELD
from pdf.signatures.revision import append_signature
from pdf.signatures.sign import CannotSign, Entries, Signer, sign_pdf, signer_from_pkcs12
from pdf.signatures.trust import NotARoot, other_root, own_root
from pdf.signatures.verdict import DocumentState, VerdictCode
from pdf.signatures.verify import verify_pdf
from tests.pdf.signatures.conftest import render
from tests.pdf.signatures.house import ACCEPTED, ISSUED, NAME, NOW, SENT, Stored, build_house

VALID, BROKEN, NOT_SIGNED, NOT_CURRENT, AWAITING = VerdictCode
STOLEN = x509.ReasonFlags.key_compromise


def text(verdict) -> str:
    return " ".join(str(sentence) for sentence in verdict.all_sentences())


def dated(pdf: bytes, signer: Signer, moment) -> bytes:
    """A signature with a time of the forger's choice, past all checks of sign_pdf."""
    return append_signature(pdf, SENDER_FIELD.name, signer, Entries(moment, "Übergabe", None, None))


def test_both_signatures_of_the_current_file_hold(sheets, house):
    verdict = house.verify(sheets.twice, Stored({sheets.twice: DocumentState.CURRENT}))
    assert verdict.code == VALID
    assert "SWD-2026-00417-1, Fassung 1 ist gültig unterschrieben und die aktuelle Fassung" in text(verdict)
    assert "Byte für Byte" in text(verdict)


def test_the_report_says_who_signed_when_for_whom(sheets, house):
    sender, receiver = house.verify(sheets.twice).signatures
    assert (sender.signer, sender.organisation, sender.function, sender.signed_at, sender.field, sender.valid) == (
        "Anna Beispiel", "Agentur für Arbeit Saarland", "Arbeitsvermittlerin", SENT, SENDER_FIELD.name, True,
    )  # fmt: skip
    assert (receiver.signer, receiver.function, receiver.signed_at) == ("Jörg Çelik", "", ACCEPTED)
    assert str(sender.sentence) == (
        "Unterschrift der abgebenden Stelle: Anna Beispiel, Agentur für Arbeit Saarland, 03.11.2026, 10:30 Uhr. "
        "Die fortgeschrittene elektronische Signatur ist gültig."
    )


def test_the_second_signature_is_awaited(sheets, house):
    verdict = house.verify(sheets.once, Stored({sheets.once: DocumentState.CURRENT}))
    assert verdict.code == AWAITING
    assert "Es fehlt noch: Unterschrift der aufnehmenden Stelle." in text(verdict)


@pytest.mark.parametrize(
    ("state", "words"),
    [
        (DocumentState.COUNTERSIGNED, "weiter unterschrieben"),
        (DocumentState.SUPERSEDED, "durch eine neuere Fassung ersetzt"),
        (DocumentState.WITHDRAWN, "zurückgezogen"),
        (DocumentState.REJECTED, "abgelehnt"),
        (DocumentState.EXPIRED, "abgelaufen"),
    ],
)
@pytest.mark.parametrize("step", ["once", "twice"])
def test_a_file_that_counts_no_more_is_genuine_but_not_current(sheets, house, step, state, words):
    file = getattr(sheets, step)
    verdict = house.verify(file, Stored({file: state}))
    assert verdict.code == NOT_CURRENT
    assert words in text(verdict)
    assert all(report.valid for report in verdict.signatures)


def test_on_another_machine_cryptography_alone_judges(sheets, house):
    roots = [other_root(root_pem(house.authority), crl(house.authority, NOW))]
    verdict = verify_pdf(sheets.twice, trust=roots, issued=None, now=NOW)
    assert verdict.code == VALID
    assert "Ob es eine neuere Fassung gibt" in text(verdict)
    assert verify_pdf(sheets.once, trust=roots, issued=None, now=NOW).code == AWAITING


def test_without_a_revocation_list_the_report_says_so(sheets, house):
    verdict = verify_pdf(sheets.twice, trust=[other_root(root_pem(house.authority))], issued=None, now=NOW)
    assert verdict.code == VALID
    assert "Ob das Zertifikat von Anna Beispiel gesperrt wurde, ist hier nicht bekannt." in text(verdict)


def test_what_our_keys_signed_must_be_stored(sheets, house):
    verdict = house.verify(sheets.twice, Stored({sheets.once: DocumentState.COUNTERSIGNED}))
    assert verdict.code == BROKEN
    assert "nicht die, die hier gespeichert wurde" in text(verdict)
    assert house.verify(sheets.once, Stored()).code == BROKEN


def test_a_document_with_one_field_is_complete_with_one_signature(sheets, house):
    form = house.send(render((SENDER_FIELD,)))
    assert house.verify(form).code == VALID
    assert house.verify(form, Stored({form: DocumentState.CURRENT})).code == VALID


def test_an_unsigned_sheet_is_not_signed(sheets, house):
    for file in (sheets.without_fields, sheets.unsigned):
        verdict = house.verify(file, Stored({file: DocumentState.CURRENT}))
        assert (verdict.code, text(verdict)) == (NOT_SIGNED, "Die PDF-Datei trägt keine elektronische Unterschrift.")


# Two installations that exchange the signed file


@pytest.fixture
def neighbour(tmp_path):
    return build_house(tmp_path / "neighbour", "Staffelstab Nachbar")


def test_a_sheet_that_another_installation_counter_signed(sheets, house, neighbour):
    file = neighbour.accept(sheets.once)
    trust = [own_root(house.authority), other_root(root_pem(neighbour.authority))]
    stored = Stored({sheets.once: DocumentState.CURRENT})
    verdict = verify_pdf(file, trust=trust, issued=stored, now=NOW)
    assert verdict.code == VALID
    assert "Bis zur letzten Unterschrift dieser Stelle" in text(verdict)
    assert verify_pdf(file, trust=trust, issued=Stored(), now=NOW).code == BROKEN
    withdrawn = Stored({sheets.once: DocumentState.WITHDRAWN})
    assert verify_pdf(file, trust=trust, issued=withdrawn, now=NOW).code == NOT_CURRENT


def test_a_sheet_that_another_installation_issued_and_we_counter_signed(sheets, house, neighbour):
    file = house.accept(neighbour.send(sheets.unsigned))
    trust = [own_root(house.authority), other_root(root_pem(neighbour.authority))]
    assert verify_pdf(file, trust=trust, issued=Stored(), now=NOW).code == BROKEN
    assert verify_pdf(file, trust=trust, issued=Stored({file: DocumentState.CURRENT}), now=NOW).code == VALID


def test_a_sheet_from_elsewhere_that_we_trust(sheets, house, neighbour):
    file = neighbour.accept(neighbour.send(sheets.unsigned))
    trust = [own_root(house.authority), other_root(root_pem(neighbour.authority))]
    assert verify_pdf(file, trust=trust, issued=Stored(), now=NOW).code == VALID
    assert house.verify(file, Stored()).code == BROKEN


# Revoked, expired, dated


def test_revoked_after_signing_leaves_the_sheet_valid_and_says_so(sheets, tmp_path):
    house = build_house(tmp_path)
    file = house.accept(house.send(sheets.unsigned))
    revoke(house.authority, house.sender.certificate.serial_number, STOLEN, at=SENT + timedelta(seconds=1), now=NOW)
    verdict = house.verify(file, Stored({file: DocumentState.CURRENT}))
    assert verdict.code == VALID
    assert "Das Zertifikat von Anna Beispiel wurde nach der Unterschrift gesperrt (03.11.2026, 10:30 Uhr)" in text(
        verdict
    )


def test_revoked_before_signing_breaks_the_sheet(sheets, tmp_path):
    house = build_house(tmp_path)
    file = house.accept(house.send(sheets.unsigned))
    revoke(house.authority, house.receiver.certificate.serial_number, STOLEN, at=ACCEPTED, now=NOW)
    verdict = house.verify(file, Stored({file: DocumentState.CURRENT}))
    assert verdict.code == BROKEN
    assert [report.valid for report in verdict.signatures] == [True, False]
    assert "bei der Unterschrift schon gesperrt, nämlich seit 05.11.2026, 15:02 Uhr" in text(verdict)


def test_an_imported_revocation_list_counts(sheets, tmp_path):
    house = build_house(tmp_path)
    file = house.send(sheets.unsigned)
    revoke(house.authority, house.sender.certificate.serial_number, STOLEN, at=ISSUED, now=NOW)
    roots = [other_root(root_pem(house.authority), crl(house.authority, NOW))]
    assert verify_pdf(file, trust=roots, issued=None, now=NOW).code == BROKEN


@pytest.mark.parametrize("years", [13, 40])
def test_expired_after_signing_leaves_the_sheet_valid_and_says_so(sheets, house, years):
    verdict = house.verify(sheets.twice, now=NOW.replace(year=NOW.year + years))
    assert verdict.code == VALID
    assert "Das Zertifikat von Jörg Çelik ist nach der Unterschrift abgelaufen (02.11.2038, 09:00 Uhr)" in text(verdict)


@pytest.mark.parametrize("moment", [ISSUED - timedelta(seconds=1), ISSUED + timedelta(days=366 * 12)])
def test_a_signature_outside_the_validity_of_its_certificate_breaks_the_sheet(sheets, house, moment):
    verdict = house.verify(dated(sheets.unsigned, house.sender, moment), now=moment)
    assert verdict.code == BROKEN
    assert "zum Zeitpunkt der Unterschrift nicht gültig" in text(verdict)


def test_a_signature_from_the_future_breaks_the_sheet(sheets, house):
    file = dated(sheets.unsigned, house.sender, NOW + timedelta(minutes=10))
    verdict = house.verify(file)
    assert verdict.code == BROKEN
    assert "liegt in der Zukunft" in text(verdict)
    assert house.verify(file, now=NOW + timedelta(minutes=6)).code == AWAITING


# Foreign authorities


def test_a_foreign_authority_with_our_name_is_an_impostor(sheets, house, tmp_path):
    forger = build_house(tmp_path, NAME)
    verdict = house.verify(forger.accept(forger.send(sheets.unsigned)))
    assert verdict.code == BROKEN
    assert [report.valid for report in verdict.signatures] == [False, False]
    assert text(verdict).count("ist aber nicht von ihr") == 2


def test_one_foreign_signature_breaks_the_sheet(sheets, house, tmp_path):
    forger = build_house(tmp_path, "Irgendwer")
    verdict = house.verify(forger.accept(sheets.once), Stored({sheets.once: DocumentState.CURRENT}))
    assert verdict.code == BROKEN
    assert [report.valid for report in verdict.signatures] == [True, False]
    assert "Unterschrift der aufnehmenden Stelle: Das Zertifikat kommt von einer Stelle, der hier nicht" in text(
        verdict
    )


def test_the_root_itself_signs_no_documents(sheets, house):
    root = Signer(house.authority.certificate, (), house.authority.key)
    assert house.verify(dated(sheets.unsigned, root, SENT)).code == BROKEN


def test_nobody_is_trusted_by_default(sheets):
    assert verify_pdf(sheets.twice, trust=[], issued=None, now=NOW).code == BROKEN


# A certificate of a trust service, from a PKCS#12 file


def certificate(name: str, key, issuer=None, issuer_key=None) -> x509.Certificate:
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    usage = dict.fromkeys(
        ["key_encipherment", "data_encipherment", "key_agreement", "encipher_only", "decipher_only"], False
    )
    ca = issuer_key is None or name.endswith("CA")
    signs = {"digital_signature": not ca, "content_commitment": not ca, "key_cert_sign": ca, "crl_sign": ca}
    builder = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer.subject if issuer else subject)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(ISSUED)
        .not_valid_after(ISSUED + timedelta(days=3650))
        .add_extension(x509.BasicConstraints(ca, None), critical=True)
        .add_extension(x509.KeyUsage(**usage, **signs), critical=True)
    )
    return builder.sign(issuer_key or key, hashes.SHA256())


@pytest.fixture(scope="module")
def service():
    """Root, intermediate, holder and key of an RSA chain."""
    keys = [rsa.generate_private_key(65537, 2048) for _ in range(3)]
    root = certificate("Vertrauensdienst Root", keys[0])
    middle = certificate("Vertrauensdienst CA", keys[1], root, keys[0])
    return root, middle, certificate("Dr. Karte", keys[2], middle, keys[1]), keys[2]


def pkcs12_file(service, *chain: x509.Certificate) -> bytes:
    _, _, holder, key = service
    return pkcs12.serialize_key_and_certificates(b"karte", key, holder, chain, serialization.NoEncryption())


def test_a_chain_with_an_intermediate_is_followed_to_a_trusted_root(sheets, house, service):
    root, middle, _, _ = service
    signer = signer_from_pkcs12(pkcs12_file(service, house.authority.certificate, root, middle), "")
    assert signer.chain == (middle, root)
    file = sign_pdf(sheets.once, field=RECEIVER_FIELD.name, signer=signer, reason="Annahme", signed_at=ACCEPTED)
    elsewhere = other_root(root.public_bytes(serialization.Encoding.PEM))
    stored = Stored({sheets.once: DocumentState.CURRENT})
    verdict = verify_pdf(file, trust=[own_root(house.authority), elsewhere], issued=stored, now=NOW)
    assert verdict.code == VALID
    assert verdict.signatures[1].signer == "Dr. Karte"
    assert house.verify(file, stored).code == BROKEN


def test_the_root_that_a_certificate_file_lacks_is_given_beside_it(service):
    root, middle, _, _ = service
    assert signer_from_pkcs12(pkcs12_file(service, middle), "", [root]).chain == (middle, root)
    with pytest.raises(CannotSign, match="fehlt die Kette"):
        signer_from_pkcs12(pkcs12_file(service, middle), "")


# What may become a trusted root


def test_only_an_authority_becomes_a_trusted_root(house, tmp_path):
    pem = house.sender.certificate.public_bytes(serialization.Encoding.PEM)
    foreign = build_house(tmp_path)
    for arguments in (
        [pem],
        [b"nonsense"],
        [root_pem(house.authority), crl(foreign.authority, NOW)],
        [root_pem(house.authority), b"x"],
    ):
        with pytest.raises(NotARoot):
            other_root(*arguments)
