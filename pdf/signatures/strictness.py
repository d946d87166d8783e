"""Stricter than the standard: a signature must look exactly like one that our own software writes.

pyHanko is lenient where PDF and CMS leave room. We know what we write, so we demand:

- a revision holds the field and its signature alone, and the signature covers it from the file's first byte on;
- the only bytes that no digest covers, those of /Contents, are the ones that our software writes for this signature:
  the same certificates in the same order, no unsigned attributes, upper case, zeros up to the end;
- of the two values that ECDSA allows for one signature, it has the smaller.

So nobody without a key can make a second file of a signed one, not even where the original has never been seen.
"""

import asyncio

from asn1crypto import cms  # type: ignore[import-untyped]
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec
from pyhanko.pdf_utils.generic import DictionaryObject, Reference
from pyhanko.sign.signers.pdf_cms import ExternalSigner
from pyhanko.sign.validation.pdf_embedded import EmbeddedPdfSignature
from pyhanko.sign.validation.status import SignatureCoverageLevel
from pyhanko_certvalidator.path import ValidationPath
from pyhanko_certvalidator.registry import SimpleCertificateStore

from pdf.signatures.ecdsa import smaller_form

VALUE = frozenset({"/V"})
BOOKKEEPING = frozenset({"/Size", "/Prev", "/ID"})


def is_exactly_ours(content: bytes, signature: EmbeddedPdfSignature, path: ValidationPath) -> bool:
    """Whether a signature that pyHanko has checked, with this path to its root, keeps the rules above."""
    rules = (_covers_its_revision(signature), _adds_only_itself(signature), _has_the_smaller_value(signature))
    return all(rules) and _gap_is_ours(content, signature, path)


def _covers_its_revision(signature: EmbeddedPdfSignature) -> bool:
    coverage = signature.coverage
    return coverage is not None and coverage >= SignatureCoverageLevel.ENTIRE_REVISION


def _adds_only_itself(signature: EmbeddedPdfSignature) -> bool:
    """The revision changes /V of the field and adds objects under new numbers: the value and its own table.

    Nothing else in the file can look different then, so pyHanko need not compare all objects.
    """
    reader, revision = signature.reader, signature.signed_revision
    field, value = signature.sig_field.container_ref, signature.sig_object.container_ref
    if revision < 1 or not isinstance(field, Reference):
        return False
    old, new = reader.get_historical_resolver(revision - 1), reader.get_historical_resolver(revision)
    changed = new.explicit_refs_in_revision() | new.refs_freed_in_revision()  # type: ignore[no-untyped-call]
    added = {value, reader.xrefs.get_xref_container_info(revision).stream_ref}
    return (
        {field, value} <= changed <= added | {field}
        and all(old.is_ref_unassignable(reference) for reference in added if isinstance(reference, Reference))
        and _same(old(field), new(field), besides=VALUE)
        and _same(old.trailer_view, new.trailer_view, besides=BOOKKEEPING)
    )


def _same(old: DictionaryObject, new: DictionaryObject, besides: frozenset[str]) -> bool:
    before, after = ({key: each.raw_get(key) for key in each if key not in besides} for each in (old, new))
    return before == after


def _has_the_smaller_value(signature: EmbeddedPdfSignature) -> bool:
    value: bytes = signature.signer_info["signature"].native
    key = x509.load_der_x509_certificate(signature.signer_cert.dump()).public_key()
    return not isinstance(key, ec.EllipticCurvePublicKey) or smaller_form(value, key.curve) == value


def _gap_is_ours(content: bytes, signature: EmbeddedPdfSignature, path: ValidationPath) -> bool:
    _, start, end, _ = signature.byte_range
    gap = content[start:end]
    digits = _cms(signature, path).hex().upper().encode()
    return gap == b"<" + digits.ljust(len(gap) - 2, b"0") + b">"


def _cms(signature: EmbeddedPdfSignature, path: ValidationPath) -> bytes:
    """The CMS object that our software writes for these signed attributes, this signature value and this chain."""
    info = signature.signer_info
    chain = SimpleCertificateStore()  # type: ignore[no-untyped-call]
    chain.register_multiple(certificate for certificate in path if certificate != path.leaf)
    signer = ExternalSigner(path.last, chain, info["signature"].native)
    attributes = cms.CMSAttributes.load(info["signed_attrs"].untag().dump())
    digest = info["digest_algorithm"]["algorithm"].native
    return bytes(asyncio.run(signer.async_sign_prescribed_attributes(digest, attributes)).dump())
