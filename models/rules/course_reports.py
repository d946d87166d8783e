"""What a provider reports once a course is over: level, test with its result, points, a recommendation, units.

A closed table of codes and no words: a report tells results and nothing of how somebody behaved (domain.md 4.1, D9).
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from types import MappingProxyType

from models.rules.competences.languages import DTZ, GERMAN, LEVELS, SKILLS, Skill, has_b1
from models.rules.enrolments import INTEGRATION_FAMILY, VOCATIONAL_FAMILY
from models.rules.message import N_, Message
from models.rules.registrations import LEVEL_LABELS

DTB, OTHER_EXAM, NO_EXAM = "DTB", "OTHER", "NONE"
PENDING, BELOW = "PENDING", "BELOW"
EXAMS: Mapping[str, str] = MappingProxyType(
    {
        DTZ: N_("Deutsch-Test für Zuwanderer (DTZ)"),
        DTB: N_("Deutsch-Test für den Beruf (DTB)"),
        OTHER_EXAM: N_("anderer Test"),
        NO_EXAM: N_("kein Test abgelegt"),
    }
)
RESULTS: Mapping[str, str] = MappingProxyType(
    {
        **{level: level for level in ("A2", "B1", "B2", "C1")},
        BELOW: N_("nicht bestanden oder unter A2"),
        PENDING: N_("steht noch aus"),
    }
)
"""Tests and their results by the codes of checklist item K23."""

RESULTS_OF: Mapping[str, frozenset[str]] = MappingProxyType(
    {
        DTZ: frozenset({"A2", "B1", BELOW, PENDING}),  # § 10 IntTestV
        DTB: frozenset(RESULTS),  # § 15 DeuFöV
        OTHER_EXAM: frozenset(RESULTS),
    }
)
FAMILY_OF: Mapping[str, str] = MappingProxyType({DTZ: INTEGRATION_FAMILY, DTB: VOCATIONAL_FAMILY})
"""The test that closes a course (§ 17 Abs. 1 IntV, § 15 DeuFöV)."""

RECOMMENDATIONS: Mapping[str, str] = MappingProxyType(
    {
        "NEXT": N_("nächste Stufe"),
        "REPEAT": N_("Stunden wiederholen (§ 5 Abs. 4 IntV)"),
        "VOCATIONAL": N_("Berufssprachkurs"),
        "WORK": N_("Arbeit oder Ausbildung"),
        "NOTHING": N_("keine Empfehlung"),
    }
)
REPORT_NAMES: Mapping[str, Mapping[str, str]] = MappingProxyType(
    {"level": LEVEL_LABELS, "exam": EXAMS, "result": RESULTS, "recommendation": RECOMMENDATIONS}
)
"""How codes are shown."""

MOST_POINTS, POINTS_PASSED, POINTS_NATURALISED = 33, 15, 17
"""Questions of the test Leben in Deutschland; right ones to pass it, and to pass the naturalisation test with it."""

MOST_UNITS = 1_300
"""Up to 1,000 units of a special course and 300 to repeat (§ 13 Abs. 1, § 5 Abs. 4 IntV)."""


@dataclass(frozen=True, slots=True)
class Report:
    """The end of a course for one person; empty where nothing is said. ``level`` is what was reached in total."""

    level: str = ""
    listening: str = ""
    reading: str = ""
    writing: str = ""
    speaking: str = ""
    exam: str = ""
    exam_result: str = ""
    exam_on: date | None = None
    lid_points: int | None = None
    recommendation: str = ""
    units: int | None = None

    @property
    def skills(self) -> dict[str, str]:
        """The levels by skill that are known."""
        return {name: level for name in SKILLS if (level := getattr(self, name))}

    @property
    def is_tested(self) -> bool:
        """Whether a test was taken."""
        return self.exam in RESULTS_OF


NOTHING_REPORTED = Report()


def lid_told(points: int) -> str:
    """What the points mean: passed from 15 on, from 17 on the naturalisation test too (§ 17 Abs. 1 IntV, § 10 StAG)."""
    if points >= POINTS_NATURALISED:
        return N_("bestanden, auch Einbürgerungstest")
    return N_("bestanden") if points >= POINTS_PASSED else N_("nicht bestanden")


def report_problems(
    said: Report, family: str | None, started_on: date | None, most_units: int | None, today: date
) -> dict[str, Message]:
    """What cannot be, by form field; empty when it can be kept. ``most_units``: those of the course, where known."""
    if said == NOTHING_REPORTED:
        return {"level": Message(N_("Tragen Sie mindestens Niveau, Test oder Empfehlung ein."))}
    return {
        **_code_problems(said),
        **_exam_problems(said, family),
        **_day_problems(said, started_on, today),
        **_part_problems(said),
        **_number_problems(said, family, most_units or MOST_UNITS),
    }


def _code_problems(said: Report) -> dict[str, Message]:
    levels = {name: level for name, level in {**said.skills, "level": said.level}.items() if level}
    problems = {
        name: Message(N_("Bitte ein Niveau aus der Liste wählen."))
        for name, level in levels.items()
        if level not in LEVELS
    }
    if said.recommendation and said.recommendation not in RECOMMENDATIONS:
        problems["recommendation"] = Message(N_("Bitte aus der Liste wählen."))
    return problems


def _exam_problems(said: Report, family: str | None) -> dict[str, Message]:
    if said.exam and said.exam not in EXAMS:
        return {"exam": Message(N_("Bitte aus der Liste wählen."))}
    if FAMILY_OF.get(said.exam, family) != family:
        return {"exam": Message(N_("Diesen Test gibt es in diesem Kurs nicht."))}
    if not said.is_tested:
        return {"exam": Message(N_("Zum Ergebnis gehört der Test."))} if said.exam_result else {}
    if not said.exam_result:
        return {"exam_result": Message(N_("Wählen Sie das Ergebnis, oder „steht noch aus“."))}
    if said.exam_result not in RESULTS_OF[said.exam]:
        return {"exam_result": Message(N_("Dieses Ergebnis gibt es bei diesem Test nicht."))}
    return {}


def _day_problems(said: Report, started_on: date | None, today: date) -> dict[str, Message]:
    day = said.exam_on
    if day is None:
        known = said.is_tested and said.exam_result not in ("", PENDING)
        return {"exam_on": Message(N_("Zum Ergebnis gehört der Tag des Tests."))} if known else {}
    if not said.is_tested:
        return {"exam_on": Message(N_("Zum Tag gehört der Test."))}
    if day > today and said.exam_result != PENDING:
        return {"exam_on": Message(N_("Ein Ergebnis gibt es erst nach dem Test."))}
    if started_on and day < started_on:
        return {"exam_on": Message(N_("Das liegt vor dem Beginn des Kurses."))}
    return {}


def _part_problems(said: Report) -> dict[str, Message]:
    """The parts of the DTZ: listening with reading, writing, speaking; up to B1. The total follows (§ 10 IntTestV)."""
    if said.exam != DTZ or said.exam_result in ("", PENDING):
        return {}
    beyond = [name for name, level in said.skills.items() if level in LEVELS[LEVELS.index("B1") + 1 :]]
    if beyond:
        return {beyond[0]: Message(N_("Der DTZ reicht bis B1."))}
    if len(said.skills) < len(SKILLS):
        return {}
    if said.listening != said.reading:
        return {"reading": Message(N_("Hören und Lesen sind im DTZ ein Prüfungsteil mit einem Ergebnis."))}
    if has_b1(_skill(said)) != (said.exam_result == "B1"):
        text = N_("B1 im DTZ heißt: Sprechen B1 und dazu Hören/Lesen oder Schreiben B1 (§ 10 IntTestV).")
        return {"exam_result": Message(text)}
    return {}


def _number_problems(said: Report, family: str | None, most_units: int) -> dict[str, Message]:
    problems = {}
    if said.lid_points is not None:
        if family != INTEGRATION_FAMILY:
            problems["lid_points"] = Message(N_("„Leben in Deutschland“ gibt es nur im Integrationskurs."))
        elif not 0 <= said.lid_points <= MOST_POINTS:
            problems["lid_points"] = Message(N_("Möglich sind 0 bis 33 Punkte."))
    if said.units is not None and not 0 <= said.units <= most_units:
        problems["units"] = Message(N_("Möglich sind 0 bis {most} Unterrichtseinheiten."), most=most_units)
    return problems


def report_told(said: Report) -> str:
    """A report in one line, as events and lists show it."""
    test = f"{EXAMS[said.exam]}: {RESULTS[said.exam_result]}" if said.is_tested else EXAMS.get(said.exam, "")
    points = f"Leben in Deutschland: {said.lid_points} Punkte" if said.lid_points is not None else ""
    level = f"Niveau {said.level}" if said.level else ""
    return ", ".join(part for part in (level, test, points, RECOMMENDATIONS.get(said.recommendation, "")) if part)


def certificate(said: Report, issuer: str, source: str) -> Skill | None:
    """The row among the languages that follows from a report: of a DTZ or DTB whose four parts are known, else None.

    A result in total is not turned into levels of skills that nobody told.
    """
    if said.exam not in FAMILY_OF or said.exam_result in ("", PENDING) or len(said.skills) < len(SKILLS):
        return None
    return replace(_skill(said), issuer=issuer[:120], source=source[:200])


def _skill(said: Report) -> Skill:
    parts = (said.listening, said.reading, said.writing, said.speaking)
    return Skill(GERMAN, False, *parts, proof=said.exam, proved_on=said.exam_on)
