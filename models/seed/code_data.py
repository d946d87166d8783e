"""The contents of the code lists: the data files, and the lists whose codes rules and columns know as well."""

from collections.abc import Mapping
from typing import Any

from models.rules.appointments import REASONS, SITES, WAYS
from models.rules.message import N_
from models.rules.visits import GROUP_WAY
from models.seed.files import read_folder

_OF_RULES: tuple[tuple[str, str, Mapping[Any, str]], ...] = (
    ("meeting_sites", "Ort eines Termins", SITES),
    ("meeting_ways", "Form eines Gesprächs", {**WAYS, GROUP_WAY: N_("Gruppe")}),
    ("miss_reasons", "Warum jemand nicht kam", REASONS),
)


def code_contents() -> list[dict[str, Any]]:
    """All code lists as the files give them: name, title, source, codes with their labels."""
    return [*read_folder("codes"), *(_content(*one) for one in _OF_RULES)]


def _content(name: str, title: str, labels: Mapping[Any, str]) -> dict[str, Any]:
    codes = [{"code": str(code), "label": label} for code, label in labels.items()]
    return {"list": name, "title": title, "source": "eigene Liste", "codes": codes}
