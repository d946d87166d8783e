"""The ways that the invented people have gone, day by day. Days and working days count back from today."""

from datetime import timedelta

from demo import agreement_steps as agreements
from demo import course_steps as courses
from demo import handover_steps as handover
from demo import path_steps as paths
from demo.entering import enter_consent
from demo.intake import Home, coach_meets, coach_prepares, correct_record, counsel, take_in
from demo.life_steps import tell_life
from demo.training import Told
from models.operations.cases import close_case
from models.rules.consents import Purpose
from models.rules.proposals import Proposal
from models.rules.reasons import Reason
from models.rules.states import Outcome
from models.rules.times import local_day


def being_taken_in(told: Told, home: Home) -> None:
    """The municipality has begun its list."""
    take_in(told, told.training.past.moment(6, 10), home, whole=False)


def taken_in(told: Told, home: Home) -> None:
    """The municipality has finished its list; the Agentur has no contact yet."""
    take_in(told, told.training.past.moment(20, 10), home)


def in_counselling(told: Told, home: Home) -> None:
    """The first talk was held, the list is half done."""
    past = told.training.past
    take_in(told, past.moment(60, 10), home)
    coach_meets(told, past.moment(50, 14), "granted")
    counsel(told, past.moment(12, 9), whole=False)


def counselled(told: Told, home: Home, talk: int = 30, consent: str | None = "granted") -> None:
    """Intake and counselling are finished; with consent E1 the coach knows about it."""
    past = told.training.past
    take_in(told, past.moment(talk + 45, 10), home)
    coach_meets(told, past.moment(talk + 35, 14), consent)
    counsel(told, past.moment(talk, 9))
    if consent == "granted":
        coach_prepares(told, past.moment(talk - 2, 11))


def not_yet_agreed(told: Told, home: Home) -> None:
    """An agreement is not possible yet: she waits for a full course. Nobody may call. Her life was told by years."""
    past = told.training.past
    counselled(told, home)
    agreements.decline(told, "zuerst Beginn des Alphabetisierungskurses abwarten", past.moment(27, 11))
    tell_life(told, told.biography, past.moment(16, 9))
    agreements.decide(told, Purpose.E5, past.moment(10, 10), is_granted=False)
    courses.wait(told, "BB-AL-03", past.moment(6, 10))


def agreed_anew(told: Told, home: Home) -> None:
    """The first agreement was replaced by a second one; telephone and e-mail are allowed. Her life was told."""
    past = told.training.past
    counselled(told, home)
    agreements.agree(told, past.moment(27, 11))
    paths.ask(told, "P5", "ASYLBLG", past.moment(25, 9))
    tell_life(told, told.biography, past.moment(16, 9))
    agreements.finish_first_step(told, past.moment(12, 9))
    agreements.agree(told, past.moment(9, 9))
    agreements.decide(told, Purpose.E5, past.moment(9, 10), is_granted=True)
    courses.hand_out_form(told, courses.reserve(told, "SI-IK-06", past.moment(8, 9)), past.moment(8, 10))


def half_told(told: Told, home: Home) -> None:
    """In the middle of the counselling, with a life-line that still has a gap and an overlap."""
    in_counselling(told, home)
    past = told.training.past
    tell_life(told, told.biography, past.moment(11, 10))
    asked = paths.ask(told, "P5", "ASYLBLG", past.moment(10, 10))
    paths.refuse(told, asked, "PAPERS", past.moment(2, 15))


def consent_refused(told: Told, home: Home) -> None:
    """The person wants no exchange between coach and Agentur; the counsellor signed the agreement with her key."""
    counselled(told, home, 26, "refused")
    agreements.agree(told, told.training.past.moment(26, 11), with_pin=True)
    courses.reserve(told, "SI-IK-06", told.training.past.moment(8, 11))


def consent_withdrawn(told: Told, home: Home) -> None:
    """The person gave consent E1 and took it back; the coach sees the case no more. She waits for a full course."""
    past = told.training.past
    counselled(told, home, 33)
    enter_consent(told, "C05", "refused", told.training.clerks["coach"], past.moment(9, 15))
    courses.wait(told, "BB-AL-03", past.moment(5, 10))
    paths.ask(told, "P8", "BAMF", past.moment(4, 9))


