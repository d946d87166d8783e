"""One value for each ECDSA signature: with (r, s) also (r, n - s) is valid, and anybody could swap the two."""

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature, encode_dss_signature


def smaller_form(signature: bytes, curve: ec.EllipticCurve) -> bytes:
    """The same signature (DER) with the smaller s; unchanged if it has that already. Raises ValueError if malformed."""
    r, s = decode_dss_signature(signature)
    return encode_dss_signature(r, min(s, curve.group_order - s))
