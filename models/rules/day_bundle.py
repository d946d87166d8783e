"""What a coach may put into the bundle of a day, read from what she typed."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from models.rules.errors import RuleBroken
from models.rules.message import N_, Message

MOST_STOPS = 25
"""More people than this visits nobody in a day."""
PLACE_LENGTH = 80
_TIME = re.compile(r"(\d{1,2})(?:[:.](\d{2}))?(?:\s*Uhr)?", re.ASCII)
_NUMBER = re.compile(r"SWD-\d{4}-\d{5}", re.ASCII)


@dataclass(frozen=True, slots=True)
class Pick:
    """A person who was chosen by the number of her case, with time and place as typed."""

    number: str
    time: str = ""
    place: str = ""


def read_time(text: str) -> str | None:
    """A time of day as ``09:30`` from "9", "9:30", "9.30 Uhr"; empty for none, None for what is no time."""
    if not text.strip():
        return ""
    found = _TIME.fullmatch(text.strip())
    if not found or int(found[1]) > 23 or int(found[2] or 0) > 59:
        return None
    return f"{int(found[1]):02}:{found[2] or '00'}"


def read_numbers(text: str) -> list[str]:
    """Case numbers typed in a line, in any case and with any separators; RuleBroken at ``more`` for anything else."""
    words = re.split(r"[\s,;]+", text.strip().upper()) if text.strip() else []
    wrong = [word for word in words if not _NUMBER.fullmatch(word)]
    if wrong:
        message = Message(
            N_("Keine Fallnummer: {words}. Sie sieht so aus: SWD-2026-00417."), words=", ".join(wrong[:3])
        )
        raise RuleBroken(message, {"more": message})
    return list(dict.fromkeys(words))


def route_of(picks: Iterable[Pick], more: Sequence[str]) -> tuple[Pick, ...]:
    """The stops in order of their times, those without a time last, each person once.

    RuleBroken names what is wrong by control: ``people`` for none or too many, ``time-<number>``, ``place-<number>``.
    """
    chosen = {pick.number: pick for pick in (*(Pick(number) for number in more), *picks)}
    wrong = dict(_wrong(chosen.values()))
    if wrong:
        raise RuleBroken(next(iter(wrong.values())), wrong)
    timed = [Pick(pick.number, read_time(pick.time) or "", pick.place.strip()) for pick in chosen.values()]
    return tuple(sorted(timed, key=lambda pick: pick.time or "99"))


def _wrong(picks: Iterable[Pick]) -> Iterable[tuple[str, Message]]:
    listed = list(picks)
    if not listed:
        yield "people", Message(N_("Bitte mindestens eine Person auswählen."))
    if len(listed) > MOST_STOPS:
        yield "people", Message(N_("Höchstens {most} Personen an einem Tag."), most=MOST_STOPS)
    for pick in listed:
        if read_time(pick.time) is None:
            yield f"time-{pick.number}", Message(N_("Bitte eine Uhrzeit wie 9:30 angeben."))
        if len(pick.place) > PLACE_LENGTH:
            yield f"place-{pick.number}", Message(N_("Bitte höchstens {most} Zeichen."), most=PLACE_LENGTH)
