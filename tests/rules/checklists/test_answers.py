"""Typed values: what is taken, what is refused with which sentence, and how it reads afterwards."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.rules.checklists import AnswerValues, Choice, ChoiceList, Field, Item, Kind, Level, display, parse_answer
from models.rules.checklists.answers import NOTE, REASON, SOURCE, WAIVED, parse_day
from models.rules.checklists.definition import When
from models.rules.roles import Role
from models.rules.states import AnswerState
from models.seed.checklist_data import definitions

TODAY = date(2026, 11, 22)
PLACES = ChoiceList((Choice("A", "Amt"), Choice("B", "Büro"), Choice("OLD", "alt", valid_to=date(2024, 12, 6))))


def item(*fields: Field) -> Item:
    return Item("A01", "Punkt", "Damit jeder es weiß.", (Role.AGENTUR,), Level.REQUIRED, fields)


def field(kind: Kind, key: str = "value", **more: object) -> Field:
    return Field(key, kind, "Wert", **more)


def parsed(entry: Field, *typed: str) -> object:
    """The stored value, or the sentence of the refusal."""
    result = parse_answer(item(entry), {entry.key: list(typed)}, TODAY)
    return result.values.get(entry.key) if isinstance(result, AnswerValues) else str(result[entry.key])


@pytest.mark.parametrize(
    ("typed", "value"),
    [
        ("22.11.2026", "2026-11-22"),
        (" 1.2.2026 ", "2026-02-01"),
        ("2026-11-22", "2026-11-22"),
        ("29.02.2028", "2028-02-29"),
        ("", None),
        ("   ", None),
    ],
)
def test_days(typed, value):
    assert parsed(field(Kind.DATE), typed) == value


@pytest.mark.parametrize("typed", ["29.02.2027", "31.04.2026", "22.11.26", "gestern", "22/11/2026", "20261122"])
def test_days_that_are_none(typed):
    assert "TT.MM.JJJJ" in parsed(field(Kind.DATE), typed)


def test_a_year_far_off_is_a_slip():
    assert parsed(field(Kind.DATE), "22.11.0206") == "Prüfen Sie das Jahr 206."


def test_days_to_come_only_where_they_make_sense():
    assert parsed(field(Kind.DATE, not_future=True), "22.11.2026") == "2026-11-22"
    assert parsed(field(Kind.DATE, not_future=True), "23.11.2026") == "Das Datum darf nicht in der Zukunft liegen."
    assert parsed(field(Kind.DATE), "23.11.2026") == "2026-11-23"


@pytest.mark.parametrize(
    ("typed", "decimals", "value"),
    [
        ("12", 0, 12),
        ("0", 0, 0),
        ("1,5", 1, 1.5),
        ("1.5", 1, 1.5),
        ("1.234", 0, 1234),
        ("1.234,5", 1, 1234.5),
        ("-3", 0, -3),
        ("1,5", 0, "Geben Sie eine ganze Zahl an."),
        ("1,25", 1, "Höchstens 1 Stelle(n) nach dem Komma."),
        ("zwölf", 0, "Geben Sie eine Zahl an."),
        ("1e9", 0, "Geben Sie eine Zahl an."),
        ("NaN", 2, "Geben Sie eine Zahl an."),
        ("٣", 0, "Geben Sie eine Zahl an."),
    ],
)
def test_numbers(typed, decimals, value):
    assert parsed(field(Kind.NUMBER, decimals=decimals), typed) == value


def test_numbers_keep_to_their_limits():
    points = field(Kind.NUMBER, minimum=0, maximum=33)
    assert parsed(points, "-1") == "Mindestens 0."
    assert parsed(points, "34") == "Höchstens 33."
    assert parsed(points, "33") == 33


def test_text_is_trimmed_and_limited():
    assert parsed(field(Kind.TEXT), "  Frau\t Rahimi \x00") == "Frau Rahimi"
    assert parsed(field(Kind.TEXT, multiline=True), "a\r\nb") == "a\nb"
    assert parsed(field(Kind.TEXT, max_length=3), "abcd") == "Höchstens 3 Zeichen, es sind 4."


def test_choices_come_from_the_list():
    one, many = field(Kind.CHOICE, choices=PLACES), field(Kind.CHOICES, choices=PLACES)
    assert parsed(one, "A") == "A"
    assert parsed(one, "C") == "Wählen Sie einen Wert aus der Liste."
    assert parsed(one, "A", "B") == "Wählen Sie nur einen Wert."
    assert parsed(many, "B", "A", "B") == ["A", "B"]
    assert parsed(many) is None


def test_a_code_that_is_no_longer_offered_may_stay_but_not_come_back():
    entry = field(Kind.CHOICE, choices=PLACES)
    assert parsed(entry, "OLD") == "Wählen Sie einen Wert aus der Liste."
    kept = parse_answer(item(entry), {"value": ["OLD"]}, TODAY, AnswerValues(values={"value": "OLD"}))
    assert kept.values == {"value": "OLD"}


def test_documents_and_signatures_have_states():
    assert parsed(field(Kind.DOCUMENT), "presented") == {"state": "presented"}
    assert parsed(field(Kind.DOCUMENT), "signed") == "Wählen Sie einen Wert aus der Liste."
    assert parsed(field(Kind.DOCUMENT, signature=True), "signed_on_paper") == {"state": "signed_on_paper"}
    entry = field(Kind.DOCUMENT)
    uploaded = parse_answer(item(entry), {"value-document": ["d-17"]}, TODAY)
    assert uploaded.values == {"value": {"state": "uploaded", "document": "d-17"}}
    assert "value" in parse_answer(item(entry), {"value-document": ["../etc/passwd"]}, TODAY)


def test_nothing_typed_clears_the_answer():
    assert parse_answer(item(field(Kind.TEXT)), {"value": ["  "]}, TODAY).state == AnswerState.CLEARED
    assert parse_answer(item(field(Kind.TICK)), {}, TODAY).state == AnswerState.CLEARED


def test_not_applicable_needs_a_reason():
    entry = item(field(Kind.TEXT))
    assert str(parse_answer(entry, {WAIVED: ["1"], REASON: [" "]}, TODAY)[REASON]).startswith("Begründen Sie")
    answer = parse_answer(entry, {WAIVED: ["1"], REASON: ["keine Kinder"], "value": ["x"]}, TODAY)
    assert (answer.state, answer.reason, answer.values) == (AnswerState.NOT_APPLICABLE, "keine Kinder", {})
    assert display(entry, answer) == "entfällt: keine Kinder"


def test_why_a_value_is_missing():
    one = item(field(Kind.DATE))
    assert parse_answer(one, {"value-missing": ["unknown"]}, TODAY).state == AnswerState.UNKNOWN
    assert "value" in parse_answer(one, {"value-missing": ["forgotten"]}, TODAY)
    both = parse_answer(one, {"value": ["1.1.2026"], "value-missing": ["declined"]}, TODAY)
    assert str(both["value"]).startswith("Geben Sie entweder einen Wert an")
    two = item(field(Kind.DATE), field(Kind.TEXT, "town"))
    half = parse_answer(two, {"value": ["1.1.2026"], "town-missing": ["declined"]}, TODAY)
    assert (half.state, half.value("town")) == (AnswerState.DONE, None)
    assert display(two, half) == "Wert: 01.01.2026 · Wert: keine Angabe gewünscht"


def test_one_reason_stands_for_the_item_only_if_nothing_is_left_open():
    two = item(field(Kind.DATE), field(Kind.TEXT, "town"))
    one_of_two = parse_answer(two, {"value-missing": ["unknown"]}, TODAY)
    assert (one_of_two.state, one_of_two.values) == (AnswerState.DONE, {"value": {"missing": "unknown"}})
    both = parse_answer(two, {"value-missing": ["unknown"], "town-missing": ["unknown"]}, TODAY)
    assert (both.state, both.values) == (AnswerState.UNKNOWN, {})
    mixed = parse_answer(two, {"value-missing": ["unknown"], "town-missing": ["declined"]}, TODAY)
    assert mixed.state == AnswerState.DONE


def test_a_tick_is_set_or_not_and_nothing_else():
    assert parse_answer(item(field(Kind.TICK)), {"value-missing": ["unknown"]}, TODAY).state == AnswerState.CLEARED


def test_fields_that_are_not_asked_are_not_stored():
    entry = item(
        field(Kind.CHOICE, choices=PLACES),
        field(Kind.TEXT, "why", when=When("value", ("B",))),
    )
    assert parse_answer(entry, {"value": ["A"], "why": ["weil"]}, TODAY).values == {"value": "A"}
    assert parse_answer(entry, {"value": ["B"], "why": ["weil"]}, TODAY).values == {"value": "B", "why": "weil"}


def test_note_and_source_come_along():
    answer = parse_answer(item(field(Kind.TICK)), {"value": ["1"], NOTE: ["Anruf"], SOURCE: ["lt. Träger"]}, TODAY)
    assert (answer.note, answer.source) == ("Anruf", "lt. Träger")
    assert SOURCE in parse_answer(item(field(Kind.TICK)), {"value": ["1"], SOURCE: ["x" * 201]}, TODAY)


def test_all_wrong_fields_are_named_at_once():
    entry = item(field(Kind.DATE), field(Kind.NUMBER, "count"))
    assert set(parse_answer(entry, {"value": ["x"], "count": ["y"]}, TODAY)) == {"value", "count"}


def test_one_line_for_screen_and_print():
    a05 = definitions()["intake"].by_code["A05"]
    answer = parse_answer(a05, {"paper": ["AGS"], "valid_to": ["14.01.2027"]}, TODAY)
    text = "Art des Papiers: Aufenthaltsgestattung (Bescheinigung) · gültig bis: 14.01.2027"
    assert display(a05, answer) == text
    a10 = definitions()["intake"].by_code["A14"]
    assert display(a10, AnswerValues(values={"handed_out": True, "language": "prs"})) == "ausgehändigt · Sprache: Dari"
    assert display(a10, AnswerValues(AnswerState.DECLINED)) == "keine Angabe gewünscht"


@given(st.dates(date(1900, 1, 1), date(2150, 12, 31)))
def test_any_day_survives_its_german_form(day):
    assert parse_day(f"{day:%d.%m.%Y}") == day == parse_day(day.isoformat())


@given(st.text(max_size=60))
def test_any_text_parses_to_what_it_displays(text):
    entry = item(field(Kind.TEXT))
    answer = parse_answer(entry, {"value": [text]}, TODAY)
    again = parse_answer(entry, {"value": [display(entry, answer)]}, TODAY)
    assert again == answer


@given(st.integers(-999_999, 999_999), st.integers(0, 9))
def test_any_number_survives_its_german_form(whole, tenth):
    entry = item(field(Kind.NUMBER, decimals=1))
    answer = parse_answer(entry, {"value": [f"{whole},{tenth}"]}, TODAY)
    again = parse_answer(entry, {"value": [display(entry, answer)]}, TODAY)
    assert again == answer


@given(st.sampled_from([i for d in definitions().values() for i in d.items]), st.data())
def test_a_form_of_junk_never_breaks(entry, data):
    names = [f.key for f in entry.fields] + [f"{entry.fields[0].key}-missing", WAIVED, REASON, NOTE]
    raw = data.draw(st.dictionaries(st.sampled_from(names), st.lists(st.text(max_size=12), max_size=3)))
    result = parse_answer(entry, raw, TODAY)
    if isinstance(result, AnswerValues):
        assert isinstance(display(entry, result), str)
    else:
        assert all(str(message) for message in result.values())
