"""What a version of a list changes against another, in German words."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from difflib import SequenceMatcher

from models.rules.checklists.answers import german_number
from models.rules.checklists.definition import ChecklistDefinition, Field, Item, Kind, Level
from models.rules.checklists.responsibility import role_names
from models.rules.checklists.wording import condition_sentence
from models.rules.message import N_, Message

LEVEL_WORDS: Mapping[Level, str] = {
    Level.REQUIRED: N_("Pflicht"),
    Level.RECOMMENDED: N_("Soll"),
    Level.OPTIONAL: N_("Kann"),
}
KIND_WORDS: Mapping[Kind, str] = {
    Kind.TICK: N_("Haken"),
    Kind.DATE: N_("Datum"),
    Kind.TEXT: N_("Text"),
    Kind.NUMBER: N_("Zahl"),
    Kind.CHOICE: N_("Auswahl"),
    Kind.CHOICES: N_("Mehrfachauswahl"),
    Kind.DOCUMENT: N_("Dokument"),
}
Items = Mapping[str, Item]


@dataclass(frozen=True, slots=True)
class ItemChange:
    """An item that stays, and what becomes of it."""

    item: Item
    sentences: tuple[Message, ...]


@dataclass(frozen=True, slots=True)
class Changes:
    """From one version to another. ``head`` is about the list itself, ``moved`` are items in another place."""

    added: tuple[Item, ...] = ()
    dropped: tuple[Item, ...] = ()
    changed: tuple[ItemChange, ...] = ()
    moved: tuple[Item, ...] = ()
    head: tuple[Message, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.added or self.dropped or self.changed or self.moved or self.head)

    @property
    def sentence(self) -> Message:
        """ "2 Punkte kommen hinzu, 1 entfällt"."""
        parts = [text for text in self._parts() if text]
        return Message(N_("{changes}"), changes=", ".join(parts) or "es ändert sich nichts an den Punkten")

    def _parts(self) -> Iterator[str]:
        counts = ((self.added, "kommt hinzu", "kommen hinzu"), (self.dropped, "entfällt", "entfallen"),
                  (self.changed, "ändert sich", "ändern sich"))  # fmt: skip
        named = False
        for rows, one, several in counts:
            if rows:
                noun = "" if named else " Punkt" if len(rows) == 1 else " Punkte"
                yield f"{len(rows)}{noun} {one if len(rows) == 1 else several}"
                named = True
        if self.moved:
            yield "die Reihenfolge ändert sich"


def compare(old: ChecklistDefinition, new: ChecklistDefinition, items: Items) -> Changes:
    """What ``new`` changes against ``old``; ``items`` are those of all lists, for the words of conditions."""
    known = {**items, **old.by_code, **new.by_code}
    before = {**items, **old.by_code}
    stay = [item for item in new.items if item.code in old.by_code]
    pairs = [(item, tuple(_item_changes(old.by_code[item.code], item, before, known))) for item in stay]
    return Changes(
        added=tuple(item for item in new.items if item.code not in old.by_code),
        dropped=tuple(item for item in old.items if item.code not in new.by_code),
        changed=tuple(ItemChange(item, sentences) for item, sentences in pairs if sentences),
        moved=tuple(_moved(old, stay)),
        head=tuple(_head(old, new, before, known)),
    )


def _moved(old: ChecklistDefinition, stay: list[Item]) -> Iterator[Item]:
    now = [item.code for item in stay]
    before = [item.code for item in old.items if item.code in set(now)]
    kept: set[str] = set()
    for start, _other, size in SequenceMatcher(None, now, before, autojunk=False).get_matching_blocks():
        kept.update(now[start : start + size])
    return (item for item in stay if item.code not in kept)


def _head(old: ChecklistDefinition, new: ChecklistDefinition, before: Items, after: Items) -> Iterator[Message]:
    if old.title != new.title:
        yield Message(N_("Name der Liste: „{old}“ wird „{new}“."), old=old.title, new=new.title)
    yield from _condition_changes(old, new, before, after)


def _item_changes(old: Item, new: Item, before: Items, after: Items) -> Iterator[Message]:
    if old.text != new.text:
        yield Message(N_("Text: „{old}“ wird „{new}“."), old=old.text, new=new.text)
    if old.help != new.help:
        yield Message(N_("„Wozu brauchen wir das?“ lautet: „{new}“"), new=new.help)
    if old.basis != new.basis:
        yield Message(N_("Rechtsgrundlage: {old} wird {new}."), old=old.basis or "keine", new=new.basis or "keine")
    if old.level != new.level:
        yield Message(N_("Stufe: {old} wird {new}."), old=LEVEL_WORDS[old.level], new=LEVEL_WORDS[new.level])
    if old.roles != new.roles:
        yield Message(N_("Zuständig: {old} wird {new}."), old=role_names(old.roles), new=role_names(new.roles))
    yield from _condition_changes(old, new, before, after)
    yield from _fields_changes(old, new)
    if _bindings(old) != _bindings(new):
        yield Message(N_("Die Verknüpfung mit Bogen, Vordruck, Akte oder Reihenfolge ändert sich."))


def _condition_changes(
    old: Item | ChecklistDefinition, new: Item | ChecklistDefinition, before: Items, after: Items
) -> Iterator[Message]:
    if (old.condition, old.condition_text) == (new.condition, new.condition_text):
        return
    words = [str(condition_sentence(*pair) or "immer") for pair in ((old, before), (new, after))]
    if words[0] != words[1]:
        yield Message(N_("Gefragt: {old} wird {new}."), old=words[0], new=words[1])
    else:
        yield Message(N_("Die Bedingung ändert sich, ihr Wortlaut „{words}“ bleibt."), words=words[0])


def _bindings(item: Item) -> tuple[object, ...]:
    return (item.derived_from, item.sheet, item.sensitive, item.papers, item.after, item.gate)


def _fields_changes(old: Item, new: Item) -> Iterator[Message]:
    before, after = ({field.key: field for field in item.fields} for item in (old, new))
    for key, field in after.items():
        if key not in before:
            kind = KIND_WORDS[field.kind]
            yield Message(N_("Feld „{label}“ ({kind}) kommt hinzu."), label=field.label or key, kind=kind)
        elif changed := tuple(_field_changes(before[key], field)):
            yield Message(N_("Feld „{label}“: {changes}."), label=field.label or key, changes="; ".join(changed))
    for key, field in before.items():
        if key not in after:
            yield Message(N_("Feld „{label}“ entfällt."), label=field.label or key)
    if [key for key in before if key in after] != [key for key in after if key in before]:
        yield Message(N_("Die Felder stehen in anderer Reihenfolge."))


def _field_changes(old: Field, new: Field) -> Iterator[str]:
    if old.label != new.label:
        yield f"heißt „{new.label}“ statt „{old.label}“"
    if old.kind != new.kind:
        yield f"{KIND_WORDS[new.kind]} statt {KIND_WORDS[old.kind]}"
    if old.required != new.required:
        yield "muss ausgefüllt werden" if new.required else "ist freiwillig"
    yield from _choice_changes(old, new)
    if (old.minimum, old.maximum) != (new.minimum, new.maximum):
        yield f"erlaubt {_range(new)} statt {_range(old)}"
    if old.when != new.when:
        yield f"gefragt {_when(new)}"
    plain = {"label": "", "required": True, "choices": new.choices, "kind": new.kind, "minimum": None, "maximum": None,
             "when": None}  # fmt: skip
    if replace(old, **plain) != replace(new, **plain):  # type: ignore[arg-type]
        yield "andere Einzelheiten"


def _choice_changes(old: Field, new: Field) -> Iterator[str]:
    before, after = old.choices.by_code, new.choices.by_code
    if added := [choice.label for code, choice in after.items() if code not in before]:
        yield f"neu zur Wahl: {_quoted(added)}"
    if gone := [choice.label for code, choice in before.items() if code not in after]:
        yield f"nicht mehr zur Wahl: {_quoted(gone)}"
    for code, choice in after.items():
        if code in before and before[code].label != choice.label:
            yield f"„{before[code].label}“ heißt „{choice.label}“"
        elif code in before and before[code] != choice:
            yield f"„{choice.label}“ gilt in anderer Zeit"


def _quoted(labels: Iterable[str]) -> str:
    return ", ".join(f"„{label}“" for label in labels)


def _range(field: Field) -> str:
    least = "beliebig" if field.minimum is None else german_number(field.minimum)
    most = "beliebig" if field.maximum is None else german_number(field.maximum)
    return f"{least} bis {most}"


def _when(field: Field) -> str:
    return f"nur bei {field.when.field}: {', '.join(field.when.codes)}" if field.when else "immer"
