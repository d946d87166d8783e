"""Whether a draft can become the next version of its list, and everything that speaks against it, at its place.

A draft is read by the same functions as the files of the seed. Beyond that it must fit what was published before:
answers of running cases were given to fields of a certain kind with certain choices, other lists ask for its items, and
the gates of the handover stand on some of them.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from models.rules.checklists.checking import mistakes_between
from models.rules.checklists.definition import ChecklistDefinition, Field, Item
from models.rules.checklists.facts import items_by_code
from models.rules.checklists.interchange import UnreadableFile, from_yaml
from models.rules.checklists.mistakes import DefinitionError, Place
from models.rules.checklists.plain import entries, mapping
from models.rules.checklists.reading import (
    MOST_FIELDS,
    MOST_ITEMS,
    CodeLists,
    field_from_data,
    head_from_data,
    item_from_data,
    shaped,
)
from models.rules.message import N_, Message
from models.rules.states import ListKey

Versions = Mapping[str, Sequence[ChecklistDefinition]]


@dataclass(frozen=True, slots=True)
class Published:
    """What a draft must fit: all published versions of each list by key, the oldest first, and the code lists.

    ``records`` are the names that ``from`` of an item may have, ``sheet`` the places that ``sheet`` may name.
    """

    versions: Versions
    code_lists: CodeLists
    records: frozenset[str] = frozenset()
    sheet: frozenset[str] = frozenset()

    def latest(self, key: str) -> ChecklistDefinition | None:
        """The version that new cases get."""
        return self.versions[key][-1] if self.versions.get(key) else None

    def around(self, key: str) -> tuple[list[ChecklistDefinition], list[ChecklistDefinition]]:
        """The lists before and after this one, as new cases get them; a condition may ask for items of those before."""
        order = list(ListKey)
        place = order.index(ListKey(key))
        found = [[self.latest(other) for other in part] for part in (order[:place], order[place + 1 :])]
        before, after = ([one for one in part if one] for part in found)
        return before, after

    def ever(self, key: str) -> dict[str, Item]:
        """Every item that a version of this list ever had, as it last was."""
        return items_by_code(self.versions.get(key, ()))


@dataclass(frozen=True, slots=True)
class ReadFile:
    """A file that was read: its data, or a German sentence for each mistake, with its place."""

    data: Mapping[str, Any]
    sentences: tuple[str, ...] = ()


def read_file(content: bytes, published: Published) -> ReadFile:
    """Read the file of a list and check it like a draft."""
    try:
        data = from_yaml(content)
    except UnreadableFile as problem:
        return ReadFile({}, (str(problem.sentence),))
    mistakes = mistakes_in(data, published)
    return ReadFile({} if mistakes else data, tuple(str(mistake) for mistake in mistakes))


def mistakes_in(data: object, published: Published) -> tuple[DefinitionError, ...]:
    """Everything that keeps a draft or a file from being published; empty when nothing does.

    Mistakes of form come alone: what does not have its form cannot be compared with anything.
    """
    if of_form := tuple(_of_form(data, published.code_lists)):
        return of_form
    definition = shaped(mapping(data, Place("")), published.code_lists)
    before, after = published.around(definition.key)
    return (
        *mistakes_between(definition, before),
        *_foreign_codes(definition, published),
        *_unknown_bindings(definition, published),
        *_against_answers(definition, published.ever(definition.key)),
        *_lost_gates(definition, published.latest(definition.key)),
        *_asked_by_others(definition, before, after, published.latest(definition.key)),
    )


def _of_form(data: object, code_lists: CodeLists) -> Iterator[DefinitionError]:
    try:
        head = head_from_data(data)
        where = Place(head.key)
        rows = entries(mapping(data, where), "items", where, MOST_ITEMS)
    except DefinitionError as mistake:
        yield mistake
        return
    for row in rows:
        yield from _form_of_item(row, code_lists, where)


def _form_of_item(data: object, code_lists: CodeLists, where: Place) -> Iterator[DefinitionError]:
    """The mistakes of all its fields, else the first one of the item itself."""
    found = list(_form_of_fields(data, code_lists, where))
    try:
        if not found:
            item_from_data(data, code_lists, where)
    except DefinitionError as mistake:
        found.append(mistake)
    yield from found


def _form_of_fields(data: object, code_lists: CodeLists, where: Place) -> Iterator[DefinitionError]:
    fields = data.get("fields") if isinstance(data, Mapping) else None
    if not isinstance(fields, list) or len(fields) > MOST_FIELDS or not isinstance(data, Mapping):
        return  # the item itself says so
    inside = where._replace(item=str(data.get("code"))[:20])
    for field in fields:
        try:
            field_from_data(field, code_lists, inside)
        except DefinitionError as mistake:
            yield mistake


def _foreign_codes(definition: ChecklistDefinition, published: Published) -> Iterator[DefinitionError]:
    """A number belongs to one list for ever: a case may have one list in an old and another in a new version."""
    for key, versions in published.versions.items():
        taken = items_by_code(versions) if key != definition.key else {}
        for item in definition.items:
            if item.code in taken:
                sentence = N_("Diese Nummer gehört zur Liste „{title}“.")
                yield _wrong(definition, item, Message(sentence, title=versions[-1].title), "code")


def _unknown_bindings(definition: ChecklistDefinition, published: Published) -> Iterator[DefinitionError]:
    for item in definition.items:
        if item.derived_from and item.derived_from not in published.records:
            sentence = N_("„from“ nennt „{name}“; einen solchen Eintrag gibt es im Fall nicht.")
            yield _wrong(definition, item, Message(sentence, name=item.derived_from), "from")
        for place in (item.sheet, *(field.sheet for field in item.fields)):
            if place and place not in published.sheet:
                sentence = N_("„sheet“ nennt „{name}“; diese Stelle gibt es auf dem Übergabebogen nicht.")
                yield _wrong(definition, item, Message(sentence, name=place), "sheet")


def _against_answers(definition: ChecklistDefinition, ever: Mapping[str, Item]) -> Iterator[DefinitionError]:
    for item in definition.items:
        old = ever.get(item.code)
        if old and old.sensitive and item.sensitive != old.sensitive:
            sentence = N_("Der besondere Schutz dieses Punkts kann nicht entfallen: es gibt Antworten.")
            yield _wrong(definition, item, Message(sentence), "sensitive")
        for before in old.fields if old else ():
            now = next((field for field in item.fields if field.key == before.key), None)
            where = Place(definition.key, item.code, before.key)
            if now:
                yield from _against_field(before, now, where)
            elif item.derived_from and old and old.derived_from == item.derived_from:
                sentence = N_("Das Feld „{label}“ füllt der Fall selbst; es kann nicht entfallen.")
                yield DefinitionError(where, Message(sentence, label=before.label or before.key), "fields")


def _against_field(before: Field, now: Field, where: Place) -> Iterator[DefinitionError]:
    if before.kind != now.kind:
        sentence = N_(
            "Die Art des Felds „{label}“ kann nicht wechseln: es gibt Antworten. Legen Sie ein neues Feld an."
        )
        yield DefinitionError(where, Message(sentence, label=now.label or now.key), "kind")
        return
    for code, choice in before.choices.by_code.items():
        if code not in now.choices.by_code:
            sentence = N_(
                "Die Auswahl „{code} = {label}“ kann nicht entfallen: es gibt Antworten. Geben Sie ihr ein Ende."
            )
            yield DefinitionError(where, Message(sentence, code=code, label=choice.label), "choices")


def _lost_gates(definition: ChecklistDefinition, latest: ChecklistDefinition | None) -> Iterator[DefinitionError]:
    for old in latest.items if latest else ():
        now = definition.by_code.get(old.code)
        if old.gate and (now is None or now.gate != old.gate):
            sentence = N_(
                "An diesem Punkt hängt, ob eine Übergabe gesendet oder angenommen wird; er kann nicht entfallen."
            )
            yield DefinitionError(Place(definition.key, old.code), Message(sentence), "gate")
        gates = {field.key: field.gate for field in old.fields if field.gate}
        kept = {field.key: field.gate for field in now.fields} if now else {}
        for key, gate in gates.items():
            if kept.get(key) != gate:
                sentence = N_("An diesem Feld hängt, ob eine Übergabe gesendet wird; es kann nicht entfallen.")
                yield DefinitionError(Place(definition.key, old.code, key), Message(sentence), "gate")


def _asked_by_others(
    definition: ChecklistDefinition,
    before: Sequence[ChecklistDefinition],
    after: Sequence[ChecklistDefinition],
    latest: ChecklistDefinition | None,
) -> Iterator[DefinitionError]:
    """Conditions of the lists behind that no longer find what they ask for, and did until now."""
    for number, other in enumerate(after):
        new = [*before, definition, *after[:number]]
        old = [*before, *([latest] if latest else []), *after[:number]]
        known = {str(mistake) for mistake in mistakes_between(other, old)}
        for mistake in mistakes_between(other, new):
            if str(mistake) not in known and mistake.key == "condition":
                words = {"title": other.title, "item": mistake.place.item, "why": str(mistake.sentence)}
                sentence = N_("Die Liste „{title}“ braucht das noch, Punkt {item}: {why}")
                yield DefinitionError(Place(definition.key), Message(sentence, **words), "items")


def _wrong(definition: ChecklistDefinition, item: Item, sentence: Message, key: str) -> DefinitionError:
    return DefinitionError(Place(definition.key, item.code), sentence, key)


def next_code(data: Mapping[str, Any], ever: Mapping[str, Item]) -> str:
    """The number for a new item: the next one that no version of the list ever used; empty when there is none left."""
    used = {str(item["code"]) for item in data["items"]} | set(ever)
    letter = str(data["items"][0]["code"])[0]
    numbers = [int(code[1:]) for code in used if code[0] == letter]
    number = max(numbers, default=0) + 1
    return f"{letter}{number:02}" if number <= HIGHEST_NUMBER else ""


HIGHEST_NUMBER = 99
