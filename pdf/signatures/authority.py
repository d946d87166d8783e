"""The installation's own certificate authority: one root, which signs the certificates of persons and seals.

On disk, in a folder of its own, lie ``authority.pem`` (the root's private key and certificate, mode 0600),
``revocations.pem`` (the signed revocation list of RFC 5280, which is the record of what was revoked and when) and a
lock. Which certificate belongs to whom is the database's matter.

All keys are ECDSA on P-384 with SHA-384: NSS (pdfsig), OpenSSL and Adobe Acrobat accept it, BSI TR-02102-1 counts it
as sufficient beyond the retention period, a key is made in a millisecond and a signature stays small.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID, ObjectIdentifier

from pdf.signatures.private_files import create_secret, locked, private_folder, read_secret, replace_file

AUTHORITY_FILE = "authority.pem"
REVOCATIONS_FILE = "revocations.pem"
ROOT_YEARS = 30
PERSON_YEARS = 12
COUNTRY = "DE"
NAME_LIMIT = 64  # ub-common-name and ub-organization-name, RFC 5280 appendix A
REVOCATION_LIST_DAYS = 30
DOCUMENT_SIGNING = ObjectIdentifier("1.3.6.1.5.5.7.3.36")  # RFC 9336


class AuthorityExists(Exception):
    """The folder already holds an authority; it is never replaced."""


class AuthorityUnusable(Exception):
    """The authority is missing or its files do not belong together; the message names the file."""


@dataclass(frozen=True)
class Authority:
    """The root's key and certificate, and the folder they were read from."""

    folder: Path
    certificate: x509.Certificate
    key: ec.EllipticCurvePrivateKey = field(repr=False)


@dataclass(frozen=True)
class Revocation:
    """Since when (aware UTC, whole seconds) and why a certificate no longer counts."""

    at: datetime
    reason: x509.ReasonFlags


def create_authority(folder: Path, name: str, now: datetime) -> Authority:
    """Make root key, root certificate and an empty revocation list in the folder.

    name: common name of the root, as readers of a signature see it. now: aware time, start of validity (30 years).
    Raises AuthorityExists; of two processes at once, one makes the authority.
    """
    private_folder(folder)
    with locked(folder):
        if (folder / AUTHORITY_FILE).exists():
            raise AuthorityExists(f"{folder / AUTHORITY_FILE} exists")
        key = ec.generate_private_key(ec.SECP384R1())
        authority = Authority(folder, _root_certificate(key, name, now), key)
        # The list first: where the authority is there, a missing list can only mean that somebody removed it.
        _write_revocations(authority, {}, number=1, now=now)
        create_secret(folder / AUTHORITY_FILE, _pem(key) + root_pem(authority))
    return authority


def load_authority(folder: Path) -> Authority:
    """The authority of the folder. Raises AuthorityUnusable, or SecretExposed if others may read its key."""
    path = folder / AUTHORITY_FILE
    try:
        content = read_secret(path)
        key = serialization.load_pem_private_key(content, password=None)
        certificate = x509.load_pem_x509_certificate(content)
    except FileNotFoundError:
        raise AuthorityUnusable(f"{path} is missing; create the authority first") from None
    except ValueError:
        raise AuthorityUnusable(f"{path} is damaged") from None
    if not isinstance(key, ec.EllipticCurvePrivateKey) or key.public_key() != certificate.public_key():
        raise AuthorityUnusable(f"{path} holds a key and a certificate that do not belong together")
    return Authority(folder, certificate, key)


def root_pem(authority: Authority) -> bytes:
    """The root certificate as PEM, to be handed out."""
    return authority.certificate.public_bytes(serialization.Encoding.PEM)


def issue_certificate(
    authority: Authority,
    person_name: str,
    organisation: str,
    function: str | None = None,
    *,
    now: datetime,
    years: int = PERSON_YEARS,
    serial: int | None = None,
) -> tuple[ec.EllipticCurvePrivateKey, x509.Certificate]:
    """A new private key and its certificate for a person (or, with the organisation's name twice, for a seal).

    now: aware time, start of validity; a signature dated before it is not valid. years: longer than the documents are
    kept, cut at the end of the root. serial: given only to repeat a known one, else random with 159 bits.
    Raises ValueError if a name is empty or longer than 64 characters.
    """
    key = ec.generate_private_key(ec.SECP384R1())
    root = authority.certificate
    builder = (
        x509.CertificateBuilder()
        .subject_name(_subject(person_name, organisation, function))
        .issuer_name(root.subject)
        .public_key(key.public_key())
        .serial_number(serial or x509.random_serial_number())
        .not_valid_before(_second(now))
        .not_valid_after(min(_years_later(now, years), root.not_valid_after_utc))
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(_key_usage(digital_signature=True, content_commitment=True), critical=True)
        # NSS, and with it pdfsig, asks for e-mail protection before it trusts a signer.
        .add_extension(x509.ExtendedKeyUsage([DOCUMENT_SIGNING, ExtendedKeyUsageOID.EMAIL_PROTECTION]), critical=False)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
        .add_extension(_authority_key_identifier(root), critical=False)
    )
    return key, builder.sign(authority.key, hashes.SHA384())


def revoke(authority: Authority, serial: int, reason: x509.ReasonFlags, *, at: datetime, now: datetime) -> Revocation:
    """Enter a certificate into the revocation list; returns the entry that counts (the first one, if there is one).

    at: aware time from which signatures no longer count, at most now. It is rounded up to the full second, since a
    signature's time is cut to it: what was signed before the revocation never looks as if it came after.
    """
    with locked(authority.folder):
        known, number = _read_revocations(authority)
        if serial not in known:
            known = {**known, serial: Revocation(_second(at + timedelta(microseconds=999_999)), reason)}
            _write_revocations(authority, known, number + 1, now)
    return known[serial]


