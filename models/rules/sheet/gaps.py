"""Gaps of the sheet and the reasons that are printed for them, in the place where the value is missing."""

from collections.abc import Collection, Iterable, Iterator, Mapping

from models.rules.checklists import Item, Missing
from models.rules.sheet.places import addresses_of
from models.rules.transfer_sheet import Cell, Sections

ABOUT_CHANGE, ABOUT_PERSON = "D.change_reason", "Q.informed_on"
PRINTED_ELSEWHERE: Mapping[str, str] = {"U08": ABOUT_PERSON, "U10": ABOUT_PERSON, "U11": ABOUT_PERSON}
"""Where the reason for an item without a place of its own is printed; the rest concerns the change itself."""


def also_for_fields(reasons: Mapping[str, str], items: Mapping[str, Item]) -> dict[str, str]:
    """Reasons by code of a gap; a reason for an item counts for the fields of the sheet that it supplies."""
    spread = {
        address: reason for code, reason in reasons.items() if code in items for address in addresses_of(items[code])
    }
    return spread | dict(reasons)


def held_up(gaps: Collection[Missing], items: Mapping[str, Item]) -> tuple[Missing, ...]:
    """Each gap once: an item that is open stands for the fields of the sheet that wait for it."""
    waiting = {address for gap in gaps if gap.code in items for address in addresses_of(items[gap.code])}
    return tuple(gap for gap in gaps if gap.code in items or address_of(gap.code) not in waiting)


def without_health(gaps: Iterable[Missing]) -> tuple[Missing, ...]:
    """The gaps of a sheet that carries no health data: then nobody has to consent, and no reason may tell of any."""
    return tuple(gap for gap in gaps if gap.item is None or not gap.item.sensitive)


def address_of(code: str) -> str:
    """ "F.school_certificate" for the gap of one of its columns, "F.school_certificate.year"."""
    return ".".join(code.split(".")[:2])


def supplier_of(code: str, items: Mapping[str, Item]) -> Item | None:
    """The item that can close a gap: itself, or the first that supplies that field of the sheet."""
    if code in items:
        return items[code]
    return next((item for item in items.values() if address_of(code) in addresses_of(item)), None)


def with_reasons(sections: Sections, explained: Iterable[Missing]) -> dict[str, dict[str, Cell]]:
    """The sections with each reason printed where its value is missing."""
    changed = {letter: dict(cells) for letter, cells in sections.items()}
    for gap in explained:
        for target in _targets(gap):
            _print_reason(changed, target, gap)
    return changed


def _targets(gap: Missing) -> Iterator[str]:
    if gap.item is None:
        yield gap.code
        return
    own = [field.sheet for field in gap.fields if field.sheet.count(".")] or list(addresses_of(gap.item))
    yield from dict.fromkeys(own or [PRINTED_ELSEWHERE.get(gap.code, ABOUT_CHANGE)])


def _print_reason(sections: dict[str, dict[str, Cell]], target: str, gap: Missing) -> None:
    letter, key, *column = target.split(".")
    cell = sections.get(letter, {}).get(key)
    if cell is None:
        return
    if column and cell.get("rows"):
        rows = [_explained_column(row, column[0], gap.reason) for row in cell["rows"]]
        sections[letter][key] = cell | {"rows": rows}
    elif target in (ABOUT_CHANGE, ABOUT_PERSON) and gap.item is not None:
        text = f"{gap.label}: {gap.reason}"
        sections[letter][key] = cell | {"reason": "; ".join(part for part in (cell["reason"], text) if part)}
    elif not cell["reason"]:
        sections[letter][key] = cell | {"reason": gap.reason}


def _explained_column(row: Mapping[str, Cell], column: str, reason: str) -> dict[str, Cell]:
    cell = row.get(column)
    if cell is None or cell["value"] or cell["reason"]:
        return dict(row)
    return dict(row) | {column: cell | {"reason": reason}}
