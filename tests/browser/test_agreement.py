"""Agreement in Dari, consent and its withdrawal: the Agentur agrees with a person, the coach loses the case."""

import re

from playwright.sync_api import Page, expect

from tests.browser.conftest import PIN, findings, overflow
from tests.browser.steps import DAY, TODAY, WEEK, fill, german, press


def case_of_the_coach(coach: Page, page: Page) -> tuple[str, str]:
    """A case that the coach has with consent E1 and that has no agreement yet: its address and the name."""
    coach.goto("/faelle/?kontakt=im-coaching")
    for address in coach.eval_on_selector_all("a[href*='/faelle/SWD']", "all => all.map(a => a.getAttribute('href'))"):
        page.goto(f"{address.split('?')[0]}/vereinbarung")
        if page.locator("#agreement-new").count() and page.locator("#gilt").count() == 0:
            return address.split("?")[0], page.locator("h1").inner_text()
    raise AssertionError("no case of the coach without an agreement")


def check(page: Page, axe: str) -> None:
    """The page fits, also on a telephone, and axe finds nothing."""
    assert findings(page, axe) == []
    for width in (360, 1440):
        page.set_viewport_size({"width": width, "height": 900})
        assert overflow(page) <= 0, page.url


def test_from_the_agreement_in_dari_to_the_withdrawn_consent(open_page, axe):
    agentur, coach = open_page("agentur"), open_page("coach", javascript=False)
    address, name = case_of_the_coach(coach, agentur)
    press(agentur, "#agreement-new", "#agreement-form")
    check(agentur, axe)
    agentur.click("#agreement-save")
    expect(agentur.locator("#goal-error")).to_be_visible()
    until = german(TODAY + WEEK)
    fill(agentur.locator("#agreement-form"), goal="Als Köchin arbeiten", kind_1="COURSE", who_1="PERSON", until_1=until,
         kind_2="COACH", who_2="COACH", until_2=until, language="prs", interpreter="A. Karimi")  # fmt: skip
    press(agentur, "#agreement-save", "#agreement-close")
    press(agentur, "#agreement-close", "#close-form")
    check(agentur, axe)
    fill(agentur.locator("#close-form"), agreed_on=german(TODAY), way="pin", paper_reason="wish", pin=PIN)
    press(agentur, "#close-save", "#gilt")
    expect(agentur.locator("#gilt")).to_contain_text("mit elektronischer Unterschrift der Beratung")
    check(agentur, axe)

    coach.goto(f"{address}/vereinbarung")
    expect(coach.locator("h1")).to_have_text(name)
    press(coach, "#gilt a[id^='step-']", "#settle-form")
    fill(coach.locator("#settle-form"), state="DONE", settled_on=german(TODAY))
    press(coach, "#settle-save", "#gilt .kern-badge--success")

    agentur.goto(f"{address}/einwilligungen")
    check(agentur, axe)
    agentur.click("a[id^='withdraw-E1']")
    fill(agentur.locator("#withdraw-form"), decided_on=german(TODAY + DAY))
    agentur.click("#withdraw-save")
    expect(agentur.locator("#decided_on-error")).to_contain_text("in der Zukunft")
    fill(agentur.locator("#withdraw-form"), decided_on=german(TODAY))
    agentur.click("#withdraw-save")
    expect(agentur.locator("section", has_text=re.compile("^E1")).first).to_contain_text("widerrufen")
    assert coach.goto(address).status == 404
    assert coach.goto(f"{address}/vereinbarung").status == 404

    agentur.goto(f"{address}/wer-bekommt-was")
    expect(agentur.locator("main")).not_to_contain_text("Beschäftigungscoach des Landkreises begleitet")
    check(agentur, axe)
    assert agentur.console_errors == coach.console_errors == []
