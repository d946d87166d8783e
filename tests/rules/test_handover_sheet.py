"""How answers fill the transfer sheet, what a release leaves of it, which gaps remain, how two versions differ."""

import pytest

from models.rules.checklists import AnswerValues, Missing, items_by_code
from models.rules.message import Message
from models.rules.sheet.answers import Said, cells_from_answers
from models.rules.sheet.gaps import also_for_fields, held_up, supplier_of, with_reasons, without_health
from models.rules.sheet.lines import changed, count_of, empty, parts_of, valued
from models.rules.sheet.places import SHEET_FIELDS, places_of
from models.rules.sheet.release import ALWAYS, MINIMUM, Azr, Release, release_from, released_sections, withheld_letters
from models.rules.states import AnswerState
from models.rules.transfer_sheet import SECTIONS, given, listed, not_given
from models.seed.checklist_data import definitions

ITEMS = items_by_code(definitions().values())


def cells(**answers):
    """Cells from answers by item code: values, or an answer of another state."""
    said = [
        Said(ITEMS[code], answer if isinstance(answer, AnswerValues) else AnswerValues(values=answer), "AA, Gespräch")
        for code, answer in answers.items()
    ]
    return cells_from_answers(said)


def rows(cell):
    return [{key: one["value"] or one["mark"] for key, one in row.items()} for row in cell["rows"]]


def test_every_place_of_the_seed_data_is_on_the_sheet():
    for item in ITEMS.values():
        for field, place in places_of(item):
            columns = {column.key for column in SHEET_FIELDS[place.address].columns}
            assert not place.column or place.column in columns, f"{item.code}.{field.key}"


def test_a_value_carries_label_source_and_code():
    cell = cells(B12={"literacy": "LAT"})["B.script"]
    assert cell == given("lateinische Schrift sicher", "AA, Gespräch", "LAT")


def test_several_fields_share_a_place():
    cell = cells(B13={"computer": "2", "licences": ["B"], "mobility": ["OEPNV"], "commuting": "60"}).get("J.mobility")
    assert cell and "60" in cell["value"] and "," in cell["value"]


def test_numbered_fields_make_rows():
    answer = {
        "entries": "2", "occupation_1": "Koch", "kldb_1": "29", "level_1": "2",
        "occupation_2": "Fahrer", "kldb_2": "52", "level_2": "1", "country_2": "SYR",
    }  # fmt: skip
    found = rows(cells(B09=answer)["H.experience"])
    assert [row["occupation"] for row in found] == ["Koch", "Fahrer"]
    assert (found[0]["country"], found[1]["country"]) == ("not_collected", "Syrien")


def test_none_is_a_value():
    assert cells(B09={"entries": "0"})["H.experience"]["value"] == "keine"
    assert cells(U32={"enclosures": ["NONE"]})["P.enclosures"]["value"] == "keine"
    assert cells(B16={"circumstances": ["KEINE"]})["L.circumstances"]["value"] == "keine"


def test_nobody_said_none():
    """What decides whether there is anything was not answered: that is a gap, never "keine"."""
    assert cells(B07={"years": 4})["F.school_certificate"] == not_given()
    assert cells(B09={"entries": {"missing": "unknown"}})["H.experience"] == not_given()
    assert cells(U31={"due_1": "2026-12-31"})["O.open_points"]["rows"]


def test_a_row_that_says_one_thing_needs_no_table():
    assert cells(B07={"years": 4, "certificate": "0"})["F.school_certificate"]["value"] == "kein Hauptschulabschluss"
    assert cells(B08={"certificate": "0"})["F.training"]["value"] == "ohne abgeschlossene Ausbildung"


def test_codes_and_lines_spread_over_rows():
    answer = {"circumstances": ["KIND", "MOB"], "effect": "kein Kita-Platz\nBus selten"}
    found = rows(cells(B16=answer)["L.circumstances"])
    assert found == [
        {"circumstance": "Kinderbetreuung", "effect": "kein Kita-Platz"},
        {"circumstance": "Mobilität", "effect": "Bus selten"},
    ]
    assert rows(cells(U32={"enclosures": ["CERTIFICATE", "CV"]})["P.enclosures"])[0]["enclosed"] == "ja"


