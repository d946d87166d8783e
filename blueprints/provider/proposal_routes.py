"""A provider proposes another course or start, and takes its proposal back."""

from flask import flash
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from blueprints.provider.desk import enrolment_page, released_row
from blueprints.provider.forms import ProposeForm
from blueprints.provider.routes import bp
from blueprints.shared import access
from blueprints.shared.forms import VersionedForm
from blueprints.shared.refusals import accepted
from blueprints.shared.render import go_to
from models.operations import proposals
from models.rules.errors import StaleVersion
from models.rules.permissions import Permission
from models.tables import Enrolment


@bp.post("/<int:enrolment_id>/vorschlag")
@access.requires(Permission.ENROLMENT_ANSWER)
def propose(enrolment_id: int) -> ResponseReturnValue:
    """Propose another course or start."""
    row = released_row(enrolment_id)
    form = ProposeForm()
    form.offer([])
    seen = {"seen_version": form.version.data, "actor": access.actor(), "now": access.now()}
    if form.validate_on_submit() and accepted(
        form, lambda: proposals.propose(Enrolment.get_by_id(row.id), form.proposal(), **seen)
    ):
        flash(_("Vorschlag gesendet. Sie sehen hier, was die Behörde antwortet."))
        return go_to(f"/anmeldungen/{row.id}")
    return enrolment_page(row, propose=form)


@bp.post("/<int:enrolment_id>/vorschlag/zurueckziehen")
@access.requires(Permission.ENROLMENT_ANSWER)
def withdraw(enrolment_id: int) -> ResponseReturnValue:
    """Take the open proposal back."""
    row = released_row(enrolment_id)
    form = VersionedForm()
    seen = {"seen_version": form.version.data, "actor": access.actor(), "now": access.now()}
    if not form.validate_on_submit():
        raise StaleVersion
    proposals.withdraw_proposal(Enrolment.get_by_id(row.id), **seen)
    flash(_("Vorschlag zurückgezogen."))
    return go_to(f"/anmeldungen/{row.id}")
