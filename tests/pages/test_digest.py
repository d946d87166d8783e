"""The daily mail: who wants it says so, and a real mail server gets numbers and a link, nothing about anybody."""

import ssl
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address
from pathlib import Path

import pytest
from aiosmtpd.smtp import AuthResult
from bs4 import BeautifulSoup
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

from blueprints.maintenance.digest import MailFailed, send_digests
from blueprints.shared.settings import Smtp
from models.operations.mailboxes import set_mailbox
from models.queries.digest import load_of
from models.queries.today import figures_for
from models.tables import Case, Event, FollowUp, Mailbox
from tests.cast import make_case, member_of
from tests.mail_cast import Sink, serving
from tests.moments import NOW, TODAY


@pytest.fixture
def sink() -> Iterator[Sink]:
    handler = Sink()
    with serving(handler) as handler.port:
        yield handler


@pytest.fixture
def mailing(settings, sink, app):
    """The settings of an installation that sends to the sink."""
    return replace(settings, smtp=Smtp("127.0.0.1", sink.port, "staffelstab@beispiel.example", "none"))


def wants(key: str) -> None:
    actor = member_of(key)
    set_mailbox(actor.account_id, f"{key}@beispiel.example", True, seen_version=0, actor=actor, now=NOW)


def busy(key: str, *days: int) -> Case:
    """A case with one Wiedervorlage for each of these days from today on."""
    case, actor = make_case(), member_of(key)
    for day in days:
        FollowUp.create(
            case=case, organisation=actor.organisation_id, created_by=actor.account_id, assigned=actor.account_id,
            due_on=TODAY + timedelta(days=day), reason="Samira Rahimi anrufen", created_at="",
        )  # fmt: skip
    return case


def test_the_mail_says_how_much_and_links_and_names_nobody(mailing, sink, people):
    wants("agentur")
    case = busy("agentur", -1, 0, 1)
    load = load_of(people("agentur"), TODAY)
    assert load.overdue >= 1
    assert send_digests(mailing, NOW) == "1 sent, 0 without tasks"
    (mail,) = sink.mails
    assert mail.to == ["agentur@beispiel.example"]
    assert mail.message["Subject"] == f"Sie haben {load.due} Aufgaben, {load.overdue} überfällig"
    assert mail.message["From"] == "staffelstab@beispiel.example"
    assert mail.message["Auto-Submitted"] == "auto-generated"
    text = mail.message.get_content().replace("\r\n", "\n")
    assert text.startswith(f"{mail.message['Subject']}.\n\nhttp://staffelstab.test/\n")
    for told in (case.number, "Rahimi", "Samira", "anrufen", "Tholey", people("agentur").name, "Agentur"):
        assert told not in text + str(mail.message) + mail.raw.decode("utf-8"), told


def test_it_counts_as_the_start_page_does(mailing, people):
    busy("agentur", -1, 0, 1)
    numbers = [int(figure.number) for figure in figures_for(people("agentur"), TODAY)[0]]
    assert load_of(people("agentur"), TODAY) == (sum(numbers[:3]), numbers[0])
    assert load_of(people("verwaltung"), TODAY) == (0, 0)


def test_at_most_one_a_day(mailing, sink):
    wants("agentur")
    busy("agentur", 0)
    send_digests(mailing, NOW)
    assert send_digests(mailing, NOW + timedelta(hours=3)) == "0 sent, 0 without tasks"
    assert len(sink.mails) == 1
    send_digests(mailing, NOW + timedelta(days=1))
    assert len(sink.mails) == 2


def test_nothing_for_nobody_and_nothing_without_tasks(mailing, sink):
    wants("jobcenter")
    busy("agentur", 0)
    assert send_digests(mailing, NOW) == "0 sent, 1 without tasks"
    assert sink.mails == []
    assert Mailbox.get().told_on is None


def test_one_refused_address_stops_no_other(mailing, sink):
    for key in ("agentur", "tholey"):
        wants(key)
        busy(key, 0)
    sink.refused = {"agentur@beispiel.example"}
    with pytest.raises(MailFailed) as failed:
        send_digests(mailing, NOW)
    assert str(failed.value) == "1 sent, 0 without tasks, refused for user.agentur"
    sink.refused = set()
    assert send_digests(mailing, NOW) == "1 sent, 0 without tasks"
    assert sorted(mail.to[0].split("@")[0] for mail in sink.mails) == ["agentur", "tholey"]


def test_a_server_that_fails_is_reported_and_asked_again(mailing, sink, settings):
    wants("agentur")
    busy("agentur", 0)
    away = replace(mailing, smtp=replace(mailing.smtp, port=9))
    with pytest.raises(MailFailed, match=r"the mail server 127\.0\.0\.1:9 failed \(ConnectionRefusedError\); 0 of 1"):
        send_digests(away, NOW)
    assert send_digests(mailing, NOW) == "1 sent, 0 without tasks"


def test_a_locked_account_gets_none(mailing, sink):
    wants("agentur")
    busy("agentur", 0)
    member = member_of("agentur")
    type(Mailbox.get().account).update(state="locked").where(
        Mailbox.account.rel_model.id == member.account_id
    ).execute()
    assert send_digests(mailing, NOW) == "0 sent, 0 without tasks"


def test_off_is_off(settings, app):
    wants("agentur")
    busy("agentur", 0)
    assert send_digests(settings, NOW) == "off"


