"""The list of cases: filters, columns and order in its address, as a file, and saved under a name."""

from urllib.parse import urlencode

from flask import Response, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from blueprints.cases import views
from blueprints.cases.routes import bp
from blueprints.shared import access
from blueprints.shared.access_log import note_access
from blueprints.shared.addresses import page_number, record_number
from blueprints.shared.forms import EmptyForm
from blueprints.shared.render import download, go_to, page
from models.operations.looks import mark_all_read
from models.queries.case_filters import ALL, FOCI, HANDED_OVER, OFFERED, Filters
from models.queries.case_list import open_list
from models.queries.checklists import LIST_WORDS
from models.queries.code_names import code_names
from models.queries.list_files import residents, whole_list
from models.queries.worklists import saved_list
from models.rules.permissions import Permission
from models.rules.roles import Role
from models.rules.states import STAGES, CaseState
from models.rules.table_files import as_csv, as_xlsx
from models.rules.worklists import ORDERS, Order, chosen_columns, chosen_order, offered_columns

STATES = {"offen": CaseState.OPEN, "abgeschlossen": CaseState.CLOSED, "uebergeben": HANDED_OVER, "alle": ALL}
STAGE_WORDS = {LIST_WORDS[key]: key for key in STAGES}
_NO_FILTER = frozenset({"seite", "liste", "getan"})


@bp.get("/faelle/")
@access.requires(Permission.CASE_VIEW)
def index() -> ResponseReturnValue:
    """The cases of this person, narrowed and arranged by words without personal data."""
    number, actor, query = page_number(), access.actor(), chosen_query()
    arranged = [(name, value) for name, value in request.args.items(multi=True) if name in ("spalte", "ordnung")]
    shown = open_list(actor, filters_of(request.args), views.today(), number, _order())
    return page(
        "cases/index.html",
        area="cases",
        shown=shown,
        tally=residents(actor, views.today()),
        page=number,
        chosen={name: value for name, value in request.args.items() if name not in _NO_FILTER and value},
        query=query,
        kept=arranged,
        here=f"/faelle/{query}",
        saved=saved_list(actor, record_number("liste")) if "liste" in request.args else None,
        columns=_columns(),
        offered=OFFERED.get(actor.role, ()),
        foci=FOCI.get(actor.role, {}),
        spheres=code_names("legal_spheres"),
        role=actor.role,
        roles=Role,
        said_done=views.said(),
    )


@bp.post("/faelle/gelesen")
@access.requires(Permission.CASE_VIEW)
def all_read() -> ResponseReturnValue:
    """All that others changed up to now counts as read."""
    if EmptyForm().validate_on_submit():
        mark_all_read(access.actor().account_id)
    return go_to("/faelle/?getan=gelesen")


@bp.get("/faelle/spalten")
@access.requires(Permission.CASE_VIEW)
def columns() -> ResponseReturnValue:
    """Which columns the list shows, and in which order its cases stand."""
    others = [(name, value) for name, value in _chosen() if name not in ("spalte", "ordnung")]
    offered = offered_columns(access.actor().role)
    return page(
        "cases/columns.html",
        area="cases",
        offered=offered,
        columns=_columns(),
        orders=ORDERS,
        order=_order(),
        others=others,
        query=chosen_query(),
    )


@bp.get("/faelle/liste.csv")
@access.requires(Permission.CASE_VIEW)
def as_csv_file() -> Response:
    """The list with all its pages as CSV."""
    header, rows = _whole()
    return download(as_csv(header, rows), _filename("csv"), "text/csv; charset=utf-8", inline=False)


@bp.get("/faelle/liste.xlsx")
@access.requires(Permission.CASE_VIEW)
def as_xlsx_file() -> Response:
    """The list with all its pages as a workbook."""
    header, rows = _whole()
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    return download(as_xlsx(_("Fälle"), header, rows), _filename("xlsx"), kind, inline=False)


def _whole() -> tuple[tuple[str, ...], tuple[tuple[str, ...], ...]]:
    """Header and rows of the list in the address; each case is noted as read out."""
    found = whole_list(access.actor(), filters_of(request.args), views.today(), _order(), _columns())
    for case_id in found.case_ids:
        note_access(case_id, "list_file")
    return tuple(_(text) for text in found.header), found.rows


def _filename(ending: str) -> str:
    return f"faelle-{views.today().isoformat()}.{ending}"


def filters_of(asked: dict[str, str]) -> Filters:
    """The filters that stand in an address or in a saved list."""
    return Filters(
        municipality=asked.get("gemeinde", ""),
        stage=STAGE_WORDS.get(asked.get("stufe", ""), ""),
        responsible=asked.get("zustaendig", ""),
        sphere=asked.get("rechtskreis", ""),
        state=STATES.get(asked.get("stand", ""), CaseState.OPEN),
        focus=asked.get("kontakt", ""),
    )


def _columns() -> tuple[str, ...]:
    return chosen_columns(access.actor().role, request.args.getlist("spalte"))


def _order() -> Order:
    return chosen_order(request.args.get("ordnung", ""))


def _chosen() -> list[tuple[str, str]]:
    return [(name, value) for name, value in request.args.items(multi=True) if name not in _NO_FILTER and value]


def chosen_query() -> str:
    """Filters, columns and order of this address, to hang on to another; empty for none."""
    return f"?{urlencode(chosen)}" if (chosen := _chosen()) else ""
