"""Write a signature as an incremental revision with pyHanko (imported only where somebody signs)."""

import asyncio
from io import BytesIO

from asn1crypto import keys  # type: ignore[import-untyped]
from asn1crypto import x509 as asn1
from cryptography import x509
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.misc import PdfError
from pyhanko.sign.fields import SigSeedSubFilter, enumerate_sig_fields
from pyhanko.sign.signers.cms_embedder import PdfCMSEmbedder, SigIOSetup, SigObjSetup
from pyhanko.sign.signers.pdf_byterange import SignatureObject
from pyhanko.sign.signers.pdf_cms import SimpleSigner
from pyhanko_certvalidator.registry import SimpleCertificateStore

from models.rules.message import N_, Message
from pdf.signatures.ecdsa import smaller_form
from pdf.signatures.sign import CannotSign, Entries, PrivateKey, Signer

CONTENTS_DIGITS = 16_384  # hexadecimal: 8 KiB of CMS; ours takes 2, a chain of a trust service up to 6


def append_signature(pdf: bytes, field: str, signer: Signer, entries: Entries) -> bytes:
    """The document and one revision with the signature. Raises CannotSign if the field is missing or filled."""
    return sign_into(open_revision(pdf, field), field, signer, entries)


def open_revision(pdf: bytes, field: str) -> "SignatureRevision":
    """A revision of the document that is still empty. Raises CannotSign if the field is missing or filled."""
    try:
        writer = SignatureRevision(BytesIO(pdf))
        empty = [name for name, _, _ in enumerate_sig_fields(writer.prev, filled_status=False)]
    except PdfError:
        raise CannotSign(Message(N_("Die Datei ist keine lesbare PDF-Datei."))) from None
    if field not in empty:
        raise CannotSign(Message(N_("Das Unterschriftsfeld {field} fehlt oder ist schon ausgefüllt."), field=field))
    return writer


def sign_into(writer: "SignatureRevision", field: str, signer: Signer, entries: Entries) -> bytes:
    """Close the revision with a signature over the whole file."""
    steps = PdfCMSEmbedder().write_cms(field, writer, existing_fields_only=True)
    next(steps)
    placeholder = SignatureObject(
        timestamp=entries.moment,
        subfilter=SigSeedSubFilter.PADES,
        reason=entries.reason,
        location=entries.location,
        contact_info=entries.contact,
        bytes_reserved=CONTENTS_DIGITS,
    )
    steps.send(SigObjSetup(sig_placeholder=placeholder))
    digest_name = _digest_for(signer.key)
    prepared, output = steps.send(SigIOSetup(md_algorithm=digest_name))
    steps.send(asyncio.run(cms_signer(signer).async_sign(prepared.document_digest, digest_name, use_pades=True)))
    return output.getvalue()  # type: ignore[no-any-return]


def cms_signer(signer: Signer) -> SimpleSigner:
    """pyHanko's signer for a key in memory, with the chain to embed."""
    chain = SimpleCertificateStore()  # type: ignore[no-untyped-call]
    chain.register_multiple(_asn1(certificate) for certificate in signer.chain)
    plain = signer.key.private_bytes(
        serialization.Encoding.DER, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    return _OneValueSigner(_asn1(signer.certificate), keys.PrivateKeyInfo.load(plain), chain)


class _OneValueSigner(SimpleSigner):
    def sign_raw(self, data: bytes, digest_algorithm: str) -> bytes:
        signature = super().sign_raw(data, digest_algorithm)
        key = serialization.load_der_private_key(self.signing_key.dump(), password=None)
        return smaller_form(signature, key.curve) if isinstance(key, ec.EllipticCurvePrivateKey) else signature


class SignatureRevision(IncrementalPdfFileWriter):
    """A revision that changes the signature field and nothing else.

    pyHanko would write new metadata with the time of the day into each revision. Left out, the second signature
    touches nothing that the first has signed, and a verifier can demand exactly that.
    """

    def _update_meta(self) -> None:
        pass


def _digest_for(key: PrivateKey) -> str:
    strong = isinstance(key, ec.EllipticCurvePrivateKey) and key.key_size >= 384
    return "sha384" if strong else "sha256"


def _asn1(certificate: x509.Certificate) -> asn1.Certificate:
    return asn1.Certificate.load(certificate.public_bytes(serialization.Encoding.DER))
