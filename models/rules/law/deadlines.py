"""The deadlines of a case, each a function of the day that sets it off and of its length.

The length that counts is that of the maintained law (``Law.amount``); the one written here is that of the data files.
"""

from collections.abc import Callable
from datetime import date, timedelta

from models.rules.law.calendar import add_months
from models.rules.law.data import Law
from models.rules.law.workdays import add_working_days, last_working_day_before


def counted(law: Law, deadline: Callable[..., date], day: date) -> date:
    """The deadline that the day sets off, with the length of the maintained law; functions are named like its entries.

    An installation whose law was maintained before a deadline came into the product counts with the length given here.
    """
    name = deadline.__name__
    known = any(row.id == name for row in law.deadlines)
    return deadline(day, law.amount(name, day)) if known else deadline(day)


def handover_due(recorded: date, change: date, days: int = 5) -> date:
    """Last day for sending a handover.

    Five working days after the service was recorded, at the latest the last working day before the change-over. It
    lies in the past when the service was recorded too late for that. Own service level (domain.md 3.2 F13).
    """
    return min(add_working_days(recorded, days), last_working_day_before(change))


def receipt_due(sent: date, days: int = 3) -> date:
    """Last day for confirming receipt: three working days after sending. Own service level (domain.md 3.2 F13)."""
    return add_working_days(sent, days)


def first_talk_due(accepted: date, days: int = 10) -> date:
    """Last day for the first talk in person (§ 15 Abs. 4 SGB II): ten working days after acceptance (domain.md F13)."""
    return add_working_days(accepted, days)


def request_ends(made: date, days: int = 10) -> date:
    """Last day on which a request for a transfer is open: ten working days. Own service level."""
    return add_working_days(made, days)


def paper_reminder(valid_to: date, weeks: int = 8) -> date:
    """The day on which the end of a residence paper is recalled: eight weeks before (domain.md 3.2 F4)."""
    return valid_to - timedelta(weeks=weeks)


def integration_course_start_due(registered: date, weeks: int = 6) -> date:
    """Last day on which an integration course should start: six weeks after registration (§ 7 Abs. 4 S. 2 IntV)."""
    return registered + timedelta(weeks=weeks)


def integration_course_begin_until(registered: date) -> date:
    """The year within which an integration course has to begin (§ 4 Abs. 1 S. 3 IntV).

    The entitlement lapses only for reasons that the person answers for: a hint, never automatic.
    """
    return add_months(registered, 12)


def course_claim_until(title_granted: date, months: int = 12) -> date:
    """Last day of the claim to a course: one year after the grant of the title (§ 44 Abs. 2 S. 1 AufenthG)."""
    return add_months(title_granted, months)


def vocational_course_formed_due(registered: date, weeks: int = 4) -> date:
    """Last day for a vocational language course to come about: four weeks after registration (§ 9 Abs. 3 DeuFöV)."""
    return registered + timedelta(weeks=weeks)


def vocational_entitlement_until(issued: date, months: int = 3) -> date:
    """Last day for registering with a vocational entitlement: three months after its issue (§ 6 Abs. 3 S. 1 DeuFöV)."""
    return add_months(issued, months)


def vocational_course_elsewhere_due(formed_due: date, weeks: int = 2) -> date:
    """Last day for a place with another provider: two weeks (§ 9 Abs. 4 DeuFöV).

    The law does not say when they begin; they are counted from the end of the four weeks of Abs. 3.
    """
    return formed_due + timedelta(weeks=weeks)


def course_registration_due(obliged: date, days: int = 10) -> date:
    """Last day for who is obliged to register for a course "unverzüglich" (§ 7 Abs. 2 IntV): own service level."""
    return add_working_days(obliged, days)


def course_wait_due(entitled: date, weeks: int = 6) -> date:
    """The day from which somebody waits too long for a course: six weeks. Own service level (features F52)."""
    return entitled + timedelta(weeks=weeks)


def threshold_reminder(register_until: date, weeks: int = 2) -> date:
    """The day from which a course below its threshold is recalled: two weeks before its registration ends (F51)."""
    return register_until - timedelta(weeks=weeks)


def own_goal_due(begun: date, days: int = 5) -> date:
    """Last day for what the law sets no day for: five working days. Own service level, after domain.md 3.2 F13."""
    return add_working_days(begun, days)


def seat_offer_until(offered: date, days: int = 5) -> date:
    """Last day of an offer from a waiting list: five working days. Own service level (features F40)."""
    return add_working_days(offered, days)


def registration_proof_due(confirmed: date, days: int = 3) -> date:
    """Last day for the proof of registration: "unverzüglich" (§ 7 Abs. 2 IntV), as own goal three working days."""
    return add_working_days(confirmed, days)


def path_answer_due(asked: date, days: int = 10) -> date:
    """Last day for the answer of a body that opens an access path: ten working days. Own service level."""
    return add_working_days(asked, days)


def copy_due(sent: date, months: int = 1) -> date:
    """Last day for telling the person what was handed over: one month (Art. 14 Abs. 3 Buchst. a DSGVO, F14)."""
    return add_months(sent, months)


def agreement_review_due(agreed: date, months: int = 6) -> date:
    """Last day for reviewing the agreement of the Agentur: six months (§ 37 Abs. 3 SGB III, F8)."""
    return add_months(agreed, months)


def young_agreement_review_due(agreed: date, months: int = 3) -> date:
    """The same for people under 25: three months (§ 37 Abs. 3 SGB III, F8)."""
    return add_months(agreed, months)


def contact_due(last: date, days: int = 60) -> date:
    """Last day for the next contact while somebody is counselled: sixty days. Own service level (features F35)."""
    return last + timedelta(days=days)


def contact_before_change_due(last: date, days: int = 21) -> date:
    """The same while a handover is under way: three weeks, because papers and dates change then. Own service level."""
    return last + timedelta(days=days)


def check_in_due(last: date, weeks: int = 6) -> date:
    """Last day for asking how a running course goes: six weeks after it began or was asked last (features F36)."""
    return last + timedelta(weeks=weeks)


def missed_days_due(second: date, days: int = 2) -> date:
    """Last day for asking somebody who missed two lesson days: two working days after the second (features F47)."""
    return add_working_days(second, days)


def language_proof_until(proved: date, months: int = 6) -> date:
    """Last day on which a proof of German counts for a vocational language course: six months (§ 8 Abs. 1 DeuFöV)."""
    return add_months(proved, months)


def integration_proof_until(proved: date, months: int = 12) -> date:
    """Last day on which a certificate B1 stands for the final test: one year (§ 17 Abs. 2 Nr. 4 IntV)."""
    return add_months(proved, months)


def language_proof_reminder(until: date, weeks: int = 4) -> date:
    """The day on which the end of a proof of German is recalled: four weeks before. Own service level."""
    return until - timedelta(weeks=weeks)
