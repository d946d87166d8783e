"""A meeting of the working group: from the proposed agenda to signed minutes, and a task that vanishes when done."""

from playwright.sync_api import Page, expect

from tests.browser.conftest import PIN, findings, overflow
from tests.browser.steps import DAY, TODAY, fill, german, press

ROOM = "Rathaus Tholey, Saal 2"
TASK = "Zweiten Abendkurs anbieten"


def test_from_the_proposed_agenda_to_signed_minutes_and_tasks(open_page, axe):
    koordination = open_page("koordination")
    meeting = plan(koordination, axe)
    tholey = open_page("tholey", javascript=False, width=360)
    accept(tholey, axe)

    press(koordination, "#minutes", "#presence-form")
    be_there(koordination, "Gemeinde Tholey", "Bildungswerk Bosenberg")
    write(koordination)
    resolve(koordination, axe)
    sign(koordination, axe)

    tholey.goto(meeting)
    expect(tholey.locator("main")).to_contain_text("Der Abendkurs fehlt.")
    assert tholey.request.get(f"{meeting}/protokoll.pdf").headers["content-type"] == "application/pdf"
    report(open_page("traeger"), axe)
    koordination.goto("/arbeitskreis/aufgaben/erledigte")
    expect(koordination.locator("main")).to_contain_text("Beginnt im Februar")
    assert not koordination.console_errors  # type: ignore[attr-defined]


def plan(page: Page, axe: str) -> str:
    """Plan a meeting of today: refused without a room, then with the agenda that the figures propose. Its address."""
    page.goto("/arbeitskreis/neu")
    fill(page.locator("#meeting-form"), held_on=german(TODAY), begins="20:00", ends="21:30", quorum="2")
    press(page, "#meeting-save", "#error-summary")
    expect(page.locator("#error-summary")).to_be_focused()
    expect(page.locator("#error-summary")).to_contain_text("Bitte einen Raum angeben")
    page.fill("#place", ROOM)
    press(page, "#meeting-save", "#agenda")
    expect(page.locator("#agenda h3")).to_have_count(9)
    expect(page.locator("#agenda")).to_contain_text("unter der Startschwelle")
    expect(page.locator("#agenda")).to_contain_text("Aufgaben aus früheren Sitzungen")
    expect(page.locator("#agenda")).to_contain_text("Linie 620")
    assert findings(page, axe) == []
    press(page, "#invite", "#minutes")
    return page.url.partition("?")[0]


def accept(page: Page, axe: str) -> None:
    """The municipality finds the invitation on its day and says that it comes."""
    press(page, "#workgroup a:has-text('Einladung beantworten') >> nth=0", "#reply")
    press(page, "#reply-yes", ".app-status:has-text('Antwort gespeichert')")
    assert overflow(page) <= 0


def be_there(page: Page, *names: str) -> None:
    """Tick who is there; the round may then decide."""
    for name in names:
        page.get_by_label(name, exact=True).check()
    press(page, "#presence-save", "#quorum:has-text('Die Runde ist beschlussfähig.')")
    expect(page.locator("#presence-save")).to_be_focused()


def write(page: Page) -> None:
    """Type the minutes of two points: kept while typing, saved by going on; a birth date is refused."""
    first, second = (page.locator("#points textarea[id$=eintrag]").nth(number) for number in (2, 3))
    state = page.locator("#points .item__draft")
    first.fill("Der Abendkurs fehlt.")
    expect(state.nth(2)).to_contain_text("Entwurf gesichert")
    second.fill("Herr A., geb. 01.02.1990, wartet.")
    expect(state.nth(2)).to_contain_text("gespeichert")
    page.locator("#points [id^=save-]").nth(3).click()
    expect(page.locator("#points [id^=fehler-]")).to_contain_text("sieht wie ein Geburtsdatum aus")
    expect(page.locator("#points textarea[id$=eintrag]").nth(3)).to_have_value("Herr A., geb. 01.02.1990, wartet.")
    page.locator("#points textarea[id$=eintrag]").nth(3).fill("Ein Fall wurde an die Fallbesprechung verwiesen.")
    page.locator("#points [id^=save-]").nth(3).click()
    expect(page.locator("#points [id^=fehler-]")).to_have_count(0)


def resolve(page: Page, axe: str) -> None:
    """A resolution without an owner is refused and stays typed; with one it stands at its point."""
    page.locator("[id^=open-resolution-]").nth(2).click()
    form = page.locator("[id^=resolution-form-]").nth(2)
    fill(form, text=TASK, due_on=german(TODAY + 30 * DAY))
    page.locator("[id^=resolution-save-]").nth(2).click()
    expect(form.locator("#error-summary")).to_contain_text("Ein Beschluss ohne zuständige Stelle bleibt liegen.")
    expect(form.locator("[name=text]")).to_have_value(TASK)
    form.locator("[name=owner]").select_option(label="Bildungswerk Bosenberg")
    page.locator("[id^=resolution-save-]").nth(2).click()
    expect(page.locator("#points .task")).to_contain_text(TASK)
    assert findings(page, axe) == []


def sign(page: Page, axe: str) -> None:
    """Read it once more and sign; the file is the record."""
    press(page, "#to-sign", "#sign-form")
    assert findings(page, axe) == []
    page.fill("#sign-form [name=pin]", PIN)
    press(page, "#sign-go", "#minutes-file")
    expect(page.locator("#agenda")).to_contain_text(TASK)
    assert findings(page, axe) == []


def report(page: Page, axe: str) -> None:
    """The provider finds its task on its day and reports it done; it is gone."""
    press(page, f"#workgroup a:has-text('{TASK}')", "#settle-form")
    page.locator("#settle-form [name=state][value=done]").check()
    page.fill("#settle-form [name=note]", "Beginnt im Februar")
    press(page, "#settle-save", ".app-status:has-text('Stand gespeichert')")
    assert findings(page, axe) == []
    page.goto("/")
    expect(page.locator("main")).not_to_contain_text(TASK)
