"""Personal signing keys at rest: sealed under the PIN of their owner and a pepper that lies outside the database.

What we claim: without the PIN nobody signs with a stored key. A copy of the database alone does not even allow guessing
PINs, because the pepper is missing; a copy of database and pepper allows it at the price of one argon2id each.
"""

import base64
import hashlib
import hmac
import json
import secrets
import unicodedata
from itertools import pairwise
from pathlib import Path
from typing import NewType

from cryptography import x509
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from models.rules.message import N_, Message
from pdf.signatures.private_files import create_secret, private_folder, read_secret

SealedKey = NewType("SealedKey", str)
"""A sealed private key as JSON text, ready for a text column."""

PEPPER_BYTES = 32
SALT_BYTES = 16
NONCE_BYTES = 12
LONGEST_PIN = 128
FEWEST_DIFFERENT = 3

# Above the minimum of OWASP for argon2id (19 MiB, 2 passes); about 60 ms on one core of an office server.
COST = {"time": 2, "memory": 32 * 1024, "lanes": 1}


class WrongPin(Exception):
    """The PIN does not open the key (or key, certificate and pepper do not belong together, which looks the same)."""


class PepperUnusable(Exception):
    """The pepper file does not hold 32 bytes; the message names the file."""


def load_or_create_pepper(path: Path) -> bytes:
    """The installation's pepper: 32 random bytes in a file with mode 0600, made at the first call.

    Whoever loses the file makes every stored key useless, so it belongs into the backup, apart from the database.
    Raises SecretExposed if others may read the file, PepperUnusable if it is damaged.
    """
    private_folder(path.parent)
    if not path.exists():
        _create_pepper(path)
    pepper = read_secret(path)
    if len(pepper) != PEPPER_BYTES:
        raise PepperUnusable(f"{path} is damaged; restore it from the backup")
    return pepper


def seal_key(
    private_key: ec.EllipticCurvePrivateKey, pin: str, pepper: bytes, certificate: x509.Certificate
) -> SealedKey:
    """Seal the key of a certificate; it opens only with the same PIN, pepper and certificate."""
    salt, nonce = secrets.token_bytes(SALT_BYTES), secrets.token_bytes(NONCE_BYTES)
    head: dict[str, object] = {"version": 1, "kdf": "argon2id", "cipher": "AES-256-GCM", **COST}
    plain = private_key.private_bytes(
        serialization.Encoding.DER, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    cipher = AESGCM(_secret(pin, pepper, salt, COST))
    sealed = cipher.encrypt(nonce, plain, _bound_to(head, certificate))
    return SealedKey(json.dumps({**head, "salt": _text(salt), "nonce": _text(nonce), "ciphertext": _text(sealed)}))


def open_key(sealed: SealedKey, pin: str, pepper: bytes, certificate: x509.Certificate) -> ec.EllipticCurvePrivateKey:
    """The private key, for one signature: nobody keeps it. Takes about 60 ms. Raises WrongPin."""
    box = json.loads(sealed)
    salt, nonce, ciphertext = (base64.b64decode(box.pop(part)) for part in ("salt", "nonce", "ciphertext"))
    cipher = AESGCM(_secret(pin, pepper, salt, box))
    try:
        plain = cipher.decrypt(nonce, ciphertext, _bound_to(box, certificate))
    except InvalidTag:
        raise WrongPin from None
    key = serialization.load_der_private_key(plain, password=None)
    assert isinstance(key, ec.EllipticCurvePrivateKey)
    return key


def pin_problem(pin: str, minimum: int) -> Message | None:
    """What speaks against a new PIN, or None. minimum: fewest characters, 8 in production and 6 in demo mode."""
    pin = _normal(pin)
    if len(pin) < minimum:
        return Message(N_("Die PIN braucht mindestens {minimum} Zeichen."), minimum=minimum)
    if len(pin) > LONGEST_PIN:
        return Message(N_("Die PIN darf höchstens {maximum} Zeichen haben."), maximum=LONGEST_PIN)
    if not pin.isprintable() or pin != pin.strip():
        return Message(N_("Die PIN darf nicht mit einem Leerzeichen beginnen oder enden."))
    if _is_trivial(pin):
        return Message(N_("Diese PIN ist zu leicht zu erraten: keine Wiederholung, keine Reihe wie 123456."))
    return None


def _is_trivial(pin: str) -> bool:
    steps = {ord(after) - ord(before) for before, after in pairwise(pin)}
    repeats = any(pin == pin[:length] * (len(pin) // length) for length in range(1, len(pin) // 2 + 1))
    return len(set(pin)) < FEWEST_DIFFERENT or len(steps) == 1 or repeats


def _create_pepper(path: Path) -> None:
    try:
        create_secret(path, secrets.token_bytes(PEPPER_BYTES))
    except FileExistsError:
        return  # another process was faster, and its pepper is ours too


def _secret(pin: str, pepper: bytes, salt: bytes, cost: dict[str, int]) -> bytes:
    from argon2.low_level import Type, hash_secret_raw  # only who signs pays for the import

    peppered = hmac.digest(pepper, _normal(pin).encode(), hashlib.sha256)
    return hash_secret_raw(peppered, salt, cost["time"], cost["memory"], cost["lanes"], 32, Type.ID)


def _bound_to(head: dict[str, object], certificate: x509.Certificate) -> bytes:
    """Associated data: parameters and certificate, so that a key cannot be moved to another account unnoticed."""
    return json.dumps(head, sort_keys=True).encode() + certificate.fingerprint(hashes.SHA256())


def _normal(pin: str) -> str:
    return unicodedata.normalize("NFC", pin)


def _text(content: bytes) -> str:
    return base64.b64encode(content).decode()
