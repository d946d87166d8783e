"""Group information in the browser: series, invitations, the attendance list, walk-ins; what is refused."""

from datetime import timedelta

import pytest

from models.operations.attendance import Invitation, invite
from models.rules.errors import StaleVersion
from models.rules.states import ConsentState
from models.tables import Attendance, Case, DuplicatePair, Event, GroupEvent, Person
from tests.moments import NOW, TODAY
from tests.pages.cases_cast import coached, soup_of, taken_over, text_of
from tests.visit_cast import SOON, make_appointment, make_event


@pytest.fixture(autouse=True)
def _clock(monkeypatch):
    monkeypatch.setattr("blueprints.shared.access.now", lambda: NOW)


def typed(**values: object) -> dict[str, object]:
    """A filled form of a new event."""
    return {
        "version": 0, "token": "abc", "title": "Gruppeninformation", "held_on": f"{SOON:%d.%m.%Y}", "begins": "9",
        "ends": "11:00", "site": "LEBACH", "place": "Pommernstraße 1, 66822 Lebach", "language": "prs",
        "capacity": "2", "counsellor": "",
    } | values  # fmt: skip


def held(event: GroupEvent | object) -> None:
    """The event is today."""
    GroupEvent.update(held_on=TODAY).where(GroupEvent.id == event.id).execute()


def test_a_series_is_planned_once_and_changed_one_by_one(as_user):
    agentur = as_user("agentur")
    assert agentur.get("/termine/neu").status_code == 200
    wish = typed(weeks="2", until=f"{SOON + timedelta(days=30):%d.%m.%Y}")
    assert agentur.post("/termine/neu", data=wish).status_code == 303
    assert agentur.post("/termine/neu", data=wish).status_code == 303  # the second of two clicks
    events = list(GroupEvent.select().order_by(GroupEvent.held_on))
    assert [row.held_on for row in events] == [SOON + timedelta(days=14 * number) for number in range(3)]
    assert text_of(agentur.get("/termine/")).count("0 von 2") == 3
    second = events[1]
    change = typed(version=1, begins="10:00", held_on=f"{second.held_on:%d.%m.%Y}")
    assert agentur.post(f"/termine/{second.id}/aendern", data=change).status_code == 422  # no reason
    assert agentur.post(f"/termine/{second.id}/aendern", data=change | {"reason": "Raum belegt"}).status_code == 303
    late = agentur.post(f"/termine/{second.id}/aendern", data=change | {"reason": "auch ich"})
    assert late.status_code == 409 and "auch ich" in late.get_data(as_text=True)
    assert (
        agentur.post(f"/termine/{events[2].id}/absagen", data={"version": 1, "cancel_reason": "x"}).status_code == 303
    )
    assert [row.state for row in GroupEvent.select().order_by(GroupEvent.held_on)] == [
        "planned",
        "planned",
        "cancelled",
    ]
    assert "Raum belegt" in text_of(agentur.get(f"/termine/{second.id}"))
    assert agentur.get(f"/termine/{second.id}/termin.ics").mimetype == "text/calendar"


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        ({"held_on": f"{TODAY - timedelta(days=1):%d.%m.%Y}"}, "in der Vergangenheit"),
        ({"ends": "8:00"}, "Das Ende liegt vor dem Beginn."),
        ({"capacity": "0"}, "Zahl von 1 bis 500"),
        ({"capacity": "viele"}, "Bitte eine ganze Zahl eingeben."),
        ({"place": " "}, "Haus und Anschrift"),
        ({"weeks": "1", "until": "01.01.2026"}, "endet vor ihrem ersten Tag"),
        ({"weeks": "1"}, "endet vor ihrem ersten Tag"),
        ({"weeks": "9", "until": "01.02.2027"}, "1 bis 8 Wochen"),
    ],
)
def test_what_cannot_be_held_is_said_at_its_field(values, sentence, as_user):
    answer = as_user("agentur").post("/termine/neu", data=typed(**values))
    assert answer.status_code == 422 and sentence in text_of(answer)
    assert not GroupEvent.select().exists()


