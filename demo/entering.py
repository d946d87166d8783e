"""Enters what an invented person tells into the checklists, item by item, as a clerk would."""

import re
from collections.abc import Iterable, Mapping
from datetime import date, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from demo.training import Told
from models.operations.answers import save_answer
from models.operations.stages import finish_stage
from models.queries.checklists import one_item
from models.rules.checklists import AnswerValues, Item
from models.rules.checklists.answers import parse_answer
from models.rules.person_values import PARTS
from models.rules.roles import Actor
from models.rules.states import ListKey
from models.rules.times import local_day
from models.tables import Person

Texts = Mapping[str, Mapping[str, Any]]
_DAY = re.compile(r"@([a-z]+)([+-]\d+)?")
_YEAR = re.compile(r"\{born\+(\d+)\}")
_ENDING = re.compile(r"\[(\w*)\|(\w*)\]")


class WrongBiography(Exception):
    """The data file says something that the checklists do not take; names item and fields."""


@cache
def _data() -> Mapping[str, Any]:
    content: Mapping[str, Any] = yaml.safe_load((Path(__file__).parent / "biographies.yaml").read_text("utf-8"))
    return content


def common(part: str) -> Texts:
    """What everybody tells in this part: intake, coach, coach_consented, counselling, handover."""
    texts: Texts = _data()["common"][part]
    return texts


def biography(name: str) -> Texts:
    """What this person tells in the counselling."""
    texts: Texts = _data()["biographies"][name]
    return texts


def enter(told: Told, texts: Texts, actor: Actor, now: datetime, only: Iterable[str] | None = None) -> None:
    """Answer the items that apply to the person and are the actor's; ``only`` limits them to these codes."""
    wanted = set(texts if only is None else only)
    held = told.held(local_day(now))
    for code in (code for code in texts if code in wanted):
        _view, row = one_item(held, actor, code)
        if row.view.applies is not True or not row.mine:
            continue
        answer = _answer(told, row.item, texts[code], local_day(now))
        held = save_answer(held, code, answer, seen_version=row.version, actor=actor, now=now)


def _answer(told: Told, item: Item, texts: Mapping[str, Any], today: date) -> AnswerValues:
    person = told.case().person
    raw = {key: [_text(told, one, person) for one in _several(text)] for key, text in texts.items()}
    answer = parse_answer(item, raw, today)
    if not isinstance(answer, AnswerValues):
        raise WrongBiography(f"{item.code}: {', '.join(answer)}")
    return answer


def _several(text: Any) -> list[str]:
    return [str(one) for one in text] if isinstance(text, list) else [str(text)]


def _text(told: Told, text: str, person: Person) -> str:
    if text in ("@nation", "@mother_tongue"):
        return str(person.nationality if text == "@nation" else person.mother_tongue)
    if found := _DAY.fullmatch(text):
        return (told.days[found[1]] + timedelta(days=int(found[2] or 0))).isoformat()
    text = _YEAR.sub(lambda found: str(person.date_of_birth.year + int(found[1])), text)
    return _ENDING.sub(lambda found: str(found[2 if person.sex == "w" else 1]), text)


def enter_record(told: Told, code: str, change: Mapping[str, Any], actor: Actor, now: datetime) -> None:
    """Answer an item whose values stand in the record of the person: what is known, with these changes."""
    held = told.held(local_day(now))
    _view, row = one_item(held, actor, code)
    known = PARTS[row.item.derived_from].read(held.person.__data__)
    answer = _answer(told, row.item, known | dict(change), local_day(now))
    save_answer(held, code, answer, seen_version=row.version, actor=actor, now=now)


def enter_consent(told: Told, code: str, consent: str, actor: Actor, now: datetime) -> None:
    """Record the decision about a consent on its day; granted, then refused, is a withdrawal."""
    held = told.held(local_day(now))
    _view, row = one_item(held, actor, code)
    decision = {"consent": consent, "decided_on": local_day(now).isoformat()}
    answer = _answer(told, row.item, decision, local_day(now))
    save_answer(held, code, answer, seen_version=row.version, actor=actor, now=now)


def finish(told: Told, key: ListKey, actor: Actor, now: datetime) -> None:
    """Finish a list; RuleBroken where something required is missing."""
    held = told.held(local_day(now))
    finish_stage(held.case, key, seen_version=held.stages[key].version, actor=actor, now=now)
