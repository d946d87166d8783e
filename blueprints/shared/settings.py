"""Settings: from the environment into one frozen dataclass, checked at start; secrets made at first start."""

import os
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

from models.rules.digest import address_problem

DEMO, PRODUCTION = "demo", "production"


class WrongSetting(Exception):
    """A setting has a wrong value; the text names it and says what would be right."""


TLS_PORTS = {"starttls": 587, "tls": 465, "none": 25}


@dataclass(frozen=True, slots=True)
class Smtp:
    """The mail server for the daily mail. ``tls``: "starttls", "tls" from the first byte, or "none"."""

    host: str
    port: int
    sender: str
    tls: str
    user: str = ""
    password: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class Settings:
    """Everything that may differ between two installations. Printing it shows no secret."""

    data: Path
    database_url: str = field(repr=False)
    base_url: str
    mode: str
    port: int
    session_key: bytes = field(repr=False)
    ledger_key: bytes = field(repr=False)
    smtp: Smtp | None = None

    @property
    def demo(self) -> bool:
        """Whether this is an installation for training with invented data."""
        return self.mode == DEMO

    @property
    def pki(self) -> Path:
        """Folder of the signing authority."""
        return self.data / "pki"

    @property
    def pepper(self) -> Path:
        """File that every PIN is mixed with, outside the database."""
        return self.data / "pepper.key"

    @property
    def anchors(self) -> Path:
        """File that anchors are also written to, one JSON object a line."""
        return self.data / "anchors.jsonl"


def settings_from(environ: Mapping[str, str]) -> Settings:
    """Read and check the settings; WrongSetting names the first wrong one. Makes folder and secrets if absent."""
    port = _port(environ.get("PORT", "8000"))
    data = Path(environ.get("STAFFELSTAB_DATA") or "var").absolute()
    _make_folder(data)
    return Settings(
        data=data,
        database_url=_database_url(environ.get("DATABASE_URL") or f"sqlite:///{data / 'staffelstab.db'}"),
        base_url=_base_url(environ.get("STAFFELSTAB_BASE_URL") or f"http://127.0.0.1:{port}"),
        mode=_mode(environ.get("STAFFELSTAB_MODE") or PRODUCTION),
        port=port,
        session_key=_secret(data / "session.key"),
        ledger_key=_secret(data / "ledger.key"),
        smtp=_smtp(environ),
    )


def current_settings() -> Settings:
    """The settings of this process's environment."""
    return settings_from(os.environ)


def _port(text: str, name: str = "PORT") -> int:
    if not text.isdigit() or not 1 <= int(text) <= 65535:
        raise WrongSetting(f"{name} must be a number from 1 to 65535, not {text!r}.")
    return int(text)


def _mode(text: str) -> str:
    if text not in (DEMO, PRODUCTION):
        raise WrongSetting(f"STAFFELSTAB_MODE must be 'demo' or 'production', not {text!r}.")
    return text


def _base_url(text: str) -> str:
    parts = urlsplit(text)
    if parts.scheme not in ("http", "https") or not parts.hostname or parts.query or parts.fragment:
        raise WrongSetting(f"STAFFELSTAB_BASE_URL must look like https://staffelstab.example, not {text!r}.")
    return text.rstrip("/")


def _database_url(text: str) -> str:
    if urlsplit(text).scheme not in ("sqlite", "postgresql", "postgres"):
        raise WrongSetting("DATABASE_URL must start with sqlite:/// or postgresql://.")
    return text


def _smtp(environ: Mapping[str, str]) -> Smtp | None:
    """The mail server, or None: without STAFFELSTAB_SMTP_HOST nothing is ever sent."""
    host, sender, tls, user, password, port = (
        environ.get(f"STAFFELSTAB_SMTP_{name}", "").strip()
        for name in ("HOST", "FROM", "TLS", "USER", "PASSWORD_FILE", "PORT")
    )
    if not host:
        return None
    tls = tls or "starttls"
    if tls not in TLS_PORTS:
        raise WrongSetting(f"STAFFELSTAB_SMTP_TLS must be 'starttls', 'tls' or 'none', not {tls!r}.")
    if address_problem(sender, True):
        raise WrongSetting(f"STAFFELSTAB_SMTP_FROM must be the mail address of the sender, not {sender!r}.")
    if bool(user) != bool(password):
        raise WrongSetting("STAFFELSTAB_SMTP_USER and STAFFELSTAB_SMTP_PASSWORD_FILE belong together.")
    if user and tls == "none":
        raise WrongSetting("STAFFELSTAB_SMTP_USER: no password goes over a connection with STAFFELSTAB_SMTP_TLS=none.")
    number = _port(port or str(TLS_PORTS[tls]), "STAFFELSTAB_SMTP_PORT")
    return Smtp(host, number, sender, tls, user, _password(Path(password)) if password else "")


def _password(path: Path) -> str:
    try:
        text = path.read_text("utf-8").strip()
    except (OSError, UnicodeDecodeError):
        raise WrongSetting("STAFFELSTAB_SMTP_PASSWORD_FILE: the file cannot be read.") from None
    if not text:
        raise WrongSetting("STAFFELSTAB_SMTP_PASSWORD_FILE: the file is empty.")
    return text


def _make_folder(data: Path) -> None:
    try:
        data.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as problem:
        raise WrongSetting(f"STAFFELSTAB_DATA: the folder cannot be made ({problem.strerror}).") from None


def _secret(path: Path) -> bytes:
    """32 random bytes in a file of mode 0600, made at first start; O_EXCL decides between two first starts."""
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return _read_secret(path)
    except OSError as problem:
        raise WrongSetting(f"STAFFELSTAB_DATA: a secret cannot be written ({problem.strerror}).") from None
    with os.fdopen(handle, "wb") as file:
        value = secrets.token_bytes(32)
        file.write(value)
    return value


def _read_secret(path: Path) -> bytes:
    value = path.read_bytes()
    if len(value) != 32:
        raise WrongSetting(f"STAFFELSTAB_DATA: {path.name} is damaged; it must hold 32 bytes.")
    return value
