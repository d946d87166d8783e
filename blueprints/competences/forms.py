"""Forms of the competences. They return plain data; what cannot be is a rule."""

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import (
    BooleanField,
    Field,
    IntegerField,
    RadioField,
    SelectChoice,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
)
from wtforms.validators import InputRequired, Length, Optional
from wtforms.widgets import TextInput

from blueprints.shared.forms import NEEDED, BaseForm, GermanDateField, VersionedForm
from models.queries.competence_rows import Script
from models.rules.competences.availability import DAYS, HOURS, NONE, PARTS, Availability
from models.rules.competences.languages import SKILLS, Skill
from models.rules.competences.months import parse_point
from models.rules.competences.periods import (
    KIND_NAMES,
    LEARNING,
    OCCUPATIONAL,
    TRUST_NAMES,
    Period,
    PeriodKind,
    Recognition,
    Trust,
    kldb_code,
)

Labels = Mapping[str, str]
NOT_SAID = _l("keine Angabe")
BY_PERSON = _l("Angabe der Person")


def options(labels: Labels, empty: Any = NOT_SAID) -> list[SelectChoice]:
    """A choice list with an empty first line."""
    return [SelectChoice("", empty), *(SelectChoice(code, label) for code, label in labels.items())]


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


class TrustedForm(VersionedForm):
    """What every value row says of itself: how far it can be relied on, and where it comes from."""

    trust = RadioField(
        _l("Wie sicher ist die Angabe?"),
        choices=[SelectChoice(str(kind), label) for kind, label in TRUST_NAMES.items()],
        default=str(Trust.STATED),
    )
    contradiction = TextAreaField(_l("Was widerspricht sich?"), validators=[Length(max=500)])
    source = StringField(_l("Woher kommt die Angabe?"), default=BY_PERSON)

    @property
    def told_trust(self) -> tuple[Trust, str]:
        """How far it can be relied on, and what contradicts it; nothing contradicts what is not contradictory."""
        trust = Trust(self.trust.data)
        return trust, self.contradiction.data if trust is Trust.CONTRADICTORY else ""


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
    if not text:
        return None
    return int(text) if text.isdecimal() and len(text) < 10 else 0


class RemovalForm(VersionedForm):
    """Why something is removed."""

    reason = TextAreaField(_l("Grund"), validators=[InputRequired(_l("Bitte einen Grund angeben.")), Length(max=500)])


class QuestionForm(VersionedForm):
    """What was in a gap; ``unknown`` is a button."""

    key = StringField(validators=[InputRequired()])
    text = StringField(_l("Antwort"))
    unknown = StringField()


class PressForm(VersionedForm):
    """A button that says everything by itself."""


class SkillForm(TrustedForm):
    """What somebody can do in a language since a day."""

    language = SelectField(_l("Sprache"), validate_choice=False)
    mother_tongue = BooleanField(_l("Muttersprache"))
    listening = SelectField(SKILLS["listening"], validate_choice=False)
    reading = SelectField(SKILLS["reading"], validate_choice=False)
    writing = SelectField(SKILLS["writing"], validate_choice=False)
    speaking = SelectField(SKILLS["speaking"], validate_choice=False)
    proof = SelectField(_l("Nachweis"), validate_choice=False)
    proved_on = GermanDateField(_l("geprüft oder eingeschätzt am"))
    issuer = StringField(_l("Träger oder ausstellende Stelle"))

    def offer(self, lists: Mapping[str, Labels]) -> "SkillForm":
        """Fill the choices from the code lists; returns itself."""
        self.language.choices = options(lists["languages"], _l("Bitte wählen"))
        for name in SKILLS:
            self[name].choices = options(lists["language_levels"])
        self.proof.choices = options(lists["language_proofs"], _l("keiner"))
        return self

    def skill(self) -> Skill:
        """What was typed."""
        trust, contradiction = self.told_trust
        levels = {name: self[name].data or "" for name in SKILLS}
        return Skill(
            language=self.language.data or "",
            mother_tongue=bool(self.mother_tongue.data),
            **levels,
            proof=self.proof.data or "",
            proved_on=self.proved_on.data,
            issuer=self.issuer.data or "",
            trust=trust,
            contradiction=contradiction or "",
            source=self.source.data or "",
        )


