import os
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from multiprocessing import get_context
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

from pdf.signatures.authority import (
    DOCUMENT_SIGNING,
    AuthorityExists,
    AuthorityUnusable,
    create_authority,
    crl,
    issue_certificate,
    load_authority,
    revocations,
    revoke,
    root_pem,
)
from pdf.signatures.private_files import SecretExposed
from tests.pdf.signatures.house import ISSUED, NAME, NOW

COMPROMISED = x509.ReasonFlags.key_compromise


@pytest.fixture
def open_umask():
    before = os.umask(0)
    yield
    os.umask(before)


@pytest.mark.usefixtures("open_umask")
def test_the_key_is_for_the_owner_alone_and_no_draft_stays(tmp_path):
    create_authority(tmp_path / "pki", NAME, ISSUED)
    modes = {path.name: path.stat().st_mode & 0o777 for path in (tmp_path / "pki").iterdir()}
    assert modes.pop("authority.pem") == 0o600
    assert set(modes) == {"revocations.pem", ".lock"}
    assert (tmp_path / "pki").stat().st_mode & 0o777 == 0o700


def test_an_authority_is_read_back_and_never_replaced(tmp_path):
    made = create_authority(tmp_path, NAME, ISSUED)
    with pytest.raises(AuthorityExists):
        create_authority(tmp_path, NAME, ISSUED)
    assert root_pem(load_authority(tmp_path)) == root_pem(made)
    assert b"PRIVATE" not in root_pem(made)


def test_the_root_is_an_authority_for_thirty_years(house):
    root = house.authority.certificate
    assert root.extensions.get_extension_for_class(x509.BasicConstraints).value == x509.BasicConstraints(True, 0)
    assert root.not_valid_after_utc == ISSUED.replace(year=2056)
    root.verify_directly_issued_by(root)


def test_a_certificate_names_person_organisation_and_function(house):
    certificate = house.sender.certificate
    names = {attribute.oid: attribute.value for attribute in certificate.subject}
    assert names == {
        NameOID.COUNTRY_NAME: "DE",
        NameOID.ORGANIZATION_NAME: "Agentur für Arbeit Saarland",
        NameOID.COMMON_NAME: "Anna Beispiel",
        NameOID.TITLE: "Arbeitsvermittlerin",
    }
    certificate.verify_directly_issued_by(house.authority.certificate)


def test_a_certificate_is_fit_to_sign_documents_and_nothing_else(house):
    extensions = house.sender.certificate.extensions
    usage = extensions.get_extension_for_class(x509.KeyUsage)
    assert usage.critical
    assert (usage.value.content_commitment, usage.value.digital_signature, usage.value.key_cert_sign) == (1, 1, 0)
    purposes = list(extensions.get_extension_for_class(x509.ExtendedKeyUsage).value)
    assert purposes == [DOCUMENT_SIGNING, ExtendedKeyUsageOID.EMAIL_PROTECTION]
    assert not extensions.get_extension_for_class(x509.BasicConstraints).value.ca


def test_a_certificate_outlives_the_retention_period_but_not_the_root(house):
    assert house.sender.certificate.not_valid_after_utc == ISSUED.replace(year=2038)
    _, late = issue_certificate(house.authority, "A", "B", now=ISSUED.replace(year=2050))
    assert late.not_valid_after_utc == house.authority.certificate.not_valid_after_utc


def test_validity_from_a_leap_day_ends_on_the_28th(house):
    _, certificate = issue_certificate(house.authority, "A", "B", now=datetime(2028, 2, 29, 7, tzinfo=UTC), years=1)
    assert certificate.not_valid_after_utc == datetime(2029, 2, 28, 7, tzinfo=UTC)


def test_serial_numbers_are_long_and_random(house):
    serials = {issue_certificate(house.authority, "A", "B", now=ISSUED)[1].serial_number for _ in range(5)}
    assert len(serials) == 5
    assert max(serials).bit_length() > 128


@pytest.mark.parametrize("name", ["", "   ", "x" * 65])
def test_a_name_that_no_certificate_can_hold_is_refused(house, name):
    with pytest.raises(ValueError, match="1 to 64 characters"):
        issue_certificate(house.authority, name, "Jobcenter", now=ISSUED)