def seat_reserved(told: Told, home: Home) -> None:
    """The AsylbLG body was asked for an obligation and issued it; a seat is reserved with it."""
    past = told.training.past
    counselled(told, home, 25)
    asked = paths.ask(told, "P5", "ASYLBLG", past.moment(22, 10))
    paths.grant(told, asked, past.moment(11, 14))
    courses.reserve(told, "SI-ZW-02", told.training.past.moment(5, 11))


def seat_without_childcare(told: Told, home: Home) -> None:
    """The small course is full with her, and looking after three children is not settled."""
    counselled(told, home, 28)
    courses.reserve(told, "BB-AL-03", told.training.past.moment(8, 11))


def seat_sent(told: Told, home: Home) -> None:
    """The form is with the provider, who has not answered yet."""
    past = told.training.past
    counselled(told, home, 30)
    enrolment = courses.reserve(told, "BB-IK-07", past.moment(7, 10))
    courses.hand_out_form(told, enrolment, past.moment(7, 11))
    courses.send_form(told, enrolment, past.moment(6, 9))


def seat_confirmed(told: Told, home: Home) -> None:
    """The provider wanted to begin later, then confirmed, and told the result of the placement test."""
    past = told.training.past
    counselled(told, home, 40)
    enrolment = courses.reserve(told, "BB-IK-07", past.moment(20, 10))
    courses.hand_out_form(told, enrolment, past.moment(20, 11))
    courses.send_form(told, enrolment, past.moment(19, 9))
    later = local_day(past.now) + timedelta(days=75)
    courses.propose(told, enrolment, Proposal("", later, "Der Kurs ist fast voll."), past.moment(18, 10))
    courses.refuse_proposal(told, enrolment, Reason("CHILDCARE"), past.moment(17, 14))
    courses.confirm(told, enrolment, past.moment(15, 13))
    courses.tell_result(told, enrolment, past.moment(10, 8))
    courses.prove(told, enrolment, past.moment(10, 9))


def seat_declined(told: Told, home: Home) -> None:
    """The provider declined; asked again, it proposes another of its courses, which waits for an answer."""
    past = told.training.past
    counselled(told, home, 42)
    enrolment = courses.reserve(told, "BB-AL-03", past.moment(24, 10))
    courses.hand_out_form(told, enrolment, past.moment(24, 11))
    courses.send_form(told, enrolment, past.moment(23, 9))
    courses.decline(told, enrolment, Reason("CHILDCARE"), past.moment(17, 13))
    again = courses.reserve(told, "BB-AL-03", past.moment(4, 9))
    courses.hand_out_form(told, again, past.moment(4, 10))
    courses.send_form(told, again, past.moment(3, 11))
    courses.propose(told, again, Proposal("BB-AL-04", None, "In AL-04 ist mehr Platz."), past.moment(2, 13))


def seat_cancelled(told: Told, home: Home) -> None:
    """The seat was given back for another provider's course."""
    past = told.training.past
    counselled(told, home, 38)
    enrolment = courses.reserve(told, "BB-IK-07", past.moment(18, 10))
    courses.cancel(told, enrolment, Reason("OTHER_COURSE"), past.moment(11, 10))
    courses.reserve(told, "SI-IK-05", past.moment(11, 11))


def seat_in_running_course(told: Told, home: Home) -> None:
    """The course has begun, as its provider told; it keeps the attendance."""
    past = told.training.past
    counselled(told, home, 50)
    enrolment = courses.reserve(told, "BB-IK-06", past.moment(40, 10))
    courses.hand_out_form(told, enrolment, past.moment(40, 11))
    courses.send_form(told, enrolment, past.moment(39, 9))
    courses.confirm(told, enrolment, past.moment(33, 10))
    courses.begin(told, enrolment, past.moment(17, 14))


