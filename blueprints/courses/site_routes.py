"""The sites of a provider. No personal data."""

from typing import Any

from flask import flash
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from blueprints.courses.catalogue_forms import SiteForm
from blueprints.courses.routes import bp
from blueprints.shared import access
from blueprints.shared.refusals import accepted
from blueprints.shared.render import go_to, page
from models.operations import courses as operations
from models.queries.courses import provider_by_id, site_by_id
from models.rules.permissions import Permission
from models.tables import Provider


@bp.route("/kurse/traeger/<int:provider_id>/standorte/neu", methods=["GET", "POST"])
@access.requires(Permission.COURSE_EDIT)
def new_site(provider_id: int) -> ResponseReturnValue:
    """A form for a new site."""
    provider = provider_by_id(provider_id)
    form = SiteForm(version=0)
    if form.validate_on_submit() and accepted(
        form, lambda: operations.create_site(form.site(provider.id), actor=access.actor(), now=access.now())
    ):
        flash(_("Standort angelegt."))
        return go_to(f"/kurse/traeger/{provider.id}")
    return _form(form, provider)


@bp.route("/kurse/standorte/<int:site_id>", methods=["GET", "POST"])
@access.requires(Permission.COURSE_EDIT)
def edit_site(site_id: int) -> ResponseReturnValue:
    """Correct a site; its courses that are not over say the new words."""
    row = site_by_id(site_id)
    form = SiteForm(data=row.__data__)
    seen = {"seen_version": form.version.data, "actor": access.actor(), "now": access.now()}
    if form.validate_on_submit() and accepted(
        form, lambda: operations.update_site(row.id, form.site(row.provider_id), **seen)
    ):
        flash(_("Standort gespeichert."))
        return go_to(f"/kurse/traeger/{row.provider_id}")
    return _form(form, row.provider, row)


def _form(form: SiteForm, provider: Provider, row: Any = None) -> ResponseReturnValue:
    context = {"form": form, "provider": provider, "site": row, "status": 422 if form.errors else 200}
    return page("courses/site_form.html", fragment="courses/_site_form.html", area="courses", **context)
