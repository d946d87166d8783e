"""Tries an operation with a form: the one place of this area where refusals become errors at fields."""

from collections.abc import Callable
from enum import StrEnum

from blueprints.shared.forms import BaseForm
from blueprints.shared.refusals import accepted
from models.rules.errors import StaleVersion


class Outcome(StrEnum):
    """What came of a form."""

    SAVED = "saved"
    REFUSED = "refused"
    STALE = "stale"

    @property
    def status(self) -> int:
        """The status of the page that shows the form again."""
        return 409 if self == Outcome.STALE else 422


def attempt(form: BaseForm, operation: Callable[[], object]) -> Outcome:
    """Run the operation with a form that is right; errors of its rules go to the fields of the same name."""
    if not form.validate():
        return Outcome.REFUSED
    try:
        return Outcome.SAVED if accepted(form, operation) else Outcome.REFUSED
    except StaleVersion as stale:
        if stale.current is None:  # the draft is gone: there is nothing to put beside what was typed
            raise
        return Outcome.STALE