def test_inviting_warns_of_crowds_and_clashes_and_keeps_the_ticks(as_user, make_case, people):
    actor, agentur = people("agentur"), as_user("agentur")
    event = make_event(actor, capacity=2)
    cases = [make_case(given_name=name) for name in ("Amir", "Bahar", "Cyrus")]
    numbers = [case.number for case in cases]
    here = f"/termine/{event.id}/einladen"
    assert agentur.post(here, data={"people": []}).status_code == 422
    crowded = agentur.post(here, data={"people": numbers})
    assert crowded.status_code == 422 and "3 Eingeladene bei 2 Plätzen: 1 zu viel" in text_of(crowded)
    assert len(soup_of(crowded).select("input[name=people][checked]")) == 3
    assert not Attendance.select().exists()
    make_appointment(actor, cases[0], begins="10:30", ends="11:30")
    clash = agentur.post(here, data={"people": numbers, "crowd": "y"})
    assert "Rahimi, Amir: Die Person hat von 10:30 bis 11:30 Uhr schon: Erstgespräch." in text_of(clash)
    assert clash.status_code == 422 and not Attendance.select().exists()
    assert agentur.post(here, data={"people": numbers, "crowd": "y", "despite": "geht früher"}).status_code == 303
    assert [(row.state, row.despite) for row in Attendance.select().order_by(Attendance.case)] == [
        ("invited", "geht früher"), ("invited", ""), ("invited", "")]  # fmt: skip
    assert "Niemand passt" in text_of(agentur.get(here))
    assert "Gruppeninformation 30.11.2026, 09:00" in text_of(agentur.get(f"/faelle/{numbers[0]}"))
    row = Attendance.get(Attendance.case == cases[0].id)
    out = f"/termine/{event.id}/ausladen/{row.id}"
    assert agentur.post(out, data={"version": 1}).status_code == 303
    assert agentur.post(out, data={"version": 1}).status_code == 409
    assert "Rahimi, Amir" in text_of(agentur.get(f"{here}?alle=y"))


def test_candidates_are_narrowed_by_language_town_and_earlier_invitations(as_user, make_case, people):
    dari, kurdish = (
        make_case(given_name="Dina"),
        make_case(given_name="Kawa", languages=["kmr"], municipality="marpingen"),
    )
    make_event(people("agentur"), kurdish, token="before")
    event = make_event(people("agentur"), on=SOON + timedelta(days=1))
    agentur, here = as_user("agentur"), f"/termine/{event.id}/einladen"
    page = text_of(agentur.get(here))
    assert "Rahimi, Dina" in page and "Kawa" not in page
    assert "Rahimi, Kawa" in text_of(agentur.get(f"{here}?alle=y&sprache=kmr&gemeinde=marpingen"))
    assert "Niemand passt" in text_of(agentur.get(f"{here}?sprache=kmr"))
    assert dari.number in text_of(agentur.get(f"{here}?sprache=prs"))


def test_the_coach_invites_and_sees_her_own_people_alone(as_user, make_case, people):
    mine, hers = coached(ConsentState.GRANTED, given_name="Mina"), coached(ConsentState.NONE, given_name="Nora")
    event = make_event(people("agentur"), make_case(given_name="Fremd"))
    coach, here = as_user("coach"), f"/termine/{event.id}"
    page = text_of(coach.get(f"{here}/einladen"))
    assert "Mina" in page and "Nora" not in page and "Fremd" not in page
    assert coach.post(f"{here}/einladen", data={"people": [hers.number]}).status_code == 422
    assert coach.post(f"{here}/einladen", data={"people": [mine.number]}).status_code == 303
    page = text_of(coach.get(here))
    assert "Mina" in page and "Fremd" not in page and "1 von 3 frei" in page
    for address in (f"{here}/anwesenheit", f"{here}/aendern", "/termine/neu"):
        assert coach.get(address).status_code == 403
    assert as_user("tholey").get(here).status_code == 403
    assert as_user("jobcenter").get(here).status_code == 403
    assert "Gruppeninformation" not in text_of(as_user("jobcenter").get("/termine/"))


def test_each_tick_is_saved_alone_and_flows_into_the_case(as_user, make_case, people):
    cases = [make_case(given_name=name) for name in ("Amir", "Bahar")]
    event = make_event(people("agentur"), *cases)
    agentur, here = as_user("agentur"), f"/termine/{event.id}/anwesenheit"
    rows = list(Attendance.select().order_by(Attendance.id))
    early = agentur.post(f"{here}/{rows[0].id}", data={"version": 1, "state": "attended"})
    assert early.status_code == 422 and "erst am 30.11.2026" in text_of(early)
    held(event)
    assert agentur.get(here).status_code == 200
    assert agentur.post(f"{here}/{rows[0].id}", data={"version": 1, "state": "attended"}).status_code == 303
    assert agentur.post(f"{here}/{rows[0].id}", data={"version": 1, "state": "absent"}).status_code == 409
    why = agentur.htmx(f"{here}/{rows[1].id}", data={"version": 1, "state": "excused", "reason": ""})
    assert why.status_code == 422 and "Warum ist die Person entschuldigt?" in text_of(why)
    done = agentur.htmx(f"{here}/{rows[1].id}", data={"version": 1, "state": "excused", "reason": "CHILDCARE"})
    assert done.status_code == 200 and soup_of(done).select_one("li")["id"] == f"row-{rows[1].id}"
    for code in ("A21", "A22"):
        item = text_of(agentur.get(f"/faelle/{cases[0].number}/punkte/{code}"))
        assert "aus der Anwesenheitsliste vom 23.11.2026" in item
    history = text_of(agentur.get(f"/faelle/{cases[1].number}/verlauf?art=termine"))
    assert "Gruppeninformation am 23.11.2026: entschuldigt" in history


