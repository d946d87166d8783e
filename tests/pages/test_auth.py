"""Login, logout, the own account; and nothing typed is lost when a login ends."""

import pytest
from bs4 import BeautifulSoup

from models.operations import accounts
from models.queries import accounts as known
from models.rules.roles import SYSTEM
from models.tables import LoginSession, Organisation
from tests.cast import PASSWORD, member_of
from tests.conftest import NOW


def _soup(response) -> BeautifulSoup:
    return BeautifulSoup(response.data, "html.parser")


def test_a_stranger_is_sent_to_the_login(app):
    response = app.test_client().get("/faelle/")
    assert response.status_code == 302
    assert response.headers["Location"] == "/login?target=/faelle/"


def test_the_login_form_has_one_button_and_the_fixed_names(app):
    form = _soup(app.test_client().get("/login")).select_one("form[action='/login']")
    assert {field["name"] for field in form.select("input")} >= {"username", "password", "csrf_token"}
    assert len(form.select("button[type=submit]")) == 1


def test_a_login_leads_on_to_where_it_was_asked_for(app):
    actor = member_of("agentur")
    data = {"username": actor.username, "password": PASSWORD, "target": "/konto"}
    assert app.test_client().post("/login", data).headers["Location"] == "/konto"


@pytest.mark.parametrize(
    "target", ["https://evil.example/", "//evil.example", "/\\evil.example", "/logout", "javascript:1"]
)
def test_a_login_never_leads_outside(app, target):
    actor = member_of("agentur")
    data = {"username": actor.username, "password": PASSWORD, "target": target}
    assert app.test_client().post("/login", data).headers["Location"] == "/"


@pytest.mark.parametrize(
    ("username", "password"), [("user.agentur", "falsch"), ("niemand", PASSWORD), ("", ""), ("x", "y" * 300)]
)
def test_a_wrong_login_says_so_at_the_field(app, username, password):
    member_of("agentur")
    response = app.test_client().post("/login", {"username": username, "password": password})
    assert response.status_code == 422
    assert _soup(response).select(".kern-error")


def test_failed_logins_are_throttled_but_not_right_ones(app):
    actor = member_of("jobcenter")
    client = app.test_client()
    for _ in range(5):
        assert client.post("/login", {"username": actor.username, "password": "falsch"}).status_code == 422
    assert client.post("/login", {"username": actor.username, "password": PASSWORD}).status_code == 429
    other = member_of("agentur")
    for _ in range(7):
        assert client.post("/login", {"username": other.username, "password": PASSWORD}).status_code == 303
        client.forget_token()


def test_logout_ends_the_login_on_the_server(app, as_user):
    client = as_user("agentur")
    with client.session_transaction() as session:
        stolen = dict(session)
    assert client.post("/logout").status_code == 303
    assert LoginSession.select().where(LoginSession.ended_at.is_null(False)).exists()
    thief = app.test_client()
    with thief.session_transaction() as session:
        session.update(stolen)
    assert thief.get("/konto").status_code == 302


def test_a_locked_account_is_out_at_once(as_user):
    client = as_user("agentur")
    accounts.lock_account(known.account_named("user.agentur"), actor=SYSTEM, now=NOW)
    assert client.get("/konto").status_code == 302


def test_the_first_login_sets_the_password(app):
    organisation = Organisation.get(Organisation.key == "tholey")
    _account, start = accounts.create_account("neu", "N. Neu", organisation, actor=SYSTEM, now=NOW)
    client = app.test_client()
    assert client.post("/login", {"username": "neu", "password": start}).status_code == 303
    client.forget_token()
    assert client.get("/").headers["Location"] == "/konto"
    data = {"old_password": start, "new_password": "ein gutes kennwort", "repeat_password": "ein gutes kennwort"}
    assert client.post("/konto", data).status_code == 303
    assert client.get("/").status_code == 200


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"old_password": "falsch"}, "old_password"),
        ({"new_password": "kurz", "repeat_password": "kurz"}, "new_password"),
        ({"repeat_password": "anders als eben"}, "repeat_password"),
    ],
)
def test_a_bad_new_password_is_refused_at_its_field(as_user, change, field):
    data = {"old_password": PASSWORD, "new_password": "ein neues kennwort", "repeat_password": "ein neues kennwort"}
    response = as_user("agentur").post("/konto", data | change)
    assert response.status_code == 422
    assert _soup(response).select_one(f"#{field}-error")
    assert accounts.password_matches(known.account_named("user.agentur"), PASSWORD)


def test_an_ended_login_carries_the_typed_text_along_without_javascript(app, as_user):
    client = as_user("agentur")
    token = client.token()
    LoginSession.update(ended_at="2026-01-01T00:00:00.000000Z").execute()
    response = client.post("/faelle/suche", {"csrf_token": token, "q": "Rahimi", "pin": "246810"})
    assert response.status_code == 401
    form = _soup(response).select_one("form[action='/login']")
    assert form.select_one("[name='carry.q']")["value"] == "Rahimi"
    assert not form.select("[name='carry.pin']")
    data = {"username": "user.agentur", "password": PASSWORD, "target": "/faelle/suche", "carry.q": "Rahimi"}
    again = client.post("/login", data)
    assert again.status_code == 200
    waiting = _soup(again).select_one("main form[action='/faelle/suche']")
    assert waiting.select_one("[name=q]")["value"] == "Rahimi"


def test_an_ended_login_answers_htmx_with_a_dialog(as_user):
    client = as_user("agentur")
    client.token()
    LoginSession.update(ended_at="2026-01-01T00:00:00.000000Z").execute()
    response = client.htmx("/faelle/suche", {"q": "Rahimi"})
    assert response.status_code == 401
    assert response.headers["HX-Retarget"] == "#app-dialog"
    assert not _soup(response).select("html")
    login = client.htmx("/login", {"username": "user.agentur", "password": PASSWORD})
    assert login.status_code == 204
    assert login.headers["X-Renewed-Token"]


def test_an_old_token_offers_the_input_again(as_user):
    client = as_user("agentur")
    response = client.post("/faelle/suche", {"csrf_token": "alt", "q": "Rahimi"})
    assert response.status_code == 400
    assert _soup(response).select_one("main form[action='/faelle/suche'] [name=q]")["value"] == "Rahimi"


def test_health_needs_no_login_and_says_nothing_else(app):
    response = app.test_client().get("/health")
    assert response.status_code == 200
    assert response.get_json() == {"database": "reachable", "migrations": "current"}
