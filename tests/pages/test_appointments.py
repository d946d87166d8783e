"""Appointments of one person in the browser: agree, move, call off, held, missed; who sees them; what is refused."""

from datetime import timedelta

import pytest
from icalendar import Calendar

from models.base import db
from models.rules.states import AppointmentState, ConsentState
from models.rules.times import stamp
from models.tables import Appointment, Case, CaseTask, Consent
from tests.cast import renew
from tests.moments import NOW, TODAY
from tests.pages.cases_cast import coached, office, taken_over, text_of
from tests.visit_cast import SOON, make_appointment, make_event


@pytest.fixture(autouse=True)
def clock(monkeypatch):
    """The moment that pages see; tests may move it."""
    moment = {"now": NOW}
    monkeypatch.setattr("blueprints.shared.access.now", lambda: moment["now"])
    return moment


def typed(actor, **values: object) -> dict[str, object]:
    """A filled form."""
    return {
        "version": 0, "kind": "first_talk", "held_on": f"{SOON:%d.%m.%Y}", "begins": "9:30", "minutes": "45",
        "way": "PERSON", "site": "AGENTUR", "place": "Zimmer 12", "counsellor": actor.account_id,
    } | values  # fmt: skip


def test_the_way_of_an_appointment(as_user, make_case, people, clock):
    case, agentur, actor = make_case(), as_user("agentur"), people("agentur")
    here = f"/faelle/{case.number}/termine"
    assert "Noch kein Termin" in text_of(agentur.get(here))
    assert agentur.get(f"{here}/neu").status_code == 200
    assert agentur.post(f"{here}/neu", data=typed(actor)).status_code == 303
    again = agentur.post(f"{here}/neu", data=typed(actor))
    assert again.status_code == 422 and "Diesen Termin gibt es schon." in text_of(again)
    (row,) = Appointment.select()
    assert (row.begins, row.ends, row.held_on) == ("09:30", "10:15", SOON)
    assert "Erstgespräch 30.11.2026, 09:30" in text_of(agentur.get(f"/faelle/{case.number}"))

    moved = typed(actor, begins="11", version=1, reason="Die Dolmetscherin ist krank.")
    assert agentur.post(f"{here}/{row.id}/verschieben", data=moved).status_code == 303
    second_tab = agentur.post(f"{here}/{row.id}/verschieben", data=moved)
    assert second_tab.status_code == 409 and "Die Dolmetscherin ist krank." in second_tab.get_data(as_text=True)
    old, new = Appointment.select().order_by(Appointment.id)
    assert (old.state, old.successor_id, new.begins) == ("moved", new.id, "11:00")
    assert "Zum neuen Termin" in text_of(agentur.get(f"{here}/{old.id}"))

    early = agentur.post(f"{here}/{new.id}/wahrgenommen", data={"version": 1})
    assert early.status_code == 422 and "erst am 30.11.2026" in text_of(early)
    clock["now"] = NOW + timedelta(days=7)
    agentur = as_user("agentur")  # the login of a week ago has ended
    assert agentur.post(f"{here}/{new.id}/wahrgenommen", data={"version": 1}).status_code == 303
    assert agentur.post(f"{here}/{new.id}/wahrgenommen", data={"version": 1}).status_code == 409
    assert Case.get_by_id(case.id).first_contact_on == SOON
    item = text_of(agentur.get(f"/faelle/{case.number}/punkte/B02"))
    assert "30.11.2026" in item and "aus dem Termin" in item
    history = text_of(agentur.get(f"/faelle/{case.number}/verlauf?art=termine"))
    assert "Erstgespräch am 30.11.2026: wahrgenommen" in history


