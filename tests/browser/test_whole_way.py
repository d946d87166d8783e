"""One person's whole way through the browser: from the municipality's list to the sheet that both sides signed."""

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from playwright.sync_api import Page, expect

from tests.browser import steps
from tests.browser.conftest import PIN
from tests.browser.steps import TODAY, answer, download, fill, german, press

COLUMNS = (
    "Familienname;Vorname;Geburtsdatum;Geschlecht;Staatsangehörigkeit;Sprachen;Ankunft;Gemeinde;Straße;PLZ;Ort;"
    "Telefon;Aufenthaltsdokument;gültig bis;BAMF-Aktenzeichen;Familienstand;Dolmetschen"
)
ROW = (
    "{family};{given};{born};w;Eritrea;Tigrinya;{arrived};Tholey;{street};66636;Tholey;"
    "{phone};Aufenthaltsgestattung;{valid};{file};ledig;ja"
)


@dataclass(frozen=True)
class Traveller:
    """Who travels, who stands beside her in the list, and whose row is wrong."""

    family: str
    given: str
    born: str
    phone: str
    file: str
    beside: str
    wrong: str

    @property
    def name(self) -> str:
        """As it stands in headings."""
        return f"{self.family}, {self.given}"

    @property
    def street(self) -> str:
        """Where she lives."""
        return f"{self.beside}weg 1"

    def list_of_arrivals(self) -> str:
        """Three rows; the third has a birth date that does not exist."""
        rows = [
            self._row(self.family, self.given, self.born, self.phone, self.file, self.street),
            self._row(self.beside, "Almaz", "04.08.1979", "", "", "Marktplatz 2"),
            self._row(self.wrong, "Almaz", "31.02.1990", "", "", "Marktplatz 3"),
        ]
        return "\n".join([COLUMNS, *rows, ""])

    @staticmethod
    def _row(family: str, given: str, born: str, phone: str, file: str, street: str) -> str:
        arrived, valid = german(TODAY - steps.WEEK), german(steps.FAR_AHEAD)
        return ROW.format(
            family=family, given=given, born=born, arrived=arrived, street=street, phone=phone, valid=valid, file=file
        )


WITH = Traveller("Tesfamikael", "Winta", "17.05.1991", "0151 5550101", "9100011-475", "Hadgu", "Woldeselassie")
WITHOUT = Traveller("Ghebreyesus", "Semhar", "23.09.1988", "0151 5550202", "9200021-475", "Kahsay", "Tewoldemedhin")


@dataclass
class Way:
    """Opens pages as somebody, and keeps what later steps need."""

    open_page: Callable[..., Page]
    traveller: Traveller
    javascript: bool
    folder: Path
    pages: dict[str, Page] = field(default_factory=dict)
    case: str = ""
    handover: str = ""

    def as_(self, username: str) -> Page:
        """The page of this person; each logs in once."""
        if username not in self.pages:
            self.pages[username] = self.open_page(username, javascript=self.javascript)
        return self.pages[username]


def test_the_whole_way(site, open_page, tmp_path):
    way = Way(open_page, WITH, True, tmp_path)
    import_the_list(way)
    take_in(way)
    coach_asks_for_consent(way)
    counsel(way)
    find_a_course(way)
    provider_confirms(way)
    record_the_decision(way)
    prepare_and_send(way)
    receive_and_accept(way)
    check_the_sheet(way, site)
    look_at_the_log(way)
    for username, page in way.pages.items():
        assert page.console_errors == [], username


def test_the_same_way_without_javascript(open_page, tmp_path):
    way = Way(open_page, WITHOUT, False, tmp_path)
    import_the_list(way)
    take_in(way)
    counsel(way)
    find_a_course(way)
    record_the_decision(way)
    prepare_and_send(way)
    receive_and_accept(way)


