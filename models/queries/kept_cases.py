"""Cases that this process read before, so that one that has not changed is not put together anew.

Rule of validity: nothing is ever invalidated, because every look reads all rows of the case from the database, and who
may see it is judged by those. Only where each row is the one of before, on the same day, under the same law, is the
dossier of before handed out again, and with it what was worked out from it (``Worked.once``). Whatever changed a case,
in this process, in another one or by hand, the rows say so. Each person's part is kept under her whole ``Actor``.
"""

from collections import OrderedDict
from collections.abc import Callable, Hashable
from datetime import date
from threading import Lock
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar

from peewee import Database

from models.base import db
from models.queries.law import current_law
from models.rules.law.data import Law

if TYPE_CHECKING:
    from models.queries.case_rows import Rows
    from models.queries.dossier import Dossier

Work = TypeVar("Work")
MOST = 64
"""So many cases a process keeps, with what was worked out from them some 20 MB."""


class Worked:
    """Keeps what was worked out from it, for as long as it is kept itself."""

    __slots__ = ()
    worked_out: dict[Hashable, Any]

    def once(self, key: Hashable, work: Callable[[], Work]) -> Work:
        """What ``work`` makes, once for each ``key``. It must follow from this object, the key and the law alone."""
        if key not in self.worked_out:
            self.worked_out.setdefault(key, work())
        found: Work = self.worked_out[key]
        return found

    def as_long_as(self, key: Hashable, given: object, work: Callable[[], Work]) -> Work:
        """What ``work`` makes of what is ``given`` from elsewhere; made again once that is no longer equal."""
        before = self.worked_out.get(key)
        if before is None or before[0] != given:
            before = self.worked_out[key] = (given, work())
        found: Work = before[1]
        return found


class _Kept(NamedTuple):
    database: Database
    law: Law
    held: "Dossier"


_kept: OrderedDict[int, _Kept] = OrderedDict()
_lock = Lock()


def kept_case(case_id: int, today: date) -> "Dossier | None":
    """The dossier of before, of this day and this law. Ask whether its ``rows`` still hold before using it."""
    with _lock:
        kept = _kept.get(case_id)
        if kept is None or kept.database is not db.obj or kept.law is not current_law() or kept.held.today != today:
            return None
        _kept.move_to_end(case_id)
        return kept.held


def unchanged(case_id: int, today: date, rows: "Rows") -> "Dossier | None":
    """The dossier of before, if these rows are the ones it was made of."""
    held = kept_case(case_id, today)
    return held if held is not None and held.rows == rows else None


def keep(held: "Dossier") -> "Dossier":
    """Keep a dossier that knows its rows in place of the one of before; returns it."""
    with _lock:
        _kept[held.case.id] = _Kept(db.obj, current_law(), held)
        _kept.move_to_end(held.case.id)
        if len(_kept) > MOST:
            _kept.popitem(last=False)
    return held


def forget_all() -> None:
    """Begin anew: for tests, where ids mean something else in each database."""
    with _lock:
        _kept.clear()
