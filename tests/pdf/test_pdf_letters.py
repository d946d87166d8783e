"""Letters to those who are invited: from a fresh read, handed over where no address is seen, noted as printed."""

from datetime import date, timedelta

import pytest

from models.rules.states import ConsentState, Way
from models.rules.times import stamp
from models.tables import Appointment, Attendance, Consent, Event, GroupEvent, Person
from pdf.appointment_letter import issue
from tests.moments import NOW, TODAY
from tests.pages.cases_cast import coached, office, taken_over
from tests.visit_cast import make_appointment, make_event

ADDRESS = {"street": "Marktplatz 4", "postcode": "66636", "town": "Tholey", "azr_number": "123456789012"}


@pytest.fixture(autouse=True)
def _clock(monkeypatch):
    monkeypatch.setattr("blueprints.shared.access.now", lambda: NOW)


def test_a_letter_goes_to_the_address_of_the_case(as_user, make_case, people, text_of):
    case = make_case(**ADDRESS)
    row = make_appointment(people("agentur"), case, interpreter="Frau Azizi")
    answer = as_user("agentur").post(f"/faelle/{case.number}/termine/{row.id}/brief.pdf", data={"version": 1})
    assert answer.mimetype == "application/pdf" and "Rahimi" not in answer.headers["Content-Disposition"]
    text = text_of(answer.data)
    for part in ("Samira Rahimi", "Marktplatz 4", "66636 Tholey", "30.11.2026", "Agentur für Arbeit, Zimmer 12"):
        assert part in text, part
    assert ADDRESS["azr_number"] not in text
    assert Appointment.get().letter_at == stamp(NOW)
    assert Event.select().where(Event.kind == "appointment.letter").count() == 1


def test_the_coach_hands_letters_over_because_she_sees_no_address(as_user, people, text_of):
    case = coached(ConsentState.GRANTED, **{name: ADDRESS[name] for name in ("street", "postcode", "town")})
    event = make_event(people("agentur"), case)
    answer = as_user("coach").post(f"/termine/{event.id}/briefe.pdf")
    text = text_of(answer.data)
    assert "zur Aushändigung" in text and "Marktplatz" not in text and "Lebach" in text
    assert as_user("coach").post(f"/termine/{event.id}/briefe.pdf").status_code == 422  # all printed
    row = Attendance.get()
    GroupEvent.update(changed_at=stamp(NOW).replace("2026", "2027")).execute()
    again = as_user("coach").post(f"/termine/{event.id}/brief/{row.id}/brief.pdf")
    assert again.mimetype == "application/pdf"


def test_a_letter_names_the_language_of_the_group(as_user, make_case, people, text_of):
    case = make_case(**ADDRESS, languages=["prs"])
    said = {}
    for token, language, interpreter in (("t1", "tir", "Herr Tesfay"), ("t2", "prs", "")):
        day = TODAY + timedelta(days=7 if token == "t1" else 8)
        event = make_event(people("agentur"), case, token=token, on=day, language=language, interpreter=interpreter)
        said[language] = text_of(as_user("agentur").post(f"/termine/{event.id}/briefe.pdf").data)
    assert "Jemand dolmetscht. Sprache: Tigrinya" in said["tir"] and "Brauchen Sie jemanden" in said["tir"]
    assert "Wir sprechen dort diese Sprache: Dari" in said["prs"] and "Brauchen Sie jemanden" not in said["prs"]


def test_only_those_who_may_stay_away_read_that_it_is_an_offer(as_user, make_case, people, text_of):
    direct = make_case(sphere="S2", **ADDRESS)
    row = make_appointment(people("jobcenter"), direct, way=Way.PHONE)
    address = f"/faelle/{direct.number}/termine/{row.id}/brief.pdf"
    text = text_of(as_user("jobcenter").post(address, data={"version": 1}).data)
    assert "ist ein Angebot" not in text and "bringen Sie mit" not in text and "Können Sie nicht kommen" in text


@pytest.mark.parametrize("what", ["address", "consent", "appointment"])
def test_what_changes_while_a_letter_is_printed_stops_it(what, as_user, make_case, people, monkeypatch):
    case = make_case(**ADDRESS)
    row = make_appointment(people("agentur"), case)

    def meanwhile(*_args: object, **_more: object) -> bytes:
        if what == "address":
            Person.update(street="Neue Straße 1", version=Person.version + 1).execute()
        elif what == "consent":
            Consent.create(
                case=case.id, purpose="E5", state="withdrawn", decided_on=TODAY, organisation=office("agentur"),
                recorded_at=stamp(NOW),
            )  # fmt: skip
        else:
            Appointment.update(state="cancelled", version=2).execute()
        return b"%PDF"

    monkeypatch.setattr(issue, "render_pdf", meanwhile)
    answer = as_user("agentur").post(f"/faelle/{case.number}/termine/{row.id}/brief.pdf", data={"version": 1})
    assert answer.status_code == 409 and "hat sich etwas geändert" in answer.get_data(as_text=True)
    assert Appointment.get().letter_at is None


def test_the_attendance_list_has_those_who_are_on_it(as_user, make_case, people, text_of):
    event = make_event(people("agentur"), make_case(**ADDRESS))
    answer = as_user("agentur").get(f"/termine/{event.id}/anwesenheitsliste.pdf")
    text = text_of(answer.data)
    assert "Rahimi, Samira" in text and ADDRESS["azr_number"] not in text and "14.03.1994" not in text
    assert as_user("coach").get(f"/termine/{event.id}/anwesenheitsliste.pdf").status_code == 403


def test_who_gave_the_case_away_prints_what_was_handed_over(as_user, text_of):
    case = taken_over(mother_tongue="tir", languages=["tir"])
    Person.update(family_name="Neumann", date_of_birth=date(1990, 5, 6)).where(Person.id == case.person_id).execute()
    agentur, here = as_user("agentur"), f"/faelle/{case.number}/einwilligungen"
    text = text_of(agentur.get(f"{here}/E5.pdf").data)
    assert "Rahimi, Samira" in text and "Neumann" not in text and "06.05.1990" not in text
    page = agentur.get(here).get_data(as_text=True)
    assert '"prs" selected' in page and '"tir" selected' not in page
    assert agentur.post(f"{here}/E5", data={"version": 0}).status_code == 403
