"""One cell of a list made a value. Each function takes the cleaned, non-empty text and raises Unreadable."""

import re
from collections.abc import Callable
from datetime import date

from models.rules.message import Message

_DATE = re.compile(r"(?P<day>[0-9]{1,2})(?P<sep>[./-]) ?(?P<month>[0-9]{1,2})(?P=sep) ?(?P<year>[0-9]{4})")
_ISO_DATE = re.compile(r"(?P<year>[0-9]{4})-(?P<month>[0-9]{1,2})-(?P<day>[0-9]{1,2})")
_MIDNIGHT = re.compile(r"[ T]0?0:00(:00(\.0+)?)?Z?$")
_SHORT_YEAR = re.compile(r"[0-9]{1,2}[./-] ?[0-9]{1,2}[./-] ?[0-9]{2}")
_YEAR_ONLY = re.compile(r"(00\.00\.)?(?P<year>[0-9]{4})")
_YES_NO = {
    "ja": True, "j": True, "wahr": True, "true": True, "1": True, "x": True, "nötig": True,
    "nein": False, "n": False, "falsch": False, "false": False, "0": False, "nicht nötig": False,
}  # fmt: skip


class Unreadable(Exception):
    """The cell cannot be read; ``message`` says why and how to write it."""

    def __init__(self, message: Message) -> None:
        super().__init__(message.text)
        self.message = message


def refuse(text: str, **params: str) -> Unreadable:
    """The error with that German sentence; long values are cut, so that a sentence stays one."""
    return Unreadable(Message(text, **{name: f"{v[:40]}…" if len(v) > 41 else v for name, v in params.items()}))


def up_to(longest: int) -> Callable[[str], str]:
    """A reader of free text of at most so many characters."""

    def read(text: str) -> str:
        if len(text) > longest:
            raise refuse("Der Text ist zu lang: höchstens {longest} Zeichen.", longest=str(longest))
        return text

    return read


def day(text: str) -> date:
    """A date as TT.MM.JJJJ, T.M.JJJJ, TT/MM/JJJJ, TT-MM-JJJJ or ISO 8601; a time of midnight is dropped."""
    written = _MIDNIGHT.sub("", text)
    parts = _DATE.fullmatch(written) or _ISO_DATE.fullmatch(written)
    if parts is None or parts["day"] == "00":
        raise _no_date(written)
    try:
        return date(int(parts["year"]), int(parts["month"]), int(parts["day"]))
    except ValueError:
        raise refuse("Den Tag „{value}“ gibt es im Kalender nicht.", value=text) from None


def _no_date(text: str) -> Unreadable:
    if _SHORT_YEAR.fullmatch(text):
        return refuse("„{value}“ ist nicht eindeutig. Bitte das Jahr mit vier Ziffern schreiben.", value=text)
    year_only = _YEAR_ONLY.fullmatch(text)
    if year_only:
        return refuse("Ist nur das Jahr bekannt, bitte 01.01.{year} schreiben.", year=year_only["year"])
    return refuse("„{value}“ ist kein Datum. Bitte als TT.MM.JJJJ schreiben, zum Beispiel 31.12.2026.", value=text)


def yes_or_no(text: str) -> bool | None:
    """True for ja, False for nein, None for unbekannt."""
    if text.casefold() == "unbekannt":
        return None
    answer = _YES_NO.get(text.casefold())
    if answer is None:
        raise refuse("Bitte „ja“ oder „nein“ schreiben, nicht „{value}“.", value=text)
    return answer
