import json
from concurrent.futures import ThreadPoolExecutor

import pytest
from cryptography.hazmat.primitives import serialization

from pdf.signatures.keys import (
    PepperUnusable,
    SealedKey,
    WrongPin,
    load_or_create_pepper,
    open_key,
    pin_problem,
    seal_key,
)
from pdf.signatures.private_files import SecretExposed

PEPPER = bytes(range(32))
PIN = "246810"


@pytest.fixture(scope="module")
def sealed(house):
    return seal_key(house.sender.key, PIN, PEPPER, house.sender.certificate)


def test_the_pin_opens_the_key(sealed, house):
    opened = open_key(sealed, PIN, PEPPER, house.sender.certificate)
    assert opened.private_numbers() == house.sender.key.private_numbers()


def test_an_umlaut_in_the_pin_is_the_same_however_it_was_typed(house):
    sealed = seal_key(house.sender.key, "Müllabfuhr", PEPPER, house.sender.certificate)
    assert open_key(sealed, "Mu\u0308llabfuhr", PEPPER, house.sender.certificate)


@pytest.mark.parametrize("pin", ["246811", "", "246810 ", "２４６８１０"])
def test_another_pin_does_not(sealed, house, pin):
    with pytest.raises(WrongPin):
        open_key(sealed, pin, PEPPER, house.sender.certificate)


def test_the_pin_alone_does_not(sealed, house):
    with pytest.raises(WrongPin):
        open_key(sealed, PIN, bytes(32), house.sender.certificate)


def test_a_key_moved_to_another_certificate_does_not_open(sealed, house):
    with pytest.raises(WrongPin):
        open_key(sealed, PIN, PEPPER, house.receiver.certificate)


def test_a_changed_record_does_not_open(sealed, house):
    cheaper = SealedKey(json.dumps({**json.loads(sealed), "version": 2}))
    with pytest.raises(WrongPin):
        open_key(cheaper, PIN, PEPPER, house.sender.certificate)


def test_the_record_hides_key_and_pin(sealed, house):
    again = seal_key(house.sender.key, PIN, PEPPER, house.sender.certificate)
    first, second = json.loads(sealed), json.loads(again)
    assert (first["kdf"], first["cipher"]) == ("argon2id", "AES-256-GCM")
    assert all(first[part] != second[part] for part in ("salt", "nonce", "ciphertext"))
    secret = house.sender.key.private_numbers().private_value.to_bytes(48, "big")
    plain = house.sender.key.private_bytes(
        serialization.Encoding.DER, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    assert secret in plain
    assert PIN not in sealed


def test_the_pepper_is_made_once_for_the_owner_alone(tmp_path):
    path = tmp_path / "secrets" / "pepper"
    pepper = load_or_create_pepper(path)
    assert len(pepper) == 32
    assert path.stat().st_mode & 0o777 == 0o600
    assert load_or_create_pepper(path) == pepper
    assert list(path.parent.iterdir()) == [path]


def test_all_who_make_the_pepper_at_once_get_the_same(tmp_path):
    with ThreadPoolExecutor(8) as pool:
        assert len(set(pool.map(lambda _: load_or_create_pepper(tmp_path / "pepper"), range(8)))) == 1


def test_a_damaged_or_exposed_pepper_is_not_used(tmp_path):
    path = tmp_path / "pepper"
    load_or_create_pepper(path)
    path.write_bytes(b"short")
    with pytest.raises(PepperUnusable, match="damaged"):
        load_or_create_pepper(path)
    path.chmod(0o644)
    with pytest.raises(SecretExposed):
        load_or_create_pepper(path)


@pytest.mark.parametrize(
    ("pin", "minimum", "words"),
    [
        ("246810", 8, "mindestens 8 Zeichen"),
        ("24681", 6, "mindestens 6 Zeichen"),
        ("7" * 129, 8, "höchstens 128"),
        (" 2468101", 8, "Leerzeichen"),
        ("24681\x0010", 8, "Leerzeichen"),
        ("11111111", 8, "zu leicht"),
        ("123456", 6, "zu leicht"),
        ("98765432", 8, "zu leicht"),
        ("abcdefgh", 8, "zu leicht"),
        ("13579135", 8, None),
        ("12341234", 8, "zu leicht"),
        ("11221122", 8, "zu leicht"),
        ("246810", 6, None),
        ("Zaun7pfahl", 8, None),
        ("Übergänge", 8, None),
    ],
)
def test_a_new_pin_is_long_and_not_trivial(pin, minimum, words):
    problem = pin_problem(pin, minimum)
    assert (problem is None) if words is None else (words in str(problem))
