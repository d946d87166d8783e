"""Absence and deputy: from a day to a day somebody of the same organisation stands in. It begins and ends by itself."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from models.rules.errors import RuleBroken
from models.rules.law.calendar import add_months
from models.rules.message import N_, Message
from models.rules.times import german_date

LONGEST_MONTHS = 12


@dataclass(frozen=True, slots=True)
class Away:
    """Somebody is away from a day to a day, both included."""

    account: int
    begins_on: date
    ends_on: date

    def meets(self, other: "Away") -> bool:
        """Whether the two lie on a common day."""
        return self.begins_on <= other.ends_on and other.begins_on <= self.ends_on


def check_absence(wanted: Away, deputy: int, colleagues: Mapping[int, str], known: Iterable[Away], today: date) -> None:
    """RuleBroken by field. ``colleagues`` may stand in, by account; ``known`` are absences in the organisation."""
    problems = _day_problems(wanted, today)
    if deputy not in colleagues or deputy == wanted.account:
        problems["deputy"] = Message(N_("Wählen Sie eine Kollegin oder einen Kollegen Ihrer Stelle."))
    if not problems:
        problems = _clashes(wanted, deputy, colleagues, known)
    if problems:
        raise RuleBroken(next(iter(problems.values())), problems)


def _day_problems(wanted: Away, today: date) -> dict[str, Message]:
    problems = {}
    if wanted.ends_on < wanted.begins_on:
        problems["ends_on"] = Message(N_("Das Ende liegt vor dem Beginn."))
    elif wanted.ends_on < today:
        problems["ends_on"] = Message(N_("Die Abwesenheit liegt in der Vergangenheit."))
    elif wanted.ends_on > add_months(max(wanted.begins_on, today), LONGEST_MONTHS):
        problems["ends_on"] = Message(N_("Länger als ein Jahr: Bitte das Jahr prüfen."))
    return problems


def _clashes(wanted: Away, deputy: int, colleagues: Mapping[int, str], known: Iterable[Away]) -> dict[str, Message]:
    for other in known:
        if not other.meets(wanted):
            continue
        until = german_date(other.ends_on)
        if other.account == wanted.account:
            return {
                "begins_on": Message(N_("Für diese Tage ist schon eine Abwesenheit eingetragen, bis {day}."), day=until)
            }
        if other.account == deputy:
            sentence = N_("{name} ist in dieser Zeit selbst abwesend, bis {day}.")
            return {"deputy": Message(sentence, name=colleagues[deputy], day=until)}
    return {}
