"""Counselling from the first invitation to the last withdrawal: what one side enters the others see, and no longer.

One person, played through the pages of Agentur, coach and provider. What the single pages refuse is tested with them.
"""

from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import PIN, findings, overflow
from tests.browser.steps import DAY, FAR_AHEAD, TODAY, WEEK, choose_course, download, fill, german, press
from tests.browser.test_competences import add, answer_gap, leave_open

NEXT = TODAY + WEEK
SIGNED = f"{german(NEXT)}, 18:30 Uhr, Agentur für Arbeit, Zimmer 114"


@dataclass
class Story:
    """Who plays along. ``case`` is the address of the person's case, ``form`` what the provider was sent."""

    agentur: Page
    coach: Page
    provider: Page
    axe: str
    folder: Path
    case: str = ""
    form: str = ""

    def check(self, page: Page) -> None:
        """The page fits, also on a telephone, and axe finds nothing."""
        assert findings(page, self.axe) == []
        for width in (360, 1440):
            page.set_viewport_size({"width": width, "height": 900})
            assert overflow(page) <= 0, page.url


@pytest.fixture
def story(open_page, axe, tmp_path):
    told = Story(open_page("agentur"), open_page("coach", javascript=False), open_page("traeger"), axe, tmp_path)
    yield told
    assert told.agentur.console_errors == told.coach.console_errors == told.provider.console_errors == []


def test_from_the_invitation_to_the_withdrawal(story):
    is_invited(story)
    comes(story)
    is_counselled(story)
    tells_her_life(story)
    agrees(story)
    lets_the_coach_work(story)
    is_sent_to_a_course(story)
    takes_everything_back(story)


def is_invited(story: Story) -> None:
    """The Agentur plans a group information in Dari and invites somebody of whom it knows nothing yet."""
    page = story.agentur
    page.goto("/termine/neu")
    fill(page.locator("#event-form"), held_on=german(TODAY), place="Pommernstraße 1, 66822 Lebach", site="LEBACH",
         language="prs", begins="18:00", ends="19:00")  # fmt: skip
    press(page, "#event-save", "#invite")
    press(page, "#invite", "#invite-form")
    story.case = somebody_new(page)
    page.check(f"#invite-form input[value='{story.case.rpartition('/')[2]}']")
    press(page, "#invite-go", f"a[href='{story.case}']")
    story.check(page)


def somebody_new(page: Page) -> str:
    """The case of a candidate without agreement whom nobody has asked for consent E1."""
    boxes = page.locator("#invite-form input[name=people]")
    for number in boxes.evaluate_all("all => all.map(one => one.value)"):
        agreement = page.request.get(f"/faelle/{number}/vereinbarung").text()
        if "Es gibt noch keine Vereinbarung" in agreement and 'id="decide-E1' in consents_of(page, number):
            return f"/faelle/{number}"
    raise AssertionError("nobody is new")


def consents_of(page: Page, number: str) -> str:
    """The page of consents as far as E1 was never asked for."""
    text = page.request.get(f"/faelle/{number}/einwilligungen").text()
    return text if "nicht gefragt" in text.partition('id="E1')[2].partition("</section>")[0] else ""


def comes(story: Story) -> None:
    """Who came is ticked on a telephone; A21 says so."""
    page = story.agentur
    page.set_viewport_size({"width": 360, "height": 900})
    page.click("#attendance")
    row = page.locator(".attendance__row").first
    row.locator("button[value=excused]").click()
    expect(row.locator(".kern-error")).to_contain_text("Warum ist die Person entschuldigt?")
    row.locator("button[value=attended]").click()
    expect(row.locator(".kern-badge").first).to_have_text("anwesend")
    story.check(page)
    page.goto(f"{story.case}/punkte/A21")
    expect(page.locator("main")).to_contain_text(f"aus der Anwesenheitsliste vom {german(TODAY)}")


def is_counselled(story: Story) -> None:
    """The first talk is agreed and held, and a note of it written."""
    page = story.agentur
    page.goto(f"{story.case}/termine")
    press(page, "#new-appointment", "#appointment-form")
    fill(page.locator("#appointment-form"), kind="first_talk", held_on=german(TODAY), begins="20:00", minutes="30")
    press(page, "#appointment-save", "a[id^='appointment-']")
    page.locator("a[id^='appointment-']").first.click()
    press(page, "#attended", "main .kern-badge--success")
    page.goto(f"{story.case}/vermerke/neu")
    fill(page.locator("#note-form"), text="Möchte als Köchin arbeiten.")
    press(page, "#note-save", ".note")
    page.goto(f"{story.case}/punkte/B02")
    expect(page.locator("main")).to_contain_text(f"aus dem Termin vom {german(TODAY)}")


def tells_her_life(story: Story) -> None:
    """A life with a gap: it is asked about, answered, and the rest marked as not known."""
    page = story.agentur
    page.goto(f"{story.case}/werdegang")
    years = TODAY.year
    add(page, "arbeit", begins=f"01.{years - 4}", ends=f"12.{years - 3}", title="Köchin", kldb="Lebensmittel",
        level="2")  # fmt: skip
    add(page, "arbeitsuchend", begins=f"01.{years - 1}")
    expect(page.locator("svg.life-line")).to_be_visible()
    answer_gap(page, f"Von 01.{years - 2} bis 12.{years - 2} ist nichts eingetragen (12 Monate)", "Flucht")
    story.check(page)
    leave_open(page)
    expect(page.locator("#lueckenlos")).to_be_visible()