def test_a_revocation_stays_with_date_and_reason(tmp_path):
    authority = create_authority(tmp_path, NAME, ISSUED)
    revoke(authority, 2**150 + 1, COMPROMISED, at=NOW - timedelta(days=1), now=NOW)
    revoke(authority, 77, x509.ReasonFlags.unspecified, at=NOW, now=NOW)
    revoke(authority, 77, COMPROMISED, at=NOW + timedelta(days=1), now=NOW)
    known = revocations(load_authority(tmp_path))
    assert {serial: (entry.at, entry.reason) for serial, entry in known.items()} == {
        2**150 + 1: (NOW - timedelta(days=1), COMPROMISED),
        77: (NOW, x509.ReasonFlags.unspecified),
    }


def test_a_revocation_never_counts_before_it_happened(tmp_path):
    authority = create_authority(tmp_path, NAME, ISSUED)
    revocation = revoke(authority, 7, COMPROMISED, at=NOW + timedelta(microseconds=1), now=NOW)
    assert revocation.at == NOW + timedelta(seconds=1)


def test_the_revocation_list_is_signed_and_numbered(tmp_path):
    authority = create_authority(tmp_path, NAME, ISSUED)
    revoke(authority, 7, COMPROMISED, at=NOW, now=NOW)
    published = x509.load_pem_x509_crl(crl(authority, NOW + timedelta(days=3)))
    assert published.is_signature_valid(authority.certificate.public_key())
    assert published.extensions.get_extension_for_class(x509.CRLNumber).value.crl_number == 3
    assert published.next_update_utc == NOW + timedelta(days=33)
    assert published.get_revoked_certificate_by_serial_number(7).revocation_date_utc == NOW


def test_threads_that_revoke_at_once_lose_nothing(tmp_path):
    authority = create_authority(tmp_path, NAME, ISSUED)
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda serial: revoke(authority, serial, COMPROMISED, at=NOW, now=NOW), range(1, 25)))
    assert set(revocations(authority)) == set(range(1, 25))


def _create(folder: Path) -> bytes | None:
    try:
        return root_pem(create_authority(folder, NAME, ISSUED))
    except AuthorityExists:
        return None


def test_of_processes_that_create_at_once_one_wins(tmp_path):
    with ProcessPoolExecutor(4, get_context("spawn")) as pool:
        made = [root for root in pool.map(_create, [tmp_path / "pki"] * 4) if root]
    assert made == [root_pem(load_authority(tmp_path / "pki"))]


def test_a_missing_or_damaged_authority_is_named(tmp_path):
    with pytest.raises(AuthorityUnusable, match="missing"):
        load_authority(tmp_path)
    create_authority(tmp_path, NAME, ISSUED)
    path = tmp_path / "authority.pem"
    content = path.read_bytes()
    path.write_bytes(content[:300])
    with pytest.raises(AuthorityUnusable, match="damaged"):
        load_authority(tmp_path)


def test_key_and_certificate_must_belong_together(tmp_path, house):
    create_authority(tmp_path, NAME, ISSUED)
    path = tmp_path / "authority.pem"
    key = path.read_bytes().partition(b"-----BEGIN CERTIFICATE")[0]
    path.write_bytes(key + root_pem(house.authority))
    with pytest.raises(AuthorityUnusable, match="belong together"):
        load_authority(tmp_path)


def test_a_key_that_others_may_read_is_not_used(tmp_path):
    create_authority(tmp_path, NAME, ISSUED)
    (tmp_path / "authority.pem").chmod(0o640)
    with pytest.raises(SecretExposed, match="readable by others"):
        load_authority(tmp_path)


def test_a_removed_or_foreign_revocation_list_does_not_mean_that_nothing_is_revoked(tmp_path):
    authority = create_authority(tmp_path / "a", NAME, ISSUED)
    foreign = create_authority(tmp_path / "b", NAME, ISSUED)
    path = tmp_path / "a" / "revocations.pem"
    path.write_bytes(crl(foreign, NOW))
    with pytest.raises(AuthorityUnusable, match="not signed by this authority"):
        revocations(authority)
    path.unlink()
    with pytest.raises(AuthorityUnusable, match="missing"):
        revocations(authority)
