"""Reads the milestones of a case out of its events, one after the other. Pure: events in, milestones out."""

from collections.abc import Callable, Hashable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from types import MappingProxyType
from typing import Any

from models.rules.figures.milestones import (
    ALONE,
    COACHED,
    COMPLETE,
    NOT_TOLD,
    TOLD,
    WITH_TALK,
    WITHOUT_TALK,
    Background,
    Kind,
    Milestone,
    Phase,
    Told,
)
from models.rules.states import EnrolmentState, Outcome
from models.rules.times import from_stamp, local_day


def milestones(events: Iterable[Told], background: Background) -> list[Milestone]:
    """All milestones of a case, those that were taken back too, in the order in which they were told."""
    case = _Case(background, home=background.home)
    for event in events:
        case.hear(event)
    return case.milestones


@dataclass(slots=True)
class _Course:
    """An enrolment: how far the course goes, since when the person wants it, and how it went."""

    level: str
    wanted_on: date
    started_on: date | None = None
    talk: bool = False


@dataclass(slots=True)
class _Case:
    """A case as its events tell it. ``standing`` has the milestones that hold now, by what they are about."""

    background: Background
    milestones: list[Milestone] = field(default_factory=list)
    standing: dict[Hashable, int] = field(default_factory=dict)
    hidden: list[tuple[Hashable, int]] = field(default_factory=list)
    home: int | None = None
    office: int | None = None
    at: str = ""
    today: date = date.min
    opened_on: date | None = None
    direct: bool = False
    closed: bool = False
    accepted: bool = False
    coach_contact: date | None = None
    first_talk: date | None = None
    last_contact: date | None = None
    life_line: str = NOT_TOLD
    served: dict[object, date] = field(default_factory=dict)
    sent: dict[object, date] = field(default_factory=dict)
    talks: dict[object, date] = field(default_factory=dict)
    courses: dict[object, _Course] = field(default_factory=dict)

    def hear(self, event: Told) -> None:
        """Take in one event; one that tells nothing passes by, and none may stop the operation that it tells of."""
        step = _STEPS.get(event.kind) or _STEPS.get(event.kind.partition(".")[0])
        home = _home(event.data)
        if step is None and home is None:
            return
        self.at, self.today = event.at, local_day(from_stamp(event.at))
        self.home = home or self.home
        if step:
            step(self, event.data)
        if self.opened_on and not self.hidden:
            self.follow()

    def say(self, about: Hashable, kind: Kind, on: date, word: str = "", since: date | None = None) -> None:
        """Let a milestone stand. What is only told anew stays with the municipality and office where it happened."""
        days = max((on - since).days, 0) if since else None
        new = Milestone(kind, on, self.at, None, self.home, self.office, word, days)
        index = self.standing.get(about)
        if index is not None:
            old = self.milestones[index]
            if kind != Kind.IS_RUNNING:
                new = replace(new, municipality=old.municipality, organisation=old.organisation)
            if replace(new, on=old.on, known_from=old.known_from) == old and (new.on == old.on or _lasts(kind)):
                return
        self.take_back(about)
        self.standing[about] = len(self.milestones)
        self.milestones.append(new)

    def take_back(self, about: Hashable) -> None:
        """What was said of this does not hold from now on."""
        index = self.standing.pop(about, None)
        if index is not None:
            self.milestones[index] = replace(self.milestones[index], known_until=self.at)

    def say_or_take_back(
        self, about: Hashable, kind: Kind, on: date | None, word: str = "", since: date | None = None
    ) -> None:
        """Whichever it is: without a day it is not so."""
        if on is None:
            self.take_back(about)
        else:
            self.say(about, kind, on, word, since)

    def follow(self) -> None:
        """What rests on several events follows from all that is known by now."""
        coached = self.coach_contact is not None and self.first_talk is not None
        word = COACHED if coached and self.coach_contact <= self.first_talk else ALONE  # type: ignore[operator]
        self.say_or_take_back("first", Kind.FIRST_TALK, self.first_talk, word, self.opened_on)
        self.say_or_take_back("life", Kind.LIFE_LINE, self.first_talk, self.life_line)
        recognised = min(self.served.values(), default=None)
        self.say_or_take_back("recognised", Kind.RECOGNISED, recognised)
        sent = min(self.sent.values(), default=None) if recognised else None
        self.say_or_take_back("sent", Kind.SENT, sent, since=recognised)
        talk = min(self.talks.values(), default=None) if sent else None
        self.say_or_take_back("answer_talk", Kind.ANSWER_TALK, talk, since=sent)
        self.say_or_take_back("recognised_talk", Kind.RECOGNISED_TALK, talk, since=recognised)
        self.say_or_take_back("running", Kind.IS_RUNNING, None if self.closed else self.today, self._phase(recognised))

    def _phase(self, recognised: date | None) -> Phase:
        if self.accepted:
            return Phase.HANDED_OVER
        if self.direct:
            return Phase.DIRECT
        if recognised:
            return Phase.RECOGNISED
        return Phase.COUNSELLED if self.first_talk else Phase.NEW

    def met(self, on: date) -> None:
        """A talk with the responsible office: the days since the last one, and a talk during the courses that run."""
        if self.last_contact is not None and on > self.last_contact:
            self.say(("contact", on), Kind.CONTACT, on, since=self.last_contact)
        self.last_contact = max(self.last_contact or on, on)
        for course in self.courses.values():
            course.talk |= course.started_on is not None and on >= course.started_on


def _lasts(kind: Kind) -> bool:
    return kind in (Kind.IS_RUNNING, Kind.IS_WANTED)


def _day(text: object) -> date | None:
    return date.fromisoformat(text) if isinstance(text, str) and text else None


Data = Mapping[str, Any]