def course_over(told: Told, home: Home) -> None:
    """The course is over, and the provider reported the tests: they stand in the list and among the languages."""
    past = told.training.past
    counselled(told, home, 66)
    enrolment = courses.reserve(told, "BB-IK-05", past.moment(62, 10))
    courses.hand_out_form(told, enrolment, past.moment(62, 11))
    courses.send_form(told, enrolment, past.moment(61, 9))
    courses.confirm(told, enrolment, past.moment(58, 13))
    courses.begin(told, enrolment, past.moment(44, 13))
    courses.end(told, enrolment, past.moment(3, 13))
    courses.report(told, enrolment, past.moment(1, 13))


def seat_on_paper(told: Told, home: Home) -> None:
    """The course of a provider without an account has begun; it answers on slips and lists of paper."""
    past = told.training.past
    counselled(told, home, 50)
    enrolment = courses.reserve(told, "KV-IK-08", past.moment(40, 11))
    courses.hand_out_form(told, enrolment, past.moment(40, 12))
    courses.send_form(told, enrolment, past.moment(39, 10))
    courses.confirm(told, enrolment, past.moment(33, 11), "lt. Träger, Rücksendeabschnitt")
    courses.begin(told, enrolment, past.moment(17, 15), "lt. Träger, Telefonat")


def accepted_long_ago(told: Told, home: Home) -> None:
    """Handed over while a course is planned; both signatures, and the first talk was held."""
    past = told.training.past
    counselled(told, home, 58)
    enrolment = courses.reserve(told, "BB-IK-07", past.moment(54, 10))
    courses.hand_out_form(told, enrolment, past.moment(54, 11))
    courses.send_form(told, enrolment, past.moment(53, 9))
    courses.confirm(told, enrolment, past.moment(49, 13))
    _sent(told, "GFK", 27)
    handover.receive(told, past.working(24, 9))
    handover.accept(told, past.working(23, 14), local_day(past.working(16)))


def accepted_lately(told: Told, home: Home) -> None:
    """Both signatures; the first talk in the Jobcenter is still to come."""
    past = told.training.past
    counselled(told, home, 35)
    _sent(told, "SUBS", 9)
    handover.receive(told, past.working(5, 9))
    handover.accept(told, past.working(3, 14))


def _sent(told: Told, code: str, days: int) -> None:
    """A decision recorded so many working days ago, and its sheet, signed, two of them later."""
    past = told.training.past
    handover.decide(told, code, past.working(days, 9))
    handover.complete(told, past.working(days - 1, 10))
    handover.prepare(told, past.working(days - 2, 10, 30))
    handover.send(told, past.working(days - 2, 11))
    handover.note_copy(told, past.working(days - 2, 11, 30))


def sent(told: Told, home: Home) -> None:
    """Transmitted; the Jobcenter has not confirmed yet."""
    counselled(told, home, 31, "refused")
    _sent(told, "GFK", 3)


def received(told: Told, home: Home) -> None:
    """Receipt is confirmed; acceptance is the next step."""
    counselled(told, home, 34)
    _sent(told, "SUBS", 5)
    handover.receive(told, told.training.past.working(1, 13))


def queried(told: Told, home: Home) -> None:
    """The Jobcenter asks for what the sheet leaves open; the Agentur has to answer."""
    past = told.training.past
    counselled(told, home, 36)
    _sent(told, "GFK", 7)
    handover.receive(told, past.working(4, 9))
    explanation = "Bitte das Aktenzeichen des Anerkennungsverfahrens nennen; davon hängt der nächste Schritt ab."
    handover.ask_back(told, ("G.recognition_file",), explanation, past.working(2, 10))


def superseded(told: Told, home: Home) -> None:
    """A question was answered with a second version, which replaced the first and is with the Jobcenter."""
    past = told.training.past
    counselled(told, home, 44)
    _sent(told, "GFK", 11)
    handover.receive(told, past.working(8, 9))
    explanation = "Auf der Meldebescheinigung steht der Name anders. Bitte die andere Schreibweise ergänzen."
    handover.ask_back(told, ("A.other_spellings",), explanation, past.working(7, 10))
    correct_record(told, {"other_spellings": "Mahmud Hamdane"}, "Meldebescheinigung", past.working(6, 9))
    handover.renew(told, past.working(6, 10))
    handover.prepare(told, past.working(5, 9))
    handover.send(told, past.working(5, 10))
    handover.receive(told, past.working(2, 9))


