"""Reports: the figures that somebody may see, and each of them."""

import re
from collections.abc import Mapping
from datetime import datetime
from typing import Any
from urllib.parse import urlencode

from flask import Blueprint, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from blueprints.reports.forms import FilterForm, RememberForm
from blueprints.shared import access
from blueprints.shared.addresses import page_number
from blueprints.shared.commands import settings
from blueprints.shared.render import download, page
from models.queries.figure_cases import cases_behind
from models.queries.figure_quality import field_names
from models.queries.figures import municipalities, oversees, report_of
from models.queries.saved_reports import filed_reports, own_reports
from models.rules.errors import NotVisible
from models.rules.figures.asking import RHYTHM_LABELS, Rhythm, filters_in_words, question_of
from models.rules.figures.catalogue import Figure, Shape, figure_named, figures_for
from models.rules.figures.files import report_csv, report_xlsx
from models.rules.figures.plot import plot_of
from models.rules.figures.report import MEASURES, Report, month_label
from models.rules.figures.suppression import TOTAL
from models.rules.permissions import Permission
from models.rules.roles import Role
from models.rules.times import local_day
from models.tables import SavedReport
from pdf.report.issue import print_report

bp = Blueprint("reports", __name__, cli_group=None)
HOME = "/auswertungen/"
_ROW = re.compile(r"|[0-9]{4}(-(0[1-9]|1[0-2]|Q[1-4]))?")
"""A row that stands for a time, or for all of it."""


@bp.get(HOME)
@access.requires(Permission.FIGURES_VIEW)
def overview() -> ResponseReturnValue:
    """All figures with their definitions."""
    acting = access.actor()
    names = {one.key: one.title for one in figures_for(acting.role)}
    places = {str(one.id): one.name for one in municipalities()}
    return page(
        "reports/index.html",
        area="reports",
        figures=figures_for(acting.role),
        county=oversees(acting),
        saved=[_remembered(row, places) for row in own_reports(acting)],
        filed=filed_reports(acting),
        names=names,
    )


def _remembered(row: SavedReport, places: Mapping[str, str]) -> dict[str, Any]:
    """A remembered report with its address and in words what it asks for; no address where it may not be seen now."""
    acting = access.actor()
    figure, rhythm = figure_named(row.figure, acting.role), RHYTHM_LABELS[Rhythm(row.rhythm)]
    if figure is None:
        return {"row": row, "rhythm": rhythm}
    own, query = not oversees(acting), urlencode(row.filters)
    question = question_of(figure, row.filters, local_day(access.now()), own=own)
    words = filters_in_words(question, places.get(question.place, ""), acting.organisation_name if own else "")
    address = f"{HOME}{row.figure}" + (f"?{query}" if query else "")
    return {"row": row, "rhythm": rhythm, "address": address, "asked": f"{_(figure.title)} {words}"}


def seen_figure(key: str) -> Figure:
    """The figure of the address; NotVisible where this person may not see it."""
    figure = figure_named(key, access.actor().role)
    if figure is None:
        raise NotVisible
    return figure


def asked_for(figure: Figure) -> FilterForm:
    """The filters of the address."""
    acting, today = access.actor(), local_day(access.now())
    return FilterForm(formdata=request.args).offer(figure, municipalities(), today, own=not oversees(acting))


@bp.get(HOME + "<key>")
@access.requires(Permission.FIGURES_VIEW)
def figure(key: str) -> ResponseReturnValue:
    """One figure as a picture and a table, with its definition; without numbers where the filters make no sense."""
    seen = seen_figure(key)
    form = asked_for(seen)
    if not form.validate():
        return figure_page(seen, form, status=422)
    return figure_page(seen, form, **numbers(form))


def numbers(form: FilterForm) -> dict[str, Any]:
    """The report that checked filters ask for, as the page shows it."""
    question = form.question()
    report = report_of(access.actor(), question)
    drill = not oversees(access.actor()) and question.figure.shape != Shape.CROSSED
    return {"report": report, "plot": plot_of(report), "drill": drill}


def figure_page(
    seen: Figure, form: FilterForm, status: int = 200, *, remember: RememberForm | None = None, **context: Any
) -> ResponseReturnValue:
    """The page of a figure: with its report, or without where a form was filled wrongly."""
    acting = access.actor()
    frame = {
        "figure": seen,
        "form": form,
        "county": oversees(acting),
        "has_day": seen.shape != Shape.QUALITY,
        "over_time": seen.shape in (Shape.OFTEN, Shape.DAYS),
        "by_place": acting.role != Role.MUNICIPALITY,
        "here": f"{HOME}{seen.key}",
        "asked": kept_filters(form),
        "measures": MEASURES,
        "remember": remember or RememberForm(formdata=None),
    }
    return page(
        "reports/figure.html", fragment="reports/_figure.html", status=status, area="reports", **frame, **context
    )


def kept_filters(form: FilterForm) -> str:
    """The filters as a query string, only those that stand in the address."""
    return urlencode({name: value for name, value in request.args.items() if name in form and value})


FILES = {
    "csv": "text/csv",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "pdf": "application/pdf",
}


@bp.get(HOME + "<key>/datei.<kind>")
@access.requires(Permission.FIGURES_VIEW)
def file(key: str, kind: str) -> ResponseReturnValue:
    """The same report as a file: the very object that the page shows."""
    seen, now = seen_figure(key), access.now()
    if kind not in FILES:
        raise NotVisible
    form = asked_for(seen)
    if not form.validate():
        return figure_page(seen, form, status=422)
    report, asked = report_of(access.actor(), form.question()), form.in_words(form.question())
    content = written(kind, report, asked, now)
    return download(content, f"Auswertung-{seen.key}-{local_day(now)}.{kind}", FILES[kind], inline=kind == "pdf")


def written(kind: str, report: Report, asked: str, now: datetime) -> bytes:
    """The bytes of a report in one of the kinds of files."""
    if kind == "pdf":
        return print_report(report, asked, actor=access.actor(), now=now, watermark=settings().demo)
    return report_csv(report, asked) if kind == "csv" else report_xlsx(report, asked)


@bp.get(HOME + "<key>/faelle")
@access.requires(Permission.FIGURES_VIEW)
def cases(key: str) -> ResponseReturnValue:
    """The cases behind one number of the own office."""
    seen, number = seen_figure(key), page_number()
    form = asked_for(seen)
    if not form.validate():
        return figure_page(seen, form, status=422)
    row, column = request.args.get("zeile", TOTAL), request.args.get("spalte", TOTAL)
    names = field_names() if seen.shape == Shape.QUALITY else seen.words
    if not (row in names or (seen.shape != Shape.QUALITY and _ROW.fullmatch(row))):
        raise NotVisible
    rows, more = cases_behind(access.actor(), form.question(), row, column, number)
    kept = kept_filters(form)
    return page(
        "reports/cases.html",
        area="reports",
        figure=seen,
        rows=rows,
        more=more,
        page=number,
        back=f"{HOME}{seen.key}" + (f"?{kept}" if kept else ""),
        address=f"{HOME}{seen.key}/faelle?{urlencode({'zeile': row, 'spalte': column})}" + (f"&{kept}" if kept else ""),
        named=_(names[row]) if row in names else month_label(row) if row else "",
    )