def import_the_list(way: Way) -> None:
    """Two good rows become cases; the wrong one can be downloaded."""
    page = way.as_("tholey")
    path = way.folder / "ankuenfte.csv"
    path.write_text(way.traveller.list_of_arrivals(), "utf-8")
    steps.upload(page, path)
    expect(page.locator(".figures")).to_contain_text("2neue Personen")
    expect(page.locator(".figures")).to_contain_text("1abgelehnt")
    expect(page.get_by_role("table")).to_contain_text("Geburtsdatum")
    press(page, "#confirm", "h1:has-text('Ankunftsliste vom')")
    expect(page.locator(".figures")).to_contain_text("2Personen neu erfasst")
    rejected = download(page, "a[href$='abgelehnt.csv']", way.folder / "abgelehnt.csv").read_text("utf-8-sig")
    assert way.traveller.wrong in rejected and "31.02.1990" in rejected
    assert way.traveller.family not in rejected


def take_in(way: Way) -> None:
    """The municipality answers what it knows; with the list the coach was told already (A19)."""
    page = way.as_("tholey")
    way.case = steps.find_case(page, way.traveller.name)
    stage = page.locator(".stage--current small")
    before = int(stage.inner_text().split()[0])
    answer(page, "A01", received_on=german(TODAY - steps.WEEK))
    answer(page, "A03")
    answer(page, "A09", registered_on=german(TODAY))
    answer(page, "A10", adults="1", children="0")
    expect(page.locator("#punkt-A10")).to_contain_text("Gemeinde Tholey")
    expect(stage).to_contain_text(f"{before + 4} von")
    answer(page, "A14", handed_out="yes", language="tir")
    expect(page.locator(".case-facts")).to_contain_text(f"gemeldet am {german(TODAY)}")
    expect(page.locator("#punkt-A19.item--done")).to_be_visible()


def coach_asks_for_consent(way: Way) -> None:
    """The coach sees the contact line alone, and more once the person has consented (E1)."""
    page = way.as_("coach")
    page.goto(way.case)
    expect(page.locator("h1")).to_have_text(way.traveller.name)
    facts = page.locator("main")
    expect(facts).to_contain_text(way.traveller.phone)
    for hidden in (
        way.traveller.born,
        "Aufenthaltsgestattung",
        way.traveller.file,
        way.traveller.street,
    ):
        expect(facts).not_to_contain_text(hidden)
    answer(page, "C02", contact_on=german(TODAY), way="PHONE")
    answer(page, "C04")
    answer(page, "C05", consent="granted", decided_on=german(TODAY))
    page.goto(way.case)
    expect(facts).to_contain_text("Aufenthaltsgestattung")
    expect(facts).not_to_contain_text(way.traveller.file)


def counsel(way: Way) -> None:
    """The Agentur has its first talk."""
    page = way.as_("agentur")
    page.goto(f"{way.case}?liste=beratung")
    answer(page, "B02", held_on=german(TODAY), place="AGENTUR", way="PERSON")
    answer(page, "B04")
    answer(page, "B07", years="12", certificate="4", country="ERI", proof="SELF")
    expect(page.locator("#punkt-B07")).to_contain_text("12")


def find_a_course(way: Way) -> None:
    """A seat with a named access path, the form, and its way to the provider with consent E2."""
    page = way.as_("agentur")
    page.goto(f"{way.case}/kurs?alle=1")
    form = page.locator("#reservation-form")
    fill(form, path="P5", issued_by="ASYLBLG", dated=german(TODAY), valid_to=german(steps.FAR_AHEAD))
    press(page, "#reserve-seat", "#error-summary")
    expect(form.locator("[name=path]")).to_have_value("P5")
    steps.choose_course(page, "BB-IK-07")
    press(page, "#reserve-seat", "#issue-form")
    fill(page.locator("#issue-form"), signed="pin", pin=PIN)
    press(page, "#issue-form-go", "a[href$='.pdf']:has-text('Anmeldebogen')")
    sheet = download(page, "a[href$='.pdf']:has-text('Anmeldebogen')", way.folder / "bogen.pdf")
    assert sheet.read_bytes().startswith(b"%PDF")
    fill(page.locator("#send-form"), consented_on=german(TODAY))
    press(page, "#send-form-go", "#course-desk :text('gesendet')")


def provider_confirms(way: Way) -> None:
    """The provider sees the form and nothing else, and confirms."""
    page = way.as_("traeger")
    page.goto("/anmeldungen/?offen=1")
    press(page, f"a:has-text('{way.traveller.name}')", "#confirm-form")
    expect(page.locator("h1")).to_have_text(way.traveller.name)
    fill(page.locator("#confirm-form"), confirmed_on=german(TODAY))
    press(page, "#confirm-go", "#enrolment :text('bestätigt')")
    assert page.request.get(way.case).status == 403


