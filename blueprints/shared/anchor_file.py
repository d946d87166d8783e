"""The file beside the database that holds a line of each anchor. Several processes may write and read it at once."""

import fcntl
import json
import os
from pathlib import Path

from models.operations.ledger import mark_as_written
from models.queries.audit import Line, unwritten_anchors
from models.tables import Anchor


def add_unwritten(path: Path) -> None:
    """Add the lines that are not in the file yet, those of a run that was killed too, and see them on the disk."""
    if not unwritten_anchors():
        return
    with path.open("a", encoding="utf-8") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        anchors = unwritten_anchors()  # anew: who held the lock may have written them
        file.write("".join(map(_line, anchors)))
        file.flush()
        os.fsync(file.fileno())
        mark_as_written(anchors)


def _line(anchor: Anchor) -> str:
    row = {"at": anchor.at, "last_event": anchor.last_event, "events": anchor.events, "digest": anchor.digest}
    return json.dumps(row) + "\n"


def anchor_lines(path: Path) -> list[Line]:
    """What stands in the file, nothing where there is none. ValueError where it is damaged."""
    if not path.exists():
        return []
    with path.open(encoding="utf-8") as file:
        fcntl.flock(file, fcntl.LOCK_SH)
        return [json.loads(line) for line in file if line.strip()]
