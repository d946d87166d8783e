"""When and how somebody can come, and what stands in the way."""

from flask.typing import ResponseReturnValue

from blueprints.competences.routes import bp, own_case, seen_case, show, show_form, version_in
from blueprints.competences.week_form import week_form
from blueprints.shared import access
from blueprints.shared.access_log import note_access
from blueprints.shared.refusals import attempt
from blueprints.shared.render import go_to
from models.operations import availability as operations
from models.queries import competences
from models.rules.competences.availability import DAYS, NONE, PARTS
from models.rules.permissions import Permission

FRAME = {"days": DAYS, "parts_of_day": PARTS, "no_obstacle": NONE}


@bp.get("/faelle/<number>/verfuegbarkeit")
@access.requires(Permission.COMPETENCES)
def availability(number: str) -> ResponseReturnValue:
    """The week, children, ways and obstacles; as a form for who may change them."""
    view = seen_case(number)
    note_access(view.held.case.id, "availability")
    stored = competences.availability(view)
    lists = competences.code_labels(*operations.LISTS)
    form = week_form(lists, (stored[0].value, stored[1]) if stored else None)
    row = stored[0] if stored else None
    return show(
        view, "competences/week.html", form=form, problem=None, row=row, version=version_in(row), labels=lists, **FRAME
    )


@bp.post("/faelle/<number>/verfuegbarkeit")
@access.requires(Permission.COMPETENCES)
def keep_availability(number: str) -> ResponseReturnValue:
    """Keep the plan as a whole."""
    view = own_case(number)
    lists = competences.code_labels(*operations.LISTS)
    form, refused = week_form(lists, None), None
    if form.validate_on_submit():
        by = {"seen_version": form.version.data, "now": access.now()}
        refused = attempt(form, lambda: operations.keep_availability(view, form.plan(), form.source.data or "", **by))
        if refused is None:
            return go_to(f"/faelle/{number}/verfuegbarkeit?getan=verfuegbarkeit")
    stored = competences.availability(view)
    row = stored[0] if stored else None
    stale = refused is not None and refused.status == 409
    version = version_in(row) if stale else form.version.data
    return show_form(view, "competences/week.html", form, refused, row=row, version=version, labels=lists, **FRAME)