@pytest.fixture
def certificate(tmp_path: Path, monkeypatch) -> ssl.SSLContext:
    """A certificate for 127.0.0.1 that this process trusts."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "127.0.0.1")])
    start = datetime.now(UTC) - timedelta(days=1)
    made = (
        x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number(), start, start + timedelta(9))
        .add_extension(x509.SubjectAlternativeName([x509.IPAddress(ip_address("127.0.0.1"))]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    pem, secret = tmp_path / "server.pem", tmp_path / "server.key"
    pem.write_bytes(made.public_bytes(serialization.Encoding.PEM))
    secret.write_bytes(
        key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    )
    monkeypatch.setenv("SSL_CERT_FILE", str(pem))
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(pem, secret)
    return context


def _right(server, session, envelope, mechanism, data):
    return AuthResult(handled=False, success=(data.login, data.password) == (b"staffelstab", b"geheim"))


@pytest.mark.parametrize(("password", "sent"), [("geheim", 1), ("falsch", 0)])
def test_starttls_and_login(mailing, certificate, password, sent):
    handler, server = Sink(), Smtp("127.0.0.1", 0, "staffelstab@beispiel.example", "starttls", "staffelstab", password)
    wants("agentur")
    busy("agentur", 0)
    asked = {"require_starttls": True, "auth_required": True, "authenticator": _right}
    with serving(handler, tls_context=certificate, **asked) as port:
        sending = replace(mailing, smtp=replace(server, port=port))
        if sent:
            assert send_digests(sending, NOW).startswith("1 sent")
        else:
            with pytest.raises(MailFailed, match="SMTPAuthenticationError"):
                send_digests(sending, NOW)
    assert len(handler.mails) == sent


def test_a_certificate_that_nobody_vouches_for_is_refused(mailing, certificate, monkeypatch):
    monkeypatch.delenv("SSL_CERT_FILE")
    wants("agentur")
    busy("agentur", 0)
    with serving(Sink(), tls_context=certificate) as port:
        sending = replace(mailing, smtp=Smtp("127.0.0.1", port, "a@b.example", "starttls"))
        with pytest.raises(MailFailed, match="SSLCertVerificationError"):
            send_digests(sending, NOW)


# Mein Konto and the administration


def test_a_person_says_where_the_mail_goes(as_user):
    client = as_user("agentur")
    form = client.soup("/konto").select_one("#mail-form")
    data = {"version": form.select_one("[name=version]")["value"], "address": " k@beispiel.de ", "digest": "y"}
    response = client.post("/konto/nachricht", data)
    assert (response.status_code, response.headers["Location"]) == (303, "/konto?gespeichert=nachricht")
    page = client.soup("/konto?gespeichert=nachricht")
    assert page.select_one("#mail-form [name=address]")["value"] == "k@beispiel.de"
    assert page.select_one("#mail-form [name=digest]").has_attr("checked")
    assert "gespeichert" in page.text
    event = Event.select().order_by(Event.id.desc()).first()
    assert (event.kind, "beispiel" in event.data) == ("account.mail_set", False)


@pytest.mark.parametrize(
    ("address", "sentence"),
    [("k@", "Bitte eine E-Mail-Adresse wie"), ("", "braucht es eine E-Mail-Adresse"), ("x" * 300, "")],
)
def test_what_cannot_be_is_said_at_the_field_and_changes_nothing(as_user, address, sentence):
    response = as_user("agentur").post("/konto/nachricht", {"version": 0, "address": address, "digest": "y"})
    assert response.status_code == 422
    assert sentence in response.get_data(as_text=True)
    assert Mailbox.select().count() == 0


def test_a_stale_version_shows_both_values_and_can_be_sent_again(as_user):
    client = as_user("agentur")
    client.post("/konto/nachricht", {"version": 0, "address": "neu@beispiel.de", "digest": "y"})
    response = client.post("/konto/nachricht", {"version": 0, "address": "alt@beispiel.de"})
    text = response.get_data(as_text=True)
    assert response.status_code == 409
    assert "Inzwischen wurde gespeichert: neu@beispiel.de, mit täglicher Nachricht." in text
    form = BeautifulSoup(text, "html.parser").select_one("#mail-form")
    assert form.select_one("[name=address]")["value"] == "alt@beispiel.de"
    assert form.select_one("[name=version]")["value"] == "1"
    assert client.post("/konto/nachricht", {"version": 1, "address": "alt@beispiel.de"}).status_code == 303


def test_who_has_no_tasks_is_not_offered_a_mail(as_user):
    assert as_user("datenschutz").soup("/konto").select_one("#mail-form") is None


def test_the_administration_sets_it_for_others(as_user):
    admin, other = as_user("verwaltung"), member_of("jobcenter").account_id
    address = f"/verwaltung/konten/{other}/nachricht"
    assert admin.soup(address).h1.text == "Tägliche Nachricht"
    assert admin.post(address, {"version": 0, "address": "j@beispiel.de", "digest": "y"}).status_code == 303
    assert admin.soup("/verwaltung/konten/").select_one(f"#mail-{other}").text.startswith("an")
    assert admin.post(address, {"version": 1, "address": "j", "digest": "y"}).status_code == 422
    assert admin.get("/verwaltung/konten/999999/nachricht").status_code == 404
    assert as_user("agentur").get(address).status_code == 403


def test_nobody_else_is_told_an_address(as_user):
    wants("jobcenter")
    assert "jobcenter@" not in as_user("agentur").get("/konto").get_data(as_text=True)
