"""Writing the next version of a checklist: begin a draft, change it, publish or discard it. Each step is an event."""

import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from peewee import IntegrityError, fn

from models.base import db
from models.operations.ledger import claim, record
from models.queries.checklist_editing import Draft, draft_of, judged, published, seed_content, version_content
from models.queries.definitions import all_code_lists
from models.rules.checklists import DefinitionError, definition_to_dict
from models.rules.checklists import editing as edit
from models.rules.checklists.conditions import Condition, condition_to_data
from models.rules.checklists.publishing import next_code
from models.rules.checklists.reading import shaped
from models.rules.errors import NotVisible, RuleBroken, StaleVersion
from models.rules.message import N_, Message
from models.rules.roles import Actor
from models.rules.times import stamp
from models.tables import ChecklistDefinition, ChecklistDraft

Data = Mapping[str, Any]
GONE = N_("Der Entwurf wurde inzwischen veröffentlicht oder verworfen.")
CHANGED = N_("Der Entwurf wurde inzwischen von jemand anderem geändert.")


@dataclass(frozen=True, slots=True)
class _Step:
    """One change of a draft: the kind of its event, what the event tells, and the change itself."""

    kind: str
    told: Data
    change: Callable[[Data], Data]


def begin_draft(key: str, *, actor: Actor, now: datetime) -> Draft:
    """A draft that is a copy of the published version; the draft that there is already, where there is one."""
    return draft_of(key) or _begin(key, version_content(key), "definition.drafted", actor, now)


def begin_from_seed(key: str, version: int, *, actor: Actor, now: datetime) -> Draft:
    """A draft of the newer version that the files bring; RuleBroken where there is a draft already."""
    return _begin(key, seed_content(key), "definition.drafted", actor, now, seed_version=version)


def begin_from_file(content: Data, *, actor: Actor, now: datetime) -> Draft:
    """A draft of an imported file that was read and found right; RuleBroken where there is another draft already."""
    plain = _normal(content)
    return _begin(plain["key"], plain, "definition.imported", actor, now)


def _begin(key: str, content: Data, kind: str, actor: Actor, now: datetime, seed_version: int | None = None) -> Draft:
    base = _latest_version(key)
    content = {**content, "version": base + 1}
    try:
        with db.atomic():
            ChecklistDraft.create(
                key=key,
                token=secrets.token_urlsafe(16),
                content=content,
                base=base,
                seed_version=seed_version,
                begun_at=stamp(now),
                changed_at=stamp(now),
                changed_by=actor.account_id,
            )
            data = {"list": key, "base": base, "seed_version": seed_version, "items": len(content["items"])}
            record(actor, kind, data, now=now)
    except IntegrityError:
        return _same_or_refused(key, content)
    return _held(key)


def _same_or_refused(key: str, content: Data) -> Draft:
    """A double click began the same draft twice, and that is no mistake."""
    draft = draft_of(key)
    if draft and draft.content == content:
        return draft
    raise RuleBroken(
        Message(N_("Von dieser Liste gibt es schon einen Entwurf. Veröffentlichen oder verwerfen Sie ihn zuerst."))
    )


def _latest_version(key: str) -> int:
    query = ChecklistDefinition.select(fn.MAX(ChecklistDefinition.version)).where(ChecklistDefinition.key == key)
    found = query.scalar()
    if found is None:
        raise NotVisible
    return int(found)


def _held(key: str) -> Draft:
    draft = draft_of(key)
    if draft is None:
        raise StaleVersion(Message(GONE))
    return draft


def rename_list(key: str, title: str, *, seen_version: int, actor: Actor, now: datetime) -> None:
    """Give the list another name."""
    step = _Step("definition.renamed", {"title": title}, lambda data: {**data, "title": title})
    _run(key, step, seen_version, actor, now)


def change_item(key: str, code: str, values: Data, *, seen_version: int, actor: Actor, now: datetime) -> None:
    """Change text, help, legal basis, level or roles of an item."""
    _edit_item(key, code, "definition.item_changed", lambda item: edit.changed(item, values), seen_version, actor, now)


