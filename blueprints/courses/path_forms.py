"""Forms about requests for access paths. Each returns plain data."""

from collections.abc import Iterable
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import RadioField, SelectField, StringField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import Length

from blueprints.courses.choices import CHOOSE, choices
from blueprints.shared.forms import BaseForm, GermanDateField, VersionedForm
from models.rules.enrolments import ALL_PATH_LABELS
from models.rules.path_requests import (
    MOST_REFERENCE,
    MOST_SOURCE,
    MOST_TEXT,
    OBLIGATION_BASES,
    OBLIGATION_LABELS,
    REFUSALS,
    Askable,
    PathAnswer,
    body_named,
)

GRANTED, REFUSED = "granted", "refused"


class AskForm(BaseForm):
    """Which access path somebody asks which body for."""

    wanted = SelectField(_l("Zugangsweg und Stelle"), id="ask-wanted", validate_choice=False)

    def offer(self, paths: Iterable[Askable]) -> None:
        """Fill the choice with what may be asked for today."""
        known = {
            one.key: f"{one.path} {_(ALL_PATH_LABELS[one.path])} · {_(body_named(one.body))}"
            for one in paths
            if one.refusal is None
        }
        self.wanted.choices = choices(str(CHOOSE), known)

    def chosen(self) -> tuple[str, str]:
        """Path and body as codes; empty texts for no choice."""
        path, _dash, body = (self.wanted.data or "").partition("-")
        return path, body


class ProofSentForm(VersionedForm):
    """That the proof of registration is sent; the day only where it went by post."""

    sent_on = GermanDateField(_l("versandt am"), id="proof-sent-on")


class PathAnswerForm(VersionedForm):
    """What the body decided. Only the fields stay that this path needs and this person may fill."""

    granted = RadioField(
        _l("Entscheidung"),
        choices=[SelectChoice(GRANTED, _l("erteilt")), SelectChoice(REFUSED, _l("abgelehnt"))],
        validate_choice=False,
    )
    able_to_work = RadioField(
        _l("Arbeitsfähigkeit geprüft"),
        choices=[SelectChoice("yes", _l("ja, arbeitsfähig")), SelectChoice("no", _l("nein"))],
        validate_choice=False,
    )
    basis = SelectField(_l("Grundlage der Verpflichtung"), validate_choice=False)
    dated = GermanDateField(_l("Bescheid vom"))
    valid_to = GermanDateField(_l("gültig bis"))
    reference = StringField(
        _l("Aktenzeichen"), validators=[Length(max=MOST_REFERENCE, message=_l("Höchstens 40 Zeichen."))]
    )
    reason_code = SelectField(_l("Grund der Ablehnung"), validate_choice=False)
    reason = StringField(_l("Erläuterung"), validators=[Length(max=MOST_TEXT, message=_l("Höchstens 500 Zeichen."))])
    source = StringField(_l("Quelle"), validators=[Length(max=MOST_SOURCE, message=_l("Höchstens 200 Zeichen."))])

    def __init__(self, path: str, by_body: bool, prefix_id: str, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not (by_body and path == "P5"):
            del self.able_to_work
        if len(OBLIGATION_BASES.get(path, ())) < 2:
            del self.basis
        else:
            self.basis.choices = choices(
                str(CHOOSE), {code: _(OBLIGATION_LABELS[code]) for code in OBLIGATION_BASES[path]}
            )
        if by_body:
            del self.source
        self.reason_code.choices = choices(str(CHOOSE), {code: _(label) for code, label in REFUSALS.items()})
        for field in self:  # several requests may stand on one page
            field.id = f"{prefix_id}-{field.name.replace('_', '-')}"

    def answer(self) -> PathAnswer:
        """As the operation takes it."""
        able = self.able_to_work.data if "able_to_work" in self else None
        return PathAnswer(
            granted=None if self.granted.data not in (GRANTED, REFUSED) else self.granted.data == GRANTED,
            dated=self.dated.data,
            valid_to=self.valid_to.data,
            reference=self.reference.data or "",
            basis=(self.basis.data or "") if "basis" in self else "",
            able_to_work=None if able not in ("yes", "no") else able == "yes",
            reason_code=self.reason_code.data or "",
            reason=self.reason.data or "",
            source=(self.source.data or "") if "source" in self else "",
        )
