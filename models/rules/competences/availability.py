"""When somebody can come, how, and what stands in the way; and whether she can come to the times of a course."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import time

from models.rules.errors import RuleBroken
from models.rules.message import N_, Message

DAYS: Mapping[str, str] = {
    "mon": N_("Montag"), "tue": N_("Dienstag"), "wed": N_("Mittwoch"), "thu": N_("Donnerstag"), "fri": N_("Freitag"),
    "sat": N_("Samstag"), "sun": N_("Sonntag"),
}  # fmt: skip
WEEKEND = ("sat", "sun")
PARTS: Mapping[str, str] = {"morning": N_("Vormittag"), "afternoon": N_("Nachmittag"), "evening": N_("Abend")}
BEGINS: Mapping[str, time] = {"morning": time(6), "afternoon": time(12), "evening": time(17)}
"""When each part of the day begins; the last one ends with the day."""
SLOTS = tuple(f"{day}-{part}" for day in DAYS for part in PARTS)
HOURS: Mapping[str, str] = {"FULL": N_("Vollzeit"), "PART": N_("Teilzeit")}
NONE = "KEINE"
LACKING = frozenset({"T", "F", "A"})
"""Codes of ``childcare`` with which children have to be looked after during a course."""
MOST_CHILDREN, LONGEST_LINE = 20, 200


@dataclass(frozen=True, slots=True)
class Availability:
    """What a person says of her week. ``slots`` are words of ``SLOTS``, the other codes those of the code lists.

    ``obstacles`` has one line of effect for each circumstance. Health is never a diagnosis, only the effect on work
    (domain.md 1.7; Art. 9 DSGVO, § 67a Abs. 1 S. 2 SGB X). ``literacy`` and ``scripts``: § 13 IntV.
    """

    slots: frozenset[str] = frozenset()
    online: bool = False
    hours: str = ""
    childcare: str = ""
    children: int | None = None
    ages: str = ""
    mobility: tuple[str, ...] = ()
    commuting: str = ""
    obstacles: Mapping[str, str] = field(default_factory=dict)
    restriction: str = ""
    effects: tuple[str, ...] = ()
    report: str = ""


@dataclass(frozen=True, slots=True)
class Lesson:
    """When a lesson of a course takes place: a word of ``DAYS``, from and to."""

    day: str
    begins: time
    ends: time

    @property
    def slots(self) -> tuple[str, ...]:
        """Every part of the day that it touches."""
        words = list(PARTS)
        ends_of = [BEGINS[word] for word in words[1:]] + [time.max]
        return tuple(
            f"{self.day}-{word}"
            for word, end in zip(words, ends_of, strict=True)
            if self.begins < end and self.ends > BEGINS[word]
        )


def fits(availability: Availability, lessons: Iterable[Lesson], *, online: bool = False) -> bool | None:
    """Whether somebody can come to all lessons; None where her week is not known. Online lessons need her to say so.

    For matching people with courses: a proposal, which a person decides.
    """
    if not availability.slots:
        return None
    if online and not availability.online:
        return False
    return all(slot in availability.slots for lesson in lessons for slot in lesson.slots)


def check_availability(plan: Availability, *, codes: Mapping[str, Collection[str]]) -> None:
    """RuleBroken by field for codes that there are not, an obstacle without its effect, and figures that do not fit."""
    problems = _coded(plan, codes) | _children(plan) | _obstacles(plan) | _health(plan)
    if problems:
        raise RuleBroken(next(iter(problems.values())), problems)


def _coded(plan: Availability, codes: Mapping[str, Collection[str]]) -> dict[str, Message]:
    chosen: tuple[tuple[str, Iterable[str], Collection[str]], ...] = (
        ("slots", plan.slots, SLOTS), ("hours", (plan.hours,), HOURS),
        ("childcare", (plan.childcare,), codes["childcare"]),
        ("mobility", plan.mobility, codes["mobility"]), ("commuting", (plan.commuting,), codes["commuting_times"]),
        ("circumstances", plan.obstacles, codes["circumstances"]),
        ("restriction", (plan.restriction,), codes["restrictions"]),
        ("effects", plan.effects, codes["restriction_effects"]), ("report", (plan.report,), codes["yes_no"]),
    )  # fmt: skip
    wrong = (name for name, values, known in chosen if any(value and value not in known for value in values))
    return dict.fromkeys(wrong, Message(N_("Bitte aus der Liste wählen.")))


def _children(plan: Availability) -> dict[str, Message]:
    problems = {}
    if plan.children is not None and not 0 <= plan.children <= MOST_CHILDREN:
        problems["children"] = Message(N_("Bitte eine Zahl von 0 bis {most} angeben."), most=MOST_CHILDREN)
    if plan.childcare in LACKING and not plan.children:
        problems.setdefault("children", Message(N_("Bitte sagen, wie viele Kinder betreut werden müssen.")))
    if plan.childcare in LACKING and not plan.ages:
        problems["ages"] = Message(N_("Bitte das Alter der Kinder angeben, zum Beispiel: 2 und 5."))
    if len(plan.ages) > 60:
        problems["ages"] = Message(N_("Höchstens {most} Zeichen."), most=60)
    return problems


def _obstacles(plan: Availability) -> dict[str, Message]:
    problems = {}
    if NONE in plan.obstacles and len(plan.obstacles) > 1:
        problems["circumstances"] = Message(N_("„keine“ passt nicht zu anderen Hemmnissen."))
    for code, effect in plan.obstacles.items():
        if code != NONE and not effect:
            problems[f"effect-{code}"] = Message(N_("Bitte in einer Zeile sagen, wie es sich auswirkt."))
        elif len(effect) > LONGEST_LINE or len(effect.splitlines()) > 1:
            problems[f"effect-{code}"] = Message(N_("Höchstens {most} Zeichen, eine Zeile."), most=LONGEST_LINE)
    return problems


def _health(plan: Availability) -> dict[str, Message]:
    """Effects are asked of those alone who say that there is a restriction."""
    if plan.restriction != "J" and (plan.effects or plan.report):
        return {"restriction": Message(N_("Auswirkungen gehören nur zu „Einschränkung vorhanden“."))}
    return {}
