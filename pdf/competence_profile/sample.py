"""An invented life in Afghanistan and Germany with a gap and an overlap."""

from datetime import UTC, date, datetime

from models.rules.competences.drawing import Mark, Scene, draw
from models.rules.competences.findings import findings
from models.rules.competences.months import Point
from models.rules.competences.periods import Period, PeriodKind
from pdf.competence_profile.sheet import LanguageLine, PeriodLine, Profile, ProfileFacts, profile

_BORN, _TODAY = date(1994, 3, 14), date(2026, 11, 24)
_LIFE = (
    Period(PeriodKind.SCHOOL, Point(2000), Point(2012, 6), country="AFG", place="Herat"),
    Period(PeriodKind.TRAINING, Point(2013), Point(2015), approximate=True, title="Schneiderin"),
    Period(PeriodKind.WORK, Point(2014, 7), Point(2021, 8), title="Schneiderin in eigener Werkstatt"),
    Period(PeriodKind.FLIGHT, Point(2023, 1), Point(2026, 4)),
    Period(PeriodKind.SEEKING, Point(2026, 5)),
)
_ASKED = findings(_LIFE, born=_BORN, today=_TODAY, entered_on=date(2026, 4, 21))
_SCENE = Scene(
    periods=_LIFE,
    gaps=tuple((one, one.last < 2022 * 12) for one in _ASKED),
    marks=(Mark(date(2026, 4, 21), "Einreise"),),
    born=_BORN,
    today=_TODAY,
)

FACTS = ProfileFacts(
    name="Rahimi, Samira",
    number="SWD-2026-00417",
    facts=(("geb.", "14.03.1994"), ("Staatsangehörigkeit", "Afghanistan"), ("Gemeinde", "Tholey")),
    needs="Dari, Englisch · Dolmetschen nötig",
    picture=draw(_SCENE),
    periods=tuple(
        PeriodLine(str(number), one.span, (one.name,), "Herat, Afghanistan", "Selbstauskunft", "angegeben, Gespräch")
        for number, one in enumerate(_LIFE, start=1)
    ),
    questions=tuple((str(one.text), "in der Familie geholfen") for one in _ASKED),
    languages=(
        LanguageLine("Deutsch", ("A2", "A2", "A1", "A2"), "Einstufungstest, 03.11.2026, kvhs St. Wendel",
                     "Berufssprachkurs bis 03.05.2027 (§ 8 Abs. 1 DeuFöV)"),
        LanguageLine("Dari (Muttersprache)", ("–", "–", "–", "–"), "03.11.2026", ""),
    ),
    script="in anderer Schrift alphabetisiert (Zweitschrift), liest und schreibt arabisch, 03.11.2026",
    week=(("Vormittag", "Montag, Dienstag, Mittwoch, Donnerstag, Freitag"), ("Umfang", "Teilzeit"),
          ("Mobilität", "Bus und Bahn erreichbar"), ("Längster Weg", "45 Minuten")),
    organisation="Agentur für Arbeit Saarland",
    printed_by="K. Hoffmann",
    printed_at="24.11.2026, 09:40",
    created=datetime(2026, 11, 24, 8, 40, tzinfo=UTC),
)  # fmt: skip


def sample() -> Profile:
    """The paper of these facts."""
    return profile(FACTS)
