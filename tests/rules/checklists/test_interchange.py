"""Files of lists: the seed's form comes back the same, and nothing that a file holds is a fault."""

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from models.rules.checklists import definition_to_dict, shaped
from models.rules.checklists.interchange import LARGEST, UnreadableFile, from_yaml, to_yaml
from models.rules.checklists.publishing import read_file
from models.rules.states import ListKey
from models.seed.checklist_data import code_lists, definitions
from models.seed.files import FOLDER
from tests.rules.checklists.test_publishing import FIRST, published


@pytest.mark.parametrize("key", list(ListKey))
def test_a_list_that_is_written_and_read_again_is_the_same(key):
    data = definition_to_dict(definitions()[key])
    text = to_yaml(data)
    assert from_yaml(text.encode()) == data
    assert shaped(yaml.safe_load(text), code_lists()) == shaped(data, code_lists())
    assert "&id" not in text and "*id" not in text, "no aliases"


@pytest.mark.parametrize("key", list(ListKey))
def test_the_files_of_the_seed_are_read(key):
    content = (FOLDER / "checklists" / f"{key}.yaml").read_bytes()
    assert from_yaml(content) == yaml.safe_load(content)
    written = to_yaml(definition_to_dict(definitions()[key]))
    line = next(line for line in written.splitlines() if line.strip().startswith("- {key:"))
    assert line.startswith("      - {key: "), "a field stands on one line, as in our files"
    assert "\n  - code: " in written


BOMB = "a: &a [x, x, x, x, x, x, x, x, x]\n" + "".join(
    f"{chr(98 + n)}: &{chr(98 + n)} [{', '.join([f'*{chr(97 + n)}'] * 9)}]\n" for n in range(8)
)


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"", "Die Datei ist leer."),
        (b"# nothing\n", "Die Datei ist leer."),
        (b"x" * (LARGEST + 1), "größer als 256 KB"),
        (b"key: [unclosed", "Das ist kein gültiges YAML."),
        (b"key: intake\n  title: x", "Zeile 2: Das ist kein gültiges YAML."),
        (b"a: 1\n---\nb: 2", "Das ist kein gültiges YAML."),
        (b"\xff\xfe\x00", "kein Text in UTF-8"),
        (b"a: \x00", "Zeichen oder Werte"),
        (b"a: !!python/object/apply:os.system [true]", "kein gültiges YAML"),
        (b"a: 2026-13-45", "Zeichen oder Werte"),
        (b"a: " + b"9" * 5000, "Zeile 1: Die Zahl ist zu lang."),
        (b"a: 1\nroles: [0x" + b"f" * 5000 + b"]", "Zeile 2: Die Zahl ist zu lang."),
        (b"? 0b" + b"1" * 90_000 + b"\n: 1", "Zeile 1: Die Zahl ist zu lang."),
        (b"a: 1" + b":59" * 80_000, "Zeile 1: Die Zahl ist zu lang."),
        (b'a: !!int "0x' + b"f" * 5000 + b'"', "Zeile 1: Die Zahl ist zu lang."),
        (b'a: 1\nkey: "\\ud800"', "Zeile 2: Ein Zeichen lässt sich nicht speichern."),
        (b"key: intake\ntitle: a\ntitle: b", "Zeile 3: „title“ steht doppelt."),
        (b"items:\n  - {code: A01, code: A02}", "Zeile 2: „code“ steht doppelt."),
        (b"a: &a [*a]", "verweist auf sich selbst"),
        (BOMB.encode(), "zu viele Einträge"),
        (b"[" * 60 + b"]" * 60, "zu tief verschachtelt"),
        (b"[" * 20_000, "zu tief verschachtelt"),
    ],
)
def test_a_file_that_is_none_of_ours_is_refused_with_a_sentence(content, told):
    with pytest.raises(UnreadableFile) as refused:
        from_yaml(content)
    assert told in str(refused.value.sentence)


def test_a_file_is_checked_like_a_draft():
    around = published()
    assert read_file(to_yaml(FIRST).encode(), around).sentences == ()
    broken = to_yaml(FIRST).replace("municipality", "mayor").encode()
    sentences = read_file(broken, around).sentences
    assert len(sentences) == len(FIRST["items"])
    assert sentences[0].startswith("intake A01: „mayor“ ist für „roles“ unbekannt")
    for content in (b"just text", b"[1, 2]", b"key: intake", b"key: [intake]", b"? [a]\n: b", b"!!set {a, b}"):
        assert read_file(content, around).sentences


SIGNS = "abc:-[]{}&*!?|>'\"#%@,\n\t 01.<"


@settings(max_examples=300, deadline=None)
@given(st.one_of(st.binary(max_size=60), st.text(alphabet=SIGNS, max_size=60).map(str.encode)))
def test_no_file_is_a_fault(content):
    read_file(content, published())
