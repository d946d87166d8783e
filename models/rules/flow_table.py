"""All transitions of the product as one printed table in German: lists, enrolments, handovers, cases.

``flask rules transitions`` prints it for the lawyer; a test holds it equal to what the operations ask.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from models.rules import enrolments, handovers
from models.rules.flow import CASE_MOVES, LIST_MOVES, Move
from models.rules.message import N_
from models.rules.permissions import Permission, who_may
from models.rules.roles import Role
from models.rules.states import CaseState, StageState

LIST_LABELS: Mapping[StageState, str] = {
    StageState.OPEN: N_("offen"),
    StageState.IN_PROGRESS: N_("in Arbeit"),
    StageState.FINISHED: N_("abgeschlossen (ausgefüllt)"),
    StageState.WAIVED: N_("entfällt"),
}
CASE_LABELS: Mapping[CaseState, str] = {CaseState.OPEN: N_("offen"), CaseState.CLOSED: N_("abgeschlossen")}
_HANDOVER_ACTS: Mapping[handovers.Action, tuple[str, str]] = {
    handovers.Action.PREPARE: (N_("vorbereiten"), ""),
    handovers.Action.SEND: (
        N_("unterschreiben und übermitteln"),
        N_("Pflichtangaben sind da oder begründet, Person informiert, PIN der Unterschreibenden"),
    ),
    handovers.Action.WITHDRAW: (N_("zurückziehen"), ""),
    handovers.Action.RENEW: (N_("neue Fassung beginnen"), N_("keine spätere Fassung")),
    handovers.Action.NOTE_COPY: (N_("Kopie ausgehändigt eintragen"), ""),
    handovers.Action.RECEIVE: (N_("Eingang bestätigen"), ""),
    handovers.Action.ACCEPT: (
        N_("annehmen und gegenzeichnen"),
        N_("Unterschrift und Vollständigkeit geprüft, PIN der Unterschreibenden"),
    ),
    handovers.Action.QUERY: (N_("mit Rückfrage zurückgeben"), ""),
    handovers.Action.REJECT: (N_("ablehnen"), ""),
    handovers.Action.NOTE_FIRST_TALK: (N_("erstes Gespräch eintragen"), ""),
    handovers.Action.EXPIRE: (N_("verfallen lassen"), N_("drei Monate nicht angenommen")),
}
_SEATED = who_may(Permission.COURSE_RESERVE)
_FORM = who_may(Permission.ENROLMENT_FORM)
_TOLD = (*who_may(Permission.ENROLMENT_ANSWER), *_FORM)
_SOURCE = N_("statt des Trägers nur mit Quelle")
_ENROLMENT_ACTS: Mapping[enrolments.Act, tuple[str, tuple[Role, ...], bool, str]] = {
    enrolments.Act.OFFER: (N_("freien Platz anbieten"), (Role.SYSTEM,), False, N_("nächster Rang der Warteliste")),
    enrolments.Act.ACCEPT: (N_("Angebot annehmen"), _SEATED, False, N_("offener Zugangsweg")),
    enrolments.Act.REFUSE: (N_("Angebot ablehnen"), _SEATED, True, ""),
    enrolments.Act.LAPSE: (N_("Angebot verstreichen lassen"), (Role.SYSTEM,), False, N_("keine Antwort in der Frist")),
    enrolments.Act.LEAVE: (N_("von der Warteliste nehmen"), _SEATED, True, ""),
    enrolments.Act.ISSUE_FORM: (N_("Anmeldebogen ausstellen"), _FORM, False, ""),
    enrolments.Act.SEND: (N_("an den Kursträger übermitteln"), _FORM, False, N_("Einwilligung E2")),
    enrolments.Act.PROPOSE: (
        N_("anderen Kurs oder Beginn vorschlagen, Vorschlag beantworten"),
        (*who_may(Permission.ENROLMENT_ANSWER), *_SEATED),
        False,
        N_("Ablehnung des Vorschlags nur mit Grund"),
    ),
    enrolments.Act.CONFIRM: (
        N_("bestätigen"),
        _TOLD,
        False,
        N_("statt des Trägers nur mit Quelle"),
    ),
    enrolments.Act.CORRECT: (N_("Angaben zur Anmeldung ändern"), _TOLD, False, _SOURCE),
    enrolments.Act.PROVE: (
        N_("Nachweis der Anmeldung ausstellen und senden"),
        _SEATED,
        False,
        N_("verpflichtet oder Berufssprachkurs, und eine andere Stelle hat den Bescheid ausgestellt"),
    ),
    enrolments.Act.DECLINE: (N_("ablehnen"), _TOLD, True, _SOURCE),
    enrolments.Act.CANCEL: (N_("stornieren"), _SEATED, True, ""),
    enrolments.Act.EXPIRE: (N_("verfallen lassen"), (Role.SYSTEM,), False, N_("Frist vorbei oder Kurs begonnen")),
    enrolments.Act.START: (N_("Beginn melden"), _TOLD, False, ""),
    enrolments.Act.FINISH: (N_("Ende melden"), _TOLD, False, ""),
    enrolments.Act.DROP: (N_("Abbruch melden"), _TOLD, True, ""),
    enrolments.Act.REPORT: (N_("Ergebnis melden"), _TOLD, False, _SOURCE),
}


@dataclass(frozen=True, slots=True)
class Printed:
    """A row of the printed table: German texts alone."""

    subject: str
    act: str
    before: tuple[str, ...]
    after: str
    who: tuple[str, ...]
    needs_reason: bool
    needs: str


ROLE_LABELS: Mapping[Role, str] = {
    Role.MUNICIPALITY: N_("Gemeinde"),
    Role.COACH: N_("Coach"),
    Role.ASYLBLG: N_("AsylbLG-Stelle"),
    Role.AGENTUR: N_("Agentur"),
    Role.JOBCENTER: N_("Jobcenter"),
    Role.PROVIDER: N_("Kursträger"),
    Role.SYSTEM: N_("Kalender"),
}


def printed_moves() -> tuple[Printed, ...]:
    """The whole table in German, in the order in which a case goes."""
    return (
        *(_printed(N_("Liste"), move, LIST_LABELS) for move in LIST_MOVES.values()),
        *(_printed(N_("Anmeldung zum Kurs"), move, enrolments.STATE_LABELS) for move in _enrolment_moves()),
        *(_printed(N_("Übergabe"), move, handovers.STATE_LABELS) for move in _handover_moves()),
        *(_printed(N_("Fall"), move, CASE_LABELS) for move in CASE_MOVES.values()),
    )


def _printed(subject: str, move: Move, known: Mapping[Any, str]) -> Printed:
    labels = {str(state): label for state, label in known.items()}
    before = tuple(label for state, label in labels.items() if state in move.before)
    who = tuple(ROLE_LABELS[role] for role in move.who)
    after = labels[str(move.after)] if move.after else N_("unverändert")
    return Printed(subject, move.label, before, after, who, move.needs_reason, move.needs)


def _handover_moves() -> Iterator[Move]:
    for row in handovers.TRANSITIONS:
        label, needs = _HANDOVER_ACTS[row.action]
        yield Move(row.action, label, frozenset(row.before), row.after, (row.who,), row.needs_reason, needs)


def _enrolment_moves() -> Iterator[Move]:
    for act, (before, after) in enrolments.TRANSITIONS.items():
        label, who, needs_reason, needs = _ENROLMENT_ACTS[act]
        yield Move(act, label, frozenset(before), after, who, needs_reason, needs)
