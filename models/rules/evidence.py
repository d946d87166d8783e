"""Who may prove an answer, and what may be said about a paper that was shown."""

from datetime import date

from models.rules.answering import Standing, may_answer_at_all
from models.rules.checklists import Item
from models.rules.errors import RuleBroken
from models.rules.message import N_, Message
from models.rules.permissions import Permission, may

NOTE_LENGTH = 200
REASON_LENGTH = 500
_TOO_LONG = N_("Bitte höchstens {most} Zeichen.")
_REMOVED_NEEDS = N_("Bitte einen Grund angeben, zum Beispiel: falsche Person.")


def may_prove(item: Item, standing: Standing) -> bool:
    """Whether evidence for the item is among this person's tasks: who answers it, or holds what a rule answers."""
    if standing.read_only or not may(standing.role, Permission.ITEM_ANSWER):
        return False
    return may_answer_at_all(item, standing) or bool(standing.acting & set(item.roles))


def check_seen(seen_on: date | None, note: str, today: date) -> None:
    """RuleBroken at the fields ``seen_on`` and ``note`` for what cannot be kept of a paper that was shown."""
    wrong: dict[str, Message] = {}
    if seen_on is None:
        wrong["seen_on"] = Message(N_("Bitte den Tag angeben, an dem Sie das Papier gesehen haben."))
    elif seen_on > today:
        wrong["seen_on"] = Message(N_("Das Datum liegt in der Zukunft."))
    if len(note) > NOTE_LENGTH:
        wrong["note"] = Message(_TOO_LONG, most=NOTE_LENGTH)
    if wrong:
        raise RuleBroken(next(iter(wrong.values())), wrong)


def checked_reason(reason: str) -> str:
    """The reason of a removal without blanks around it; RuleBroken at ``reason`` for none or a very long one."""
    text = reason.strip()
    if not text or len(text) > REASON_LENGTH:
        message = (
            Message(N_("Bitte höchstens {most} Zeichen."), most=REASON_LENGTH) if text else Message(_REMOVED_NEEDS)
        )
        raise RuleBroken(message, {"reason": message})
    return text
