"""Requests for a transfer: the Jobcenter learns nothing, whoever it asks for; the Agentur answers for its cases."""

from datetime import date, timedelta
from itertools import takewhile

import pytest

from models.base import db
from models.operations import cases, request_matches, transfer_requests
from models.operations.names import renew_name
from models.queries import transfer_requests as queries
from models.queries.day_lists import Chosen
from models.queries.law_days import request_ends
from models.queries.today import lines_of, numbers_of
from models.rules.day import Group
from models.rules.requests import FORGOTTEN_AFTER_DAYS, MOST_A_DAY, Seen
from models.rules.times import stamp
from models.tables import Case, Event, Handover, Person, TransferRequest
from tests.cast import make_case, member_of
from tests.conftest import NOW, TODAY
from tests.pages.cases_cast import office, soup_of, text_of

OWN = "/uebergaben/ersuchen/"
INCOMING = "/uebergaben/eingehende-ersuchen/"
SAMIRA = {"family_name": "Rahimi", "given_name": "Samira", "date_of_birth": "14.03.1994"}
NOBODY = {"family_name": "Gibtesnicht", "given_name": "Niemand", "date_of_birth": "01.02.1990"}


@pytest.fixture(autouse=True)
def still(monkeypatch):
    """The clock stands still, so that days are known."""
    monkeypatch.setattr("blueprints.handovers.requests.access.now", lambda: NOW)


def token(number: int = 0) -> str:
    return f"token-of-the-form-{number:010d}"


def ask(client, who: dict, number: int = 0):
    return client.post(OWN, who | {"token": token(number)})


def asked() -> TransferRequest:
    return TransferRequest.select().order_by(TransferRequest.id.desc()).get()


def answered(client, **typed):
    row = asked()
    return client.post(f"{INCOMING}{row.id}", {"version": row.version} | typed)


@pytest.mark.parametrize("key", ["agentur", "tholey", "coach", "asyl", "koordination", "verwaltung"])
def test_only_the_jobcenter_asks(as_user, key):
    assert as_user(key).get(OWN).status_code == 403
    assert ask(as_user(key), SAMIRA).status_code == 403


@pytest.mark.parametrize("key", ["jobcenter", "tholey", "coach", "verwaltung"])
def test_only_the_agentur_answers(as_user, key):
    assert as_user(key).get(INCOMING).status_code == 403
    assert as_user(key).get(f"{INCOMING}1").status_code == 403


def test_the_answer_is_the_same_whether_the_person_exists_or_not(as_user, monkeypatch):
    make_case()
    client = as_user("jobcenter")
    ask(client, {**NOBODY, "family_name": "Zuvor"}, 9)
    statements: list[list[str]] = []
    run = type(db.obj).execute_sql

    def listen(self, sql, *args, **kwargs):
        statements[-1].append(sql)
        return run(self, sql, *args, **kwargs)

    monkeypatch.setattr(type(db.obj), "execute_sql", listen)
    pages = []
    for number, who in enumerate((SAMIRA, NOBODY)):
        statements.append([])
        answer = ask(client, who, number)
        assert (answer.status_code, answer.headers["Location"]) == (303, f"{OWN}?getan=gestellt")
        pages.append(answer.data)
    assert pages[0] == pages[1]
    asking, other = ([*takewhile(lambda sql: "request_match" not in sql, one)] for one in statements)
    assert asking == other and any("INSERT" in sql and '"event"' in sql for sql in asking)
    assert not [sql for sql in asking if '"person"' in sql or '"case_file"' in sql or '"match_key"' in sql]


def test_the_list_tells_nothing_but_days(as_user):
    make_case()
    client = as_user("jobcenter")
    ask(client, SAMIRA)
    ask(client, NOBODY, 1)
    rows = soup_of(client.get(OWN)).select("tr[id^=ersuchen-]")
    strip = [[cell.get_text() for cell in row.select("td")[2:]] for row in rows]
    assert strip[0] == strip[1]
    assert "gestellt" in strip[0][-1]


