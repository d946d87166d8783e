"""Bans on work because of a safe country of origin, and who is spared. What is unknown is named, never guessed."""

from dataclasses import dataclass
from datetime import date

from models.rules.law.data import BanException, Law, WorkTrack
from models.rules.law.facts import ABSENT, Day, WorkFacts
from models.rules.message import Message

APPLIED_AFTER = date(2015, 8, 31)
"""Only later asylum applications fall under the bans (§ 61 Abs. 2 S. 4 AsylG, § 60a Abs. 6 S. 1 Nr. 3 AufenthG)."""

NATIONAL_LISTS = ("§ 29a", "§ 29b")


@dataclass(frozen=True, slots=True)
class Ban:
    """Whether a ban applies: True, False, or None where facts are missing. ``spared_by`` names an exception."""

    applies: bool | None
    missing: tuple[str, ...] = ()
    spared_by: BanException | None = None


NO_BAN = Ban(applies=False)


def ban_of_tolerated(facts: WorkFacts, law: Law) -> Ban:
    """§ 60a Abs. 6 S. 1 Nr. 3 AufenthG: any list, application refused or never filed; § 104 Abs. 18 AufenthG spares."""
    if facts.safe_country is None:
        return Ban(None, ("safe_country",))
    if facts.safe_country is ABSENT:
        return NO_BAN
    spared = _spared(facts, law, WorkTrack.TOLERATED)
    if spared.applies is not True:
        return spared
    if facts.application_filed is ABSENT:
        return Ban(applies=True)
    return _refused_after_cut_off(facts)


def ban_in_procedure(facts: WorkFacts, law: Law) -> Ban:
    """§ 61 Abs. 2 S. 4 AsylG: the national lists only, outside the facility; § 87d AsylG spares."""
    if facts.safe_country not in NATIONAL_LISTS:
        return NO_BAN
    spared = _spared(facts, law, WorkTrack.PROCEDURE)
    if spared.applies is not True:
        return spared
    if not isinstance(facts.application_filed, date):
        return Ban(None, ("application_filed",))
    return Ban(applies=facts.application_filed > APPLIED_AFTER)


def spared_message(ban: Ban) -> Message | None:
    """The sentence that names the exception."""
    return Message("{norm}: Verbot greift nicht.", norm=ban.spared_by.short) if ban.spared_by else None


def _refused_after_cut_off(facts: WorkFacts) -> Ban:
    filed, refused = facts.application_filed, facts.application_refused
    if isinstance(filed, date) and filed <= APPLIED_AFTER:
        return NO_BAN
    if isinstance(filed, date) and isinstance(refused, date):
        return Ban(applies=True)
    return Ban(None, ("application_refused",) if filed else ("application_filed", "application_refused"))


def _spared(facts: WorkFacts, law: Law, track: WorkTrack) -> Ban:
    """Whether the ban stands in view of the exceptions: False if one spares, True if none can."""
    if facts.nationality is None:
        return Ban(None, ("nationality",))
    country = law.country(facts.nationality)
    for row in law.ban_exceptions:
        if row.track is track and country in row.countries:
            return _under(row, facts)
    return Ban(applies=True)


def _under(row: BanException, facts: WorkFacts) -> Ban:
    ways = {
        "application_filed": _applied_in_time(row, facts),
        "tolerated_since": _tolerated_in_time(row, facts),
        "permission_held_on_2026_06_11": facts.permission_held_on_2026_06_11 if row.permitted_on else False,
    }
    if True in ways.values():
        return Ban(applies=False, spared_by=row)
    missing = tuple(name for name, way in ways.items() if way is None)
    return Ban(None, missing) if missing else Ban(applies=True)


def _applied_in_time(row: BanException, facts: WorkFacts) -> bool | None:
    if row.applied_until is None:
        return False
    return _not_after(facts.application_filed, row.applied_until)


def _tolerated_in_time(row: BanException, facts: WorkFacts) -> bool | None:
    """Tolerated on the cut-off day: since that day or before; for Nr. 1 only where no application was filed."""
    if row.tolerated_on is None or (row.tolerated_without_application and facts.application_filed is not ABSENT):
        return False
    return _not_after(facts.tolerated_since, row.tolerated_on)


def _not_after(day: Day, limit: date) -> bool | None:
    return day <= limit if isinstance(day, date) else (False if day is ABSENT else None)
