"""Whom a verification trusts: our own root, and roots of other installations or trust services that were taken over."""

from collections.abc import Mapping
from dataclasses import dataclass

from cryptography import x509
from cryptography.exceptions import InvalidSignature

from pdf.signatures.authority import Authority, Revocation, entries, revocations


class NotARoot(Exception):
    """What was given as a root certificate or as its revocation list is not one."""


@dataclass(frozen=True)
class Root:
    """A trusted root. own: everything its keys signed was signed here. revoked: None where no list is known."""

    certificate: x509.Certificate
    revoked: Mapping[int, Revocation] | None
    own: bool


def own_root(authority: Authority) -> Root:
    """The root of this installation with its revocations as they stand now."""
    return Root(authority.certificate, revocations(authority), own=True)


def other_root(certificate: bytes, revocation_list: bytes | None = None) -> Root:
    """A root from elsewhere as PEM, with its revocation list if there is one. Raises NotARoot."""
    try:
        root = x509.load_pem_x509_certificate(certificate)
        root.verify_directly_issued_by(root)
        authority = root.extensions.get_extension_for_class(x509.BasicConstraints).value.ca
    except (ValueError, TypeError, InvalidSignature, x509.ExtensionNotFound):
        raise NotARoot("this is no self-signed certificate of an authority") from None
    if not authority:
        raise NotARoot("this certificate is not one of an authority")
    return Root(root, None if revocation_list is None else _revoked(root, revocation_list), own=False)


def _revoked(root: x509.Certificate, revocation_list: bytes) -> Mapping[int, Revocation]:
    try:
        loaded = x509.load_pem_x509_crl(revocation_list)
        genuine = loaded.is_signature_valid(root.public_key())  # type: ignore[arg-type]
    except (ValueError, TypeError):
        raise NotARoot("this is no revocation list") from None
    if not genuine:
        raise NotARoot("the revocation list is not signed by this root")
    return entries(loaded)
