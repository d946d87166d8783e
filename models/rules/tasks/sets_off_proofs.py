"""What sets off the tasks about proofs of registration (§ 7 Abs. 2 IntV, § 7 Abs. 3 DeuFöV)."""

from collections.abc import Iterator

from models.rules.enrolments import Act, possible
from models.rules.law.deadlines import counted, own_goal_due, registration_proof_due
from models.rules.path_requests import BY_ASYLBLG
from models.rules.registration_proofs import proof_owed_to
from models.rules.roles import Role
from models.rules.tasks.due import Due, TaskKind
from models.rules.tasks.facts import SeatFacts, TaskFacts


def proof(facts: TaskFacts) -> Iterator[Due]:
    """Until the proof of registration is sent to the body that is owed it (§ 7 Abs. 2 IntV, § 7 Abs. 3 DeuFöV)."""
    for seat in _provable(facts):
        if seat.registered_on and seat.proof.sent_on is None and _owed(seat, facts):
            due = counted(facts.law, registration_proof_due, seat.registered_on)
            yield Due(TaskKind.PROOF, due, facts.responsible, enrolment=seat.id)


def proof_read(facts: TaskFacts) -> Iterator[Due]:
    """A proof lies in the inbox of the AsylbLG unit until somebody there has seen it, while it sees the case."""
    for seat in _provable(facts):
        sent, unread = seat.proof.sent_on, seat.proof.in_system and not seat.proof.seen
        if sent and unread and _owed(seat, facts) == BY_ASYLBLG and facts.receives_asylblg:
            due = counted(facts.law, own_goal_due, sent)
            yield Due(TaskKind.PROOF_READ, due, facts.asylblg, shown_to=facts.asylblg_until, enrolment=seat.id)


def _provable(facts: TaskFacts) -> Iterator[SeatFacts]:
    return (seat for seat in facts.seats if possible(Act.PROVE, seat.state))


def _owed(seat: SeatFacts, facts: TaskFacts) -> str:
    with_jobcenter = facts.accepted or facts.agentur is None
    return proof_owed_to(seat.proof.path, seat.proof.issued_by, Role.JOBCENTER if with_jobcenter else Role.AGENTUR)
