"""The form of a period of a life-line. It returns plain data; what cannot be is a rule."""

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, Field, RadioField, SelectChoice, SelectField, StringField
from wtforms.validators import InputRequired
from wtforms.widgets import TextInput

from blueprints.competences.forms import Labels, TrustedForm, options
from blueprints.shared.addresses import record_id
from blueprints.shared.forms import NEEDED, GermanDateField
from models.rules.competences.months import parse_point
from models.rules.competences.periods import (
    KIND_NAMES,
    LEARNING,
    OCCUPATIONAL,
    Period,
    PeriodKind,
    Recognition,
    kldb_code,
)


class PointField(Field):
    """A month or a year of a life; ``data`` is a ``Point`` or None."""

    widget = TextInput()

    def _value(self) -> str:
        if self.raw_data:
            return str(self.raw_data[0])
        return str(self.data) if self.data else ""

    def process_formdata(self, valuelist: list[str]) -> None:
        """Read the text; ValueError becomes the message at the field."""
        text = valuelist[0].strip() if valuelist else ""
        self.data = parse_point(text) if text else None


class PeriodForm(TrustedForm):
    """A period of the life-line; which fields are asked depends on its kind."""

    kind = SelectField(_l("Art"), choices=[SelectChoice(str(kind), name) for kind, name in KIND_NAMES.items()])
    begins = PointField(_l("von"), validators=[InputRequired(NEEDED)])
    ends = PointField(_l("bis"))
    running = BooleanField(_l("dauert an"))
    approximate = BooleanField(_l("ungefähr"))
    title = StringField(_l("Bezeichnung"))
    title_original = StringField(_l("Bezeichnung in der Sprache des Zeugnisses"))
    country = SelectField(_l("Land"), validate_choice=False)
    place = StringField(_l("Ort"))
    kldb = StringField(_l("Berufsgruppe (KldB 2010)"))
    level = SelectField(_l("Niveau"), validate_choice=False)
    school_certificate = SelectField(_l("Abschluss"), validate_choice=False)
    graduated = RadioField(
        _l("Mit Abschluss beendet?"),
        choices=[SelectChoice("yes", _l("ja")), SelectChoice("no", _l("nein")), SelectChoice("", _l("nicht bekannt"))],
        default="",
    )
    proof = SelectField(_l("Nachweis"), validate_choice=False)
    evidence = SelectField(_l("Datei aus dem Fall"), validate_choice=False)
    status = SelectField(_l("Stand der Anerkennung"), validate_choice=False)
    occupation = StringField(_l("Referenzberuf"))
    office = StringField(_l("Zuständige Stelle"))
    file = StringField(_l("Aktenzeichen"))
    applied_on = GermanDateField(_l("beantragt am"))
    result = StringField(_l("Ergebnis"))
    next_step = StringField(_l("nächster Schritt"))

    @classmethod
    def of(cls, period: Period) -> "PeriodForm":
        """The form with what is stored."""
        data = {name: getattr(period, name) for name in period.__dataclass_fields__} | asdict(period.recognition)
        at_school = period.kind is PeriodKind.SCHOOL
        return cls(
            data=data
            | {
                "kind": str(period.kind),
                "trust": str(period.trust),
                "running": period.ends is None,
                "evidence": str(period.evidence or ""),
                "school_certificate": period.certificate if at_school else "",
                "graduated": "" if at_school else period.certificate,
                "version": 0,
            }
        )

    def offer(self, lists: Mapping[str, Labels], files: Mapping[int, tuple[str, str]]) -> "PeriodForm":
        """Fill the choices from the code lists and the files of the case; returns itself."""
        self.country.choices = options(lists["countries"])
        self.level.choices = options(lists["job_levels"])
        self.proof.choices = options(lists["proofs"])
        self.status.choices = options(lists["recognition"])
        self.school_certificate.choices = options(lists["school_certificates"])
        self.evidence.choices = options({str(number): text for number, (text, _link) in files.items()}, _l("keine"))
        self._groups = lists["kldb2"]
        if not self.kldb.errors and self.kldb.data in self._groups and self.kldb.raw_data is None:
            self.kldb.data = self._groups[self.kldb.data]
        return self

    def validate(self, extra_validators: Any = None) -> bool:
        """Either an end or none yet."""
        valid: bool = super().validate(extra_validators)
        if self.ends.errors:
            return valid
        if self.running.data and self.ends.data:
            self.ends.errors = [_l("Bitte nur eines: ein Ende oder „dauert an“.")]
        elif not self.running.data and not self.ends.data:
            self.ends.errors = [_l("Bitte ein Ende eingeben oder „dauert an“ ankreuzen.")]
        return valid and not self.ends.errors

    def period(self) -> Period:
        """What was typed, as far as its kind asks for it."""
        kind = PeriodKind(self.kind.data)
        trust, contradiction = self.told_trust
        occupational = kind in OCCUPATIONAL
        return Period(
            kind=kind,
            begins=self.begins.data,
            ends=self.ends.data,
            approximate=bool(self.approximate.data),
            country=self.country.data or "",
            place=self.place.data or "",
            title=self.title.data or "",
            title_original=(self.title_original.data or "") if occupational else "",
            kldb=kldb_code(self.kldb.data or "", self._groups) if occupational else "",
            level=(self.level.data or "") if occupational else "",
            certificate=self._certificate(kind),
            proof=self.proof.data or "",
            evidence=_number(self.evidence.data or ""),
            recognition=self._recognition() if kind in LEARNING else Recognition(),
            trust=trust,
            contradiction=contradiction or "",
            source=self.source.data or "",
        )

    def _certificate(self, kind: PeriodKind) -> str:
        if kind is PeriodKind.SCHOOL:
            return self.school_certificate.data or ""
        return (self.graduated.data or "") if kind in LEARNING else ""

    def _recognition(self) -> Recognition:
        return Recognition(
            status=self.status.data or "",
            occupation=self.occupation.data or "",
            office=self.office.data or "",
            file=self.file.data or "",
            applied_on=self.applied_on.data,
            result=self.result.data or "",
            next_step=self.next_step.data or "",
        )


def _number(text: str) -> int | None:
    """The id that was chosen; 0, which the rule refuses, for anything else that was posted."""
    return record_id(text) if text else None
