"""Requests for an access path to the body that opens it (domain.md 2.2): which to whom, and what an answer needs.

Nothing here lapses by itself: where the law asks whether the person answers for a delay, a past day is a hint.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType

from models.rules.azr_numbers import looks_like_azr_number
from models.rules.enrolments import ALL_PATH_LABELS, ISSUERS, PATH_ISSUERS, SELF_PAYER
from models.rules.errors import RuleBroken
from models.rules.law.calendar import ADULT
from models.rules.law.outcomes import PathState
from models.rules.message import N_, Message
from models.rules.roles import Role
from models.rules.states import PathRequestState as State

BY_AGENTUR, BY_ASYLBLG, BY_JOBCENTER = "AA", "ASYLBLG", "JC"
BODY_ROLES: Mapping[str, Role] = MappingProxyType(
    {BY_AGENTUR: Role.AGENTUR, BY_ASYLBLG: Role.ASYLBLG, BY_JOBCENTER: Role.JOBCENTER}
)
"""The bodies that may work in the system; Ausländerbehörde and BAMF answer on paper."""
ROLE_BODIES: Mapping[Role, str] = MappingProxyType({role: body for body, role in BODY_ROLES.items()})

ASKED_PATHS = ("P1", "P2", "P3", "P4", "P5", "P6", "P8")
"""The paths to a language course that a body opens. Who assigns people to a measure (P9) does so in its own system."""

STATE_WORDS: Mapping[State, tuple[str, str]] = MappingProxyType(
    {
        State.OPEN: (N_("angefragt"), "info"),
        State.GRANTED: (N_("erteilt"), "success"),
        State.REFUSED: (N_("abgelehnt"), "danger"),
        State.WITHDRAWN: (N_("zurückgenommen"), "info"),
    }
)

OTHER = "OTHER"
REFUSALS: Mapping[str, str] = MappingProxyType(
    {
        "CONDITIONS": N_("Voraussetzungen liegen nicht vor"),
        "EMPLOYED": N_("erwerbstätig"),
        "SCHOOL": N_("besucht eine Schule"),
        "GERMAN": N_("Deutschkenntnisse reichen aus"),
        "SEATS": N_("keine freien Plätze"),
        "SUSPENDED": N_("Zulassungen sind ausgesetzt"),
        "PAPERS": N_("Unterlagen fehlen"),
        OTHER: N_("Sonstiges"),
    }
)
"""Why a path is refused. Nothing of it tells about health: "nicht arbeitsfähig" is one of the conditions."""

OBLIGATION_BASES: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {"P2": ("ABH1", "ABH3"), "P3": ("JC2", "JCOLD"), "P5": ("ASYL4",)}
)
"""The bases that an obligation may name, by the codes of checklist item K03; the first is the usual one."""
OBLIGATION_LABELS: Mapping[str, str] = MappingProxyType(
    {
        "ABH1": "§ 44a Abs. 1 Satz 1 Nr. 1 AufenthG",
        "ABH3": "§ 44a Abs. 1 Satz 1 Nr. 3 AufenthG",
        "JC2": "§ 44a Abs. 1 Satz 1 Nr. 2 AufenthG, § 15a SGB II",
        "JCOLD": "§ 15 Abs. 5/6 SGB II a. F.",
        "ASYL4": "§ 5b AsylbLG, § 44a Abs. 1 Satz 1 Nr. 4 AufenthG, § 6 Abs. 1 Satz 3 IntV",
    }
)
PAPER_KINDS: Mapping[str, str] = MappingProxyType(
    {"P2": "OBLIGATION", "P3": "OBLIGATION", "P5": "OBLIGATION", "P4": "ADMISSION", "P6": "ADMISSION"}
)
"""What kind of paper opens the path, by the codes of K03; an entitlement where nothing else is named."""
ENTITLEMENT = "ENTITLEMENT"

MOST_REFERENCE, MOST_TEXT, MOST_SOURCE = 40, 500, 200


@dataclass(frozen=True, slots=True)
class Askable:
    """A path and a body that may be asked for it, or the sentence that says why not now."""

    path: str
    body: str
    refusal: Message | None = None

    @property
    def key(self) -> str:
        """The choice in a form."""
        return f"{self.path}-{self.body}"


def askable(states: Collection[PathState], asking: Role, running: Collection[str]) -> tuple[Askable, ...]:
    """Whom an office of this kind may ask for which path today; ``running`` are the paths of its open requests.

    P7 needs nobody. What the office issues itself it does not ask for.
    """
    found: list[Askable] = []
    known = {one.path: one for one in states}
    for path in ASKED_PATHS:
        refusal = _refusal(path, known.get(path), running)
        found.extend(Askable(path, body, refusal) for body in PATH_ISSUERS[path] if BODY_ROLES.get(body) != asking)
    return tuple(found)


def check_asked(path: str, body: str, states: Collection[PathState], asking: Role, running: Collection[str]) -> None:
    """RuleBroken at ``wanted`` where this path may not be asked of this body now, with the reason."""
    for one in askable(states, asking, running):
        if (one.path, one.body) == (path, body):
            if one.refusal:
                raise RuleBroken(one.refusal, {"wanted": one.refusal})
            return
    sentence = Message(N_("Wählen Sie, welchen Zugangsweg Sie bei wem anfragen."))
    if path == SELF_PAYER:
        sentence = Message(N_("Selbstzahler brauchen keine Anfrage: Der Träger nimmt sie direkt auf."))
    raise RuleBroken(sentence, {"wanted": sentence})


def _refusal(path: str, state: PathState | None, running: Collection[str]) -> Message | None:
    if path in running:
        return Message(N_("Für diesen Weg läuft schon eine Anfrage."))
    if state is None:
        return None
    if state.state == "suspended":
        return Message(N_("Zulassungen nach § 44 Abs. 4 AufenthG sind zurzeit ausgesetzt; anfragen geht erst danach."))
    if state.state in ("no", "not_yet"):
        return state.reason
    return Message(N_("Die Verpflichtung liegt schon vor.")) if state.state == "obliged" else None


def answers_itself(body: str, present: Collection[Role]) -> bool:
    """Whether the body reads the request here; ``present`` are offices with an account that see the case, by kind."""
    return BODY_ROLES.get(body) in present


@dataclass(frozen=True, slots=True)
class PathAnswer:
    """What a body answers: the paper of a path that it opens, or why it does not. ``source`` where others enter it.

    ``able_to_work``: what the AsylbLG unit examined itself; nobody else says anything about it.
    """

    granted: bool | None
    dated: date | None = None
    valid_to: date | None = None
    reference: str = ""
    basis: str = ""
    able_to_work: bool | None = None
    reason_code: str = ""
    reason: str = ""
    source: str = ""


@dataclass(frozen=True, slots=True)
class AnswerFrame:
    """What an answer is judged by: who gives it, on which day, for a person born when."""

    path: str
    by_body: bool
    born: date
    today: date
    suspended_from: date | None = None


def check_answer(answer: PathAnswer, frame: AnswerFrame) -> None:
    """RuleBroken with a sentence for each field that does not say what an answer needs."""
    problems: dict[str, Message] = {}
    if answer.granted is None:
        problems["granted"] = Message(N_("Wählen Sie, wie entschieden wurde."))
    elif answer.granted:
        problems = _paper_problems(answer, frame) | _obligation_problems(answer, frame)
    else:
        problems = _reason_problems(answer)
    if not frame.by_body and not answer.source:
        problems["source"] = Message(N_("Nennen Sie die Quelle, zum Beispiel: lt. BAMF, Bescheid vom 22.11.2026."))
    if problems:
        raise RuleBroken(next(iter(problems.values())), problems)


def _paper_problems(answer: PathAnswer, frame: AnswerFrame) -> dict[str, Message]:
    problems = {}
    if answer.dated is None:
        problems["dated"] = Message(N_("Nennen Sie das Datum des Bescheids."))
    elif answer.dated > frame.today:
        problems["dated"] = Message(N_("Das Datum liegt in der Zukunft."))
    elif frame.path == "P6" and frame.suspended_from and answer.dated >= frame.suspended_from:
        problems["dated"] = Message(N_("Zulassungen sind seitdem ausgesetzt; nur frühere gelten weiter."))
    if answer.valid_to and answer.valid_to < max(answer.dated or frame.today, frame.today):
        problems["valid_to"] = Message(N_("Das Ende liegt vor heute oder vor dem Datum des Bescheids."))
    if looks_like_azr_number(answer.reference):
        problems["reference"] = Message(N_("Das sieht wie eine AZR-Nummer aus. Hier gehört das Aktenzeichen hin."))
    return problems


def _obligation_problems(answer: PathAnswer, frame: AnswerFrame) -> dict[str, Message]:
    """P2 and P3 name their basis; P5 needs somebody of age whose ability to work the unit examined (§ 5b AsylbLG)."""
    problems = {}
    bases = OBLIGATION_BASES.get(frame.path, ())
    if len(bases) > 1 and answer.basis not in bases:
        problems["basis"] = Message(N_("Wählen Sie die Grundlage der Verpflichtung."))
    if frame.path != "P5":
        return problems
    day = answer.dated or frame.today
    if age_on(frame.born, day) < ADULT:
        problems["dated"] = Message(N_("Unter 18 Jahren keine Verpflichtung."))
    if frame.by_body and not answer.able_to_work:
        problems["able_to_work"] = Message(
            N_("Verpflichtet wird nur, wer arbeitsfähig ist. Prüfen Sie das zuerst, oder lehnen Sie ab.")
        )
    return problems


def _reason_problems(answer: PathAnswer) -> dict[str, Message]:
    if answer.reason_code not in REFUSALS:
        return {"reason_code": Message(N_("Wählen Sie den Grund."))}
    if answer.reason_code == OTHER and not answer.reason:
        return {"reason": Message(N_("Nennen Sie den Grund."))}
    return {}


def basis_of(path: str, chosen: str) -> str:
    """The basis of an obligation as K03 codes it: the chosen one, the only one, or none for other papers."""
    bases = OBLIGATION_BASES.get(path, ())
    return chosen if chosen in bases else bases[0] if len(bases) == 1 else ""


def paper_kind(path: str) -> str:
    """What kind of paper opens the path, as K03 codes it."""
    return PAPER_KINDS.get(path, ENTITLEMENT)


def refusal_told(code: str, text: str) -> str:
    """Why a path was refused, in German; of "Sonstiges" its text."""
    return text if code == OTHER and text else REFUSALS.get(code, "")


def path_named(path: str) -> str:
    """``P5 Verpflichtung durch die AsylbLG-Stelle``."""
    return f"{path} {ALL_PATH_LABELS[path]}" if path in ALL_PATH_LABELS else path


def body_named(body: str) -> str:
    """The German name of a body."""
    return ISSUERS.get(body, body)


_TOLD: Mapping[tuple[str, bool], str] = MappingProxyType(
    {
        ("employed", False): N_("nicht erwerbstätig"),
        ("employed", True): N_("erwerbstätig"),
        ("in_school", False): N_("besucht keine Schule"),
        ("in_school", True): N_("besucht eine Schule"),
    }
)
_NOT_TOLD: Mapping[str, str] = MappingProxyType(
    {"employed": N_("Erwerbstätigkeit nicht bekannt"), "in_school": N_("Schulbesuch nicht bekannt")}
)


def told_words(path: str, told: Mapping[str, object], age: int) -> tuple[Message, ...]:
    """What the body knows for its decision. For P5 (§ 5b AsylbLG) also what is not known; never anything of health."""
    years = Message(N_("{age} Jahre alt"), age=age)
    if path != "P5":
        return (years,)
    words = (Message(_TOLD[name, bool(told[name])] if name in told else gap) for name, gap in _NOT_TOLD.items())
    return (years, *words)


def age_on(born: date, day: date) -> int:
    """Full years on that day."""
    return day.year - born.year - ((day.month, day.day) < (born.month, born.day))