def test_a_walk_in_is_opened_in_one_line_and_matched_with_the_later_arrival(as_user, people):
    event = make_event(people("agentur"))
    held(event)
    agentur, here = as_user("agentur"), f"/termine/{event.id}"
    line = {"token": "t" * 32, "family_name": "Noori", "given_name": "Farid", "date_of_birth": "04.05.1996",
            "nationality": "Afghanistan", "languages": "Dari"}  # fmt: skip
    wrong = agentur.post(f"{here}/erfassen", data=line | {"date_of_birth": "31.02.1996"})
    assert wrong.status_code == 422 and 'value="Farid"' in wrong.get_data(as_text=True)
    assert not Case.select().exists()
    assert agentur.post(f"{here}/erfassen", data=line).status_code == 303
    assert agentur.post(f"{here}/erfassen", data=line).status_code in (303, 422)  # the second of two clicks
    (case,) = Case.select()
    (row,) = Attendance.select()
    assert (row.case_id, row.state, row.walk_in, case.origin, case.municipality_id) == (
        case.id, "attended", True, "agentur", None)  # fmt: skip
    again = agentur.post(f"{here}/erfassen", data=line | {"token": "u" * 32, "given_name": "Fareed"})
    assert again.status_code == 422 and case.number in text_of(again)
    assert agentur.post(f"{here}/dazu", data={"number": case.number}).status_code == 422

    arrived = {
        "token": "v" * 32, "arrived_on": "20.11.2026", "people-0-family_name": "Noori", "people-0-given_name": "Farid",
        "people-0-date_of_birth": "04.05.1996", "people-0-sex": "m", "people-0-nationality": "Afghanistan",
        "people-0-languages": "Dari", "people-0-document": "AKN",
    }  # fmt: skip
    warned = as_user("tholey").post("/ankuenfte/person", data=arrived)
    assert warned.status_code == 422 and case.number in text_of(warned)
    sure = arrived | {"people-0-others": case.number}
    assert as_user("tholey").post("/ankuenfte/person", data=sure).status_code == 303
    assert Person.select().count() == 2
    (pair,) = DuplicatePair.select()
    assert pair.state == "open"
    assert "Noori, Farid" in text_of(agentur.get("/dubletten/"))


def test_who_has_a_case_is_let_in_by_its_number(as_user, make_case, people):
    event, case = make_event(people("agentur")), make_case()
    held(event)
    agentur, here = as_user("agentur"), f"/termine/{event.id}"
    assert agentur.post(f"{here}/dazu", data={"number": "SWD-2026-99999"}).status_code == 422
    assert agentur.post(f"{here}/dazu", data={"number": case.number.lower()}).status_code == 303
    assert Attendance.get().state == "attended"


def test_a_list_takes_no_more_queries_for_more_people(as_user, make_case, people, statements_of):
    one = make_event(people("agentur"), make_case(), token="a")
    many = make_event(
        people("agentur"), *(make_case(given_name=name) for name in "ABCD"), token="b", on=SOON + timedelta(days=1),
        capacity=9,
    )  # fmt: skip
    agentur = as_user("agentur")
    for page in ("", "/anwesenheit", "/einladen"):
        agentur.get(f"/termine/{one.id}{page}")  # the first look reads the code lists for the process
        few, more = (statements_of(agentur, f"/termine/{event.id}{page}") for event in (one, many))
        assert len(few) == len(more), page


def test_who_invited_takes_off_the_list_and_so_does_who_holds_it(as_user, people):
    case = coached(ConsentState.GRANTED)
    event = make_event(people("agentur"), case)
    coach, agentur, out = as_user("coach"), as_user("agentur"), f"/termine/{event.id}/ausladen"
    (row,) = Attendance.select()
    assert not soup_of(coach.get(f"/termine/{event.id}")).select(f"#withdraw-{row.id}")
    assert coach.post(f"{out}/{row.id}", data={"version": 1}).status_code == 403
    assert agentur.post(f"{out}/{row.id}", data={"version": 1}).status_code == 303
    assert coach.post(f"/termine/{event.id}/einladen", data={"people": [case.number]}).status_code == 303
    assert soup_of(coach.get(f"/termine/{event.id}")).select(f"#withdraw-{row.id}")
    assert agentur.post(f"{out}/{row.id}", data={"version": Attendance.get().version}).status_code == 303


