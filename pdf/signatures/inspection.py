"""What the signatures of a file say, each with the flaw it has (imported only where somebody verifies)."""

import asyncio
import logging
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from io import BytesIO

from asn1crypto import x509 as asn1  # type: ignore[import-untyped]
from cryptography import x509
from cryptography.hazmat.primitives import serialization
from pyhanko.pdf_utils.generic import DictionaryObject
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.fields import enumerate_sig_fields
from pyhanko.sign.validation.pdf_embedded import EmbeddedPdfSignature, async_validate_pdf_signature
from pyhanko.sign.validation.status import PdfSignatureStatus
from pyhanko_certvalidator import ValidationContext
from pyhanko_certvalidator.path import ValidationPath

from pdf.signatures.findings import Finding, Flaw, Inspection
from pdf.signatures.strictness import is_exactly_ours
from pdf.signatures.trust import Root

for _name in ("pyhanko", "pyhanko_certvalidator"):
    logging.getLogger(_name).setLevel(logging.CRITICAL + 1)  # they log names of signers and contents of documents


class Unreadable(Exception):
    """A PDF file behind a password."""


def inspect(content: bytes, roots: Sequence[Root]) -> Inspection:
    """Look at all signature fields of a file.

    A sound file is one revision and then one more for each signature, the last of which covers it to the last byte.
    Raises Unreadable, and whatever pyHanko raises at malformed input.
    """
    reader = PdfFileReader(BytesIO(content), strict=True)
    if reader.encrypted:
        raise Unreadable
    fields = [(name, value, reference.get_object()) for name, value, reference in enumerate_sig_fields(reader)]
    empty = tuple(_title(name, field) for name, value, field in fields if value is None)
    signed = ((name, field) for name, value, field in fields if value is not None)
    findings = sorted((_finding(content, reader, *each, roots) for each in signed), key=lambda finding: finding.end)
    if findings and (reader.total_revisions != 1 + len(findings) or findings[-1].end != len(content)):
        findings = [replace(finding, flaw=Flaw.ALTERED) for finding in findings]
    return Inspection(tuple(findings), empty)


def _finding(
    content: bytes, reader: PdfFileReader, name: str, field: DictionaryObject, roots: Sequence[Root]
) -> Finding:
    blank = Finding(name, _title(name, field))
    try:
        return _judged(blank, content, EmbeddedPdfSignature(reader, field, name), roots)
    except Exception:  # pyHanko raises what it likes at malformed input; whatever it is, this signature does not hold
        return blank


def _judged(blank: Finding, content: bytes, signature: EmbeddedPdfSignature, roots: Sequence[Root]) -> Finding:
    moment = signature.self_reported_timestamp
    if moment is None or moment.utcoffset() is None:
        return blank
    _, _, start, length = signature.byte_range
    certificate = _pyca(signature.signer_cert)
    claim = replace(blank, certificate=certificate, signed_at=moment, end=start + length)
    status = _status(signature, roots, moment)
    if not (status.intact and status.valid):
        return claim
    path = status.validation_path if status.trusted else None
    root = None if path is None else _root_of(path, roots)
    if path is None or root is None:
        return replace(claim, flaw=_distrust(certificate, moment, roots))
    sound = status.bottom_line and is_exactly_ours(content, signature, path)
    below_root = _pyca(list(path)[1])
    return replace(claim, root=root, below_root=below_root, flaw=None if sound else Flaw.ALTERED)


def _status(signature: EmbeddedPdfSignature, roots: Sequence[Root], moment: datetime) -> PdfSignatureStatus:
    """pyHanko's judgement for the time of signing. It knows no revocations: those we judge ourselves, by their date."""
    certificates = [_asn1(root.certificate) for root in roots]
    context = ValidationContext(
        trust_roots=certificates, moment=moment, time_tolerance=timedelta(0), allow_fetching=False
    )
    # is_exactly_ours judges later revisions: stricter, and a second faster than a comparison of all objects.
    checks = async_validate_pdf_signature(signature, signer_validation_context=context, skip_diff=True)
    return asyncio.run(checks)


def _root_of(path: ValidationPath, roots: Sequence[Root]) -> Root | None:
    if path.pkix_len < 1:  # a root that signs documents itself
        return None
    return next((root for root in roots if _asn1(root.certificate).dump() == path.first.dump()), None)


def _distrust(certificate: x509.Certificate, moment: datetime, roots: Sequence[Root]) -> Flaw:
    namesakes = [root.certificate for root in roots if root.certificate.subject == certificate.issuer]
    if not any(_issued_by(certificate, issuer) for issuer in namesakes):
        return Flaw.IMPOSTOR if namesakes else Flaw.FOREIGN
    in_date = certificate.not_valid_before_utc <= moment <= certificate.not_valid_after_utc
    return Flaw.FOREIGN if in_date else Flaw.OUT_OF_DATE


def _issued_by(certificate: x509.Certificate, issuer: x509.Certificate) -> bool:
    try:
        certificate.verify_directly_issued_by(issuer)
    except Exception:  # a wrong signature, or an algorithm that does not fit the issuer's key
        return False
    return True


def _title(name: str, field: DictionaryObject) -> str:
    return str(field.get("/TU", name))


def _asn1(certificate: x509.Certificate) -> asn1.Certificate:
    return asn1.Certificate.load(certificate.public_bytes(serialization.Encoding.DER))


def _pyca(certificate: asn1.Certificate) -> x509.Certificate:
    return x509.load_der_x509_certificate(certificate.dump())