class ScriptForm(BaseForm):
    """How somebody reads and writes since a day."""

    literacy = SelectField(_l("Schrift"), validate_choice=False)
    scripts = StringField(_l("Schriften, die die Person liest und schreibt"))
    seen_on = GermanDateField(_l("eingeschätzt am"))
    source = StringField(_l("Woher kommt die Angabe?"), default=BY_PERSON)

    def offer(self, lists: Mapping[str, Labels]) -> "ScriptForm":
        """Fill the choices from the code list; returns itself."""
        self.literacy.choices = options(lists["literacy"], _l("Bitte wählen"))
        return self

    def script(self) -> Script:
        """What was typed."""
        return Script(self.literacy.data or "", self.scripts.data or "", self.seen_on.data, self.source.data or "")  # type: ignore[arg-type]  # a missing day is refused by the rule


class WeekForm(VersionedForm):
    """Availability and obstacles; the line of effect for each circumstance comes with ``week_form``."""

    slots = SelectMultipleField(
        _l("Zeiten"),
        choices=[SelectChoice(f"{day}-{part}", f"{DAYS[day]} {PARTS[part]}") for day in DAYS for part in PARTS],
    )
    online = BooleanField(_l("auch online"))
    hours = RadioField(
        _l("Umfang"), choices=[*(SelectChoice(*pair) for pair in HOURS.items()), SelectChoice("", NOT_SAID)], default=""
    )
    childcare = SelectField(_l("Kinderbetreuung"), validate_choice=False)
    children = IntegerField(_l("Kinder, die betreut werden müssen"), validators=[Optional()])
    ages = StringField(_l("Alter der Kinder"))
    mobility = SelectMultipleField(_l("Mobilität"), validate_choice=False)
    commuting = SelectField(_l("Längster Weg"), validate_choice=False)
    circumstances = SelectMultipleField(_l("Rahmenbedingungen und Hemmnisse"), validate_choice=False)
    restriction = RadioField(_l("Einschränkung mit Auswirkung auf Arbeit"), default="", validate_choice=False)
    effects = SelectMultipleField(_l("Auswirkung auf Arbeit"), validate_choice=False)
    report = RadioField(_l("Gutachten liegt vor"), default="", validate_choice=False)
    source = StringField(_l("Woher kommen die Angaben?"), default=BY_PERSON)

    def offer(self, lists: Mapping[str, Labels]) -> "WeekForm":
        """Fill the choices from the code lists; returns itself."""
        self.childcare.choices = options(lists["childcare"])
        self.commuting.choices = options(lists["commuting_times"])
        for name, code_list in (("mobility", "mobility"), ("circumstances", "circumstances"),
                                ("effects", "restriction_effects")):  # fmt: skip
            self[name].choices = [SelectChoice(code, label) for code, label in lists[code_list].items()]
        for name, code_list in (("restriction", "restrictions"), ("report", "yes_no")):
            self[name].choices = [*options(lists[code_list])[1:], SelectChoice("", _l("nicht gefragt"))]
        return self

    def plan(self) -> Availability:
        """What was typed."""
        chosen = self.circumstances.data or []
        return Availability(
            slots=frozenset(self.slots.data or ()),
            online=bool(self.online.data),
            hours=self.hours.data or "",
            childcare=self.childcare.data or "",
            children=self.children.data,
            ages=self.ages.data or "",
            mobility=tuple(self.mobility.data or ()),
            commuting=self.commuting.data or "",
            obstacles={code: self[f"effect-{code}"].data or "" for code in chosen if f"effect-{code}" in self}
            | {code: "" for code in chosen if f"effect-{code}" not in self},
            restriction=self.restriction.data or "",
            effects=tuple(self.effects.data or ()),
            report=self.report.data or "",
        )


def week_form(lists: Mapping[str, Labels], stored: tuple[Availability, str] | None) -> WeekForm:
    """The form with what is stored, and a line of effect for each circumstance of the list."""
    lines = {
        f"effect-{code}": StringField(_l("Auswirkung: %(what)s", what=label))
        for code, label in lists["circumstances"].items()
        if code != NONE
    }
    data: dict[str, Any] = {"version": 0}
    if stored:
        plan, source = stored
        data |= {name: getattr(plan, name) for name in plan.__dataclass_fields__} | {"source": source}
        data |= {"circumstances": list(plan.obstacles)}
        data |= {f"effect-{code}": effect for code, effect in plan.obstacles.items()}
    form: WeekForm = type("WeekForm", (WeekForm,), lines)(data=data)
    return form.offer(lists)