def test_who_does_not_come_is_counted_with_the_reason(as_user, make_case, people, clock):
    case = make_case()
    row = make_appointment(people("agentur"), case)
    here = f"/faelle/{case.number}/termine"
    clock["now"] = NOW + timedelta(days=8)
    agentur = as_user("agentur")
    nothing = agentur.post(f"{here}/{row.id}/nicht-erschienen", data={"version": 1, "miss_reason": ""})
    assert nothing.status_code == 422 and Appointment.get_by_id(row.id).state == "planned"
    assert "Ergebnis fehlt" in text_of(agentur.get(here))
    agentur.post(f"{here}/{row.id}/nicht-erschienen", data={"version": 1, "miss_reason": "TRAVEL"})
    page = text_of(agentur.get(here))
    assert "1-mal bei Ihrer Stelle" in page and "Anfahrt" in page
    assert Case.get_by_id(case.id).first_contact_on is None


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        ({"held_on": f"{TODAY - timedelta(days=1):%d.%m.%Y}"}, "Der Tag liegt in der Vergangenheit."),
        ({"held_on": "31.02.2027"}, "Bitte ein Datum wie 22.11.2026 eingeben."),
        ({"begins": "25:00"}, "Bitte eine Uhrzeit wie 9:30 angeben."),
        ({"begins": "3:00"}, "zwischen 6 und 22 Uhr"),
        ({"minutes": "0"}, "Dauer von 1 bis 480"),
        ({"begins": "21:30", "minutes": "180"}, "nach Mitternacht"),
        ({"kind": "coaching"}, "Not a valid choice"),
        ({"counsellor": "999"}, "Kollegen Ihrer Stelle"),
        ({"site": "OTHER", "place": ""}, "wo das Treffen ist"),
    ],
)
def test_what_cannot_be_is_said_at_its_field(values, sentence, as_user, make_case, people):
    case = make_case()
    if "kind" in values:
        sentence = "keine gültige"
    answer = as_user("agentur").post(f"/faelle/{case.number}/termine/neu", data=typed(people("agentur"), **values))
    assert answer.status_code == 422
    assert sentence.lower() in text_of(answer).lower()
    assert not Appointment.select().exists()


def test_two_at_one_time_need_a_reason(as_user, make_case, people):
    case, other, actor = make_case(), make_case(given_name="Omar"), people("agentur")
    make_appointment(actor, case, begins="09:00", ends="10:00")
    agentur = as_user("agentur")
    for one, who in ((case, "Die Person hat von 09:00"), (other, "Muster Agentur hat von 09:00")):
        address = f"/faelle/{one.number}/termine/neu"
        clash = agentur.post(address, data=typed(actor))
        assert clash.status_code == 422 and who in text_of(clash) and Appointment.select().count() == 1
    assert agentur.post(address, data=typed(actor, despite="Beide kommen zusammen.")).status_code == 303
    assert Appointment.get(Appointment.case == other.id).despite == "Beide kommen zusammen."


def test_coach_and_agentur_see_each_others_with_consent_alone(as_user, make_case, people):
    with_consent, without = coached(ConsentState.GRANTED), coached(ConsentState.NONE, given_name="Omar")
    for case in (with_consent, without):
        make_appointment(people("agentur"), case, despite="x")
    coach = as_user("coach")
    assert "Zimmer 12" in text_of(coach.get(f"/faelle/{with_consent.number}/termine"))
    assert coach.get(f"/faelle/{without.number}/termine").status_code == 403
    assert "30.11.2026" not in text_of(coach.get(f"/faelle/{without.number}"))
    (row,) = Appointment.select().where(Appointment.case == with_consent.id)
    assert coach.post(f"/faelle/{with_consent.number}/termine/{row.id}/absagen", data={"version": 1}).status_code == 404
    assert as_user("tholey").get(f"/faelle/{with_consent.number}/termine").status_code == 403
    own = typed(people("coach"), kind="coaching", begins="14:00", site="OTHER", place="Café am Markt")
    assert coach.post(f"/faelle/{with_consent.number}/termine/neu", data=own).status_code == 303
    agentur = as_user("agentur")
    assert "Café am Markt" in text_of(agentur.get(f"/faelle/{with_consent.number}/termine"))
    hers = Appointment.get(Appointment.kind == "coaching")
    secret = {"version": 1, "cancel_reason": "Streit in der Familie"}
    assert coach.post(f"/faelle/{with_consent.number}/termine/{hers.id}/absagen", data=secret).status_code == 303
    pages = [f"/faelle/{with_consent.number}{end}" for end in ("/verlauf", "/termine", "")]
    for address in pages:
        assert "Streit" in text_of(coach.get(address)) or not address.endswith("termine")
        assert "Streit" not in text_of(agentur.get(address)), address
    assert "Termin abgesagt" in text_of(agentur.get(pages[0]))
    Case.update(coach_consent=ConsentState.WITHDRAWN).where(Case.id == with_consent.id).execute()
    for address in pages:
        assert "abgesagt" not in text_of(agentur.get(address)), address
    assert "Café am Markt" not in text_of(agentur.get(f"/faelle/{with_consent.number}/termine"))
    assert coach.get(f"/faelle/{with_consent.number}/termine").status_code == 404


