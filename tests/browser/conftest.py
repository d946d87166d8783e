"""A real server with the invented data, and Debian's Chromium without the windows around its pages."""

import fcntl
import os
import shutil
import signal
import socket
import subprocess
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright

from tests.conftest import ROOT

CHROMIUM = shutil.which("chromium-headless-shell") or shutil.which("chromium")
"""The shell takes half the time of the whole browser, which draws a window with bars and menus for each context."""
FLAGS = (
    "--no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking "
    "--disable-component-update --disable-sync"
).split()
PASSWORD, PIN = "staffelstab-demo", "246810"
PATIENCE = 60_000
"""Milliseconds: the first signed sheet after a start is slow on a busy machine."""
AXE_TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
AXE = """async tags => {
    const found = await axe.run(document, {runOnly: {type: 'tag', values: tags}, resultTypes: ['violations']});
    return found.violations.map(broken => `${broken.id}: ${broken.nodes[0].target}`);
}"""
"""To tell all that holds as well, element by element, takes longer than to find what is broken."""


LONGEST = ("test_whole_way.py", "test_counselling_story.py", "test_course_story.py")
"""They begin, so that no process is left alone with one of them at the end."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if "browser" in Path(item.fspath).parts:
            item.add_marker(pytest.mark.browser)
    items.sort(key=lambda item: item.path.name not in LONGEST)


@dataclass(frozen=True)
class Site:
    """A running installation for training."""

    address: str
    data: Path
    process: subprocess.Popen[bytes]

    def command(self, *words: str) -> subprocess.CompletedProcess[str]:
        """A command of the product on this installation's data."""
        environ = {**os.environ, "STAFFELSTAB_DATA": str(self.data), "STAFFELSTAB_MODE": "demo"}
        environ.pop("DATABASE_URL", None)
        command = [str(ROOT / ".venv/bin/flask"), "--app", "app", *words]
        return subprocess.run(command, cwd=ROOT, env=environ, capture_output=True, text=True, check=False)


@pytest.fixture(scope="session")
def filled(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Path:
    """A folder with the invented data, filled once for all processes of a run as `make run` fills an empty one."""
    base = tmp_path_factory.getbasetemp()
    folder = (base if worker_id == "master" else base.parent) / "filled"
    with (folder.parent / "filled.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not folder.exists():
            folder.mkdir()
            _end(_serve(folder))
    return folder


@contextmanager
def installation(data: Path, filled: Path) -> Iterator[Site]:
    """A running installation on a copy of the invented data, ended afterwards."""
    shutil.copytree(filled, data)
    started = _serve(data)
    yield started
    _end(started)


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory, filled: Path) -> Iterator[Site]:
    """An installation of this process's own, shared by its tests: who moves the time there takes another."""
    with installation(tmp_path_factory.mktemp("site") / "data", filled) as started:
        yield started


def _serve(data: Path) -> Site:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    environ = {**os.environ, "STAFFELSTAB_DATA": str(data), "STAFFELSTAB_MODE": "demo", "PORT": str(port)}
    environ.pop("DATABASE_URL", None)
    with (data / "server.log").open("wb") as log:
        process = subprocess.Popen([str(ROOT / "deploy/serve")], cwd=ROOT, env=environ, stdout=log, stderr=log)
    address = f"http://127.0.0.1:{port}"
    _wait_for(address, process, data / "server.log")
    return Site(address, data, process)


def _end(site: Site) -> None:
    site.process.send_signal(signal.SIGTERM)
    started = time.monotonic()
    site.process.wait(15)
    assert time.monotonic() - started < 10, "the server took more than ten seconds to end"


def _wait_for(address: str, process: subprocess.Popen[bytes], log: Path) -> None:
    for _ in range(1500):
        try:
            with urllib.request.urlopen(address + "/health", timeout=2):
                return
        except OSError:
            assert process.poll() is None, log.read_text()
            time.sleep(0.2)
    raise AssertionError("the server did not start: " + log.read_text())


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """One browser process for all tests."""
    if not CHROMIUM:
        pytest.skip("Chromium is not installed")
    expect.set_options(timeout=PATIENCE)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture
def open_page(site: Site, chromium: Browser) -> Iterator[Callable[..., Page]]:
    """A fresh browser context, logged in: ``open_page("agentur", javascript=False, width=360)``."""
    contexts = []

    def open_for(username: str | None, *, javascript: bool = True, width: int = 1440) -> Page:
        context = chromium.new_context(
            base_url=site.address,
            locale="de-DE",
            java_script_enabled=javascript,
            viewport={"width": width, "height": 900},
            accept_downloads=True,
        )
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(PATIENCE)
        page.console_errors = []  # type: ignore[attr-defined]
        page.on("console", lambda message: note_error(page, message))
        if username:
            log_in(page, username)
        return page

    yield open_for
    for context in contexts:
        context.close()


def note_error(page: Page, message: Any) -> None:
    """Collect what the browser complains of, except answers of the server that a test asked for."""
    if message.type == "error" and "the server responded with a status of 4" not in message.text:
        page.console_errors.append(message.text)  # type: ignore[attr-defined]


def log_in(page: Page, username: str) -> None:
    """Through the login page, like a person."""
    page.goto("/login")
    page.fill("[name=username]", username)
    page.fill("[name=password]", PASSWORD)
    page.click("form[action='/login'] button[type=submit]")
    page.wait_for_load_state()
    assert "/login" not in page.url


@pytest.fixture(scope="session")
def axe() -> str:
    """The source of axe-core."""
    return (ROOT / "node_modules/axe-core/axe.min.js").read_text("utf-8")


def findings(page: Page, axe: str) -> list[str]:
    """What axe finds on this page: rule and first element."""
    page.evaluate(axe)
    return list(page.evaluate(AXE, AXE_TAGS))


def overflow(page: Page) -> int:
    """How many pixels the page is wider than its window."""
    return int(page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth"))
