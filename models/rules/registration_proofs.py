"""Proof of registration: which body must learn that somebody registered whom it sent to a course, and until when.

Obliged people owe it at once (§ 7 Abs. 2 IntV); of vocational courses the body that issued the entitlement learns of it
(§ 7 Abs. 3 DeuFöV). "Unverzüglich" has no number of days: the goal is an own one.
"""

from datetime import date

from models.rules.enrolments import OBLIGING, PATH_ISSUERS, VOCATIONAL
from models.rules.errors import RuleBroken
from models.rules.message import N_, Message
from models.rules.path_requests import BODY_ROLES
from models.rules.roles import Role

PROVEN_PATHS = OBLIGING | {VOCATIONAL}
INTEGRATION_NORM, VOCATIONAL_NORM = "§ 7 Abs. 2 IntV", "§ 7 Abs. 3 DeuFöV"


def proof_owed_to(path: str, issued_by: str, responsible: Role) -> str:
    """The body that must get the proof, by its code; empty where none is owed, or where it has the case itself."""
    if path not in PROVEN_PATHS:
        return ""
    body = issued_by if issued_by in PATH_ISSUERS[path] else PATH_ISSUERS[path][0]
    return "" if BODY_ROLES.get(body) == responsible else body


def proof_norm(path: str) -> str:
    """The paragraph that asks for the proof."""
    return VOCATIONAL_NORM if path == VOCATIONAL else INTEGRATION_NORM


def check_sent(sent_on: date | None, issued_on: date, today: date) -> None:
    """RuleBroken at ``sent_on`` for no day, one in the future, or one before the proof was issued."""
    if sent_on is None:
        raise _at_day(N_("Bitte ausfüllen."))
    if sent_on > today:
        raise _at_day(N_("Das Datum liegt in der Zukunft."))
    if sent_on < issued_on:
        raise _at_day(N_("Da war der Nachweis noch nicht ausgestellt."))


def _at_day(text: str) -> RuleBroken:
    return RuleBroken(Message(text), {"sent_on": Message(text)})
