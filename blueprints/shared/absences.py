"""What Mein Konto and the administrator's page share about absences: the form, one attempt to set or end one."""

from blueprints.shared import access
from blueprints.shared.addresses import posted_version
from blueprints.shared.forms import AbsenceForm
from blueprints.shared.refusals import accepted
from models.operations import absences as operations
from models.queries.absences import absence_of, deputies_for
from models.tables import Account


def absence_form(account: Account) -> AbsenceForm:
    """The form with the colleagues who may stand in."""
    return AbsenceForm().offer(deputies_for(account))


def was_set(form: AbsenceForm, account: Account) -> bool:
    """Whether the form was sent and the absence entered; what is wrong stands at its fields."""
    if not form.validate_on_submit():
        return False
    by = {"actor": access.actor(), "now": access.now()}
    days = (form.begins_on.data, form.ends_on.data)
    return accepted(form, lambda: operations.set_absence(account, *days, form.chosen_deputy, **by))


def end(account: Account, absence_id: int) -> None:
    """End an absence of that person early; NotVisible for another's, StaleVersion for a double click."""
    row = absence_of(account.id, absence_id)
    operations.end_absence(account, row, seen_version=posted_version(), actor=access.actor(), now=access.now())
