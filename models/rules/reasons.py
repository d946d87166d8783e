"""Why a seat is given back, refused, declined, dropped or lapses: one closed table, so that reasons can be counted.

Only "Sonstiges" carries text. None of them asks for anything about health (§ 67a SGB X).
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from models.rules.enrolments import Act
from models.rules.errors import RuleBroken
from models.rules.message import N_, Message

OTHER = "OTHER"
MOST_TEXT = 500

REASONS: Mapping[str, str] = MappingProxyType(
    {
        "WORK": N_("Arbeit oder Ausbildung aufgenommen"),
        "MOVED": N_("Umzug"),
        "LEFT": N_("Ausreise"),
        "CHILDCARE": N_("Kinderbetreuung fehlt"),
        "TRAVEL": N_("Fahrtweg"),
        "TIMES": N_("Kurszeiten passen nicht"),
        "LEVEL": N_("Niveau passt nicht"),
        "OTHER_COURSE": N_("anderer Kurs"),
        "NO_PAPER": N_("Berechtigung oder Unterlagen fehlen"),
        "NOT_WANTED": N_("Person möchte nicht teilnehmen"),
        "PERSONAL": N_("persönliche Gründe"),
        "NO_SHOW": N_("nicht erschienen"),
        "FULL": N_("Kurs beim Träger voll"),
        "NOT_HELD": N_("Kurs findet nicht statt"),
        "BEGUN": N_("Kurs hat ohne Platz begonnen"),
        "NOT_SENT": N_("nicht innerhalb der Reservierung angemeldet"),
        "NO_ANSWER": N_("nicht rechtzeitig geantwortet"),
        "MISTAKE": N_("irrtümlich eingetragen"),
        OTHER: N_("Sonstiges"),
    }
)
"""German source text by code; codes that item K22 knows too mean the same there."""

_PERSONS = ("WORK", "MOVED", "LEFT", "CHILDCARE", "TRAVEL", "TIMES", "LEVEL", "OTHER_COURSE", "NOT_WANTED", "PERSONAL")

REASONS_OF: Mapping[Act, tuple[str, ...]] = MappingProxyType(
    {
        Act.CANCEL: (*_PERSONS, "NO_PAPER", "NOT_HELD", "MISTAKE", OTHER),
        Act.REFUSE: (*_PERSONS, "NO_PAPER", "NOT_HELD", OTHER),
        Act.LEAVE: (*_PERSONS, "NO_PAPER", "NOT_HELD", "MISTAKE", OTHER),
        Act.DECLINE: ("LEVEL", "FULL", "CHILDCARE", "TIMES", "NO_PAPER", "NO_SHOW", "NOT_HELD", OTHER),
        Act.DROP: (*_PERSONS, "NO_SHOW", "NOT_HELD", OTHER),
        Act.EXPIRE: ("NOT_SENT", "NO_ANSWER", "BEGUN", "NOT_HELD"),
    }
)
"""Which reasons an act may have; those of EXPIRE are the calendar's."""


@dataclass(frozen=True, slots=True)
class Reason:
    """A code of the table; ``text`` only with "Sonstiges"."""

    code: str
    text: str = ""


NO_REASON = Reason("")


def check_reason(act: Act, reason: Reason) -> None:
    """RuleBroken at ``reason`` without a code of this act, at ``reason_text`` for text that lacks or is too much."""
    check_reason_among(REASONS_OF[act], reason)


def check_reason_among(codes: Collection[str], reason: Reason) -> None:
    """The same for something else than an act of the table, which has these reasons."""
    if reason.code not in codes:
        raise _at("reason", N_("Bitte einen Grund auswählen."))
    if reason.code == OTHER and not reason.text:
        raise _at("reason_text", N_("Beschreiben Sie den Grund in wenigen Worten."))
    if reason.code != OTHER and reason.text:
        raise _at("reason_text", N_("Text gehört nur zu „Sonstiges“: Wählen Sie das aus oder leeren Sie das Feld."))
    if len(reason.text) > MOST_TEXT:
        raise _at("reason_text", N_("Höchstens 500 Zeichen."))


def reason_told(code: str, text: str) -> str:
    """The reason in German; of rows from before the table only the text is known."""
    label = REASONS.get(code, "")
    return ": ".join(part for part in (label, text) if part)


def _at(field: str, text: str) -> RuleBroken:
    return RuleBroken(Message(text), {field: Message(text)})
