"""Which decision about a consent holds: for items, sheets and permissions. Reads only."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from models.queries.dossier import Dossier
from models.rules.consents import TO_PROVIDERS, Purpose, state_on
from models.rules.states import ConsentState
from models.tables import Consent

BY_RECIPIENT = TO_PROVIDERS | {Purpose.E5}
"""The others have one recipient in the whole county."""


def decision_now(rows: Iterable[Any], purpose: str, recipient: int | None) -> Any | None:
    """The decision that holds, of rows with the newest first; one that names another recipient says nothing."""
    for row in rows:
        same = purpose not in BY_RECIPIENT or None in (recipient, row.recipient_id) or row.recipient_id == recipient
        if row.purpose == purpose and same:
            return row
    return None


def newest_consent(case_id: int, purpose: str, recipient: int | None) -> Consent | None:
    """The same from the database, inside a transaction."""
    rows = Consent.select().where(Consent.case == case_id, Consent.purpose == purpose).order_by(Consent.id.desc())
    found: Consent | None = decision_now(rows, purpose, recipient)
    return found


def state_now(held: Dossier, purpose: str, recipient: int | None = None) -> ConsentState:
    """The state of a consent today."""
    return state_of(decision_now(held.consents, purpose, recipient), held.today)


def state_of(row: Any | None, today: date) -> ConsentState:
    """The state that follows from a decision on a day; a consent ends by itself."""
    return state_on(ConsentState(row.state), row.decided_on, today) if row else ConsentState.NONE


def may_call(held: Dossier, organisation_id: int | None) -> bool:
    """Whether an organisation may use telephone and e-mail: not once the person has said no (E5). Else it writes."""
    row = decision_now(
        (one for one in held.consents if one.recipient_id == organisation_id), Purpose.E5, organisation_id
    )
    return row is None or state_of(row, held.today) == ConsentState.GRANTED
