"""A broken rule that names fields becomes errors at those fields; everything else goes to the handlers."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from blueprints.shared.forms import BaseForm
from models.rules.errors import RuleBroken, StaleVersion
from models.rules.message import Message


@dataclass(frozen=True, slots=True)
class Refused:
    """An attempt that changed nothing: the status to answer with, and a sentence for the whole form."""

    status: int
    message: Message | None = None


def attempt(form: BaseForm, act: Callable[[], object], prefix: str = "") -> Refused | None:
    """Run an operation: None when it is done. A broken rule goes to the fields that it names.

    What was typed stays in the form, also where somebody else was faster. ``prefix`` is what the names of the form's
    fields have before those of the rule.
    """
    try:
        act()
    except StaleVersion as stale:
        return Refused(409, stale.message)
    except RuleBroken as broken:
        named = {prefix + name: text for name, text in broken.fields.items() if prefix + name in form}
        for name, text in named.items():
            form[name].errors = [str(text)]
        return Refused(422, None if named else broken.message)
    return None


def accepted(
    form: BaseForm,
    operation: Callable[[], object],
    names: Mapping[str, str] = MappingProxyType({}),
    *,
    otherwise: str = "",
) -> bool:
    """Run the operation; False where its rule broke at fields of the form, which then carry the sentences.

    ``names`` maps fields of the rule to fields of the form where they differ. ``otherwise`` is the field for a rule
    that names none of them; without it such a rule goes on to the general handler.
    """
    try:
        operation()
    except RuleBroken as broken:
        named = {names.get(name, name): message for name, message in broken.fields.items()}
        at_fields = {name: message for name, message in named.items() if name in form}
        if otherwise and not at_fields:
            at_fields = {otherwise: broken.message}
        if not at_fields:
            raise
        for name, message in at_fields.items():
            form[name].errors = [str(message)]
        return False
    return True
