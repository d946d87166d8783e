"""The proof of registration: who is owed one, the days that can be, and the tasks until it is sent and seen."""

from dataclasses import replace
from datetime import date

import pytest

from models.rules.errors import RuleBroken
from models.rules.registration_proofs import check_sent, proof_norm, proof_owed_to
from models.rules.roles import Role
from models.rules.states import EnrolmentState
from models.rules.tasks import TaskKind
from models.rules.tasks.facts import ProofFacts, SeatFacts
from tests.rules.test_tasks import AGENTUR, ASYL, DAY, JOBCENTER, found


@pytest.mark.parametrize(
    ("path", "issued_by", "responsible", "body"),
    [
        ("P2", "ABH", Role.AGENTUR, "ABH"),
        ("P5", "", Role.AGENTUR, "ASYLBLG"),
        ("P3", "JC", Role.AGENTUR, "JC"),
        ("P3", "JC", Role.JOBCENTER, ""),
        ("P8", "AA", Role.AGENTUR, ""),
        ("P8", "BAMF", Role.AGENTUR, "BAMF"),
        ("P1", "ABH", Role.AGENTUR, ""),
        ("P4", "JC", Role.AGENTUR, ""),
        ("P7", "", Role.AGENTUR, ""),
    ],
)
def test_the_body_that_obliged_is_owed_a_proof_unless_it_has_the_case(path, issued_by, responsible, body):
    assert proof_owed_to(path, issued_by, responsible) == body
    assert proof_norm(path) == ("§ 7 Abs. 3 DeuFöV" if path == "P8" else "§ 7 Abs. 2 IntV")


@pytest.mark.parametrize("day", [None, date(2026, 11, 22), date(2026, 11, 24)])
def test_a_proof_goes_out_between_its_issue_and_today(day):
    with pytest.raises(RuleBroken) as broken:
        check_sent(day, date(2026, 11, 23), date(2026, 11, 23))
    assert set(broken.value.fields) == {"sent_on"}
    assert check_sent(date(2026, 11, 23), date(2026, 11, 23), date(2026, 11, 23)) is None


SEAT = SeatFacts(EnrolmentState.CONFIRMED, "IK", registered_on=DAY, id=7, proof=ProofFacts("P5", "ASYLBLG"))


def seen_as(**changes) -> tuple[SeatFacts, ...]:
    return (replace(SEAT, proof=replace(SEAT.proof, **changes)),)


def test_it_is_a_task_until_it_is_sent_and_one_of_the_unit_until_it_is_seen():
    due = found(TaskKind.PROOF, seats=(SEAT,))
    assert (due.due_on, due.who, due.enrolment) == (date(2026, 11, 26), AGENTUR, 7)
    assert found(TaskKind.PROOF, seats=(replace(SEAT, state=EnrolmentState.SENT),)) is None
    assert found(TaskKind.PROOF, seats=seen_as(path="P1")) is None
    at_jobcenter = {"accepted": True, "responsible": JOBCENTER}
    assert found(TaskKind.PROOF, seats=seen_as(path="P3", issued_by="JC"), **at_jobcenter) is None
    sent = seen_as(sent_on=DAY, in_system=True)
    assert found(TaskKind.PROOF, seats=sent) is None
    assert found(TaskKind.PROOF_READ, seats=sent).who == ASYL
    for over in (seen_as(sent_on=DAY, in_system=True, seen=True), seen_as(sent_on=DAY)):
        assert found(TaskKind.PROOF_READ, seats=over) is None