def revocations(authority: Authority) -> Mapping[int, Revocation]:
    """All revoked certificates by serial number. Raises AuthorityUnusable if the list is missing or not ours."""
    return _read_revocations(authority)[0]


def crl(authority: Authority, now: datetime) -> bytes:
    """The revocation list as PEM, signed anew so that it is current for 30 days from now (aware time)."""
    with locked(authority.folder):
        known, number = _read_revocations(authority)
        _write_revocations(authority, known, number + 1, now)
        return (authority.folder / REVOCATIONS_FILE).read_bytes()


def entries(revocation_list: x509.CertificateRevocationList) -> dict[int, Revocation]:
    """The entries of a revocation list whose signature the caller has checked."""
    return {entry.serial_number: Revocation(entry.revocation_date_utc, _reason(entry)) for entry in revocation_list}


def _root_certificate(key: ec.EllipticCurvePrivateKey, name: str, now: datetime) -> x509.Certificate:
    subject = x509.Name(
        [x509.NameAttribute(NameOID.COUNTRY_NAME, COUNTRY), x509.NameAttribute(NameOID.COMMON_NAME, _name(name))]
    )
    identifier = x509.SubjectKeyIdentifier.from_public_key(key.public_key())
    builder = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(subject)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(_second(now))
        .not_valid_after(_years_later(now, ROOT_YEARS))
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .add_extension(_key_usage(key_cert_sign=True, crl_sign=True), critical=True)
        .add_extension(identifier, critical=False)
    )
    return builder.sign(key, hashes.SHA384())


def _subject(person_name: str, organisation: str, function: str | None) -> x509.Name:
    parts = [
        x509.NameAttribute(NameOID.COUNTRY_NAME, COUNTRY),
        x509.NameAttribute(NameOID.ORGANIZATION_NAME, _name(organisation)),
        x509.NameAttribute(NameOID.COMMON_NAME, _name(person_name)),
    ]
    if function:
        parts.append(x509.NameAttribute(NameOID.TITLE, _name(function)))
    return x509.Name(parts)


def _name(text: str) -> str:
    name = " ".join(text.split())
    if not 0 < len(name) <= NAME_LIMIT:
        raise ValueError(f"a name in a certificate has 1 to {NAME_LIMIT} characters, not {len(name)}")
    return name


def _key_usage(**wanted: bool) -> x509.KeyUsage:
    every = (
        "digital_signature", "content_commitment", "key_encipherment", "data_encipherment", "key_agreement",
        "key_cert_sign", "crl_sign", "encipher_only", "decipher_only",
    )  # fmt: skip
    return x509.KeyUsage(**{name: wanted.get(name, False) for name in every})


def _authority_key_identifier(root: x509.Certificate) -> x509.AuthorityKeyIdentifier:
    identifier = root.extensions.get_extension_for_class(x509.SubjectKeyIdentifier).value
    return x509.AuthorityKeyIdentifier.from_issuer_subject_key_identifier(identifier)


def _read_revocations(authority: Authority) -> tuple[dict[int, Revocation], int]:
    path = authority.folder / REVOCATIONS_FILE
    try:
        stored = x509.load_pem_x509_crl(path.read_bytes())
        genuine = stored.is_signature_valid(authority.certificate.public_key())  # type: ignore[arg-type]
        number = stored.extensions.get_extension_for_class(x509.CRLNumber).value.crl_number
    except (OSError, ValueError, x509.ExtensionNotFound):
        raise AuthorityUnusable(f"{path} is missing or damaged; restore it from the backup") from None
    if not genuine:
        raise AuthorityUnusable(f"{path} was not signed by this authority")
    return entries(stored), number


def _write_revocations(authority: Authority, known: Mapping[int, Revocation], number: int, now: datetime) -> None:
    builder = (
        x509.CertificateRevocationListBuilder()
        .issuer_name(authority.certificate.subject)
        .last_update(_second(now))
        .next_update(_second(now) + timedelta(days=REVOCATION_LIST_DAYS))
        .add_extension(x509.CRLNumber(number), critical=False)
        .add_extension(_authority_key_identifier(authority.certificate), critical=False)
    )
    for serial, revocation in sorted(known.items()):
        builder = builder.add_revoked_certificate(_entry(serial, revocation))
    signed = builder.sign(authority.key, hashes.SHA384())
    replace_file(authority.folder / REVOCATIONS_FILE, signed.public_bytes(serialization.Encoding.PEM))


def _entry(serial: int, revocation: Revocation) -> x509.RevokedCertificate:
    builder = x509.RevokedCertificateBuilder().serial_number(serial).revocation_date(revocation.at)
    if revocation.reason is not x509.ReasonFlags.unspecified:  # which RFC 5280, 5.3.1 leaves out
        builder = builder.add_extension(x509.CRLReason(revocation.reason), critical=False)
    return builder.build()


def _reason(entry: x509.RevokedCertificate) -> x509.ReasonFlags:
    try:
        return entry.extensions.get_extension_for_class(x509.CRLReason).value.reason
    except x509.ExtensionNotFound:
        return x509.ReasonFlags.unspecified


def _pem(key: ec.EllipticCurvePrivateKey) -> bytes:
    return key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )


def _second(moment: datetime) -> datetime:
    return moment.astimezone(UTC).replace(microsecond=0)


def _years_later(moment: datetime, years: int) -> datetime:
    start = _second(moment)
    try:
        return start.replace(year=start.year + years)
    except ValueError:  # 29 February
        return start.replace(year=start.year + years, day=28)
