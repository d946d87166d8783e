"""The coach's bundle of a day: her own people, the route, a page for each, and what before the consent stays away."""

import subprocess
from datetime import date
from typing import Any

import pytest

from blueprints.shared import access_log
from models.base import db
from models.rules.states import ConsentState
from models.rules.times import stamp
from models.tables import AccessLog, Answer, Case
from tests.moments import NOW
from tests.pages.cases_cast import AZR, coached, soup_of, text_of
from tests.visit_cast import make_appointment, make_event

HOME = "/tagesmappe/"


def text(pdf: bytes, tmp_path: Any, *options: str) -> str:
    path = tmp_path / "day.pdf"
    path.write_bytes(pdf)
    return subprocess.run(
        ["pdftotext", "-layout", *options, path, "-"], check=True, capture_output=True, text=True
    ).stdout


def wished(*cases: Case, **more: Any) -> dict[str, Any]:
    return {"day": "30.11.2026", "content": "leer", "names": "voll", "people": [case.number for case in cases]} | more


def appointment(case: Case, day: str) -> None:
    with db.atomic():
        Answer.create(case=case.id, item="C11", values={"appointment_on": day}, state="done", answered_at=stamp(NOW))


@pytest.fixture
def pair(app) -> tuple[Case, Case]:
    known = coached(ConsentState.GRANTED)
    return known, coached(family_name="Tesfay", given_name="Abeba", languages=["tir"], interpreter_needed=True)


def test_people_with_an_appointment_stand_first_and_are_chosen(as_user, pair, make_case):
    known, unasked = pair
    for case in pair:
        appointment(case, "2026-11-30")
    page = as_user("coach").soup(f"{HOME}?tag=30.11.2026")
    first, others = page.select("#day-form table")
    assert [box["value"] for box in first.select("[name=people][checked]")] == [known.number]
    assert "Termin am 30.11.2026" in " ".join(first.text.split())
    assert [box["value"] for box in others.select("[name=people]")] == [unasked.number], "told only with consent"
    assert not others.select("[checked]")
    assert "Dolmetschen nötig" in others.text
    assert not as_user("coach").soup(f"{HOME}?tag=1.12.2026").select("[name=people][checked]")


def test_an_agreed_appointment_brings_its_time_and_place(as_user, pair, people):
    known, unasked = pair
    make_appointment(people("agentur"), known, place="Hafenstraße 18, Zimmer 12")
    Case.update(coach_consent=ConsentState.GRANTED).where(Case.id == unasked.id).execute()
    make_event(people("agentur"), unasked, begins="13:30", ends="15:00")
    Case.update(coach_consent=ConsentState.REFUSED).where(Case.id == unasked.id).execute()
    page = as_user("coach").soup(f"{HOME}?tag=30.11.2026")
    assert [box["value"] for box in page.select("[name=people][checked]")] == [known.number]
    assert page.select_one(f"#time-{known.number}")["value"] == "09:00"
    assert page.select_one(f"#place-{known.number}")["value"] == "Hafenstraße 18, Zimmer 12"
    assert page.select_one(f"#time-{unasked.number}")["value"] == "", "told only with consent"


def test_only_her_own_people_are_offered_by_municipality(as_user, pair, make_case):
    make_case(family_name="Fremd")
    coached(family_name="Freisener", municipality="freisen")
    everybody = as_user("coach").soup(HOME)
    assert "Fremd" not in everybody.text and "Freisener" in everybody.text
    narrowed = as_user("coach").soup(f"{HOME}?gemeinde=tholey")
    assert "Freisener" not in narrowed.text and "Tesfay" in narrowed.text
    assert as_user("agentur").get(HOME).status_code == 403


def test_the_bundle_has_route_and_a_page_for_each(as_user, pair, tmp_path):
    known, unasked = pair
    extra = {f"time-{known.number}": "14", f"time-{unasked.number}": "9.30", f"place-{unasked.number}": "Bahnhof"}
    response = as_user("coach").post(HOME, wished(*pair, **extra))
    assert response.status_code == 200 and response.mimetype == "application/pdf"
    assert response.headers["Content-Disposition"] == 'attachment; filename="Tagesmappe-2026-11-30.pdf"'
    route = text(response.data, tmp_path, "-f", "1", "-l", "1")
    assert "Tagesmappe 30.11.2026" in route and "0151 9184876" in route
    assert route.index("09:30") < route.index("14:00") and "Bahnhof" in route and "Tholey" in route
    assert route.index("Tesfay") < route.index("Rahimi")
    first, second = (text(response.data, tmp_path, "-f", page, "-l", page) for page in ("2", "3"))
    assert "Tesfay, Abeba" in first and "C05" in first and "C06" not in first, "before the consent five points"
    assert "Rahimi, Samira" in second and "C23" in second
    whole = text(response.data, tmp_path)
    assert "Seite 3 von 3" in whole and AZR not in whole and "14.03.1994" not in whole


def test_without_names_the_bundle_names_nobody(as_user, pair, tmp_path):
    for names, shown in (("kurz", "S. R."), ("nummer", pair[0].number)):
        whole = text(as_user("coach").post(HOME, wished(*pair, names=names)).data, tmp_path)
        assert shown in whole
        assert not [word for word in ("Rahimi", "Samira", "Tesfay", "0151") if word in whole]