def rejected(told: Told, home: Home) -> None:
    """The Jobcenter is not responsible any more."""
    past = told.training.past
    counselled(told, home, 37)
    _sent(told, "GFK", 10)
    reason = "Die Person ist nach Neunkirchen umgezogen; zuständig ist das dortige Jobcenter."
    handover.reject(told, reason, past.working(6, 10))


def withdrawn(told: Told, home: Home) -> None:
    """The Agentur took the sheet back and has not begun a new version."""
    past = told.training.past
    counselled(told, home, 39)
    _sent(told, "SUBS", 10)
    handover.withdraw(told, "Das Datum der Zustellung war falsch abgelesen und wird geprüft.", past.working(6, 15))


def draft_due(told: Told, home: Home) -> None:
    """Everything is answered; signing is due in a few days."""
    past = told.training.past
    counselled(told, home, 29)
    handover.decide(told, "GFK", past.working(2, 9), 3)
    handover.complete(told, past.working(1, 9))
    handover.prepare(told, past.working(1, 10))


def draft_with_gaps(told: Told, home: Home) -> None:
    """The decision was recorded yesterday; nothing else is done."""
    past = told.training.past
    counselled(told, home, 24)
    handover.decide(told, "SUBS", past.working(1, 15), 1)


def draft_overdue(told: Told, home: Home) -> None:
    """The sheet should have been sent days ago."""
    past = told.training.past
    counselled(told, home, 45)
    handover.decide(told, "GFK", past.working(9, 9), 4)
    handover.complete(told, past.working(7, 9))


def family_first(told: Told, home: Home) -> None:
    """The mother: recognised first and handed over."""
    past = told.training.past
    counselled(told, home, 62, None)
    _sent(told, "GFK", 33)
    handover.receive(told, past.working(30, 9))
    handover.accept(told, past.working(29, 10), local_day(past.working(22)))


def family_later(told: Told, home: Home) -> None:
    """The daughter: recognised later, with a change of her own in another month."""
    past = told.training.past
    counselled(told, home, 58, None)
    handover.decide(told, "GFK", past.working(3, 10), 2)


def waiting_for_title(told: Told, home: Home) -> None:
    """A removal ban: the sphere changes only with the granted title (§ 25 Abs. 3 AufenthG)."""
    counselled(told, home, 32)
    handover.decide(told, "ABV", told.training.past.moment(16, 10), 3)
    applied = {"state": "APPLIED", "applied_on": "@served+1"}
    handover.answer(told, "U03", applied, told.training.past.moment(13, 10))


def stays_tolerated(told: Told, home: Home) -> None:
    """Refused and tolerated: the Agentur stays responsible."""
    counselled(told, home, 41)
    handover.decide(told, "ABL", told.training.past.moment(22, 10), 5)
    handover.answer(told, "U07", {"reason": "ABL"}, told.training.past.moment(21, 10))


def closed_in_work(told: Told, home: Home) -> None:
    """Found work as a mason; the case is closed with its outcome."""
    past = told.training.past
    counselled(told, home, 55)
    ended = past.moment(10, 11)
    case = told.case()
    close_case(
        case,
        Outcome.WORK,
        local_day(ended) - timedelta(days=3),
        seen_version=case.version,
        actor=told.training.clerks["agentur"],
        now=ended,
        note="Helfer im Hochbau, unbefristet",
    )


def direct(told: Told, home: Home) -> None:
    """SGB II on arrival: intake by the municipality, counselling by the Jobcenter, no handover."""
    past = told.training.past
    take_in(told, past.moment(55, 10), home)
    counsel(told, past.moment(27, 9), whole=False, by="jobcenter")


def direct_new(told: Told, home: Home) -> None:
    """SGB II on arrival; the Jobcenter has no contact yet."""
    take_in(told, told.training.past.moment(18, 10), home)
