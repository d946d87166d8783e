"""Items without an answer as they stand in every list: rendered once and kept, for they are most of a page."""

from flask import render_template_string
from markupsafe import Markup

from blueprints.shared import access
from blueprints.shared.language import csrf_token
from models.queries.item_rows import ItemRow
from models.rules.times import local_day

_ADDRESS, _TOKEN = "\x01", "\x02"
_kept: dict[tuple[object, ...], str] = {}
_ITEM = '{% import "checklists/items.html" as items %}{{ items.item(row, None, address) }}'


def unanswered_item(row: ItemRow, address: str) -> Markup | None:
    """An item without an answer as it stands in the list, the same in every case: rendered once and kept.

    None for an answered one. What differs is put in: the address of the case and the token of the login.
    """
    if row.text or row.note or row.who or row.proofs:
        return None
    place = row.elsewhere.label if row.elsewhere else ""
    key = (row.definition_id, row.code, row.state, row.mine, row.own, row.why, row.hearsay, row.version, place,
           tuple(field.key for field in row.fields), local_day(access.now()))  # fmt: skip
    html = _kept.get(key) or _keep(key, row)
    return Markup(html.replace(_ADDRESS, address).replace(_TOKEN, csrf_token()))  # noqa: S704 - rendered by us


def _keep(key: tuple[object, ...], row: ItemRow) -> str:
    if len(_kept) > 5000:
        _kept.clear()
    html = render_template_string(_ITEM, row=row, address=_ADDRESS)
    return _kept.setdefault(key, html.replace(csrf_token(), _TOKEN))
