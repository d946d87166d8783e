"""Files of the installation's secrets: written in one step and never readable by others, not even for an instant."""

import fcntl
import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

OWNER_ONLY = 0o600
PUBLIC = 0o644


class SecretExposed(Exception):
    """A secret file can be read by others than its owner; the message names the file."""


def create_secret(path: Path, content: bytes) -> None:
    """Write a new secret with mode 0600; readers see all of it or nothing.

    Raises FileExistsError where the name is taken: of two processes that create the same secret, one wins.
    """
    draft = _draft(path, content, OWNER_ONLY)
    try:
        os.link(draft, path)
    finally:
        draft.unlink()
    _settle(path.parent)


def replace_file(path: Path, content: bytes, mode: int = PUBLIC) -> None:
    """Put new content in place of the old in one step; a crash leaves the old or the new file, never a half one."""
    os.replace(_draft(path, content, mode), path)
    _settle(path.parent)


def read_secret(path: Path) -> bytes:
    """Content of a secret. Raises SecretExposed if group or world may read it, FileNotFoundError if it is missing."""
    with path.open("rb") as file:
        if os.fstat(file.fileno()).st_mode & 0o077:
            raise SecretExposed(f"{path} is readable by others; set its mode to 0600 and consider it known")
        return file.read()


@contextmanager
def locked(folder: Path) -> Iterator[None]:
    """Hold the folder's lock, so that two processes (or threads) change its files one after the other."""
    with (folder / ".lock").open("ab") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


def private_folder(folder: Path) -> None:
    """Make the folder, with its parents, for the owner alone (0700)."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)


def _draft(path: Path, content: bytes, mode: int) -> Path:
    draft = path.with_name(f".{path.name}.{secrets.token_hex(8)}")
    with open(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode), "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    return draft


def _settle(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
