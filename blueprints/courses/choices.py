"""What the forms of courses share."""

from flask_babel import lazy_gettext as _l
from wtforms import Field
from wtforms.fields.choices import SelectChoice

from blueprints.shared.forms import NEEDED

CHOOSE = _l("Bitte wählen")


def choices(first: str, rest: dict[str, str]) -> list[SelectChoice]:
    """The choices of a select, with an empty first one."""
    return [SelectChoice("", first), *(SelectChoice(value, label) for value, label in rest.items())]


def filled(*fields: Field) -> bool:
    """Whether all are filled; an error stands at those that are not."""
    empty = [field for field in fields if field.data in (None, "")]
    for field in empty:
        field.errors = field.errors or [str(NEEDED)]
    return not empty
