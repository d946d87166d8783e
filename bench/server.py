"""A gunicorn of its own, whose CPU seconds are those of its process clock."""

import http.client
import os
import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Mapping
from pathlib import Path
from urllib.parse import urlencode

TOKEN = re.compile(r'name="csrf_token" value="([^"]+)"')


class Server:
    """Starts ``target`` under gunicorn with one worker; use as a context manager."""

    def __init__(self, target: str, environ: Mapping[str, str] | None = None) -> None:
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        command = [sys.executable, "-m", "gunicorn", "--bind", f"127.0.0.1:{self.port}", "--workers", "1",
                   "--worker-class", "gthread", "--threads", "4", "--keep-alive", "60", "--log-level", "error",
                   "--no-control-socket", target]  # fmt: skip
        self.process = subprocess.Popen(command, env={**os.environ, **(environ or {})})  # noqa: S603 - our own command
        self.cookie = ""
        self.data = Path((environ or {}).get("STAFFELSTAB_DATA", ""))

    def __enter__(self) -> "Server":
        for _ in range(150):
            try:
                self.connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
                self.get("/health")
            except OSError:
                time.sleep(0.2)
            else:
                return self
        raise RuntimeError("the server did not start")

    def __exit__(self, *_: object) -> None:
        self.process.send_signal(signal.SIGTERM)
        self.process.wait(15)

    def get(self, path: str, headers: Mapping[str, str] | None = None) -> tuple[int, str]:
        """Status and text of a page."""
        return self._send("GET", path, None, headers)

    def post(self, path: str, data: Mapping[str, str], headers: Mapping[str, str] | None = None) -> tuple[int, str]:
        """Status and text after a form."""
        kind = {"Content-Type": "application/x-www-form-urlencoded"}
        return self._send("POST", path, urlencode(data), {**kind, **(headers or {})})

    def _send(self, method: str, path: str, body: str | None, headers: Mapping[str, str] | None) -> tuple[int, str]:
        sent = dict(headers or {})
        if self.cookie:
            sent["Cookie"] = self.cookie
        self.connection.request(method, path, body, sent)
        response = self.connection.getresponse()
        text = response.read().decode("utf-8", "replace")
        for cookie in response.headers.get_all("Set-Cookie") or ():
            self.cookie = cookie.split(";")[0]
        return response.status, text

    def log_in(self, username: str, password: str) -> None:
        """Log in like a person would."""
        _status, page = self.get("/login")
        token = TOKEN.search(page)
        assert token, "the login page has no token"
        status, _ = self.post("/login", {"csrf_token": token[1], "username": username, "password": password})
        assert status == 303, f"login answered {status}"

    def cpu(self) -> float:
        """CPU seconds that the worker has used so far."""
        children = Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children").read_text().split()
        return sum(_seconds(int(pid)) for pid in children)


def _seconds(pid: int) -> float:
    """Of a process by its own clock (``clock_getcpuclockid``), which goes on for threads that have ended."""
    return time.clock_gettime(~pid << 3 | 2)