def _home(data: Data) -> int | None:
    """The municipality that an event names: where the person lives from then on."""
    after = data.get("after")
    found = data.get("municipality") or (after.get("municipality") if isinstance(after, dict) else None)
    return found if isinstance(found, int) else None


def _opened(case: _Case, data: Data) -> None:
    case.direct = data.get("sphere") == "S2"
    case.office = case.background.jobcenter if case.direct else case.background.agentur
    case.opened_on = case.today
    case.say("arrival", Kind.ARRIVAL, case.today, str(data.get("origin", "")))


def _first_contact(case: _Case, data: Data) -> None:
    case.first_talk = case.first_talk or _day(data.get("on"))
    if case.first_talk:
        case.met(case.first_talk)


def _attended(case: _Case, data: Data) -> None:
    held_on = _day(data.get("held_on"))
    if held_on and data.get("kind") != "coaching":
        case.met(held_on)


def _coach_answer(case: _Case, data: Data) -> None:
    values = (data.get("after") or {}).get("values") or {}
    case.coach_contact = _day(values.get("contact_on"))


def _life_line(case: _Case, data: Data) -> None:
    if "complete" in data:
        case.life_line = COMPLETE if data["complete"] else TOLD


def _decision(case: _Case, data: Data) -> None:
    served_on = _day(data.get("served_on"))
    if served_on and data.get("code") in case.background.changes:
        case.served[data.get("decision")] = served_on


def _voided(case: _Case, data: Data) -> None:
    case.served.pop(data.get("decision"), None)


def _sent(case: _Case, data: Data) -> None:
    case.sent[data.get("reference")] = case.today


def _answered(word: str) -> Callable[[_Case, Data], None]:
    def step(case: _Case, data: Data) -> None:
        case.say(
            ("answer", data.get("reference"), word, case.today),
            Kind.ANSWERED,
            case.today,
            word,
            case.sent.get(data.get("reference")),
        )
        if word in ("rejected", "withdrawn", "expired"):
            case.sent.pop(data.get("reference"), None)
        if word == "accepted":
            case.accepted, case.office = True, case.background.jobcenter
            _talk(case, {**data, "on": data.get("first_talk_on")})

    return step


def _talk(case: _Case, data: Data) -> None:
    on = _day(data.get("on"))
    if on:
        case.talks[data.get("reference")] = on
        case.met(on)


def _responsible(case: _Case, data: Data) -> None:
    case.office = data.get("to", case.office)


def _enrolment(case: _Case, data: Data) -> None:
    """Where a course is wanted; the events that follow are told apart by ``_COURSE_STEPS``."""
    number = data.get("enrolment")
    if number not in case.courses and "course" in data:
        wanted_on = min(_day(data.get("dated")) or case.today, case.today)
        case.courses[number] = _Course(case.background.levels.get(data["course"], ""), wanted_on)
    if number in case.courses:
        course = case.courses[number]
        case.say(("wanted", number), Kind.IS_WANTED, course.wanted_on, course.level)


def _started(case: _Case, data: Data) -> None:
    number, on = data.get("enrolment"), _day(data.get("on"))
    course = case.courses.get(number)
    if course is None or on is None:
        return
    course.started_on = on
    case.take_back(("wanted", number))
    case.say(("start", number), Kind.COURSE_START, on, course.level, course.wanted_on)


def _ended(state: EnrolmentState) -> Callable[[_Case, Data], None]:
    def step(case: _Case, data: Data) -> None:
        number, on = data.get("enrolment"), _day(data.get("on")) or case.today
        case.take_back(("wanted", number))
        course = case.courses.get(number)
        if course is None:
            return
        if state == EnrolmentState.DROPPED_OUT:
            case.say(("drop", number), Kind.DROP_OUT, on, WITH_TALK if course.talk else WITHOUT_TALK)
        else:
            case.say(("ended", number), Kind.COURSE_END, on, state)

    return step


def _closed(case: _Case, data: Data) -> None:
    case.closed = True
    if data.get("outcome") == Outcome.DUPLICATE:
        case.hidden = list(case.standing.items())
        for about, _index in case.hidden:
            case.take_back(about)
        return
    case.say("closed", Kind.CLOSED, _day(data.get("on")) or case.today, str(data.get("outcome", "")), case.opened_on)


def _reopened(case: _Case, _data: Data) -> None:
    case.closed = False
    case.take_back("closed")
    for about, index in case.hidden:
        case.standing[about] = len(case.milestones)
        case.milestones.append(replace(case.milestones[index], known_from=case.at, known_until=None))
    case.hidden = []


_STEPS: Mapping[str, Callable[[_Case, Data], None]] = MappingProxyType(
    {
        "case.opened": _opened,
        "case.first_contact": _first_contact,
        "case.responsibility_changed": _responsible,
        "case.closed": _closed,
        "case.reopened": _reopened,
        "appointment.attended": _attended,
        "answer.saved": _coach_answer,
        "competence": _life_line,
        "decision.recorded": _decision,
        "decision.voided": _voided,
        "handover.sent": _sent,
        "handover.first_talk": _talk,
        **{f"handover.{word}": _answered(word) for word in ("accepted", "queried", "rejected", "withdrawn", "expired")},
        "enrolment.waiting": _enrolment,
        "enrolment.reserved": _enrolment,
        "enrolment.started": _started,
        **{
            f"enrolment.{state}": _ended(state)
            for state in (
                EnrolmentState.FINISHED, EnrolmentState.DROPPED_OUT, EnrolmentState.DECLINED, EnrolmentState.CANCELLED,
                EnrolmentState.EXPIRED,
            )
        },
        **{f"enrolment.{word}": _ended(EnrolmentState.CANCELLED) for word in ("refused", "left")},
    }
)  # fmt: skip
