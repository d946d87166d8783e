"""Settings of the mail server: off without a host, and a sentence for what cannot be."""

import pytest

from blueprints.shared.settings import Smtp, WrongSetting, settings_from


@pytest.fixture
def smtp(tmp_path):
    def read(**values: str) -> Smtp | None:
        named = {f"STAFFELSTAB_SMTP_{name.upper()}": value for name, value in values.items()}
        return settings_from({"STAFFELSTAB_DATA": str(tmp_path / "var"), **named}).smtp

    return read


def test_it_is_off_without_a_host(smtp):
    assert smtp() is None
    assert smtp(host=" ", user="x") is None


@pytest.mark.parametrize(("tls", "port"), [("", 587), ("starttls", 587), ("tls", 465), ("none", 25)])
def test_the_port_follows_the_way(smtp, tls, port):
    server = smtp(host="mail.example", tls=tls, **{"from": "s@beispiel.example"})
    assert (server.port, server.tls, server.user) == (port, tls or "starttls", "")


def test_the_password_stands_in_a_file_and_is_never_printed(smtp, tmp_path):
    (tmp_path / "password").write_text("geheim\n", "utf-8")
    server = smtp(
        host="mail.example", user="staffelstab", password_file=str(tmp_path / "password"), port="2525",
        **{"from": "s@beispiel.example"},
    )  # fmt: skip
    assert (server.password, server.port) == ("geheim", 2525)
    assert "geheim" not in repr(server)


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        ({"from": ""}, "STAFFELSTAB_SMTP_FROM must be the mail address"),
        ({"from": "Staffelstab <s@beispiel.example>"}, "STAFFELSTAB_SMTP_FROM must be the mail address"),
        ({"tls": "ssl"}, "STAFFELSTAB_SMTP_TLS must be"),
        ({"port": "0"}, "STAFFELSTAB_SMTP_PORT must be a number"),
        ({"user": "x"}, "belong together"),
        ({"password_file": "/dev/null"}, "belong together"),
        ({"user": "x", "password_file": "/dev/null", "tls": "none"}, "no password goes over"),
        ({"user": "x", "password_file": "/dev/null"}, "the file is empty"),
        ({"user": "x", "password_file": "/nowhere/at/all"}, "the file cannot be read"),
    ],
)
def test_what_cannot_be_is_said_at_start(smtp, values, sentence):
    with pytest.raises(WrongSetting, match=sentence):
        smtp(**{"host": "mail.example", "from": "s@beispiel.example", **values})
