"""Lists saved under a name: opening, saving, renaming, deleting."""

from typing import Any
from urllib.parse import urlencode

from flask import request
from flask.typing import ResponseReturnValue

from blueprints.cases import views
from blueprints.cases.forms import RenameListForm, SaveListForm
from blueprints.cases.lists import chosen_query, filters_of
from blueprints.cases.routes import bp
from blueprints.shared import access
from blueprints.shared.forms import VersionedForm
from blueprints.shared.render import go_to, page
from models.operations.worklists import delete_list, rename_list, save_list
from models.queries.list_files import count_lists
from models.queries.worklists import saved_list, visible_lists
from models.rules.errors import NotAllowed
from models.rules.permissions import Permission
from models.rules.worklists import COLUMNS, chosen_columns, chosen_order, kept_words
from models.tables import SavedList

COUNTED = 1_000
"""So far a list is counted; whoever has more sees that it is more."""


@bp.route("/faelle/listen", methods=["GET", "POST"])
@access.requires(Permission.CASE_VIEW)
def saved_lists() -> ResponseReturnValue:
    """The saved lists, and a form that saves the selection in the address."""
    form = SaveListForm()
    if form.validate_on_submit() and views.attempt(form, lambda: _save(form)) is None:
        return go_to("/faelle/listen?getan=liste-gespeichert")
    return _page(form, 422 if form.errors else 200)


def _save(form: SaveListForm) -> None:
    actor, asked = access.actor(), request.args
    chosen_order(asked.get("ordnung", ""))
    save_list(
        form.name.data or "",
        kept_words(asked),
        chosen_columns(actor.role, asked.getlist("spalte")),
        shared=form.shared.data,
        actor=actor,
        now=access.now(),
    )


@bp.post("/faelle/listen/<int:list_id>/umbenennen")
@access.requires(Permission.CASE_VIEW)
def rename(list_id: int) -> ResponseReturnValue:
    """Give a list another name."""
    _refuse_others(list_id)
    form = RenameListForm()
    refused = None
    if form.validate_on_submit():
        refused = views.attempt(
            form,
            lambda: rename_list(
                list_id, form.name.data or "", seen_version=form.version.data, actor=access.actor(), now=access.now()
            ),
        )
        if refused is None:
            return go_to("/faelle/listen?getan=liste-umbenannt")
    status = refused.status if refused else 422
    return _page(SaveListForm(formdata=None), status, renaming=(list_id, form, refused))


@bp.post("/faelle/listen/<int:list_id>/loeschen")
@access.requires(Permission.CASE_VIEW)
def delete(list_id: int) -> ResponseReturnValue:
    """Delete a list; its cases stay."""
    _refuse_others(list_id)
    form = VersionedForm()
    if form.validate_on_submit():
        delete_list(list_id, seen_version=form.version.data, actor=access.actor(), now=access.now())
    return go_to("/faelle/listen?getan=liste-geloescht")


def _refuse_others(list_id: int) -> None:
    """NotVisible for a list of another organisation, NotAllowed for one that a colleague shares."""
    if saved_list(access.actor(), list_id).account_id != access.actor().account_id:
        raise NotAllowed


def _page(form: SaveListForm, status: int, renaming: Any = None) -> ResponseReturnValue:
    actor, today = access.actor(), views.today()
    rows = visible_lists(actor)
    numbers = count_lists(actor, [filters_of(row.filters) for row in rows], today, COUNTED + 1)
    lists = [(row, address_of(row), number) for row, number in zip(rows, numbers, strict=True)]
    return page(
        "cases/saved_lists.html",
        status=status,
        area="cases",
        form=form,
        lists=lists,
        renaming=renaming,
        counted=COUNTED,
        columns=[COLUMNS[key] for key in chosen_columns(actor.role, request.args.getlist("spalte"))],
        query=chosen_query(),
        said_done=views.said(),
    )


def address_of(row: SavedList) -> str:
    """Where a saved list is opened. A column that is no longer offered is left out."""
    words = [*kept_words(row.filters).items(), *(("spalte", key) for key in row.columns), ("liste", str(row.id))]
    return f"/faelle/?{urlencode(words)}"