def agrees(story: Story) -> None:
    """The agreement in Dari with the next appointment, signed with the PIN; without E1 it is not the coach's to see."""
    page, until = story.agentur, german(TODAY + WEEK)
    page.goto(f"{story.case}/vereinbarung")
    press(page, "#agreement-new", "#agreement-form")
    form = page.locator("#agreement-form")
    fill(form, goal="Als Köchin arbeiten", kind_1="COURSE", who_1="PERSON", until_1=until, kind_2="COACH",
         who_2="COACH", until_2=until, language="prs", interpreter="A. Karimi", next_on=german(NEXT),
         next_where="Zimmer 114")  # fmt: skip
    page.click("#agreement-save")
    expect(page.locator("#next_begins-error")).to_be_visible()
    story.check(page)
    fill(form, next_begins="18.30")
    press(page, "#agreement-save", "#agreement-close")
    press(page, "#agreement-close", "#close-form")
    fill(page.locator("#close-form"), agreed_on=german(TODAY), way="pin", paper_reason="wish", pin=PIN)
    press(page, "#close-save", "#gilt")
    expect(page.locator("#gilt")).to_contain_text("mit elektronischer Unterschrift der Beratung")
    expect(page.locator("#gilt")).to_contain_text(SIGNED)
    story.check(page)
    assert download(page, "#gilt a[href$='.pdf']", story.folder / "vereinbarung.pdf").read_bytes().startswith(b"%PDF")
    page.goto(f"{story.case}/punkte/B28")
    expect(page.locator("main")).to_contain_text("aus dem Termin")
    assert story.coach.goto(f"{story.case}/vereinbarung").status == 403


def lets_the_coach_work(story: Story) -> None:
    """Consent E1 is given in Dari; the coach sees the steps and the appointment, and settles hers."""
    page, coach = story.agentur, story.coach
    give(page, story.case, "E1")
    coach.goto(f"{story.case}/termine")
    expect(coach.locator("main")).to_contain_text(german(NEXT))
    coach.goto(f"{story.case}/vereinbarung")
    press(coach, "#gilt a[id^='step-']", "#settle-form")
    fill(coach.locator("#settle-form"), state="DONE", settled_on=german(TODAY))
    press(coach, "#settle-save", "#gilt .kern-badge--success")


def give(page: Page, case: str, purpose: str) -> None:
    """Record a consent that was given in Dari, after a form in it was printed."""
    page.goto(f"{case}/einwilligungen")
    expect(page.locator(f"select[id^='language-{purpose}']")).to_have_value("prs")
    page.click(f"a[id^='decide-{purpose}']")
    fill(page.locator("#consent-form"), decision="granted", decided_on=german(TODAY), interpreter="A. Karimi")
    page.click("#consent-save")
    expect(page.locator(f"section[id^='{purpose}']")).to_contain_text("erteilt am")
    expect(page.locator(f"section[id^='{purpose}']")).to_contain_text("Dari/Farsi, gedolmetscht durch A. Karimi")


def is_sent_to_a_course(story: Story) -> None:
    """A seat, consent E2 in Dari, the form to the provider, who sees it."""
    page, provider = story.agentur, story.provider
    page.goto(f"{story.case}/kurs?alle=1")
    form = page.locator("#reservation-form")
    fill(form, path="P5", issued_by="ASYLBLG", dated=german(TODAY), valid_to=german(FAR_AHEAD))
    choose_course(page, "BB-IK-07")
    press(page, "#reserve-seat", "#issue-form")
    fill(page.locator("#issue-form"), signed="pin", pin=PIN)
    press(page, "#issue-form-go", "a[href$='.pdf']:has-text('Anmeldebogen')")
    give(page, story.case, "E2")
    page.goto(f"{story.case}/kurs")
    page.click("#send-form-go")
    expect(page.locator("#send-form-go")).to_have_count(0)
    page.goto(f"{story.case}/wer-bekommt-was")
    expect(page.locator("main")).to_contain_text("Beschäftigungscoach des Landkreises begleitet")
    name = page.locator("h1").inner_text()
    provider.goto("/anmeldungen/?offen=1")
    press(provider, f"a:has-text('{name}')", "#confirm-form")
    story.form = provider.url


def takes_everything_back(story: Story) -> None:
    """Both consents are withdrawn; coach and provider see nothing from that moment on."""
    page = story.agentur
    page.goto(f"{story.case}/einwilligungen")
    page.click("a[id^='withdraw-E1']")
    fill(page.locator("#withdraw-form"), decided_on=german(TODAY + DAY))
    page.click("#withdraw-save")
    expect(page.locator("#decided_on-error")).to_contain_text("in der Zukunft")
    withdraw(page, "E1")
    for address in ("", "/vereinbarung", "/termine"):
        assert story.coach.goto(story.case + address).status == 404, address
    page.click("a[id^='withdraw-E2']")
    withdraw(page, "E2")
    assert story.provider.goto(story.form).status == 404
    page.goto(f"{story.case}/wer-bekommt-was")
    expect(page.locator("main")).not_to_contain_text("Beschäftigungscoach des Landkreises begleitet")
    expect(page.locator("main")).not_to_contain_text("Bosenberg")
    story.check(page)


def withdraw(page: Page, purpose: str) -> None:
    """Finish the form of a withdrawal; it holds today."""
    fill(page.locator("#withdraw-form"), decided_on=german(TODAY))
    page.click("#withdraw-save")
    expect(page.locator(f"section[id^='{purpose}']")).to_contain_text("widerrufen")
