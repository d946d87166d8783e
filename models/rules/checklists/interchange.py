"""A list as a YAML file of the form of the seed's: read with care, because a file comes from outside, and written.

Only plain YAML is read (``SafeLoader``: no objects). Before anything is made of it, the file is measured: its size, its
depth, and how much its aliases stand for, so that a few lines cannot become millions of entries.
"""

from collections.abc import Mapping
from typing import Any

import yaml

from models.rules.message import N_, Message

LARGEST = 256 * 1024
MOST_NODES, MOST_DEPTH, LONGEST_NUMBER = 40_000, 30, 40


class UnreadableFile(ValueError):
    """The file is no YAML that we take; the sentence says why and in which line."""

    def __init__(self, sentence: Message) -> None:
        super().__init__(str(sentence))
        self.sentence = sentence


def from_yaml(content: bytes) -> Any:
    """The plain data of a file; UnreadableFile for one that is empty, too large, broken, or means too much."""
    if len(content) > LARGEST:
        raise UnreadableFile(Message(N_("Die Datei ist größer als {most} KB."), most=LARGEST // 1024))
    try:
        return _loaded(content.decode("utf-8-sig"))
    except UnicodeDecodeError:
        raise UnreadableFile(Message(N_("Die Datei ist kein Text in UTF-8."))) from None
    except yaml.MarkedYAMLError as problem:
        mark = problem.problem_mark or problem.context_mark
        line = mark.line + 1 if mark else 1
        raise UnreadableFile(Message(N_("Zeile {line}: Das ist kein gültiges YAML."), line=line)) from None
    except (yaml.YAMLError, ValueError, OverflowError) as problem:
        if isinstance(problem, UnreadableFile):
            raise
        raise UnreadableFile(
            Message(N_("Die Datei enthält Zeichen oder Werte, die sich nicht lesen lassen."))
        ) from None
    except RecursionError:
        raise UnreadableFile(_TOO_DEEP) from None


_TOO_DEEP = Message(N_("Die Datei ist zu tief verschachtelt."))


def _loaded(text: str) -> Any:
    loader = yaml.SafeLoader(text)
    try:
        node = loader.get_single_node()
        if node is None:
            raise UnreadableFile(Message(N_("Die Datei ist leer.")))
        _measure(node, {}, ())
        return loader.construct_document(node)
    finally:
        loader.dispose()


def _measure(node: yaml.Node, known: dict[int, int], path: tuple[int, ...]) -> int:
    """How many entries a node stands for, each alias counted as often as it is used."""
    if id(node) in path:
        raise UnreadableFile(_at(node, N_("Zeile {line}: Der Eintrag verweist auf sich selbst.")))
    if len(path) > MOST_DEPTH:
        raise UnreadableFile(_TOO_DEEP)
    if isinstance(node, yaml.ScalarNode):
        _can_be_said(node)
    if id(node) not in known:
        inner = (*path, id(node))
        known[id(node)] = 1 + sum(_measure(child, known, inner) for child in _children(node))
    if known[id(node)] > MOST_NODES:
        raise UnreadableFile(_at(node, N_("Zeile {line}: Die Verweise der Datei stehen für zu viele Einträge.")))
    return known[id(node)]


def _children(node: yaml.Node) -> list[yaml.Node]:
    if isinstance(node, yaml.MappingNode):
        _no_name_twice(node)
        return [part for pair in node.value for part in pair]
    return list(node.value) if isinstance(node, yaml.SequenceNode) else []


def _can_be_said(node: yaml.ScalarNode) -> None:
    """Half characters are in no UTF-8, and Python writes no number of thousands of digits."""
    if node.tag == "tag:yaml.org,2002:int" and len(node.value) > LONGEST_NUMBER:
        raise UnreadableFile(_at(node, N_("Zeile {line}: Die Zahl ist zu lang.")))
    if any("\ud800" <= char <= "\udfff" for char in node.value):
        raise UnreadableFile(_at(node, N_("Zeile {line}: Ein Zeichen lässt sich nicht speichern.")))


def _no_name_twice(node: yaml.MappingNode) -> None:
    seen: set[str] = set()
    for name, _value in node.value:
        if isinstance(name, yaml.ScalarNode):
            if name.value in seen:
                sentence = N_("Zeile {line}: „{name}“ steht doppelt.")
                raise UnreadableFile(Message(sentence, line=name.start_mark.line + 1, name=name.value[:40]))
            seen.add(name.value)


def _at(node: yaml.Node, sentence: str) -> Message:
    return Message(sentence, line=node.start_mark.line + 1)


class _Flow(dict[str, Any]):
    """A mapping on one line, as fields and conditions stand in our files."""


class _FlowList(list[Any]):
    """A list on one line."""


class _Dumper(yaml.SafeDumper):
    """Writes lists indented and everything in full, without aliases."""

    def ignore_aliases(self, data: Any) -> bool:
        """Nobody should have to look up what ``*degree`` was."""
        return True

    def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:
        """Indent the entries of a list below its name."""
        super().increase_indent(flow, False)


def _represent_flow(dumper: yaml.SafeDumper, data: _Flow) -> yaml.Node:
    return dumper.represent_mapping("tag:yaml.org,2002:map", data.items(), flow_style=True)


def _represent_flow_list(dumper: yaml.SafeDumper, data: _FlowList) -> yaml.Node:
    return dumper.represent_sequence("tag:yaml.org,2002:seq", data, flow_style=True)


_Dumper.add_representer(_Flow, _represent_flow)
_Dumper.add_representer(_FlowList, _represent_flow_list)


def to_yaml(data: Mapping[str, Any]) -> str:
    """The text of a file for the data of ``definition_to_dict``; read again it is the same data."""
    shown = {**data, "items": [_item(item) for item in data["items"]]}
    if "condition" in shown:
        shown["condition"] = _on_one_line(shown["condition"])
    text: str = yaml.dump(shown, Dumper=_Dumper, allow_unicode=True, sort_keys=False, width=10_000)
    return text


def _item(item: Mapping[str, Any]) -> dict[str, Any]:
    return {
        name: [_on_one_line(field) for field in value] if name == "fields" else _on_one_line(value)
        for name, value in item.items()
    }


def _on_one_line(value: Any) -> Any:
    if isinstance(value, Mapping):
        return _Flow({name: _on_one_line(part) for name, part in value.items()})
    return _FlowList(_on_one_line(part) for part in value) if isinstance(value, list) else value