@pytest.mark.parametrize("answer", ["refused", "nobody"])
def test_a_refusal_looks_like_no_answer_until_the_end_and_after_it(as_user, answer):
    case, client = make_case(), as_user("jobcenter")
    ask(client, SAMIRA)
    before = client.get(OWN).data
    assert answered(as_user("agentur"), answer=answer, case=case.number, reason="Kein Wechsel").status_code == 303
    assert client.get(OWN).data.count(b"kern-badge") == before.count(b"kern-badge")
    assert "beendet" not in text_of(client.get(OWN)) and "Kein Wechsel" not in text_of(client.get(OWN))
    ask(client, NOBODY, 1)
    later = queries.own_requests(member_of("jobcenter"), TODAY + timedelta(days=30))
    assert [one.seen for one in later] == [Seen.ENDED, Seen.ENDED]


def test_it_becomes_a_task_of_the_agentur_that_has_the_case(as_user):
    case = make_case(family_name="Rahimy", given_name="Samira")  # another spelling
    ask(as_user("jobcenter"), SAMIRA)
    client = as_user("agentur")
    assert "1 offen" in text_of(client.get("/uebergaben/"))
    assert "ein Fall kann gemeint sein" in text_of(client.get(INCOMING))
    page = text_of(client.get(f"{INCOMING}{asked().id}"))
    assert case.number in page and "Rahimy, Samira" in page


def test_who_is_not_known_is_seen_by_nobody(as_user):
    make_case()
    ask(as_user("jobcenter"), NOBODY)
    client = as_user("agentur")
    assert "Kein Ersuchen" in text_of(client.get(INCOMING))
    assert client.get(f"{INCOMING}{asked().id}").status_code == 404
    assert answered(client, answer="nobody").status_code == 404
    assert client.get(f"{INCOMING}999999").status_code == 404


def test_a_case_that_was_given_away_or_closed_is_not_meant(as_user):
    gone, closed = make_case(), make_case()
    with db.atomic():
        Case.update(accepted_on=TODAY, agentur_sees_until=date(2027, 11, 1)).where(Case.id == gone.id).execute()
        Case.update(state="closed", outcome="moved").where(Case.id == closed.id).execute()
    ask(as_user("jobcenter"), SAMIRA)
    assert queries.incoming_requests(member_of("agentur"), TODAY) == []


def test_where_several_may_be_meant_a_person_decides(as_user):
    one, other = make_case(), make_case(date_of_birth=date(1994, 3, 15))
    ask(as_user("jobcenter"), SAMIRA)
    client = as_user("agentur")
    assert "2 Fälle können gemeint sein" in text_of(client.get(INCOMING))
    refused = answered(client, answer="started")
    assert refused.status_code == 422 and soup_of(refused).select_one("#case-error")
    assert answered(client, answer="started", case="SWD-1999-00001").status_code == 422
    assert answered(client, answer="started", case=other.number).status_code == 303
    assert asked().case_id == other.id != one.id


def test_starting_goes_on_in_the_case_and_the_sheet_fulfils_the_request(as_user):
    case, jobcenter = make_case(), as_user("jobcenter")
    ask(jobcenter, SAMIRA)
    answer = answered(as_user("agentur"), answer="started", case=case.number)
    assert answer.headers["Location"] == f"/faelle/{case.number}?liste=uebergabe&getan=ersuchen"
    assert "beendet" not in text_of(jobcenter.get(OWN)) and "übermittelt" not in text_of(jobcenter.get(OWN))
    with db.atomic():
        Handover.create(
            reference=f"{case.number}-1", case=case.id, number=1, state="sent", sender=office("agentur"),
            receiver=office("jobcenter"), recorded_on=TODAY, subject="Rahimi, Samira",
            sent_at=stamp(NOW + timedelta(days=1)),
        )  # fmt: skip
    assert f"übermittelt {case.number}-1" in text_of(jobcenter.get(OWN))


def test_a_refusal_needs_its_reason(as_user):
    case = make_case()
    ask(as_user("jobcenter"), SAMIRA)
    refused = answered(as_user("agentur"), answer="refused", case=case.number)
    assert refused.status_code == 422 and soup_of(refused).select_one("#reason-error")
    assert asked().state == "open"


