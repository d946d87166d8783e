"""The form of somebody's contact, the same for the own account and for the administration."""

from blueprints.shared import access
from blueprints.shared.forms import ContactDetailsForm
from blueprints.shared.refusals import Refused, attempt
from models.operations.contacts import set_contact
from models.tables import Account


def contact_form(account: Account) -> ContactDetailsForm:
    """The form as the contact stands."""
    return ContactDetailsForm(formdata=None, obj=account)


def saved_contact(form: ContactDetailsForm, account: Account) -> Refused | None:
    """Save what was posted; None where that worked, else how to answer, with the reason at the field."""
    if not form.validate_on_submit():
        return Refused(422)
    said = (form.function.data or "", form.phone.data or "", form.email.data or "")
    how = {"seen_version": form.version.data, "actor": access.actor(), "now": access.now()}
    refused = attempt(form, lambda: set_contact(account, *said, **how))
    if refused and refused.message:
        form.phone.errors = [str(refused.message)]
    return refused
