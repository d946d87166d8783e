"""German names of codes, read once per process: code lists change with an upgrade alone."""

from collections.abc import Iterable, Mapping
from functools import lru_cache

from models.tables import Code


@lru_cache(maxsize=64)
def code_names(name: str) -> Mapping[str, str]:
    """Labels of a code list by code, in their order, those included that are no longer offered."""
    return dict(Code.select(Code.code, Code.label).where(Code.list == name).order_by(Code.position).tuples())


def named(name: str, codes: Iterable[str]) -> str:
    """ "Dari, Englisch"; a code that the list does not know stands for itself."""
    labels = code_names(name)
    return ", ".join(labels.get(code, code) for code in codes if code)
