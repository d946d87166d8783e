"""The papers around the handover: enrolment form, coach checklist, receipt."""

from dataclasses import fields, replace
from io import BytesIO

import pikepdf
import pytest

from pdf.checklist import sample as coach
from pdf.checklist.sheet import Names, PaperItem, PaperPerson, checklist
from pdf.enrolment_form import sample as enrolment
from pdf.enrolment_form.fields import ONLY_WHERE_GIVEN, all_fields, gap_count, gaps, marked
from pdf.enrolment_form.sheet import EnrolmentFacts, enrolment_form
from pdf.receipt import sample as receipts
from pdf.receipt.sheet import receipt
from pdf.render import render_pdf

FORBIDDEN = ("AZR", "Gesundheit", "Einschränkung", "Gutachten", "Diagnose", "Klage")


@pytest.fixture(scope="module")
def form(samples, text_of) -> str:
    return text_of(samples["enrolment_form"])


@pytest.mark.parametrize(
    "name",
    [
        "enrolment_form",
        "coach_checklist",
        "coach_checklist blank",
        "day bundle",
        "receipt",
        "registration_proof",
        "appointment_letter",
        "attendance_list",
        "participant_list",
        "course_sheet",
    ],
)
def test_papers_for_coach_and_provider_say_nothing_of_azr_or_health(samples, text_of, name):
    text = text_of(samples[name])
    assert [word for word in FORBIDDEN if word.lower() in text.lower()] == []


@pytest.mark.parametrize("facts", [EnrolmentFacts, PaperPerson, PaperItem])
def test_there_is_no_place_for_an_azr_number(facts):
    names = {field.name for field in fields(facts)} | {field.key for field in all_fields()}
    assert not [name for name in names if "azr" in name or "health" in name]


@pytest.mark.parametrize(
    ("name", "pages"),
    [
        ("enrolment_form", 2),
        ("course_sheet", 3),
        ("coach_checklist", 1),
        ("coach_checklist blank", 1),
        ("day bundle", 3),
        ("receipt", 1),
        ("registration_proof", 1),
        ("receipt MUSTER", 1),
        ("appointment_letter", 1),
        ("appointment_letters", 3),
        ("attendance_list", 2),
        ("participant_list", 1),
    ],
)
def test_each_paper_has_its_number_of_pages(samples, pages_of, name, pages):
    assert pages_of(samples[name]) == pages


def test_the_form_has_every_field_of_the_ordinance(form):
    printed = form.replace(" ", "")
    for field in all_fields():
        if field.key not in ONLY_WHERE_GIVEN - {"understanding"}:
            assert field.label.replace(" ", "") in printed, field.key


def test_the_form_is_not_the_form_of_the_bamf(form):
    assert "Dieser Bogen ersetzt nicht den BAMF-Vordruck." in form


def test_missing_fields_are_marked_and_listed(form):
    found = gaps(enrolment.VALUES, {"availability": ("Umfang",)})
    assert [(gap.block, gap.field.key, gap.parts) for gap in found] == [
        ("Person", "birth_place", ()), ("Zugang zum Kurs", "file_number", ()),
        ("Organisation", "availability", ("Umfang",)),
    ]  # fmt: skip
    assert gap_count(found) == 3
    assert marked(enrolment.VALUES, found)["availability"] == "Vormittag, Teilzeit (Umfang: fehlt)"
    assert marked(enrolment.VALUES, found)["birth_place"] is None
    assert "Geburtsort fehlt" in form
    assert "Aktenzeichen (PK) fehlt" in form
    assert form.count("fehlt") == 2


def test_the_form_has_a_line_for_the_person_and_a_box_for_the_issuer(form):
    assert "Angemeldete Person Rahimi, Samira Ort, Datum, Unterschrift" in form
    assert "gedolmetscht durch, Unterschrift: A. Karimi" in form
    assert "Ausstellende Stelle Landkreis St. Wendel, AsylbLG-Stelle elektronisch unterschrieben" in form


def test_the_second_page_is_leaflet_and_return_slip(samples, poppler):
    second = " ".join(poppler("pdftotext", samples["enrolment_form"], "-raw", "-f", "2").split())
    for words in (
        "Merkzettel für die angemeldete Person",
        "Rücksendeabschnitt",
        "angemeldet am",
        "voraussichtlicher Beginn",
        "Warteliste",
        "Stempel und Unterschrift des Kursträgers",
        "Rücksendung an Landkreis St. Wendel",
    ):
        assert words in second, words


def test_special_needs_are_printed_only_with_the_persons_consent(text_of):
    facts = replace(enrolment.FACTS, values=enrolment.VALUES | {"special_needs": "Sitzplatz vorn"})
    assert "Sitzplatz" not in text_of(render_pdf("enrolment_form", enrolment_form(facts)))
    agreed = enrolment_form(replace(facts, special_needs_agreed=True))
    assert "Besondere Lernbedarfe Sitzplatz vorn" in text_of(render_pdf("enrolment_form", agreed))


def test_the_customer_number_goes_to_vocational_courses_only(text_of):
    facts = replace(enrolment.FACTS, values=enrolment.VALUES | {"kundennummer": "123A456789"})
    assert "123A456789" not in text_of(render_pdf("enrolment_form", enrolment_form(facts)))
    vocational = enrolment_form(replace(facts, family="vocational"))
    assert "123A456789" in text_of(render_pdf("enrolment_form", vocational))


def test_a_value_without_a_field_is_refused():
    with pytest.raises(ValueError, match="azr_number"):
        enrolment_form(replace(enrolment.FACTS, values={"azr_number": "1"}))


