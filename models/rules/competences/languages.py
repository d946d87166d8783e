"""What somebody can do in a language: levels by skill (GER), the proof, and until when it counts."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from models.rules.competences.periods import LONGEST_TEXT, Trust
from models.rules.errors import RuleBroken
from models.rules.law.data import Law
from models.rules.law.deadlines import counted, integration_proof_until, language_proof_until
from models.rules.message import N_, Message

GERMAN = "deu"
SKILLS: Mapping[str, str] = {
    "listening": N_("Hören"),
    "reading": N_("Lesen"),
    "writing": N_("Schreiben"),
    "speaking": N_("Sprechen"),
}
LEVELS = ("0", "A1", "A2", "B1", "B2", "C1", "C2")
OPINIONS = frozenset({"", "SELBST", "BERATUNG"})
"""Codes of ``language_proofs`` that are an opinion, not a test."""
PLACEMENT, DTZ = "EINSTUFUNG", "DTZ"


@dataclass(frozen=True, slots=True)
class Skill:
    """What is known of one language since one day. Levels are codes of ``language_levels``, empty where not asked."""

    language: str
    mother_tongue: bool = False
    listening: str = ""
    reading: str = ""
    writing: str = ""
    speaking: str = ""
    proof: str = ""
    proved_on: date | None = None
    issuer: str = ""
    trust: Trust = Trust.STATED
    contradiction: str = ""
    source: str = ""

    @property
    def levels(self) -> dict[str, str]:
        """The levels that are known, by skill."""
        return {name: level for name in SKILLS if (level := getattr(self, name))}

    @property
    def level(self) -> str:
        """The lowest of the four, where all of them are known: what somebody can do in every respect."""
        known = self.levels.values()
        return min(known, key=LEVELS.index) if len(known) == len(SKILLS) else ""

    @property
    def is_tested(self) -> bool:
        """Whether a test stands behind the levels."""
        return self.proof not in OPINIONS


@dataclass(frozen=True, slots=True)
class Validity:
    """Until when a proof counts for something, with the paragraph that says so."""

    purpose: str
    basis: str
    until: date

    def has_ended(self, today: date) -> bool:
        """Whether the proof is out of date."""
        return today > self.until


def validities(skill: Skill, law: Law) -> tuple[Validity, ...]:
    """What a proof of German counts for; nothing for an opinion and for other languages.

    Berufssprachkurs: not older than six months (§ 8 Abs. 1 DeuFöV). A certificate B1 in the place of the final test of
    an integration course: not older than a year (§ 17 Abs. 2 Nr. 4 IntV).
    """
    if skill.language != GERMAN or not skill.is_tested or skill.proved_on is None:
        return ()
    vocational = counted(law, language_proof_until, skill.proved_on)
    found = [Validity(N_("Berufssprachkurs"), "§ 8 Abs. 1 DeuFöV", vocational)]
    if has_b1(skill) and skill.proof != PLACEMENT:
        until = counted(law, integration_proof_until, skill.proved_on)
        found.append(Validity(N_("Nachweis B1 im Integrationskurs"), "§ 17 Abs. 2 Nr. 4 IntV", until))
    return tuple(found)


def has_b1(skill: Skill) -> bool:
    """Whether the result is B1: in all four skills; of the DTZ in speaking and one of its two written parts.

    One part of the DTZ is listening and reading, the other one writing (§ 10 IntTestV).
    """
    if skill.proof != DTZ:
        return skill.level == "B1"
    return skill.speaking == "B1" and (skill.listening == skill.reading == "B1" or skill.writing == "B1")


def newest_first(skills: Iterable[Skill]) -> list[Skill]:
    """The row of each language that counts: the newest, of one day the one recorded last. Order: as they came in.

    An opinion counts only once the test before it would be too old for § 8 Abs. 1 DeuFöV.
    """
    by_language: dict[str, list[Skill]] = {}
    for skill in skills:
        by_language.setdefault(skill.language, []).append(skill)
    return [_counting(rows) for rows in by_language.values()]


def _counting(rows: Iterable[Skill]) -> Skill:
    in_time = sorted(rows, key=lambda one: one.proved_on or date.min)
    newest = in_time[-1]
    tested = next((one for one in reversed(in_time) if one.is_tested and one.proved_on), None)
    if tested is None or tested.proved_on is None or newest.is_tested or newest.proved_on is None:
        return newest
    return newest if newest.proved_on > language_proof_until(tested.proved_on) else tested


def check_skill(skill: Skill, *, born: date, today: date, codes: Mapping[str, Collection[str]]) -> None:
    """RuleBroken by field for what cannot be; ``codes`` are the valid codes of the lists by name."""
    problems: dict[str, Message] = {}
    if skill.language not in codes["languages"]:
        problems["language"] = Message(N_("Bitte eine Sprache aus der Liste wählen."))
    for name, level in skill.levels.items():
        if level not in codes["language_levels"]:
            problems[name] = Message(N_("Bitte ein Niveau aus der Liste wählen."))
    if not skill.levels and not skill.mother_tongue:
        problems["listening"] = Message(N_("Bitte mindestens ein Niveau angeben oder „Muttersprache“ ankreuzen."))
    problems |= _day(skill, born, today) | _proof(skill, codes)
    if problems:
        raise RuleBroken(next(iter(problems.values())), problems)


def check_script(
    literacy: str, scripts: str, seen_on: date | None, source: str, today: date, codes: Mapping[str, Collection[str]]
) -> None:
    """RuleBroken by field for what cannot be said of reading and writing (§ 13 IntV)."""
    problems: dict[str, Message] = {}
    if literacy not in codes["literacy"]:
        problems["literacy"] = Message(N_("Bitte aus der Liste wählen."))
    if seen_on is None:
        problems["seen_on"] = Message(N_("Bitte den Tag der Einschätzung angeben."))
    elif seen_on > today:
        problems["seen_on"] = Message(N_("Das Datum liegt in der Zukunft."))
    if not source:
        problems["source"] = Message(N_("Bitte sagen, woher die Angabe kommt."))
    for name, text, most in (("scripts", scripts, 120), ("source", source, 200)):
        if len(text) > most:
            problems[name] = Message(N_("Höchstens {most} Zeichen."), most=most)
    if problems:
        raise RuleBroken(next(iter(problems.values())), problems)


def _day(skill: Skill, born: date, today: date) -> dict[str, Message]:
    if skill.proved_on is None:
        return {"proved_on": Message(N_("Bitte den Tag der Prüfung oder der Einschätzung angeben."))}
    if skill.proved_on > today:
        return {"proved_on": Message(N_("Die Prüfung liegt in der Zukunft. Bitte erst eintragen, was bestanden ist."))}
    if skill.proved_on - born < timedelta(days=0):
        return {"proved_on": Message(N_("Das liegt vor der Geburt."))}
    return {}


def _proof(skill: Skill, codes: Mapping[str, Collection[str]]) -> dict[str, Message]:
    problems = {}
    if skill.proof and skill.proof not in codes["language_proofs"]:
        problems["proof"] = Message(N_("Bitte aus der Liste wählen."))
    elif skill.levels and not skill.proof:
        problems["proof"] = Message(N_("Bitte sagen, worauf das Niveau beruht."))
    if skill.trust == Trust.VERIFIED and not skill.is_tested:
        problems["trust"] = Message(N_("Nachgewiesen ist nur, was eine Prüfung belegt."))
    if skill.trust == Trust.CONTRADICTORY and not skill.contradiction:
        problems["contradiction"] = Message(N_("Bitte sagen, was sich widerspricht."))
    if not skill.source:
        problems["source"] = Message(N_("Bitte sagen, woher die Angabe kommt."))
    for name, text, most in (("issuer", skill.issuer, 120), ("source", skill.source, 200),
                             ("contradiction", skill.contradiction, LONGEST_TEXT)):  # fmt: skip
        if len(text) > most:
            problems[name] = Message(N_("Höchstens {most} Zeichen."), most=most)
    return problems
