"""A broken rule that names fields becomes errors at those fields; everything else goes to the handlers."""

from collections.abc import Callable

from blueprints.shared.forms import BaseForm
from models.rules.errors import RuleBroken


def accepted(form: BaseForm, operation: Callable[[], object]) -> bool:
    """Run the operation; False where its rule broke at fields of the form, which then carry the sentences."""
    try:
        operation()
    except RuleBroken as broken:
        at_fields = {name: message for name, message in broken.fields.items() if name in form}
        if not at_fields:
            raise
        for name, message in at_fields.items():
            form[name].errors = [str(message)]
        return False
    return True
