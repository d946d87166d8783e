"""Loads the maintained law from its data files. The rules themselves read no file."""

from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml

from models.rules.law.data import Law

FOLDER = Path(__file__).parent / "law"


@lru_cache(maxsize=1)
def load_law() -> Law:
    """The law of the data files in ``models/seed/law``, read once. Raises on an unknown word or a missing part."""
    data: dict[str, Any] = {}
    for path in sorted(FOLDER.glob("*.yaml")):
        data |= yaml.safe_load(path.read_text(encoding="utf-8"))
    return Law.from_dict(data)
