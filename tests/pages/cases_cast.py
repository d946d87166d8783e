"""What the page tests of cases share: a clock that stands still, and cases in the states that matter."""

from datetime import date
from typing import Any

from bs4 import BeautifulSoup
from werkzeug.test import TestResponse

from models.base import db
from models.rules.states import ConsentState
from models.rules.times import stamp
from models.tables import Case, Handover, Organisation, Person
from tests.cast import make_case
from tests.moments import NOW, TODAY

AZR = "123456789012"


def case_again(case: Case) -> Case:
    """The case with its person as it stands now."""
    return Case.select(Case, Person).join(Person).where(Case.id == case.id).get()


def coached(consent: ConsentState = ConsentState.NONE, **person: Any) -> Case:
    """A case whose contact line the coach has, with a birth date and an AZR number that she must not see."""
    return make_case(
        changes={"coach_reported_on": TODAY, "coach_consent": consent, "coach_reported_by": office("tholey").id},
        azr_number=AZR,
        phone="0151 9184876",
        **person,
    )


def office(key: str) -> Organisation:
    """An organisation by its key."""
    return Organisation.get(Organisation.key == key)


def taken_over(**person: Any) -> Case:
    """A case that the Jobcenter accepted, with a snapshot of what was handed over."""
    case = make_case(**person)
    snapshot = (
        '{"sections": {"A": {"birth_date": {"value": "14.03.1994"}, "nationalities": {"value": "Afghanistan"},'
        ' "municipality": {"value": "Tholey"}}, "B": {"understood_languages": {"value": "Dari"}}}, "items": {}}'
    )
    with db.atomic():
        Handover.create(
            reference=f"{case.number}-1", case=case.id, number=1, state="accepted", sender=office("agentur"),
            receiver=office("jobcenter"), recorded_on=TODAY, change_on=date(2026, 12, 1), subject="Rahimi, Samira",
            snapshot=snapshot, sent_at=stamp(NOW), received_at=stamp(NOW), accepted_at=stamp(NOW),
        )  # fmt: skip
        Case.update(
            responsible=office("jobcenter"), accepted_on=TODAY, agentur_sees_until=date(2027, 11, 23), legal_sphere="S2"
        ).where(Case.id == case.id).execute()
    return case_again(case)


def version_of(case: Case) -> dict[str, int]:
    """The hidden field of a form of this case."""
    return {"version": case_again(case).version}


def soup_of(response: TestResponse) -> BeautifulSoup:
    """The parsed answer."""
    return BeautifulSoup(response.data, "html.parser")


def text_of(response: TestResponse) -> str:
    """The visible text of an answer on one line."""
    return " ".join(soup_of(response).get_text(" ").split())
