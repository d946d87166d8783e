"""Cells of the transfer sheet from appointments and notes: talks that were held, notes that were ticked for it."""

from collections.abc import Iterator, Mapping
from datetime import date

from models.queries.dossier import Dossier
from models.queries.notes import notes_to_transfer
from models.rules.appointments import WAYS
from models.rules.checklists import Known
from models.rules.message import N_
from models.rules.notes import TOPICS
from models.rules.states import NoteTopic
from models.rules.times import german_date
from models.rules.transfer_sheet import Cell, given, listed, not_given
from models.rules.visits import GROUP_WAY, held_talks
from models.tables import Handover

_WAYS: Mapping[str, str] = {**WAYS, GROUP_WAY: N_("Gruppe")}


def talks_held(held: Dossier, known: Known) -> Iterator[tuple[str, Cell]]:
    """Every talk that the sender held, with one that stands in item B02 alone; without appointments B02 says it all."""
    office = held.counselled_by
    talks = held_talks(held.visits, office)
    if not talks:
        return
    source = held.office(office) or None
    answer = known.answers.get("B02")
    first = (answer.value("held_on"), answer.value("way")) if answer else (None, None)
    if first[0] and date.fromisoformat(str(first[0])) not in {on for on, _way in talks}:
        talks = sorted([*talks, (date.fromisoformat(str(first[0])), str(first[1] or ""))])
    rows = [{"held_on": _day(on, source), "form": _coded_way(way, source)} for on, way in talks]
    yield "M.talks", listed(rows)


def _coded_way(way: str, source: str | None) -> Cell:
    return given(_WAYS[way], source, way) if way in _WAYS else not_given()


def released_notes(held: Dossier, handover: Handover) -> Iterator[tuple[str, Cell]]:
    """The notes that the sender ticked for the handover; the others never leave it (features F28)."""
    source = held.office(handover.sender_id) or None
    rows = [
        {
            "noted_on": _day(note.noted_on, source),
            "topic": given(TOPICS[NoteTopic(note.topic)], source, note.topic),
            "text": given(note.text, source),
            "decision": given(note.decision, source) if note.decision else not_given(),
        }
        for note in notes_to_transfer(held.case.id, handover.sender_id)
    ]
    if rows:
        yield "K.notes", listed(rows)


def _day(day: date, source: str | None) -> Cell:
    return given(german_date(day), source, day.isoformat())
