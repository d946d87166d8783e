"""Answers of the case that ends, taken over into the one that goes on, and given back."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from models.queries.comparison import Sheet
from models.rules.states import AnswerState, Holder
from models.rules.times import stamp
from models.tables import Answer, Case

_CONTENT = ("state", "values", "note", "reason", "source", "organisation", "account", "answered_at")


def take_answer(kept: Sheet, gone: Sheet, code: str, now: datetime) -> dict[str, Any]:
    """Write one answer of the other case; it keeps who gave it and when, and says where it comes from."""
    case = kept.record.case
    theirs = _content(_answer(gone.record.case, code))
    source = ", ".join(filter(None, (theirs["source"], f"aus Fall {gone.record.case.number}")))[:200]
    mine = _answer(case, code)
    before = _content(mine) if mine else None
    columns = theirs | {"source": source}
    if mine:
        Answer.update(**columns, version=Answer.version + 1).where(Answer.id == mine.id).execute()
    else:
        Answer.insert(case=case.id, item=code, holder=Holder.JOINT, **columns).execute()
    version = mine.version + 1 if mine else 1
    Case.update(changed_at=stamp(now)).where(Case.id == case.id).execute()
    return {"item": code, "before": before, "after": columns, "version": version}


def give_back_answers(case_id: int, taken: list[Mapping[str, Any]]) -> list[str]:
    """Restore the answers that nobody has changed since; returns the items that stay as they are now."""
    return [one["item"] for one in taken if not _give_back(case_id, one)]


def _give_back(case_id: int, one: Mapping[str, Any]) -> bool:
    columns = one["before"] or {"state": AnswerState.CLEARED, "values": {}, "note": "", "reason": "", "source": ""}
    mine = (Answer.case == case_id) & (Answer.item == one["item"]) & (Answer.holder == Holder.JOINT)
    query = Answer.update(**columns, version=Answer.version + 1).where(mine, Answer.version == one["version"])
    return bool(query.execute())


def _answer(case: Case, code: str) -> Any:
    return Answer.get_or_none(Answer.case == case.id, Answer.item == code, Answer.holder == Holder.JOINT)


def _content(answer: Answer) -> dict[str, Any]:
    return {name: answer.__data__[name] for name in _CONTENT}