def test_who_answers_second_hears_so(as_user):
    make_case(), make_case(date_of_birth=date(1994, 3, 15))
    ask(as_user("jobcenter"), SAMIRA)
    with db.atomic():
        TransferRequest.update(version=2).execute()
    stale = as_user("agentur").post(f"{INCOMING}{asked().id}", {"version": 1, "answer": "nobody"})
    assert stale.status_code == 409 and asked().state == "open"


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({"family_name": " "}, "family_name"),
        ({"given_name": ""}, "given_name"),
        ({"given_name": "12"}, "given_name"),
        ({"date_of_birth": "31.02.1994"}, "date_of_birth"),
        ({"date_of_birth": ""}, "date_of_birth"),
        ({"date_of_birth": "01.01.2030"}, "date_of_birth"),
        ({"family_name": "x" * 121}, "family_name"),
    ],
)
def test_bad_input_gets_its_sentence(as_user, typed, field):
    answer = ask(as_user("jobcenter"), SAMIRA | typed)
    assert answer.status_code == 422
    assert soup_of(answer).select_one(f"#{field}-error")
    assert not TransferRequest.select().exists()


def test_two_clicks_ask_once_and_the_same_person_not_twice(as_user):
    client = as_user("jobcenter")
    assert ask(client, SAMIRA).status_code == ask(client, SAMIRA).status_code == 303
    again = ask(client, SAMIRA | {"family_name": "RAHIMI"}, 1)
    assert again.status_code == 422 and "läuft schon ein Ersuchen" in text_of(again)
    assert TransferRequest.select().count() == 1


def test_asking_is_limited_in_a_day_and_in_a_minute(as_user):
    client, actor = as_user("jobcenter"), member_of("jobcenter")
    for number in range(MOST_A_DAY):
        with db.atomic():
            TransferRequest.create(
                requester=actor.organisation_id, account=actor.account_id, token=token(100 + number),
                family_name=f"Name{number}", given_name="A", date_of_birth=date(1990, 1, 1), made_at=stamp(NOW),
                ends_on=TODAY,
            )  # fmt: skip
    assert "20 Ersuchen" in text_of(ask(client, SAMIRA))
    answers = [ask(client, SAMIRA, number).status_code for number in range(1, 12)]
    assert answers[-1] == 429


def test_every_step_is_an_event_without_a_name(as_user):
    case = make_case()
    ask(as_user("jobcenter"), SAMIRA)
    answered(as_user("agentur"), answer="started", case=case.number)
    events = list(Event.select().where(Event.kind.startswith("request.")).order_by(Event.id))
    assert [(event.kind, event.case_id) for event in events] == [
        ("request.made", None), ("request.answered", case.id),
    ]  # fmt: skip
    assert not any("Rahimi" in event.data for event in events)


@pytest.mark.usefixtures("database")
def test_names_of_requests_that_led_to_nothing_are_forgotten():
    actor = member_of("jobcenter")
    old = NOW - timedelta(days=FORGOTTEN_AFTER_DAYS + 40)
    for number, moment in enumerate((old, NOW)):
        who = transfer_requests.Asked(f"Name{chr(65 + number)}", "A", date(1990, 1, 1))
        transfer_requests.request_transfer(who, token(number), actor=actor, now=moment)
    assert transfer_requests.forget_requests(now=NOW) == 1
    assert transfer_requests.forget_requests(now=NOW) == 0
    names = [row.family_name for row in TransferRequest.select().order_by(TransferRequest.id)]
    assert names == ["", "NameB"]


@pytest.mark.parametrize("sent", [False, True])
def test_a_name_that_stays_tells_of_no_answer(as_user, sent):
    case = make_case()
    ask(as_user("jobcenter"), SAMIRA)
    answered(as_user("agentur"), answer="started", case=case.number)
    if sent:
        with db.atomic():
            Handover.create(
                reference=f"{case.number}-1", case=case.id, number=1, state="sent", sender=office("agentur"),
                receiver=office("jobcenter"), recorded_on=TODAY, subject="Rahimi, Samira", sent_at=stamp(NOW),
            )  # fmt: skip
    late = NOW + timedelta(days=FORGOTTEN_AFTER_DAYS + 40)
    assert transfer_requests.forget_requests(now=late) == (0 if sent else 1)
    assert asked().family_name == ("Rahimi" if sent else "")


