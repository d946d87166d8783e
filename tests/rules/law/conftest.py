"""The maintained law, as the product loads it."""

import pytest

from models.rules.law.data import Law
from models.seed.law_data import load_law


@pytest.fixture(scope="session")
def law() -> Law:
    return load_law()
