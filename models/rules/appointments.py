"""Appointments and group information as people plan them: what is possible, what overlaps, how a series goes on."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta

from models.rules.day_bundle import read_time
from models.rules.errors import RuleBroken
from models.rules.law.calendar import add_months
from models.rules.message import N_, Message
from models.rules.roles import Role
from models.rules.states import AppointmentKind, AttendanceState, MissReason, Site, Way
from models.rules.times import german_date

FURTHEST_MONTHS = 24
EARLIEST, LATEST = "06:00", "22:00"
LONGEST_MINUTES = 480
USUAL_MINUTES = 60
LONGEST_REASON = 300
MOST_SEATS = 500
MOST_IN_SERIES = 60

KINDS: Mapping[AppointmentKind, str] = {
    AppointmentKind.FIRST_TALK: N_("Erstgespräch"),
    AppointmentKind.COUNSELLING: N_("Beratung"),
    AppointmentKind.COACHING: N_("Coach-Termin"),
}
KINDS_OF: Mapping[Role, tuple[AppointmentKind, ...]] = {
    Role.AGENTUR: (AppointmentKind.FIRST_TALK, AppointmentKind.COUNSELLING),
    Role.JOBCENTER: (AppointmentKind.FIRST_TALK, AppointmentKind.COUNSELLING),
    Role.COACH: (AppointmentKind.COACHING,),
}
"""What people of an organisation agree with a person."""
WAYS: Mapping[Way, str] = {Way.PERSON: N_("persönlich"), Way.PHONE: N_("Telefon"), Way.VIDEO: N_("Video")}
SITES: Mapping[Site, str] = {
    Site.AGENTUR: N_("Agentur für Arbeit"),
    Site.MUNICIPALITY: N_("Rathaus der Gemeinde"),
    Site.FACILITY: N_("Unterkunft"),
    Site.LEBACH: N_("Landesaufnahmestelle Lebach"),
    Site.OTHER: N_("anderer Ort"),
}
REASONS: Mapping[MissReason, str] = {
    MissReason.PREVENTED: N_("verhindert"),
    MissReason.CHILDCARE: N_("Kinderbetreuung"),
    MissReason.TRAVEL: N_("Anfahrt"),
    MissReason.NOT_KNOWN: N_("Termin nicht bekannt"),
    MissReason.WORK: N_("Arbeit oder anderer Termin"),
    MissReason.NOT_WANTED: N_("kein Interesse"),
    MissReason.OTHER: N_("Sonstiges"),
}
ATTENDANCE: Mapping[AttendanceState, str] = {
    AttendanceState.INVITED: N_("eingeladen"),
    AttendanceState.ATTENDED: N_("anwesend"),
    AttendanceState.ABSENT: N_("nicht erschienen"),
    AttendanceState.EXCUSED: N_("entschuldigt"),
    AttendanceState.WITHDRAWN: N_("ausgeladen"),
}
"""Ways, sites and reasons are also the code lists of B02 and C15 (``seed/code_data.py``)."""

Problems = dict[str, Message]


@dataclass(frozen=True, slots=True)
class Slot:
    """From when to when on a day; times like 09:30."""

    on: date
    begins: str
    ends: str

    def overlaps(self, other: "Slot") -> bool:
        """Whether somebody would have to be in two places at once."""
        return self.on == other.on and self.begins < other.ends and other.begins < self.ends


@dataclass(frozen=True, slots=True)
class AppointmentPlan:
    """What somebody agrees with a person. ``despite``: why two at one time are right."""

    kind: AppointmentKind
    slot: Slot
    way: Way
    site: Site
    place: str
    counsellor: int
    interpreter: str = ""
    despite: str = ""


@dataclass(frozen=True, slots=True)
class EventPlan:
    """A group information (§ 39a SGB III), led by ``counsellor`` or nobody in particular."""

    title: str
    slot: Slot
    site: Site
    place: str
    language: str
    capacity: int
    interpreter: str = ""
    counsellor: int | None = None


@dataclass(frozen=True, slots=True)
class Series:
    """Every ``weeks`` weeks until a day, that day included."""

    weeks: int
    until: date


def ends_at(begins: str, minutes: int) -> str | None:
    """The time so many minutes later; None past midnight."""
    hours, start = begins.split(":")
    total = int(hours) * 60 + int(start) + minutes
    return f"{total // 60:02}:{total % 60:02}" if total < 24 * 60 else None


def minutes_of(slot: Slot) -> int:
    """How long it takes."""
    begin, end = ((int(text[:2]) * 60 + int(text[3:])) for text in (slot.begins, slot.ends))
    return end - begin


def read_slot(on: date, begins: str, minutes: int) -> Slot:
    """A slot from what was typed; RuleBroken at ``begins`` or ``minutes`` for what is no time or cannot be."""
    time = read_time(begins)
    if not time:
        raise broken({"begins": Message(N_("Bitte eine Uhrzeit wie 9:30 angeben."))})
    if not 0 < minutes <= LONGEST_MINUTES:
        raise broken({"minutes": Message(N_("Bitte eine Dauer von 1 bis {most} Minuten."), most=LONGEST_MINUTES)})
    ends = ends_at(time, minutes)
    if ends is None:
        raise broken({"minutes": Message(N_("Der Termin würde erst nach Mitternacht enden."))})
    return Slot(on, time, ends)


def read_span(on: date, begins: str, ends: str) -> Slot:
    """A slot from two times; RuleBroken at ``begins`` or ``ends``."""
    times = {"begins": read_time(begins), "ends": read_time(ends)}
    wrong = {name: Message(N_("Bitte eine Uhrzeit wie 9:30 angeben.")) for name, time in times.items() if not time}
    if wrong:
        raise broken(wrong)
    if str(times["ends"]) <= str(times["begins"]):
        raise broken({"ends": Message(N_("Das Ende liegt vor dem Beginn."))})
    return Slot(on, str(times["begins"]), str(times["ends"]))


def place_words(way: str, site: str, place: str) -> str:
    """Where somebody goes, as letters, agreements and calendars say it: the house and the address, or how one talks."""
    if way != Way.PERSON:
        return WAYS[Way(way)]
    house = "" if site == Site.OTHER else SITES[Site(site)]
    return ", ".join(part for part in (house, place) if part)


def broken(problems: Problems) -> RuleBroken:
    """The exception for sentences by field."""
    return RuleBroken(next(iter(problems.values())), problems)


def check_appointment(plan: AppointmentPlan, role: Role, today: date) -> None:
    """RuleBroken by field for what cannot be agreed."""
    problems = dict(_slot_problems(plan.slot, today))
    if plan.kind not in KINDS_OF.get(role, ()):
        problems["kind"] = Message(N_("Diese Art Termin vereinbart Ihre Stelle nicht."))
    if plan.way == Way.PERSON and plan.site == Site.OTHER and not plan.place.strip():
        problems["place"] = Message(N_("Bitte angeben, wo das Treffen ist."))
    if problems:
        raise broken(problems)


def check_event(plan: EventPlan, today: date) -> None:
    """RuleBroken by field for a group information that cannot be held."""
    problems = dict(_slot_problems(plan.slot, today))
    if not plan.title.strip():
        problems["title"] = Message(N_("Bitte ausfüllen."))
    if not plan.place.strip():
        problems["place"] = Message(N_("Bitte Haus und Anschrift angeben, damit alle hinfinden."))
    if not 1 <= plan.capacity <= MOST_SEATS:
        problems["capacity"] = Message(N_("Bitte eine Zahl von 1 bis {most}."), most=MOST_SEATS)
    if problems:
        raise broken(problems)


def _slot_problems(slot: Slot, today: date) -> Iterator[tuple[str, Message]]:
    if slot.on < today:
        yield "held_on", Message(N_("Der Tag liegt in der Vergangenheit."))
    elif slot.on > add_months(today, FURTHEST_MONTHS):
        yield "held_on", Message(N_("Der Tag liegt mehr als zwei Jahre voraus. Bitte das Jahr prüfen."))
    if not EARLIEST <= slot.begins <= LATEST:
        yield "begins", Message(N_("Termine liegen zwischen 6 und 22 Uhr. Bitte die Uhrzeit prüfen."))


def check_reason(reason: str, field: str = "reason") -> str:
    """The reason without blanks around it; RuleBroken for none or one that is too long."""
    text = reason.strip()
    if not text:
        raise broken({field: Message(N_("Bitte einen Grund angeben."))})
    if len(text) > LONGEST_REASON:
        raise broken({field: Message(N_("Höchstens {most} Zeichen."), most=LONGEST_REASON)})
    return text


def dates_of(first: date, series: Series | None) -> list[date]:
    """The days of a series, the first one included; RuleBroken for one that never comes to an end."""
    if series is None:
        return [first]
    if not 1 <= series.weeks <= 8:
        raise broken({"weeks": Message(N_("Bitte eine Zahl von 1 bis 8 Wochen."))})
    if series.until < first:
        raise broken({"until": Message(N_("Die Reihe endet vor ihrem ersten Tag."))})
    if series.until > add_months(first, FURTHEST_MONTHS):
        raise broken({"until": Message(N_("Eine Reihe läuft höchstens zwei Jahre."))})
    count = (series.until - first).days // (7 * series.weeks) + 1
    if count > MOST_IN_SERIES:
        raise broken({"until": Message(N_("Höchstens {most} Termine in einer Reihe."), most=MOST_IN_SERIES)})
    return [first + timedelta(weeks=series.weeks * number) for number in range(count)]


def on_day(plan: EventPlan, day: date) -> EventPlan:
    """The same on another day."""
    return replace(plan, slot=replace(plan.slot, on=day))


def check_mark(state: AttendanceState, reason: str, held_on: date, today: date) -> None:
    """RuleBroken for marking somebody before the day, and for "entschuldigt" without a reason."""
    if today < held_on:
        raise RuleBroken(Message(N_("Die Gruppeninformation ist erst am {day}."), day=german_date(held_on)))
    if reason and reason not in tuple(MissReason):
        raise broken({"reason": Message(N_("Bitte einen Grund aus der Liste wählen."))})
    if state == AttendanceState.EXCUSED and not reason:
        raise broken({"reason": Message(N_("Warum ist die Person entschuldigt? Bitte einen Grund wählen."))})


@dataclass(frozen=True, slots=True)
class Taken:
    """What somebody has at a time already: the slot and how to call it; ``who`` is empty for the person herself."""

    slot: Slot
    what: str
    who: str = ""


def clashes(slot: Slot, taken: Iterable[Taken]) -> list[Message]:
    """A sentence for each appointment that overlaps."""
    return [_clash(one) for one in taken if slot.overlaps(one.slot)]


def _clash(one: Taken) -> Message:
    words = {"what": one.what, "begins": one.slot.begins, "ends": one.slot.ends}
    if one.who:
        return Message(N_("{who} hat von {begins} bis {ends} Uhr schon: {what}."), who=one.who, **words)
    return Message(N_("Die Person hat von {begins} bis {ends} Uhr schon: {what}."), **words)


def refuse_clash(found: Iterable[Message], despite: str, field: str = "despite") -> str:
    """Why it is right in spite of a clash, without blanks; RuleBroken at ``field`` where nobody has said so."""
    sentences = [str(sentence) for sentence in found]
    if not sentences:
        return ""
    if not despite.strip():
        asks = N_("{clashes} Soll es trotzdem sein, geben Sie den Grund an.")
        raise broken({field: Message(asks, clashes=" ".join(sentences))})
    return check_reason(despite, field)


def free_seats(capacity: int, taken: int) -> int:
    """Seats that are left; never below none."""
    return max(capacity - taken, 0)


def refuse_crowd(capacity: int, taken: int, more: int, *, confirmed: bool) -> None:
    """RuleBroken at ``crowd`` where more are invited than there are seats and nobody confirmed that it is meant."""
    if taken + more > capacity and not confirmed:
        sentence = Message(
            N_("{all} Eingeladene bei {seats} Plätzen: {over} zu viel. Wählen Sie weniger oder bestätigen Sie es."),
            all=taken + more,
            seats=capacity,
            over=taken + more - capacity,
        )
        raise broken({"crowd": sentence})