@pytest.mark.usefixtures("database")
def test_the_queries_do_not_grow_with_the_requests(monkeypatch):
    counts = []
    for round_ in range(2):
        for number in range(1 + 5 * round_):
            make_case(family_name=f"Rahimi{'abcdefg'[number]}{round_}")
            who = transfer_requests.Asked(f"Rahimi{'abcdefg'[number]}{round_}", "Samira", date(1994, 3, 14))
            made = member_of("jobcenter")
            request_id = transfer_requests.request_transfer(who, token(10 * round_ + number), actor=made, now=NOW)
            request_matches.match_request(request_id)
        counts.append(_queries_of_the_agentur(monkeypatch))
    assert counts[0] == counts[1]


def _queries_of_the_agentur(monkeypatch) -> int:
    asked_sql: list[str] = []
    run = type(db.obj).execute_sql
    with monkeypatch.context() as listening:
        listening.setattr(
            type(db.obj), "execute_sql", lambda self, sql, *a, **k: asked_sql.append(sql) or run(self, sql, *a, **k)
        )
        assert queries.incoming_requests(member_of("agentur"), TODAY)
    return len(asked_sql)


def test_it_stands_in_the_day_of_the_agentur(as_user, monkeypatch):
    monkeypatch.setattr("blueprints.today.routes.access.now", lambda: NOW)
    make_case()
    ask(as_user("jobcenter"), SAMIRA)
    day = as_user("agentur").soup("/")
    assert day.select_one(f'a[href="{INCOMING}{asked().id}"]')
    assert "Übermittlungsersuchen beantworten – Rahimi, Samira" in day.get_text(" ")
    assert not as_user("jobcenter").soup("/").select_one(f'a[href^="{INCOMING}"]')


def test_it_is_counted_where_it_is_listed(as_user):
    make_case()
    agentur, end = member_of("agentur"), request_ends(TODAY)
    wanted = [Chosen(group=Group.TODAY), Chosen(group=Group.WEEK)]
    assert numbers_of(agentur, end, wanted)[0] == len(lines_of(agentur, end, wanted[0])[0])
    before = numbers_of(agentur, end, wanted)
    ask(as_user("jobcenter"), SAMIRA)
    assert numbers_of(agentur, end, wanted) == [before[0] + 1, before[1]]
    assert numbers_of(agentur, end, wanted)[0] == len(lines_of(agentur, end, wanted[0])[0])
    assert numbers_of(member_of("jobcenter"), end, wanted) == [0, 0]


@pytest.mark.usefixtures("database")
def test_who_comes_or_is_renamed_later_is_meant_by_a_running_request():
    who = transfer_requests.Asked("Rahimi", "Samira", date(1994, 3, 14))
    request_id = transfer_requests.request_transfer(who, token(), actor=member_of("jobcenter"), now=NOW)
    request_matches.match_request(request_id)
    agentur = member_of("agentur")
    assert queries.number_of_requests(agentur, TODAY) == 0
    case = make_case(family_name="Haddad", given_name="Omar")
    assert queries.number_of_requests(agentur, TODAY) == 0
    person = Person.get_by_id(case.person_id)
    with db.atomic():
        Person.update(family_name="Rahimi", given_name="Samira").where(Person.id == person.id).execute()
        renew_name(person, None, reason="Pass", actor=agentur, now=NOW)
    (incoming,) = queries.incoming_requests(agentur, TODAY)
    assert [meant.number for meant in incoming.meant] == [case.number]
    assert request_matches.wrong_matches() == []
    cases.close_case(Case.get_by_id(case.id), "moved", TODAY, seen_version=case.version, actor=agentur, now=NOW)
    assert queries.incoming_requests(agentur, TODAY) == [] and queries.number_of_requests(agentur, TODAY) == 0
    assert request_matches.wrong_matches() == []


@pytest.mark.usefixtures("database")
def test_what_was_written_past_the_operations_is_found_and_built_anew():
    make_case()
    who = transfer_requests.Asked("Rahimi", "Samira", date(1994, 3, 14))
    request_id = transfer_requests.request_transfer(who, token(), actor=member_of("jobcenter"), now=NOW)
    assert request_matches.wrong_matches() == [request_id]
    assert request_matches.rebuild_matches() == 1
    assert request_matches.wrong_matches() == []
    assert queries.number_of_requests(member_of("agentur"), TODAY) == 1
