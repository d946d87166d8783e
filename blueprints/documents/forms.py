"""Forms of the area documents."""

from flask_babel import lazy_gettext as _l
from flask_wtf.file import FileField, FileRequired

from blueprints.shared.forms import BaseForm


class VerifyForm(BaseForm):
    """A file to check; it is not stored."""

    file = FileField(_l("PDF-Datei"), validators=[FileRequired(_l("Bitte eine Datei auswählen."))])
