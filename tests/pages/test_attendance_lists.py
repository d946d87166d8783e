"""Lists of attendance in the browser: previewed, confirmed once, refused row by row."""

import io

import pytest

from models.rules.times import german_date
from models.tables import AttendanceDay, ImportBatch
from tests.course_cast import make_course, make_participant
from tests.pages.test_course_attendance import ADDRESS, DAY, TODAY, stored, taught  # noqa: F401 - a fixture

HOME = "/anmeldungen/anwesenheit/listen/"
HEAD = "Kursnummer;Zeichen;Name;Tag;Anwesenheit;Bemerkung"


def _staged(client, *rows: str):
    content = "\r\n".join([HEAD, *rows]).encode()
    answer = client.post(HOME, {"file": (io.BytesIO(content), "liste.csv")}, content_type="multipart/form-data")
    assert answer.status_code == 303
    return answer.location, client.soup(answer.location)


def _confirm(client, address, page):
    version = page.select_one("#confirm-form [name=version]")["value"]
    return client.post(f"{address}/einlesen", {"version": version})


def _figures(page) -> list[str]:
    return [figure.select_one("strong").text for figure in page.select(".figure")]


def test_a_list_is_previewed_confirmed_once_and_said_again_changes_nothing(as_user, taught):  # noqa: F811
    samira, layla = taught("Samira", "Layla")
    client, sign = as_user("bosenberg"), samira.form["reference"]
    rows = (
        f"BB-1;{sign};;{german_date(DAY)};U;Grippe",
        f"BB-1;;Layla Rahimi;{german_date(DAY)};A;",
        f"BB-1;{sign};;;;",
    )
    address, preview = _staged(client, *rows)
    assert _figures(preview) == ["3", "2", "0", "0", "1"] and not stored()
    assert b"Grippe" not in bytes(ImportBatch.get().content)
    assert _confirm(client, address, preview).status_code == 303
    assert stored() == {samira.id: "absent", layla.id: "present"}
    assert client.post(f"{address}/einlesen", {"version": "1"}).status_code == 409
    done = client.soup(address)
    assert "Rahimi" not in done.select_one("main").text and ImportBatch.get().content is None
    _address, again = _staged(client, *rows)
    assert _figures(again) == ["3", "0", "0", "2", "1"]
    sheet = client.get(f"{ADDRESS}/liste.csv").get_data(as_text=True)
    assert f"BB-1;{sign};Rahimi;Samira;{german_date(DAY)};U" in sheet


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_each_row_says_why_it_is_refused(as_user, taught, make_case, people):  # noqa: F811
    samira, _layla = taught("Samira", "Layla")
    other = make_course(samira.course.provider, "BB-2", starts_on=TODAY)
    elsewhere = make_participant(make_case(given_name="Lina"), other, people("agentur"))
    day, ahead = german_date(DAY), german_date(TODAY.replace(year=TODAY.year + 1))
    client = as_user("bosenberg")
    address, preview = _staged(
        client,
        f"KV-9;{samira.form['reference']};;{day};A;",
        f"BB-1;{elsewhere.form['reference']};;{day};A;",
        f"BB-1;;Niemand, Nora;{day};A;",
        f"BB-1;{samira.form['reference']};Rahimi Layla;{day};A;",
        f"BB-1;{samira.form['reference']};;{ahead};A;",
        f"BB-1;{samira.form['reference']};;{day};krank;",
        f"BB-2;{elsewhere.form['reference']};;{day};A;",
    )
    sentences = [row.select("td")[2].text for row in preview.select("section table tbody tr")]
    wanted = [
        "keinem Ihrer Kurse",
        "mit diesem Zeichen",
        "mit diesem Namen",
        "anderer Name",
        "Zukunft",
        "Gründe",
        "läuft der",
    ]
    assert [word in sentence for word, sentence in zip(wanted, sentences, strict=True)] == [True] * 7
    assert not preview.select("#confirm-form") and not AttendanceDay.select().exists()
    assert "Fehler" in client.get(f"{address}/abgelehnt.csv").get_data(as_text=True)
    assert as_user("agentur").get(address).status_code == 403
