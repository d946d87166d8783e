"""What people typed stays: ended logins, two tabs, double clicks, the back button, a server that does not answer."""

import json
import sqlite3

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import PASSWORD, PIN, Site
from tests.browser.steps import answer, open_item, press

ITEM = "B40"
WITH_AND_WITHOUT = pytest.mark.parametrize("javascript", [True, False], ids=["htmx", "plain"])


def end_logins(site: Site) -> None:
    """As if the time of every login had run out."""
    with sqlite3.connect(site.data / "staffelstab.db", timeout=10) as database:
        database.execute("UPDATE login_session SET ended_at = started_at WHERE ended_at IS NULL")


def new_case(page: Page, place: int) -> str:
    """The address of a case nobody has worked on; each test takes another one."""
    page.goto("/faelle/?stand=alle")
    fresh = page.locator("tr", has_text="neu, noch kein Kontakt").nth(place).get_by_role("link")
    return str(fresh.get_attribute("href"))


def begin(page: Page, case: str, text: str) -> None:
    """Open the item and type, without saving."""
    page.goto(f"{case}?liste=beratung")
    open_item(page, ITEM)
    page.fill(f"#form-{ITEM} [name=assessment]", text)


def test_an_ended_login_asks_over_the_page_and_saves(site, open_page):
    page = open_page("agentur")
    begin(page, new_case(page, 0), "Getippt vor dem Ende")
    end_logins(site)
    press(page, f"#speichern-{ITEM}", "#login-dialog:modal")
    expect(page.locator(f"#form-{ITEM} [name=assessment]")).to_have_value("Getippt vor dem Ende")
    page.fill("#login-dialog [name=username]", "agentur")
    page.fill("#login-dialog [name=password]", "falsch")
    press(page, "#login-go", "#login-dialog:modal #error-summary")
    page.fill("#login-dialog [name=password]", PASSWORD)
    page.click("#login-go")
    expect(page.locator(f"#punkt-{ITEM}.item--done")).to_contain_text("Getippt vor dem Ende")
    expect(page.locator("#login-dialog")).to_have_count(0)


def test_an_ended_login_while_typing_gives_the_focus_back(site, open_page):
    page = open_page("agentur")
    begin(page, new_case(page, 7), "")
    end_logins(site)
    typed = page.locator(f"#form-{ITEM} [name=assessment]")
    typed.press_sequentially("Mitten im Satz")
    expect(page.locator("#login-dialog:modal")).to_be_visible()
    page.fill("#login-dialog [name=username]", "agentur")
    page.fill("#login-dialog [name=password]", PASSWORD)
    page.click("#login-go")
    expect(typed).to_be_focused()
    expect(typed).to_have_value("Mitten im Satz")
    expect(page.locator(f"#form-{ITEM} .item__draft")).to_contain_text("Entwurf gesichert")


def test_an_ended_login_without_javascript_carries_the_text(site, open_page):
    page = open_page("agentur", javascript=False)
    begin(page, new_case(page, 1), "Ohne Skript getippt")
    end_logins(site)
    press(page, f"#speichern-{ITEM}", "text=Ihre Eingabe bleibt erhalten")
    page.fill("[name=username]", "agentur")
    page.fill("[name=password]", PASSWORD)
    press(page, "#login-go", "#again-save")
    page.click("#again-save")
    expect(page.locator(f"#punkt-{ITEM}.item--done")).to_contain_text("Ohne Skript getippt")


@WITH_AND_WITHOUT
def test_two_tabs_show_both_values(open_page, javascript):
    first = open_page("agentur", javascript=javascript)
    case = new_case(first, 2 if javascript else 3)
    second = first.context.new_page()
    begin(first, case, "Angabe des ersten Fensters")
    begin(second, case, "Angabe des zweiten Fensters")
    first.click(f"#speichern-{ITEM}")
    expect(first.locator(f"#punkt-{ITEM}.item--done")).to_be_visible()
    press(second, f"#speichern-{ITEM}", f"#konflikt-{ITEM}")
    expect(second.locator(f"#konflikt-{ITEM}")).to_contain_text("Angabe des ersten Fensters")
    expect(second.locator(f"#konflikt-{ITEM}")).to_contain_text("Angabe des zweiten Fensters")
    second.click(f"#ueberschreiben-{ITEM}")
    expect(second.locator(f"#punkt-{ITEM}.item--done")).to_contain_text("Angabe des zweiten Fensters")


def test_a_double_click_saves_once(open_page):
    page = open_page("agentur")
    case = new_case(page, 4)
    begin(page, case, "Zweimal geklickt")
    posts = posts_to(page, "/punkte/")
    page.dblclick(f"#speichern-{ITEM}")
    expect(page.locator(f"#punkt-{ITEM}.item--done")).to_contain_text("Zweimal geklickt")
    assert len(posts) == 1
    assert page.console_errors == []


def test_a_double_click_sends_once(site, open_page):
    page = open_page("agentur")
    reference = open_ready_draft(page, [row["reference"] for row in handovers(site, "draft")])
    page.fill("#sign-form [name=pin]", PIN)
    posts = posts_to(page, "/senden")
    page.dblclick("#sign-go")
    expect(page.locator("#way-title")).to_be_visible()
    assert len(posts) == 1
    assert [row["reference"] for row in handovers(site, "sent")].count(reference) == 1


def posts_to(page: Page, part: str) -> list[str]:
    """Collects the addresses of the posts that the page makes from now on."""
    seen: list[str] = []
    page.on(
        "request",
        lambda request: seen.append(request.url) if request.method == "POST" and part in request.url else None,
    )
    return seen


def handovers(site: Site, state: str) -> list[dict[str, str]]:
    """As the command line tells them."""
    rows: list[dict[str, str]] = json.loads(site.command("handover", "list", "--state", state, "--json").stdout)
    return rows


def open_ready_draft(page: Page, references: list[str]) -> str:
    """Opens the signing of the draft of the training data that lacks nothing; returns its reference."""
    for reference in references:
        page.goto(f"/uebergaben/{reference}/senden")
        if page.locator("#sign-form").count():
            return reference
    raise AssertionError("no draft is ready to be sent")


def test_nothing_is_left_after_the_logout(open_page):
    page = open_page("agentur")
    page.goto(new_case(page, 5))
    name = page.locator("h1").inner_text()
    press(page, "#app-logout", "h1:has-text('Anmelden')")
    page.go_back()
    expect(page.locator("h1")).to_have_text("Anmelden")
    assert name not in page.content()


def test_a_server_that_does_not_answer(open_page):
    page = open_page("agentur")
    begin(page, new_case(page, 6), "Bleibt stehen")
    failures = [lambda route: route.abort(), lambda route: route.fulfill(status=502, body="Bad Gateway")]
    page.route("**/punkte/**", lambda route: failures[0](route))
    press(page, f"#speichern-{ITEM}", "#app-message :text('Keine Verbindung')")
    expect(page.locator(f"#form-{ITEM} [name=assessment]")).to_have_value("Bleibt stehen")
    failures.pop(0)
    press(page, f"#speichern-{ITEM}", "#app-message :text('Das hat nicht geklappt')")
    expect(page.locator(f"#form-{ITEM} [name=assessment]")).to_have_value("Bleibt stehen")
    page.unroute("**/punkte/**")
    answer(page, ITEM)
    expect(page.locator(f"#punkt-{ITEM}")).to_contain_text("Bleibt stehen")
    expect(page.locator("#app-message")).to_be_empty()