def test_items_complete_one_row():
    entitlement = cells(K03={"issued_on": "2026-10-05", "kind": "OBLIGATION"}, K04={"valid_to": "2027-10-04"})
    found = rows(entitlement["M.entitlements"])
    assert found == [{"kind": "Verpflichtung", "issued_on": "05.10.2026", "valid_until": "04.10.2027"}]


@pytest.mark.parametrize(
    ("state", "cell"),
    [
        (AnswerState.DECLINED, not_given("declined", "von der Person nicht gewünscht")),
        (AnswerState.UNKNOWN, given("nicht bekannt")),
        (AnswerState.NOT_ASKED, not_given()),
    ],
)
def test_why_there_is_no_value(state, cell):
    assert cells(B14=AnswerValues(state))["K.strengths"] == cell


def test_not_applicable_prints_its_reason():
    cell = cells(B07=AnswerValues(AnswerState.NOT_APPLICABLE, reason="nie zur Schule gegangen"))["F.school_years"]
    assert (cell["mark"], cell["reason"]) == ("not_collected", "entfällt: nie zur Schule gegangen")


def test_what_was_not_asked_does_not_apply():
    assert cells(U01={"decision": "OFFEN"})["C.decision_served_on"]["value"] == "entfällt"


def whole() -> dict:
    """Every section with a value in every field."""
    return {
        section.letter: {
            field.key: given("x", "AA") if field.kind == "value" else listed(
                [{column.key: given("y", "AA") for column in field.columns}]
            )
            for field in section.fields if not field.later
        }
        for section in SECTIONS
    }  # fmt: skip


def test_preselected_is_the_smallest_set():
    letters = {section.letter for section in SECTIONS if any(field.required for field in section.fields)}
    assert MINIMUM.letters == letters | ALWAYS
    assert {"G", "J", "L", "O", "P"}.isdisjoint(MINIMUM.letters)
    assert not MINIMUM.health and MINIMUM.azr is Azr.NOT
    assert release_from({}) == MINIMUM


@pytest.mark.parametrize(
    "release", [MINIMUM, Release(ALWAYS | {"L"}, Azr.MASKED, True), Release(ALWAYS, Azr.WHOLE), Release(ALWAYS | {"L"})]
)
def test_a_release_is_stored_and_read_again(release):
    assert release_from(release.to_data()) == release


def test_what_must_go_cannot_be_withheld():
    assert release_from({"B": "all"}).letters == ALWAYS | {"B"}


@pytest.mark.parametrize("health", [True, False])
@pytest.mark.parametrize("consent", [True, False])
def test_health_goes_only_when_released_and_consented(health, consent):
    shown = released_sections(whole(), Release(ALWAYS | {"L"}, health=health), consent_e3=consent)
    goes = health and consent
    assert bool(shown["L"]["restriction"]["value"]) is goes
    assert bool(shown["Q"]["consent_e3"]["value"]) is goes
    assert shown["L"]["circumstances"]["rows"], "the rest of the section is not about health"
    if not goes:
        assert shown["L"]["restriction"] == shown["L"]["report_available"] == not_given("not_released")


def test_silence_tells_nothing():
    """A sheet of somebody without any restriction looks the same as one that keeps it back (rules.md 12)."""
    unasked = whole()
    unasked["L"]["restriction"] = not_given()
    unasked["Q"]["consent_e3"] = not_given("not_released")
    release = Release(ALWAYS | {"L"})
    assert released_sections(unasked, release, consent_e3=False)["L"]["restriction"] == not_given("not_released")
    kept_back = released_sections(whole(), release, consent_e3=True)
    assert kept_back["L"]["restriction"] == not_given("not_released")
    assert kept_back["Q"]["consent_e3"] == not_given("not_released")