def test_after_the_handover_each_side_has_its_own(as_user, people):
    case = taken_over()
    Appointment.create(
        case=case.id, organisation=office("agentur"), kind="first_talk", held_on=TODAY, begins="09:00", ends="10:00",
        way="PERSON", site="AGENTUR", place="Zimmer 12", counsellor=people("agentur").account_id, created_at="",
        state=AppointmentState.ATTENDED,
    )  # fmt: skip
    jobcenter = as_user("jobcenter")
    here = f"/faelle/{case.number}/termine"
    assert "Zimmer 12" not in text_of(jobcenter.get(here))
    assert jobcenter.post(f"{here}/neu", data=typed(people("jobcenter"), place="Raum 3")).status_code == 303
    agentur = as_user("agentur")
    page = text_of(agentur.get(here))
    assert "Zimmer 12" in page and "Raum 3" not in page and "Termin vereinbaren" not in page
    assert agentur.post(f"{here}/neu", data=typed(people("agentur"))).status_code == 403


def test_the_calendar_file_names_no_person(as_user, make_case, people):
    case = make_case()
    row = make_appointment(people("agentur"), case)
    answer = as_user("agentur").get(f"/faelle/{case.number}/termine/{row.id}/termin.ics")
    assert answer.mimetype == "text/calendar"
    (event,) = Calendar.from_ical(answer.data).walk("VEVENT")
    assert event["SUMMARY"] == f"Erstgespräch, Fall {case.number}"
    assert event["DTSTART"].dt.isoformat() == "2026-11-30T09:00:00+01:00"
    assert "Rahimi" not in answer.get_data(as_text=True) and "Samira" not in answer.get_data(as_text=True)
    assert as_user("tholey").get(f"/faelle/{case.number}/termine/{row.id}/termin.ics").status_code == 403


def test_a_talk_moves_the_day_of_the_next_contact(as_user, make_case, people, clock):
    case = make_case(changes={"first_contact_on": TODAY - timedelta(days=60)})
    row = make_appointment(people("agentur"), case)
    (task,) = CaseTask.select().where(CaseTask.kind == "no_contact")
    assert task.due_on == TODAY
    clock["now"] = NOW + timedelta(days=7)
    as_user("agentur").post(f"/faelle/{case.number}/termine/{row.id}/wahrgenommen", data={"version": 1})
    (task,) = CaseTask.select().where(CaseTask.kind == "no_contact")
    assert task.due_on == SOON + timedelta(days=60)


def test_the_day_shows_who_holds_what(as_user, people, clock):
    case, silent = coached(ConsentState.GRANTED), coached(ConsentState.NONE, given_name="Omar")
    for one in (case, silent):
        make_appointment(people("agentur"), one, on=TODAY, begins="14:00", ends="15:00", despite="x")
    make_event(people("agentur"), case, on=TODAY, begins="16:00", ends="17:00")
    day = text_of(as_user("agentur").get("/"))
    assert "Termine heute 14:00–15:00 Uhr, Erstgespräch Rahimi, Samira" in day and "Omar" in day
    assert "16:00–17:00 Uhr, Gruppeninformation Arbeitsmarkt" in day
    day = text_of(as_user("coach").get("/"))
    assert "14:00–15:00 Uhr, Erstgespräch Rahimi, Samira" in day and "bei der Agentur für Arbeit" in day
    assert "Erstgespräch Rahimi, Omar" not in day and "16:00–17:00" in day
    assert "Termine heute" not in text_of(as_user("jobcenter").get("/"))
    assert "Erstgespräch" in text_of(as_user("agentur").get("/termine/"))


def test_who_wants_no_calls_is_not_called(as_user, make_case, people):
    case, agentur = make_case(), as_user("agentur")
    with db.atomic():
        Consent.create(
            case=case.id, purpose="E5", state=ConsentState.WITHDRAWN, decided_on=TODAY, recipient=office("agentur"),
            recorded_at=stamp(NOW),
        )  # fmt: skip
    here = f"/faelle/{case.number}/termine/neu"
    answer = agentur.post(here, data=typed(people("agentur"), way="PHONE"))
    assert answer.status_code == 422 and "möchte nicht angerufen werden" in text_of(answer)
    assert agentur.post(here, data=typed(people("agentur"))).status_code == 303


def test_cases_without_contact_can_be_listed(as_user, make_case):
    for name, days in (("Still", 61), ("Lebhaft", 10)):
        case = make_case(family_name=name, changes={"first_contact_on": TODAY - timedelta(days=days)})
        renew(case)
    page = text_of(as_user("agentur").get("/faelle/?kontakt=kein-kontakt"))
    assert "Still, Samira" in page and "Lebhaft" not in page
    assert "Lange kein Kontakt: Gespräch vereinbaren" in text_of(as_user("agentur").get("/"))
