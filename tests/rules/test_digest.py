"""The daily mail: addresses, and what it says."""

import pytest

from models.rules.digest import NEEDS_ADDRESS, NO_ADDRESS, Load, address_problem, headline


@pytest.mark.parametrize(
    "address", ["k.hoffmann@beispiel.de", "a@b.co", "aemter+x@mail.landkreis.example", "x_y@a-b.de"]
)
def test_addresses_that_are_taken(address):
    assert address_problem(address, True) is None
    assert address_problem(address, False) is None


@pytest.mark.parametrize(
    "address",
    [
        "k.hoffmann", "@beispiel.de", "k@beispiel", "k@@beispiel.de", "k hoffmann@beispiel.de", "k@beispiel..de",
        "a..b@beispiel.de", "k@beispiel.de\nBcc: x@y.de", "K <k@beispiel.de>", "müller@beispiel.de", "k@-b.de",
        "x" * 65 + "@beispiel.de", "k@" + "beispiel." * 30 + "de", "a@b.de,c@d.de",
    ],
)  # fmt: skip
def test_addresses_that_are_refused(address):
    assert address_problem(address, False).text == NO_ADDRESS


def test_the_mail_needs_an_address():
    assert address_problem("", True).text == NEEDS_ADDRESS
    assert address_problem("", False) is None


@pytest.mark.parametrize(
    ("load", "text"),
    [
        (Load(1, 0), "Sie haben 1 Aufgabe"),
        (Load(1, 1), "Sie haben 1 Aufgabe, sie ist überfällig"),
        (Load(4, 0), "Sie haben 4 Aufgaben"),
        (Load(4, 1), "Sie haben 4 Aufgaben, 1 überfällig"),
        (Load(600, 100), "Sie haben 99+ Aufgaben, 99+ überfällig"),
    ],
)
def test_what_it_says(load, text):
    assert str(headline(load)) == text
