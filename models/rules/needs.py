"""What somebody needs to be understood and reached: one line for every page and paper about a person.

Who makes the line puts into it only what its reader may see; health never stands in it.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from models.rules.message import N_, Message

ITEM_LITERACY, ITEM_WISHES = "B12", "A33"
LATIN = "LAT"
"""Whoever reads and writes Latin script needs nothing on that account."""
_INTERPRETING = {
    True: N_("Dolmetschen nötig"),
    False: N_("ohne Dolmetschen"),
    None: N_("Dolmetschen nicht geklärt"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Needs:
    """German words for each need; empty where nothing is needed, known, or this reader's business.

    ``no_calls``: the person refused consent E5 to this reader's organisation or took it back.
    """

    languages: str = ""
    interpreter: bool | None = None
    literacy: str = ""
    counsellor: str = ""
    channel: str = ""
    access: str = ""
    no_calls: bool = False


def needs_line(needs: Needs) -> str:
    """ "Dari, Englisch · Dolmetschen nötig · Kontakt: Brief"."""
    return " · ".join(_parts(needs))


def _parts(needs: Needs) -> Iterator[str]:
    yield needs.languages or N_("Sprache nicht bekannt")
    yield _INTERPRETING[needs.interpreter]
    if needs.literacy:
        yield needs.literacy
    if needs.counsellor:
        yield str(Message(N_("Beratung durch {who} gewünscht"), who=needs.counsellor))
    if needs.channel:
        yield str(Message(N_("Kontakt: {way}"), way=needs.channel))
    if needs.no_calls:
        yield N_("kein Kontakt per Telefon oder E-Mail, nur Post")
    if needs.access:
        yield str(Message(N_("Zugang: {what}"), what=needs.access))
