"""The catalogue: courses and their providers. No personal data."""

from typing import Any
from urllib.parse import urlencode

from flask import Blueprint, flash, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from blueprints.courses.catalogue_forms import CourseForm, FilterForm, ProviderForm, stored_course
from blueprints.courses.course_page import course_page
from blueprints.shared import access
from blueprints.shared.addresses import page_number
from blueprints.shared.refusals import accepted
from blueprints.shared.render import go_to, page
from models.operations import courses as operations
from models.queries import courses
from models.queries.course_clock import waiting_too_long
from models.queries.seats import figures_of
from models.rules.errors import StaleVersion
from models.rules.permissions import Permission
from models.rules.times import local_day, stamp

bp = Blueprint("courses", __name__, cli_group=None)


@bp.get("/kurse/")
@access.requires(Permission.COURSE_VIEW)
def catalogue() -> ResponseReturnValue:
    """The courses that are not over, by their start."""
    form = FilterForm(formdata=request.args)
    form.offer(courses.kind_names(), courses.providers())
    number, today = page_number(), local_day(access.now())
    rows, more = courses.course_page(form.filters(), today, number)
    kept = [(name, value) for name, value in request.args.items() if name in form and value]
    address = "/kurse/?" + urlencode(kept) if kept else "/kurse/"
    context = {"rows": rows, "more": more, "page": number, "address": address, "form": form}
    context |= {"figures": figures_of(rows), "as_of": stamp(access.now())}
    context |= {"today": today, "waiting": waiting_too_long(access.actor(), today)}
    return page("courses/list.html", fragment="courses/_list.html", area="courses", **context)


@bp.get("/kurse/<number>")
@access.requires(Permission.COURSE_VIEW)
def course(number: str) -> ResponseReturnValue:
    """One course with its seats, and those of its people whose cases the acting person knows."""
    return course_page(courses.course_numbered(number))


@bp.route("/kurse/neu", methods=["GET", "POST"])
@access.requires(Permission.COURSE_EDIT)
def new_course() -> ResponseReturnValue:
    """A form for a new course."""
    form = CourseForm(version=0)
    form.offer(access.now())
    if form.validate_on_submit() and accepted(
        form, lambda: operations.create_course(form.course(), actor=access.actor(), now=access.now())
    ):
        flash(_("Kurs angelegt."))
        return go_to(f"/kurse/{form.number.data}")
    return _course_form(form)


@bp.route("/kurse/<number>/bearbeiten", methods=["GET", "POST"])
@access.requires(Permission.COURSE_EDIT)
def edit_course(number: str) -> ResponseReturnValue:
    """Correct a course; where somebody was faster both states are shown and what was typed stays."""
    row = courses.course_numbered(number)
    form = CourseForm(data=stored_course(row))
    form.offer(access.now(), row)
    if not form.validate_on_submit():
        return _course_form(form, row)
    seen = {"seen_version": form.version.data, "actor": access.actor(), "now": access.now()}
    try:
        saved = accepted(form, lambda: operations.update_course(row.id, form.course(), **seen))
    except StaleVersion:
        return _course_form(form, row, changed=True)
    if not saved:
        return _course_form(form, row)
    flash(_("Kurs gespeichert."))
    return go_to(f"/kurse/{form.number.data}")


def _course_form(
    form: CourseForm, row: courses.CourseRow | None = None, *, changed: bool = False
) -> ResponseReturnValue:
    context: dict[str, Any] = {"form": form, "course": row, "changed": changed, "area": "courses"}
    if row and changed:
        form.version.data, form.version.raw_data = row.version, None
    status = 409 if changed else 422 if form.errors else 200
    return page("courses/course_form.html", fragment="courses/_course_form.html", status=status, **context)


@bp.get("/kurse/traeger/")
@access.requires(Permission.COURSE_VIEW)
def providers() -> ResponseReturnValue:
    """The course providers."""
    return page("courses/providers.html", area="courses", providers=courses.providers())


@bp.route("/kurse/traeger/neu", methods=["GET", "POST"])
@access.requires(Permission.COURSE_EDIT)
def new_provider() -> ResponseReturnValue:
    """A form for a new provider."""
    form = ProviderForm(version=0)
    form.offer()
    if form.validate_on_submit() and accepted(
        form, lambda: operations.create_provider(form.provider(), actor=access.actor(), now=access.now())
    ):
        flash(_("Kursträger angelegt."))
        return go_to("/kurse/traeger/")
    return _provider_form(form)


@bp.route("/kurse/traeger/<int:provider_id>", methods=["GET", "POST"])
@access.requires(Permission.COURSE_EDIT)
def edit_provider(provider_id: int) -> ResponseReturnValue:
    """Correct a provider."""
    row = courses.provider_by_id(provider_id)
    form = ProviderForm(data=row.__data__)
    form.offer()
    seen = {"seen_version": form.version.data, "actor": access.actor(), "now": access.now()}
    if form.validate_on_submit() and accepted(
        form, lambda: operations.update_provider(row.id, form.provider(), **seen)
    ):
        flash(_("Kursträger gespeichert."))
        return go_to("/kurse/traeger/")
    return _provider_form(form, row)


def _provider_form(form: ProviderForm, row: Any = None) -> ResponseReturnValue:
    context = {"form": form, "provider": row, "status": 422 if form.errors else 200}
    context["sites"] = courses.sites(of=row.id) if row else []
    return page("courses/provider_form.html", fragment="courses/_provider_form.html", area="courses", **context)