def add_item(key: str, values: Data, *, seen_version: int, actor: Actor, now: datetime) -> str:
    """Add an item with a tick to the end of the list; returns its number. RuleBroken when the numbers are used up."""
    draft = _held(key)
    code = next_code(draft.content, published().ever(key))
    if not code:
        raise RuleBroken(Message(N_("Alle Nummern dieser Liste sind vergeben.")))
    tick = {"key": "done", "kind": "tick", "label": N_("erledigt")}
    item = edit.changed({"code": code, "fields": [tick]}, values)
    told = {"item": code, "after": item}
    step = _Step("definition.item_added", told, lambda data: edit.with_item(data, item))
    _run(key, step, seen_version, actor, now)
    return code


def move_item(key: str, code: str, places: int, *, seen_version: int, actor: Actor, now: datetime) -> None:
    """Move an item one place up (-1) or down (1)."""
    told = {"item": code, "places": places}
    step = _Step("definition.item_moved", told, lambda data: edit.moved_item(data, code, places))
    _run(key, step, seen_version, actor, now)


def retire_item(key: str, code: str, *, seen_version: int, actor: Actor, now: datetime) -> None:
    """Take an item out of the list. Answers to it stay where they are."""
    told = {"item": code, "before": _item_of(_held(key), code)}
    step = _Step("definition.item_retired", told, lambda data: edit.without_item(data, code))
    _run(key, step, seen_version, actor, now)


def restore_item(key: str, code: str, *, seen_version: int, actor: Actor, now: datetime) -> None:
    """Put an item back into the draft that a version of the list once had, as it last was."""
    around = published()
    latest, found = around.latest(key), around.ever(key).get(code)
    if latest is None or found is None:
        raise NotVisible
    if code in [item["code"] for item in _held(key).content["items"]]:
        raise StaleVersion(Message(CHANGED))
    item = edit.item_data(definition_to_dict(replace(latest, items=(found,))), code)
    order = [*latest.by_code, code]
    told = {"item": code, "after": item}
    step = _Step("definition.item_restored", told, lambda data: edit.restored_item(data, item, order))
    _run(key, step, seen_version, actor, now)


def change_condition(
    key: str, code: str, condition: Condition | None, words: str, *, seen_version: int, actor: Actor, now: datetime
) -> None:
    """Say for whom an item is meant: a condition, or None for everybody; ``words`` say it in the list's own words."""
    values = {"condition": condition_to_data(condition) if condition else None, "condition_text": words}
    kind = "definition.condition_changed"
    _edit_item(key, code, kind, lambda item: edit.changed(item, values), seen_version, actor, now)


def change_field(
    key: str, code: str, name: str, values: Data, *, seen_version: int, actor: Actor, now: datetime
) -> None:
    """Change a field of an item."""

    def changed(item: Data) -> Data:
        return edit.with_field(item, edit.changed(edit.field_data(item, name), values))

    _edit_item(key, code, "definition.field_changed", changed, seen_version, actor, now)


def add_field(key: str, code: str, values: Data, *, seen_version: int, actor: Actor, now: datetime) -> str:
    """Add a field to an item; returns its key, made of the label."""
    ever = published().ever(key).get(code)
    taken = [*(field["key"] for field in _item_of(_held(key), code)["fields"])]
    taken += [field.key for field in ever.fields] if ever else []
    name = edit.name_from(str(values.get("label", "")), taken)
    field = edit.changed({"key": name}, values)
    kind = "definition.field_added"
    _edit_item(key, code, kind, lambda item: edit.with_field(item, field), seen_version, actor, now)
    return name


def move_field(key: str, code: str, name: str, places: int, *, seen_version: int, actor: Actor, now: datetime) -> None:
    """Move a field of an item one place up or down."""
    kind = "definition.field_moved"
    _edit_item(key, code, kind, lambda item: edit.moved_field(item, name, places), seen_version, actor, now)


def remove_field(key: str, code: str, name: str, *, seen_version: int, actor: Actor, now: datetime) -> None:
    """Take a field out of an item; RuleBroken for the last one."""
    kind = "definition.field_removed"
    _edit_item(key, code, kind, lambda item: edit.without_field(item, name), seen_version, actor, now)


