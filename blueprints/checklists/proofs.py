"""Forms of evidence: a paper that was shown, a copy of it, the reason of a removal."""

from dataclasses import dataclass, replace

from flask_babel import lazy_gettext as _l
from flask_wtf.file import FileField, FileRequired
from wtforms import StringField
from wtforms.validators import InputRequired

from blueprints.shared import access
from blueprints.shared.forms import NEEDED, BaseForm, GermanDateField, VersionedForm
from models.rules.files import CheckedFile, check_file
from models.rules.times import local_day


class SeenForm(BaseForm):
    """A paper that was shown; no copy is kept."""

    seen_on = GermanDateField(_l("Vorgelegt am"), validators=[InputRequired(NEEDED)])
    note = StringField(_l("Was wurde vorgelegt?"))


class CopyForm(BaseForm):
    """A file; what it is decides its content."""

    file = FileField(_l("Datei"), validators=[FileRequired(_l("Bitte eine Datei auswählen."))])

    def checked(self) -> CheckedFile:
        """The file as it may be kept; RuleBroken at ``file``."""
        return check_file(self.file.data.read(), self.file.data.filename or "")


class RemoveForm(VersionedForm):
    """Why evidence is removed."""

    reason = StringField(_l("Grund"))


@dataclass(frozen=True, slots=True)
class ProofForms:
    """The forms of the part; ``removing`` with the id of the evidence that it is about."""

    seen: SeenForm
    copy: CopyForm
    remove: RemoveForm | None = None
    removing: int = 0

    @classmethod
    def fresh(cls) -> "ProofForms":
        """Empty forms; a paper is usually noted on the day it is shown."""
        return cls(SeenForm(formdata=None, seen_on=local_day(access.now())), CopyForm(formdata=None))

    def with_seen(self, form: SeenForm) -> "ProofForms":
        """With the form that was posted."""
        return replace(self, seen=form)

    def with_copy(self, form: CopyForm) -> "ProofForms":
        """With the form that was posted."""
        return replace(self, copy=form)

    def with_remove(self, form: RemoveForm, removing: int) -> "ProofForms":
        """With the form that was posted."""
        return replace(self, remove=form, removing=removing)

    @property
    def wrong(self) -> bool:
        """Whether one of them was refused."""
        return bool(self.seen.errors or self.copy.errors or (self.remove and self.remove.errors))