def test_a_long_form_still_has_its_slip(text_of, pages_of):
    long = enrolment_form(replace(enrolment.FACTS, values=enrolment.VALUES | {"travel": "Bus und Bahn " * 40}))
    pdf = render_pdf("enrolment_form", long)
    assert pages_of(pdf) <= 3
    assert text_of(pdf).count("Bus und Bahn") == 40


def test_the_filled_list_shows_answers_and_leaves_room_where_there_are_none(samples, poppler, text_of):
    text = text_of(samples["coach_checklist"])
    assert "C11 Termin Agentur vereinbart Pflicht 02.10.2026, 10:00 Uhr, St. Wendel" in text
    assert "entfällt: Termin wahrgenommen" in text
    assert "C17 Sprachangebot bis Kursstart Soll EOK Treff keines" in text
    structure = poppler("pdfinfo", samples["coach_checklist"], "-struct")
    assert structure.count("Figure") == 23 + 3 + 1, "a tick for each item, one for each open choice, the QR code"


def test_all_items_are_on_the_one_page(samples, text_of):
    text = text_of(samples["coach_checklist blank"])
    assert [code for code in (f"C{number:02}" for number in range(1, 24)) if code not in text] == []
    assert "Rahimi" not in text


def test_print_without_names_shows_initials_or_the_number_alone(text_of):
    text = text_of(render_pdf("checklist", coach.sample(Names.INITIALS)))
    assert "S. R." in text and "SWD-2026-00417" in text
    assert not [word for word in ("Rahimi", "Samira", "0151") if word in text]
    text = text_of(render_pdf("checklist", coach.sample(Names.NUMBER)))
    assert "SWD-2026-00417" in text and "S. R." not in text


def test_a_person_with_one_name_has_one_initial():
    person = replace(coach.PERSON, given_names="", family_name="Mustafa")
    assert person.named(Names.INITIALS) == "M." and person.named(Names.FULL) == "Mustafa"


def test_the_list_stays_on_one_page_with_long_answers(pages_of, text_of):
    items = tuple(
        replace(item, text=item.text + " und noch ein ganzer Satz dazu" * 3, state="done", value="lange Antwort " * 36)
        for item in coach.BLANK_ITEMS
    )
    facts = replace(coach.facts(items), person=replace(coach.PERSON, family_name="x" * 500))
    sheet = checklist(facts, printed_on="20.11.2026", created=enrolment.FACTS.created)
    pdf = render_pdf("checklist", sheet, watermark=True)
    assert pages_of(pdf) == 1
    assert "C23" in text_of(pdf)


def test_other_lists_have_room_for_every_field(samples, text_of):
    text = text_of(samples["checklist roomy"])
    assert "Art: Ausweis Pass keines" in text and "gültig bis:" in text and "Kinder:" in text
    assert "Nicht auf Papier: B41" in text
    assert " 72" not in text, "a choice among many is written by hand"


def test_the_bundle_has_the_route_and_a_page_with_a_code_for_each_person(samples, poppler, text_of):
    text = text_of(samples["day bundle"])
    assert text.index("Tagesmappe") < text.index("C01")
    assert "1 9:00 Rahimi, Samira SWD-2026-00417 Tholey, Rathaus 0151 0000000 Dari, Dolmetscher nötig" in text
    for page in ("2", "3"):
        alone = poppler("pdftotext", samples["day bundle"], "-f", page, "-l", page)
        assert "C23" in alone and "eintragen" in alone
    assert "0151" not in text_of(render_pdf("checklist", coach.day(Names.INITIALS)))


def test_the_receipt_names_the_sheet_and_what_happened(samples, text_of):
    text = text_of(samples["receipt"])
    for words in (
        "Empfangsbestätigung",
        "Übergabebogen SWD-2026-00417-1",
        "Fassung 1",
        "7f3c 19ab 50d4 e0b1 c6a2 983f 7d5e 4108 6bfa 2c9d 1e30 4758 69ad becf 0213 02de",
        "Eingegangen am 23.11.2026, 08:05 Uhr",
        "Angenommen am 24.11.2026, 10:38 Uhr",
        "Angenommen durch B. Lauer",
        "Ersttermin im Jobcenter 02.12.2026, 09:30 Uhr",
        "eingegangen und angenommen",
    ):
        assert words in text, words


def test_a_receipt_before_acceptance_says_so(text_of):
    facts = replace(receipts.FACTS, accepted_at="", accepted_by="", team="", first_talk="")
    text = text_of(render_pdf("receipt", receipt(facts)))
    assert "Über die Annahme ist noch nicht entschieden." in text
    assert "Angenommen am noch nicht angenommen" in text
    assert "Angenommen durch" not in text


def test_the_list_that_lies_open_says_nothing_but_names(samples, text_of):
    text = text_of(samples["attendance_list"])
    assert "Noori, Farid" in text and "Unterschrift" in text
    assert "SWD-" not in text and "geb." not in text


def test_a_letter_binds_in_german_and_stands_in_the_language_of_the_person(samples, text_of):
    text = text_of(samples["appointment_letter"])
    for part in ("Samira Rahimi", "Marktplatz 4", "01.12.2026", "09:30", "0681 000-1234", "Übersetzung ungeprüft"):
        assert part in text, part
    moved = text_of(samples["appointment_letters"])
    assert "Der Termin am 28.11.2026 findet nicht statt" in moved and "keine Übersetzung" in moved


@pytest.mark.parametrize("name", ["consent E2 ara", "consent E3 ukr"])
def test_a_consent_is_one_page_with_all_its_signatures(samples, name):
    with pikepdf.open(BytesIO(samples[name])) as paper:
        assert len(paper.pages) == 1


def test_day_and_time_of_a_meeting_stand_in_one_line(samples, poppler):
    assert "24.11.2026, 09:30–11:30 Uhr" in poppler("pdftotext", samples["minutes"], "-layout")