def _edit_item(
    key: str, code: str, kind: str, change: Callable[[Data], Data], seen_version: int, actor: Actor, now: datetime
) -> None:
    before = _item_of(_held(key), code)
    try:
        after = change(before)
    except KeyError:
        raise NotVisible from None
    told = {"item": code, "before": before, "after": after}
    _run(key, _Step(kind, told, lambda data: edit.with_item(data, after)), seen_version, actor, now)


def _item_of(draft: Draft, code: str) -> dict[str, Any]:
    try:
        return edit.item_data(draft.content, code)
    except KeyError:
        raise NotVisible from None


def _run(key: str, step: _Step, seen_version: int, actor: Actor, now: datetime) -> None:
    with db.atomic():
        draft = _taken(key, seen_version)
        try:
            content = _normal(step.change(draft.content))
        except KeyError:
            raise NotVisible from None
        ChecklistDraft.update(content=content, changed_at=stamp(now), changed_by=actor.account_id).where(
            ChecklistDraft.id == draft.id
        ).execute()
        record(actor, step.kind, {"list": key, "from_version": seen_version, **step.told}, now=now)


def _taken(key: str, seen_version: int) -> Draft:
    """The draft as it was seen, claimed for this change; StaleVersion where somebody was faster."""
    draft = _held(key)
    if not claim(ChecklistDraft, draft.id, seen_version):
        raise StaleVersion(Message(CHANGED), current=draft)
    return draft


def _normal(content: Data) -> dict[str, Any]:
    """The content as it is stored; RuleBroken with the sentence at its entry where it has not the form of a list."""
    try:
        return definition_to_dict(shaped(content, all_code_lists()))
    except DefinitionError as mistake:
        raise RuleBroken(mistake.sentence, {mistake.key: mistake.sentence}) from None


def discard_draft(key: str, *, seen_version: int, actor: Actor, now: datetime) -> None:
    """Throw a draft away; the event keeps what it said."""
    with db.atomic():
        draft = _taken(key, seen_version)
        ChecklistDraft.delete().where(ChecklistDraft.id == draft.id).execute()
        data = {"list": key, "from_version": seen_version, "content": dict(draft.content)}
        record(actor, "definition.discarded", data, now=now)


def publish_draft(key: str, token: str, *, seen_version: int, actor: Actor, now: datetime) -> int:
    """Make the draft the next version of its list; returns its number. A second click gets the same number.

    RuleBroken with the first mistake where anything is wrong, or nothing is changed; StaleVersion where the draft is
    another one than was seen.
    """
    with db.atomic():
        if number := _version_made_of(token):
            return number
        try:
            draft = _taken(key, seen_version)
        except StaleVersion:
            if number := _version_made_of(token):  # the other click was in between
                return number
            raise
        if draft.token != token:
            raise StaleVersion(Message(GONE))
        return _publish(draft, actor, now)


def _version_made_of(token: str) -> int:
    query = ChecklistDefinition.select(ChecklistDefinition.version).where(ChecklistDefinition.draft == token)
    return int(query.scalar() or 0)


def _publish(draft: Draft, actor: Actor, now: datetime) -> int:
    found = judged(draft, published())
    if found.mistakes:
        first = found.mistakes[0]
        sentence = N_("So kann die Liste nicht erscheinen. {place}: {why}")
        raise RuleBroken(Message(sentence, place=first.place, why=str(first.sentence)))
    if not found.changes:
        raise RuleBroken(Message(N_("Der Entwurf ändert nichts an der veröffentlichten Fassung.")))
    version = _latest_version(draft.key) + 1
    ChecklistDefinition.create(
        key=draft.key,
        version=version,
        title=found.definition.title,
        content={**draft.content, "version": version},
        published_at=stamp(now),
        published_by=actor.account_id,
        seed_version=draft.seed_version,
        draft=draft.token,
    )
    ChecklistDraft.delete().where(ChecklistDraft.id == draft.id).execute()
    data = {"list": draft.key, "version": version, "changes": str(found.changes.sentence)}
    record(actor, "definition.published", data, now=now)
    return version