def test_the_azr_number_is_off_masked_or_whole():
    sections = whole()
    sections["A"]["azr_number"] = given("123456789012", "Gemeinde")
    shown = {
        kind: released_sections(sections, Release(ALWAYS, kind), consent_e3=False)["A"]["azr_number"] for kind in Azr
    }
    assert shown[Azr.NOT] == not_given("not_released")
    assert shown[Azr.MASKED]["value"].endswith("9012") and "1234" not in shown[Azr.MASKED]["value"]
    assert shown[Azr.WHOLE]["value"] == "123456789012"


def test_withheld_sections_are_gone_and_named_by_letter():
    release = Release(ALWAYS | {"B"})
    shown = released_sections(whole(), release, consent_e3=False)
    assert set(shown) == ALWAYS | {"B"}
    assert withheld_letters(release) == [s.letter for s in SECTIONS if s.letter not in ALWAYS | {"B"}]


def gap(code: str, reason: str = "") -> Missing:
    item = ITEMS.get(code)
    fields = item.fields if item else ()
    return Missing(code, item.text if item else code, Message("fehlt"), (), item, fields, reason)


def test_a_reason_for_an_item_counts_for_its_fields():
    assert also_for_fields({"U03": "noch kein Termin"}, ITEMS)["C.title_status"] == "noch kein Termin"


def test_an_open_item_stands_for_its_fields():
    assert [one.code for one in held_up((gap("U03"), gap("C.title_status"), gap("F.school_years")), ITEMS)] == [
        "U03", "F.school_years",
    ]  # fmt: skip


def test_each_gap_leads_to_the_item_that_closes_it():
    assert supplier_of("F.school_certificate.year", ITEMS) is ITEMS["B07"]
    assert supplier_of("U08", ITEMS) is ITEMS["U08"]
    assert supplier_of("A.birth_place", ITEMS) is None


def test_reasons_are_printed_where_the_value_is_missing():
    sections = whole()
    sections["F"]["school_years"] = not_given()
    sections["F"]["school_certificate"]["rows"][0]["year"] = not_given()
    printed = with_reasons(
        sections,
        [gap("F.school_years", "kein Zeugnis"), gap("F.school_certificate.year", "unbekannt"), gap("U08", "eilt")],
    )
    assert printed["F"]["school_years"]["reason"] == "kein Zeugnis"
    assert printed["F"]["school_certificate"]["rows"][0]["year"]["reason"] == "unbekannt"
    assert "eilt" in printed["Q"]["informed_on"]["reason"]
    assert sections["F"]["school_years"]["reason"] is None, "the collected sections stay as they are"


def test_reasons_tell_nothing_of_health():
    assert without_health((gap("U11", "Widerspruch"), gap("U08"))) == (gap("U08"),)


def test_lines_in_the_order_of_the_sheet():
    parts = parts_of(whole())
    assert [part.letter for part in parts] == [section.letter for section in SECTIONS]
    addresses = [line.address for part in parts for line in part.lines]
    assert addresses[0] == "A.family_name" and "H.experience.1.level" in addresses
    assert len(addresses) == len(set(addresses)) == count_of(parts)
    assert max(map(len, addresses)) <= 60
    assert "R" not in [part.letter for part in valued(parts)]
    assert empty(parts) == []


def test_what_the_receiver_may_ask_for():
    sections = whole()
    sections["A"]["email"] = not_given("declined")
    assert empty(parts_of(sections)) == [("A.email", "A Person: E-Mail – keine Angabe")]


def test_differences_are_about_values_alone():
    before, after = whole(), whole()
    after["A"]["phone"] = given("neu", "AA")
    after["A"]["family_name"] = given("x", "anderswoher")
    after["R"]["released_on"] = given("morgen")
    del after["G"]
    found = changed(before, after)
    assert found.pop("A.phone") == "x"
    assert {address.split(".")[0] for address in found} == {"G"}
