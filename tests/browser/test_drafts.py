"""What is typed and not saved yet: kept while typing, after an ended login, with a stopped server, in two windows."""

import os
import signal

from playwright.sync_api import Page, expect

from tests.browser.conftest import PASSWORD
from tests.browser.steps import open_item
from tests.browser.test_nothing_lost import begin, end_logins, new_case

ITEM = "B40"
KEPT = f"#entwurf-{ITEM}:has-text('Entwurf gesichert')"


def type_more(page: Page, text: str) -> None:
    """Type like a person, so that the script hears it."""
    page.locator(f"#form-{ITEM} [name=assessment]").press_sequentially(text)


def test_a_draft_is_kept_and_comes_back(open_page):
    page = open_page("agentur")
    case = new_case(page, 7)
    begin(page, case, "")
    type_more(page, "Halb getippt")
    page.wait_for_selector(KEPT)
    page.goto("/")
    expect(page.locator("#entwuerfe")).to_contain_text(case.removeprefix("/faelle/"))
    page.go_back()
    page.goto(f"{case}?liste=beratung")
    expect(page.locator(f"#punkt-{ITEM}")).to_contain_text("noch nicht gespeichert")
    open_item(page, ITEM)
    expect(page.locator(f"#form-{ITEM} [name=assessment]")).to_have_value("Halb getippt")
    page.click(f"#speichern-{ITEM}")
    expect(page.locator(f"#punkt-{ITEM}.item--done")).to_contain_text("Halb getippt")
    page.goto("/")
    expect(page.locator("#entwuerfe")).to_have_count(0)


def test_a_draft_survives_an_ended_login(site, open_page):
    page = open_page("agentur")
    case = new_case(page, 8)
    begin(page, case, "")
    end_logins(site)
    type_more(page, "Nach dem Ende getippt")
    page.wait_for_selector("#login-dialog:modal")
    expect(page.locator(f"#entwurf-{ITEM}")).to_contain_text("Anmeldung ist abgelaufen")
    page.fill("#login-dialog [name=username]", "agentur")
    page.fill("#login-dialog [name=password]", PASSWORD)
    page.click("#login-go")
    page.wait_for_selector(KEPT)
    expect(page.locator(f"#form-{ITEM} [name=assessment]")).to_have_value("Nach dem Ende getippt")


def test_a_stopped_server_is_told_and_tried_again(site, open_page):
    page = open_page("agentur")
    begin(page, new_case(page, 9), "")
    worker = f"/proc/{site.process.pid}/task/{site.process.pid}/children"
    with open(worker) as children:
        stopped = [int(pid) for pid in children.read().split()]
    page.route("**/entwurf", lambda route: route.abort())
    type_more(page, "Ohne Server getippt")
    expect(page.locator(f"#entwurf-{ITEM}.item__draft--failed")).to_contain_text("Neuer Versuch")
    page.unroute("**/entwurf")
    for pid in stopped:
        os.kill(pid, signal.SIGSTOP)
    type_more(page, ", und weiter")
    for pid in stopped:
        os.kill(pid, signal.SIGCONT)
    page.wait_for_selector(KEPT)
    expect(page.locator(f"#form-{ITEM} [name=assessment]")).to_have_value("Ohne Server getippt, und weiter")


def test_two_windows_keep_one_draft_and_lose_no_text(open_page):
    first = open_page("agentur")
    case = new_case(first, 10)
    second = first.context.new_page()
    begin(first, case, "")
    begin(second, case, "")
    type_more(first, "Erstes Fenster")
    first.wait_for_selector(KEPT)
    type_more(second, "Zweites Fenster")
    expect(second.locator(f"#entwurf-{ITEM}.item__draft--failed")).to_contain_text("in einem anderen Fenster")
    expect(second.locator(f"#form-{ITEM} [name=assessment]")).to_have_value("Zweites Fenster")


def test_an_item_is_saved_once_the_person_goes_on(open_page):
    page = open_page("agentur")
    page.goto(f"{new_case(page, 12)}?liste=beratung")
    text = "textarea:visible, input.kern-form-input__input:not(.app-width-day):visible"
    forms = page.locator("details.item__answer:has(form[data-by-itself] textarea)")
    item, following = forms.nth(0), forms.nth(1)
    code = item.locator("form").get_attribute("id").removeprefix("form-")
    item.locator("summary").first.click()
    item.locator(text).first.press_sequentially("Geht weiter")
    following.locator("summary").first.click()
    field = page.locator(f"#{following.locator(text).first.get_attribute('id')}")
    field.focus()
    expect(page.locator(f"#punkt-{code} .item__saved")).to_contain_text("gespeichert")
    expect(page.locator(f"#punkt-{code}")).to_contain_text("Geht weiter")
    expect(field).to_be_focused()


def test_leaving_without_saving_forgets_the_draft(open_page):
    page = open_page("agentur")
    case = new_case(page, 11)
    begin(page, case, "")
    type_more(page, "Doch nicht")
    page.wait_for_selector(KEPT)
    page.click(f"#zu-{ITEM}")
    expect(page.locator(f"#punkt-{ITEM}")).not_to_contain_text("Entwurf")
    page.goto(f"{case}?liste=beratung")
    expect(page.locator(f"#punkt-{ITEM}")).not_to_contain_text("noch nicht gespeichert")


def test_a_refused_form_is_kept_too(open_page):
    page = open_page("agentur")
    case = new_case(page, 13)
    page.goto(f"{case}?liste=beratung")
    open_item(page, "B01")
    page.locator("#form-B01 .app-width-day").first.fill("99.99.2026")
    page.click("#speichern-B01")
    expect(page.locator("#fehler-B01")).to_be_visible()
    page.wait_for_selector("#entwurf-B01:has-text('Entwurf gesichert')")
    page.goto(f"{case}?liste=beratung")
    expect(page.locator("#punkt-B01")).to_contain_text("noch nicht gespeichert")