def test_a_case_that_went_on_is_not_written_to_and_shows_nothing_new(as_user, people):
    case = taken_over(municipality="marpingen")
    before = Case.get_by_id(case.id)
    Case.update(accepted_on=None).where(Case.id == case.id).execute()
    event = make_event(people("agentur"), case)
    Case.update(accepted_on=before.accepted_on).where(Case.id == case.id).execute()
    held(event)
    (row,) = Attendance.select()
    agentur, here = as_user("agentur"), f"/termine/{event.id}"
    page = text_of(agentur.get(here))
    assert "Rahimi, Samira" in page and "Marpingen" not in page and "Dari" not in page.partition("Auf der Liste")[2]
    marked = agentur.post(f"{here}/anwesenheit/{row.id}", data={"version": 1, "state": "attended"})
    assert marked.status_code == 422 and "inzwischen übernommen" in text_of(marked)
    assert agentur.post(f"{here}/ausladen/{row.id}", data={"version": 1}).status_code == 422
    assert Attendance.get().state == "invited"


def test_a_list_is_not_changed_for_an_event_that_was_moved_meanwhile(app, make_case, people):
    actor, case = people("agentur"), make_case()
    seen = make_event(actor)
    GroupEvent.update(version=2).where(GroupEvent.id == seen.id).execute()
    with pytest.raises(StaleVersion):
        invite(seen, Invitation([case.number]), actor=actor, now=NOW)
    assert not Attendance.select().exists()


def test_one_that_was_called_off_is_ahead_of_nobody(as_user, make_case, people):
    case = make_case()
    event, other = (
        make_event(people("agentur"), case),
        make_event(people("agentur"), token="t2", begins="14:00", ends="15:00"),
    )
    agentur = as_user("agentur")
    assert case.number not in text_of(agentur.get(f"/termine/{other.id}/einladen"))
    data = {"version": 1, "cancel_reason": "Raum belegt"}
    assert agentur.post(f"/termine/{event.id}/absagen", data=data).status_code == 303
    assert case.number in text_of(agentur.get(f"/termine/{other.id}/einladen"))
    assert "Gruppeninformation 30.11.2026" not in text_of(agentur.get(f"/faelle/{case.number}"))


def test_another_time_fits_those_who_are_invited(as_user, make_case, people):
    actor, agentur, case = people("agentur"), as_user("agentur"), make_case()
    event = make_event(actor, case)
    make_appointment(actor, case, begins="14:00", ends="15:00")
    change = typed(version=1, begins="14:30", ends="16:00", reason="Raum belegt")
    here = f"/termine/{event.id}/aendern"
    clash = agentur.post(here, data=change)
    assert clash.status_code == 422 and "Rahimi, Samira: Die Person hat von 14:00" in text_of(clash)
    assert GroupEvent.get().begins == "09:00"
    assert agentur.post(here, data=change | {"despite_people": "geht früher"}).status_code == 303
    assert (GroupEvent.get().begins, Attendance.get().despite) == ("14:30", "geht früher")


def test_the_leader_and_the_invited_each_need_their_own_reason(as_user, make_case, people):
    actor, agentur, case, other = people("agentur"), as_user("agentur"), make_case(), make_case(given_name="Amina")
    event = make_event(actor, case)
    make_appointment(actor, case, begins="14:00", ends="15:00")
    make_appointment(actor, other, begins="15:00", ends="16:00")
    change = typed(version=1, begins="14:30", ends="16:00", reason="Raum belegt", counsellor=str(actor.account_id))
    here = f"/termine/{event.id}/aendern"
    first = soup_of(agentur.post(here, data=change))
    assert "hat von 15:00" in first.select_one("#despite-error").text and not first.select("#despite_people-error")
    second = soup_of(agentur.post(here, data=change | {"despite": "Vertretung kommt"}))
    assert "Rahimi, Samira" in second.select_one("#despite_people-error").text and not second.select("#despite-error")
    both = change | {"despite": "Vertretung kommt", "despite_people": "geht früher"}
    assert agentur.post(here, data=both).status_code == 303
    assert Attendance.get().despite == "geht früher"
    assert "Vertretung kommt" in Event.get(Event.kind == "group_event.changed").data


def test_what_took_place_is_neither_moved_nor_called_off(as_user, make_case, people):
    event, agentur = make_event(people("agentur"), make_case()), as_user("agentur")
    held(event)
    Attendance.update(state="attended").execute()
    here, reason = f"/termine/{event.id}", {"version": 1, "reason": "x", "cancel_reason": "x"}
    for address, field in ((f"{here}/aendern", "held_on"), (f"{here}/absagen", "cancel_reason")):
        answer = agentur.post(address, data=typed(**reason))
        assert answer.status_code == 422 and "sie hat stattgefunden" in text_of(answer), field
    assert (GroupEvent.get().held_on, GroupEvent.get().state) == (TODAY, "planned")
    same = typed(**reason, held_on=f"{TODAY:%d.%m.%Y}", begins="14:00", ends="15:00")
    assert agentur.post(f"{here}/aendern", data=same).status_code == 303