def record_the_decision(way: Way) -> None:
    """Served today: the sphere changes with the next month, and a draft stands ready."""
    page = way.as_("tholey")
    page.goto(f"{way.case}/bescheid")
    fill(page.locator("#decision-form"), code="GFK", served_on=german(TODAY + steps.DAY), action_pending="no")
    press(page, "#decision-save", "#error-summary")
    fill(page.locator("#decision-form"), served_on=german(TODAY), decided_on=german(TODAY - steps.WEEK))
    press(page, "#decision-save", "h1")
    page = way.as_("agentur")
    page.goto(f"{way.case}/folge")
    expect(page.locator("#outcome")).to_contain_text(german(steps.next_month(TODAY)))
    expect(page.locator("#outcome")).to_contain_text("§ 1 Abs. 3")
    page.goto(way.case)
    expect(page.locator("#notice-1")).to_contain_text(german(steps.next_month(TODAY)))


def prepare_and_send(way: Way) -> None:
    """Reasons for the gaps, the person informed, the PIN: the sheet is signed and transmitted."""
    page = way.as_("agentur")
    page.goto(f"{way.case}/folge")
    press(page, "#to-handover", "#prepare-form")
    way.handover = page.url
    assert way.as_("jobcenter").request.get(way.handover).status == 404
    assert steps.explain_gaps(page) > 0
    fill(page.locator("#prepare-form"), informed_on=german(TODAY))
    press(page, "#prepare-save", "#prepare-next")
    press(page, "#prepare-next", "#sign-form")
    page.fill("#sign-form [name=pin]", PIN)
    press(page, "#sign-go", "#way-title")
    expect(page.locator(".case-head")).to_contain_text("übermittelt")


def receive_and_accept(way: Way) -> None:
    """Receipt, a wrong PIN, the right one."""
    page = way.as_("jobcenter")
    page.goto("/uebergaben/")
    press(page, f"a:has-text('{way.traveller.name}')", "#verdict")
    expect(page.locator("#verdict")).to_contain_text("Unterschrift gültig, Dokument unverändert")
    press(page, "#confirm-go", "#accept")
    press(page, "#accept", "#accept-form")
    steps.accept(page, "111111")
    expect(page.locator("#pin-error")).to_contain_text("PIN")
    steps.accept(page)
    expect(page.locator(".case-head")).to_contain_text("angenommen")
    page.goto(way.case)
    expect(page.locator("h1")).to_have_text(way.traveller.name)


def check_the_sheet(way: Way, site) -> None:
    """Both signatures hold: on the command line, for the exported file too, and on the page."""
    page = way.as_("jobcenter")
    page.goto(way.handover)
    sheet = download(page, "#verdict a[href$='uebergabebogen.pdf']", way.folder / "uebergabebogen.pdf")
    reference = way.handover.rsplit("/", 1)[1]
    exported, root = way.folder / "exported.pdf", way.folder / "root.pem"
    verdict = site.command("verify-pdf", str(sheet))
    assert verdict.returncode == 0, verdict.stdout + verdict.stderr
    assert site.command("handover", "export", reference, "--out", str(exported)).returncode == 0
    assert exported.read_bytes() == sheet.read_bytes()
    assert site.command("pki", "export-root", "--out", str(root)).returncode == 0
    assert root.read_text("ascii").startswith("-----BEGIN CERTIFICATE-----")
    page = way.as_("coach")
    page.goto("/pruefen/")
    page.set_input_files("#file", sheet)
    press(page, "#verify-go", "#verdict")
    expect(page.locator("#verdict li")).to_have_count(2)
    expect(page.locator("#verdict.kern-alert--success")).to_be_visible()


def look_at_the_log(way: Way) -> None:
    """The data protection officer sees what happened, with the case number and without the name."""
    page = way.as_("datenschutz")
    page.goto("/datenschutz/?art=ereignisse")
    number = way.case.rsplit("/", 1)[1]
    expect(page.locator("tr", has_text=number).first).to_be_visible()
    expect(page.locator("main")).not_to_contain_text(way.traveller.family)
    assert page.request.get(way.case).status in (403, 404)