def test_filled_lists_show_what_is_known(as_user, pair, tmp_path):
    appointment(pair[0], "2026-11-30")
    filled = text(as_user("coach").post(HOME, wished(*pair, content="ausgefuellt")).data, tmp_path)
    blank = text(as_user("coach").post(HOME, wished(*pair)).data, tmp_path)
    assert "30.11.2026" in filled.replace("Tagesmappe 30.11.2026", "")
    assert "30.11.2026" not in blank.replace("Tagesmappe 30.11.2026", "")


def test_typed_numbers_join_the_route(as_user, pair, tmp_path):
    response = as_user("coach").post(HOME, wished(more=pair[1].number.lower()))
    assert "Tesfay" in text(response.data, tmp_path)


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"people": []}, "Bitte mindestens eine Person auswählen."),
        ({"day": ""}, "Bitte ausfüllen."),
        ({"day": "31.11.2026"}, "Bitte ein Datum wie 22.11.2026 eingeben."),
        ({"more": "Rahimi"}, "Keine Fallnummer: RAHIMI."),
        ({"more": "SWD-2026-99999"}, "Nicht unter Ihren Fällen: SWD-2026-99999."),
        ({"names": "laut"}, ""),
        ({"content": "halb"}, ""),
    ],
)
def test_what_is_wrong_is_said_and_nothing_is_printed(as_user, pair, change, sentence):
    response = as_user("coach").post(HOME, wished(pair[0]) | change)
    assert response.status_code == 422 and response.mimetype == "text/html"
    assert sentence in text_of(response)


def test_a_wrong_time_stays_at_its_person(as_user, pair):
    number = pair[0].number
    response = as_user("coach").post(HOME, wished(pair[0], **{f"time-{number}": "gleich", f"place-{number}": "Kita"}))
    assert response.status_code == 422
    page = soup_of(response)
    assert (
        page.select_one(f"#time-{number}")["value"] == "gleich"
        and page.select_one(f"#place-{number}")["value"] == "Kita"
    )
    assert "9:30" in page.select_one(f"#time-{number}-error").text
    assert [box["value"] for box in page.select("[name=people][checked]")] == [number]


def test_people_of_others_are_never_printed(as_user, pair, make_case):
    stranger = make_case()
    assert as_user("coach").post(HOME, wished(pair[0], stranger)).status_code == 404
    typed = as_user("coach").post(HOME, wished(pair[0], more=stranger.number))
    assert typed.status_code == 422 and "Nicht unter Ihren Fällen" in text_of(typed)
    assert as_user("agentur").post(HOME, wished(pair[0])).status_code == 403


def test_each_printed_person_is_logged(as_user, pair):
    as_user("coach").post(HOME, wished(*pair))
    access_log.flush()
    db.connect(reuse_if_open=True)
    noted = AccessLog.select(AccessLog.case_id).where(AccessLog.action == "day_bundle").tuples()
    assert {row[0] for row in noted} == {case.id for case in pair}


def test_a_long_list_has_pages_and_what_was_chosen_goes_along(as_user, pair, tmp_path):
    for number in range(31):
        coached(family_name=f"Zusatz {number:02}", municipality="freisen", date_of_birth=date(1990, 1, 1))
    client, number = as_user("coach"), pair[0].number
    first = wished(pair[0], gemeinde="freisen", termine="2026-11-30", **{f"time-{number}": "9.30"})
    page = soup_of(client.post(HOME, first | {"zeigen": "1"}))
    assert len(page.select("[name=people]:not([checked])")) == 30
    assert [box["value"] for box in page.select("[name=people][checked]")] == [number]
    following = page.select_one("#day-next")
    page = soup_of(client.post(HOME, first | {following["name"]: following["value"]}))
    assert len(page.select("[name=people]")) == 2 and page.select_one(f"#time-{number}")["value"] == "9.30"
    printed = text(client.post(HOME, first).data, tmp_path)
    assert "Rahimi" in printed and "09:30" in printed


def test_people_are_looked_for_by_name_and_only_her_own(as_user, pair, make_case):
    stranger = make_case(family_name="Tesfay", given_name="Fremd")
    answer = as_user("coach").post(HOME, wished(pair[0], stranger, wer="tesfay", zeigen="1"))
    found = {box["value"]: box.has_attr("checked") for box in soup_of(answer).select("[name=people]")}
    assert found == {pair[0].number: True, pair[1].number: False}


def test_another_day_chooses_who_has_an_appointment_then(as_user, pair):
    appointment(pair[0], "2026-12-01")
    shown = wished(pair[1], day="01.12.2026", termine="2026-11-30", zeigen="1")
    page = soup_of(as_user("coach").post(HOME, shown))
    assert {box["value"] for box in page.select("[name=people][checked]")} == {case.number for case in pair}
    taken_out = wished(pair[1], day="01.12.2026", termine="2026-12-01", zeigen="1")
    page = soup_of(as_user("coach").post(HOME, taken_out))
    assert [box["value"] for box in page.select("[name=people][checked]")] == [pair[1].number]
