"""A meeting of the working group: what can be planned, who answers what, and when it may decide."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from models.rules.appointments import EARLIEST, FURTHEST_MONTHS, LATEST, Slot, Taken, broken
from models.rules.errors import RuleBroken
from models.rules.law.calendar import add_months
from models.rules.message import N_, Message
from models.rules.permissions import Permission, who_may
from models.rules.roles import Role
from models.rules.workgroup.minutes import personal_data_in

USUAL_TITLE = N_("Arbeitskreis Rechtskreiswechsel")
USUAL_QUORUM = 3
LONGEST_TITLE, LONGEST_PLACE, LONGEST_WAY_IN = 120, 200, 300
MOST_PEOPLE = 50


class MeetingState(StrEnum):
    """``planned`` is known to the organiser alone; ``closed``: the minutes are signed."""

    PLANNED = "planned"
    INVITED = "invited"
    CLOSED = "closed"
    CANCELLED = "cancelled"


STATE_LABELS: Mapping[MeetingState, str] = {
    MeetingState.PLANNED: N_("in Planung"),
    MeetingState.INVITED: N_("eingeladen"),
    MeetingState.CLOSED: N_("Protokoll unterschrieben"),
    MeetingState.CANCELLED: N_("abgesagt"),
}


class Reply(StrEnum):
    """What an invited organisation answered."""

    OPEN = "open"
    ACCEPTED = "accepted"
    DECLINED = "declined"


REPLY_LABELS: Mapping[Reply, str] = {
    Reply.OPEN: N_("noch keine Antwort"),
    Reply.ACCEPTED: N_("kommt"),
    Reply.DECLINED: N_("kommt nicht"),
}
INVITED_ROLES: tuple[Role, ...] = tuple(
    role for role in who_may(Permission.MEETING_VIEW) if role not in who_may(Permission.MEETING_EDIT)
)
"""Kinds of organisation that can be invited."""


@dataclass(frozen=True, slots=True)
class MeetingPlan:
    """What is planned. ``way_in`` is how one takes part from afar; ``quorum``: so many organisations may decide."""

    title: str
    slot: Slot
    place: str
    way_in: str
    quorum: int


def check_meeting(plan: MeetingPlan, invited: Collection[int], today: date) -> None:
    """RuleBroken by field for a meeting that cannot be held: no day ahead, no room, nobody invited, no quorum.

    Title and room stand in calendars, letters and minutes, so they hold nothing of one person's case either.
    """
    problems = dict(_problems(plan, invited, today))
    if problems:
        raise broken(problems)


def _problems(plan: MeetingPlan, invited: Collection[int], today: date) -> Iterator[tuple[str, Message]]:
    yield from _slot_problems(plan.slot, today)
    yield from _text_problems(plan, today)
    if not plan.title.strip():
        yield "title", Message(N_("Bitte ausfüllen."))
    if not plan.place.strip() and not plan.way_in.strip():
        yield "place", Message(N_("Bitte einen Raum angeben oder darunter, wie man online teilnimmt."))
    if len(plan.way_in.strip()) > LONGEST_WAY_IN:
        yield "way_in", Message(N_("Höchstens {most} Zeichen."), most=LONGEST_WAY_IN)
    if not invited:
        yield "parties", Message(N_("Bitte wenigstens eine Stelle einladen."))
    elif not 1 <= plan.quorum <= len(invited):
        yield (
            "quorum",
            Message(N_("Bitte eine Zahl von 1 bis {most}: so viele Stellen sind eingeladen."), most=len(invited)),
        )


def _text_problems(plan: MeetingPlan, today: date) -> Iterator[tuple[str, Message]]:
    for name, text, most in (("title", plan.title, LONGEST_TITLE), ("place", plan.place, LONGEST_PLACE)):
        if len(text.strip()) > most:
            yield name, Message(N_("Höchstens {most} Zeichen."), most=most)
        elif found := personal_data_in(text, today):
            yield name, found


def _slot_problems(slot: Slot, today: date) -> Iterator[tuple[str, Message]]:
    if slot.on < today:
        yield "held_on", Message(N_("Der Tag liegt in der Vergangenheit."))
    elif slot.on > add_months(today, FURTHEST_MONTHS):
        yield "held_on", Message(N_("Der Tag liegt mehr als zwei Jahre voraus. Bitte das Jahr prüfen."))
    if not EARLIEST <= slot.begins <= LATEST:
        yield "begins", Message(N_("Sitzungen beginnen zwischen 6 und 22 Uhr. Bitte die Uhrzeit prüfen."))


def room_key(place: str) -> str:
    """What makes two ways of writing a room the same one."""
    return " ".join(place.casefold().replace(",", " ").split())


def room_taken(slot: Slot, place: str, others: Iterable[tuple[str, Taken]]) -> list[Message]:
    """A sentence for each thing that takes place in the same room at the same time; nothing for no room."""
    wanted = room_key(place)
    found = (taken for room, taken in others if wanted and room_key(room) == wanted and slot.overlaps(taken.slot))
    sentence = N_("Der Raum ist von {begins} bis {ends} Uhr belegt: {what}.")
    return [Message(sentence, begins=one.slot.begins, ends=one.slot.ends, what=one.what) for one in found]


def lacks_quorum(present: int, quorum: int) -> Message | None:
    """Why a meeting with so many organisations present decides nothing, or None."""
    if present >= quorum:
        return None
    sentence = N_(
        "Für Beschlüsse müssen {quorum} Stellen da sein, eingetragen sind {present}. Tragen Sie unter „Anwesend“ ein, "
        "wer da ist, oder schreiben Sie den Vorschlag in das Protokoll des Punkts."
    )
    return Message(sentence, quorum=quorum, present=present)


ON_PAPER = (MeetingState.INVITED, MeetingState.CANCELLED)
"""When letters and mails go out: to invite, and to call off."""


def check_papers(state: MeetingState) -> None:
    """RuleBroken where no letter and no mail goes out: before somebody is invited, and once the minutes are signed."""
    if state == MeetingState.PLANNED:
        raise RuleBroken(Message(N_("Die Sitzung ist noch in Planung. Drücken Sie erst „Einladen“.")))
    if state not in ON_PAPER:
        raise RuleBroken(Message(N_("Das Protokoll ist unterschrieben; es gibt nichts mehr einzuladen.")))


def check_people(people: int, field: str, *, is_there: bool) -> None:
    """RuleBroken at ``field`` for a number that cannot be: nobody of an organisation that was there, or a crowd."""
    if is_there and not 1 <= people <= MOST_PEOPLE:
        raise broken({field: Message(N_("Wie viele Personen waren da? Bitte 1 bis {most}."), most=MOST_PEOPLE)})
