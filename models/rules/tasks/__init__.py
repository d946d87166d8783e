"""The one table of tasks and deadlines (domain.md 3.2, F1 to F14, as sharpened by rules.md).

The page of a case, Mein Tag, the list of cases and the daily numbers ask it. A task follows from facts and is gone when
the facts change; nobody ticks it off. No row asks for today's date: it says from which day to which day it is shown, so
that a database can keep what follows and select by day.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from models.rules.message import N_
from models.rules.permissions import Block
from models.rules.roles import Role
from models.rules.states import HandoverState
from models.rules.tasks import messages, sets_off
from models.rules.tasks import sets_off_courses as courses
from models.rules.tasks import sets_off_proofs as proofs
from models.rules.tasks.due import Due, Lane, TaskKind
from models.rules.tasks.facts import TaskFacts

__all__ = ["SERVICE_LEVEL", "TASK_RULES", "Due", "Lane", "TaskFacts", "TaskKind", "TaskRule", "tasks_of"]


@dataclass(frozen=True, slots=True)
class TaskRule:
    """A row: what sets it off, what people read, where the work is done, and which law or goal asks for it.

    ``title`` is what somebody has to do, ``deadline`` the same as a date of the case; empty: not told there. A deadline
    is told to who sees one of ``blocks`` and has one of ``roles`` (empty: any). ``link``: below the case, or "/…".
    """

    found: Callable[[TaskFacts], Iterator[Due]]
    title: str
    deadline: str
    basis: str
    link: str = ""
    blocks: frozenset[Block] = frozenset()
    roles: frozenset[Role] = frozenset()
    waiting: str = ""
    lane: Lane = Lane.DUE


def tasks_of(facts: TaskFacts) -> tuple[Due, ...]:
    """All tasks and deadlines that follow from the facts, the nearest first; none of a closed case."""
    if not facts.case_open:
        return ()
    found = (due for rule in TASK_RULES.values() for due in rule.found(facts))
    return tuple(sorted(found, key=lambda due: (due.due_on, due.kind)))


SERVICE_LEVEL = N_("eigenes Ziel")
"""The ground of a day that no law sets."""
AGREED = N_("eigenes Ziel; § 37 SGB III bei Arbeitsuchendmeldung")
"""The law asks for an agreement and its review only with people registered as arbeitsuchend (item B06)."""
_TRANSFER = "§ 50 Abs. 1 SGB II"
_HANDOVER = "/uebergaben/{reference}"
_STATE = frozenset({Block.HANDOVER_STATE})
_COURSES = frozenset({Block.COURSES})
_PAPERS = frozenset({Block.PAPERS, Block.PAPER_KIND})

TASK_RULES: Mapping[TaskKind, TaskRule] = {
    TaskKind.SEND: TaskRule(
        sets_off.handover_in(TaskKind.SEND, HandoverState.DRAFT, receiver_acts=False),
        N_("Übergabe vorbereiten"), N_("Übergabe an das Jobcenter"), _TRANSFER, _HANDOVER, _STATE,
    ),
    TaskKind.ANSWER: TaskRule(
        sets_off.handover_in(TaskKind.ANSWER, HandoverState.QUERIED, receiver_acts=False),
        N_("Rückfrage beantworten"), N_("Rückfrage zur Übergabe beantworten"), _TRANSFER, _HANDOVER, _STATE,
        waiting=N_("Die Agentur beantwortet Ihre Rückfrage"),
    ),
    TaskKind.RECEIPT: TaskRule(
        sets_off.handover_in(TaskKind.RECEIPT, HandoverState.SENT, receiver_acts=True),
        N_("Eingang der Übergabe bestätigen"), N_("Eingang der Übergabe bestätigen (Jobcenter)"), _TRANSFER,
        _HANDOVER, _STATE, waiting=N_("Das Jobcenter bestätigt den Eingang"),
    ),
    TaskKind.ACCEPT: TaskRule(
        sets_off.handover_in(TaskKind.ACCEPT, HandoverState.RECEIVED, receiver_acts=True),
        N_("Übergabe prüfen und annehmen"), N_("Übergabe annehmen (Jobcenter)"), _TRANSFER, _HANDOVER, _STATE,
        waiting=N_("Das Jobcenter nimmt die Übergabe an"),
    ),
    TaskKind.FIRST_TALK: TaskRule(
        sets_off.handover_in(TaskKind.FIRST_TALK, HandoverState.ACCEPTED, receiver_acts=True),
        N_("Erstes Gespräch führen und eintragen"), N_("Erstes Gespräch im Jobcenter"), "§ 15 Abs. 4 SGB II",
        _HANDOVER, _STATE, frozenset({Role.JOBCENTER}),
    ),
    TaskKind.CAME_BACK: TaskRule(
        sets_off.came_back, N_("Übergabe kam zurück: neue Fassung beginnen"), N_("Neue Fassung der Übergabe"),
        _TRANSFER,
        _HANDOVER, frozenset({Block.HANDOVER}),
    ),
    TaskKind.COPY: TaskRule(
        sets_off.copy, N_("Kopie des Übergabebogens aushändigen"), N_("Kopie des Bogens für die Person"),
        "Art. 14 Abs. 3 DSGVO", _HANDOVER, frozenset({Block.HANDOVER}), frozenset({Role.AGENTUR}),
    ),
    TaskKind.SERVED: TaskRule(
        sets_off.served, N_("Bescheid zugestellt, keine Übergabe: Wechsel prüfen"),
        N_("Wechsel des Rechtskreises prüfen"),
        _TRANSFER, "aufenthalt", frozenset({Block.HANDOVER}),
    ),
    TaskKind.CONTACT: TaskRule(
        sets_off.contact, N_("Ersten Kontakt aufnehmen"), "", SERVICE_LEVEL, "erstkontakt", lane=Lane.QUEUE
    ),
    TaskKind.DIRECT: TaskRule(
        sets_off.direct, N_("Erstes Gespräch führen"), "", "§ 15 Abs. 4 SGB II", "erstkontakt", lane=Lane.QUEUE
    ),
    TaskKind.COACH_REPORT: TaskRule(
        sets_off.coach_report, N_("An den Beschäftigungscoach melden"), "", SERVICE_LEVEL, "coach-melden",
        lane=Lane.QUEUE,
    ),
    TaskKind.COACH_CONTACT: TaskRule(
        sets_off.coach_contact, N_("Ersten Kontakt aufnehmen"), "", SERVICE_LEVEL, lane=Lane.QUEUE
    ),
    TaskKind.PAPER: TaskRule(
        sets_off.paper, N_("{word} läuft ab: Verlängerung klären"), N_("{word} läuft ab"), SERVICE_LEVEL,
        "aufenthalt", _PAPERS,
    ),
    TaskKind.RESIDENCE_RULE: TaskRule(
        sets_off.residence_rule, "", N_("Wohnsitzregelung endet"), "§ 12a AufenthG", blocks=frozenset({Block.PAPERS}),
    ),
    TaskKind.WAITING: TaskRule(
        sets_off.waiting, "", N_("Wartezeit für die Beschäftigungserlaubnis erfüllt"), "§ 61 AsylG, § 32 BeschV",
        blocks=frozenset({Block.COUNSELLING}),
    ),
    TaskKind.WORK: TaskRule(
        sets_off.work, N_("Wartezeit erfüllt: Beschäftigungserlaubnis besprechen"), "", "§ 61 AsylG, § 32 BeschV",
        "?liste=beratung#punkt-B19",
    ),
    TaskKind.CLAIM: TaskRule(
        courses.claim, N_("Anspruch auf den Integrationskurs endet: Kurs suchen"),
        N_("Anspruch auf den Integrationskurs endet"),
        "§ 44 Abs. 2 AufenthG", "?liste=kurszuweisung", _COURSES,
    ),
    TaskKind.SEAT: TaskRule(
        courses.seat, N_("Reservierter Kursplatz verfällt: Anmeldung senden"), N_("Reservierter Kursplatz verfällt"),
        SERVICE_LEVEL, "kurs", _COURSES,
    ),
    TaskKind.OFFER: TaskRule(
        courses.offer, N_("Freier Kursplatz angeboten: mit der Person klären"), N_("Angebot eines Kursplatzes endet"),
        SERVICE_LEVEL, "kurs", _COURSES,
    ),
    TaskKind.PROVIDER: TaskRule(
        courses.provider, N_("Anmeldung zum Kurs beantworten"), "", SERVICE_LEVEL, "/anmeldungen/{enrolment}",
        waiting=N_("Der Kursträger beantwortet die Anmeldung"),
    ),
    TaskKind.PROPOSAL: TaskRule(
        courses.proposal, N_("Vorschlag des Kursträgers beantworten"), N_("Antwort auf den Vorschlag des Kursträgers"),
        SERVICE_LEVEL, "kurs", _COURSES,
    ),
    TaskKind.COURSE_START: TaskRule(
        courses.course_start, N_("Beginn des Integrationskurses klären"), N_("Integrationskurs soll beginnen"),
        "§ 7 Abs. 4 S. 2 IntV", "kurs", _COURSES,
    ),
    TaskKind.COURSE_FORMED: TaskRule(
        courses.course_formed, N_("Klären, ob der Berufssprachkurs zustande kommt"),
        N_("Berufssprachkurs muss zustande kommen"), "§ 9 Abs. 3 DeuFöV", "kurs", _COURSES,
    ),
    TaskKind.COURSE_OFF: TaskRule(
        courses.course_off, N_("Kurs findet nicht statt: mit der Person einen anderen suchen"),
        N_("Kurs findet nicht statt: anderen Kurs suchen"), SERVICE_LEVEL, "kurs", _COURSES,
    ),
    TaskKind.COURSE_ELSEWHERE: TaskRule(
        courses.course_elsewhere, N_("Berufssprachkurs nach vier Wochen nicht begonnen: anderen Platz suchen"),
        N_("Anderer Platz im Berufssprachkurs"), "§ 9 Abs. 4 DeuFöV", "kurs", _COURSES,
    ),
    TaskKind.COURSE_REGISTER: TaskRule(
        courses.register, N_("Zum Kurs verpflichtet, noch nicht angemeldet: unverzüglich anmelden"),
        N_("Anmeldung zum Kurs (unverzüglich)"), N_("§ 7 Abs. 2 IntV; Tage: eigenes Ziel"), "kurs", _COURSES,
    ),
    TaskKind.COURSE_PERMIT: TaskRule(
        courses.permit, N_("Berechtigung zum Berufssprachkurs erlischt ohne Anmeldung"),
        N_("Berechtigung zum Berufssprachkurs erlischt ohne Anmeldung"), "§ 6 Abs. 3 DeuFöV", "kurs", _COURSES,
    ),
    TaskKind.COURSE_LAPSE: TaskRule(
        courses.lapse, "",
        N_("Hinweis: ein Jahr ohne Kurs; der Anspruch erlischt nur aus Gründen, die die Person zu vertreten hat"),
        "§ 4 Abs. 1 S. 3 IntV, § 44 Abs. 2 S. 2 AufenthG", "kurs", _COURSES,
    ),
    TaskKind.COURSE_WAIT: TaskRule(
        courses.course_wait, N_("Wartet seit sechs Wochen auf einen Kurs: nachfragen oder anderen suchen"),
        N_("Sechs Wochen Warten auf einen Kurs"), SERVICE_LEVEL, "kurs", _COURSES,
    ),
    TaskKind.COURSE_TEST: TaskRule(
        courses.placement_test, N_("Einstufungstest ohne Ergebnis: beim Kursträger nachfragen"),
        N_("Ergebnis des Einstufungstests"), N_("§ 11 Abs. 2 IntV; Tage: eigenes Ziel"), "kurs", _COURSES,
    ),
    TaskKind.COURSE_REPORT: TaskRule(
        courses.report, N_("Anwesenheit fehlt, {word}: beim Kursträger nachfragen"),
        N_("Anwesenheit im Kurs, {word}"), N_("§ 8 Abs. 3 IntV, § 9 Abs. 5 DeuFöV; Tage: eigenes Ziel"), "kurs",
        _COURSES,
    ),
    TaskKind.COURSE_ENDED: TaskRule(
        courses.course_ended, N_("Kurs ist vorbei: Abschluss eintragen oder beim Kursträger erfragen"),
        N_("Abschluss des Kurses eintragen"), SERVICE_LEVEL, "kurs", _COURSES,
    ),
    TaskKind.AGREEMENT: TaskRule(
        sets_off.agreement, N_("Vereinbarung der ersten Schritte überprüfen"), N_("Überprüfung der Vereinbarung"),
        AGREED, "vereinbarung", frozenset({Block.COUNSELLING}),
    ),
    TaskKind.STEP: TaskRule(
        sets_off.steps, N_("Vereinbarter Schritt: {word}"), N_("Vereinbarter Schritt: {word}"), AGREED,
        "vereinbarung", frozenset({Block.STEPS}), waiting=N_("Der Coach geht einen vereinbarten Schritt: {word}"),
    ),
    TaskKind.LANGUAGE_PROOF: TaskRule(
        sets_off.language_proof, N_("Sprachnachweis läuft ab: Berufssprachkurs suchen"),
        N_("Sprachnachweis gilt nicht mehr für den Berufssprachkurs"), "§ 8 Abs. 1 DeuFöV", "sprachen",
        frozenset({Block.COUNSELLING}),
    ),
    TaskKind.OBLIGATION: TaskRule(
        sets_off.obligation, N_("Verpflichtung zum Integrationskurs angefragt (P5)"), "", "§ 5b AsylbLG",
        "?liste=kurszuweisung#punkt-K03", waiting=N_("Die AsylbLG-Stelle entscheidet über die Verpflichtung (P5)"),
    ),
    TaskKind.PROOF: TaskRule(
        proofs.proof, N_("Nachweis der Anmeldung senden"), N_("Nachweis der Anmeldung an die Stelle"),
        N_("§ 7 Abs. 2 IntV, § 7 Abs. 3 DeuFöV; eigenes Ziel"), "kurs", _COURSES,
    ),
    TaskKind.PROOF_READ: TaskRule(
        proofs.proof_read, N_("Nachweis der Anmeldung ansehen"), "", SERVICE_LEVEL, "/zugangsanfragen/nachweise",
    ),
    TaskKind.PATH_ASKED: TaskRule(
        sets_off.path_asked, N_("Anfrage beantworten: {word}"), "", SERVICE_LEVEL, "/zugangsanfragen/{number}/{word}",
        waiting=N_("Antwort auf die Anfrage: {word}"),
    ),
    TaskKind.PATH_CHASE: TaskRule(
        sets_off.path_chase, N_("Keine Antwort auf die Anfrage: {word}"), N_("Antwort auf die Anfrage: {word}"),
        SERVICE_LEVEL, "kurs", _COURSES,
    ),
    TaskKind.PATH_ANSWERED: TaskRule(
        sets_off.path_answered, N_("Antwort auf die Anfrage ansehen: {word}"), "", SERVICE_LEVEL, "kurs",
    ),
    TaskKind.BENEFIT_ENDS: TaskRule(
        sets_off.benefit_ends, N_("Leistungen nach AsylbLG enden: Einstellung vorbereiten"), "", "§ 1 Abs. 3 AsylbLG",
    ),
    TaskKind.RETURNED: TaskRule(
        sets_off.returned, N_("Liste zurückgegeben: {word}"), N_("Zurückgegeben: {word}"), SERVICE_LEVEL,
        "?liste={list}", frozenset({Block.PROGRESS}), waiting=N_("Zurückgegebene Liste wird ergänzt: {word}"),
    ),
    TaskKind.NO_CONTACT: TaskRule(
        sets_off.no_contact, N_("Lange kein Kontakt: Gespräch vereinbaren"), "", SERVICE_LEVEL, "termine",
    ),
    TaskKind.MOVED_IN: TaskRule(
        messages.moved_in, N_("Zuzug bestätigen"), N_("Zuzug bestätigen (neue Gemeinde)"), SERVICE_LEVEL, "meldungen",
        frozenset({Block.RESPONSIBLE}),
    ),
    TaskKind.MOVED_AWAY: TaskRule(
        messages.moved_away, N_("Gemeldeten Wegzug prüfen: Fall abschließen oder ablehnen"),
        N_("Gemeldeten Wegzug prüfen"), SERVICE_LEVEL, "meldungen", frozenset({Block.RESPONSIBLE}),
        waiting=N_("Die zuständige Stelle prüft den gemeldeten Wegzug"),
    ),
    TaskKind.REPORT_NOTE: TaskRule(
        messages.report_note, N_("Meldung der Gemeinde: {word}"), "", SERVICE_LEVEL, "meldungen",
    ),
    TaskKind.QUESTION: TaskRule(
        messages.question, N_("Rückfrage zu Punkt {word} beantworten"), "", SERVICE_LEVEL, "rueckfragen",
        waiting=N_("Antwort auf Ihre Rückfrage zu Punkt {word}"),
    ),
    TaskKind.QUESTION_ANSWERED: TaskRule(
        messages.question_answered, N_("Antwort auf Ihre Rückfrage zu Punkt {word} lesen"), "", SERVICE_LEVEL,
        "rueckfragen",
    ),
    TaskKind.CHECK_IN: TaskRule(
        courses.check_in, N_("Kurs läuft: nachfragen, wie es geht"), "", SERVICE_LEVEL, "termine",
    ),
    TaskKind.MISSED: TaskRule(
        courses.missed_days, N_("Check-in: zwei Kurstage gefehlt"), "", SERVICE_LEVEL, "kurs",
        waiting=N_("Der Coach fragt nach: zwei Kurstage gefehlt"),
    ),
}  # fmt: skip
"""Every row by its kind."""
