"""Reads the data files of this folder. File I/O lives here, so that the rules need none."""

from functools import cache
from pathlib import Path
from typing import Any

import yaml

FOLDER = Path(__file__).parent
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def read(name: str) -> Any:
    """The content of one YAML file, e.g. ``organisations.yaml``."""
    return yaml.load((FOLDER / name).read_text("utf-8"), _LOADER)  # noqa: S506 - one of the safe loaders


@cache
def read_folder(name: str) -> list[Any]:
    """The contents of all YAML files of a sub-folder, in order of their names. Read once; nobody may change them."""
    return [read(str(path.relative_to(FOLDER))) for path in sorted((FOLDER / name).glob("*.yaml"))]
