"""Invented requests of the Jobcenter for a transfer: one that means a person of the Agentur, one that means nobody."""

from datetime import date

from demo.training import Training
from models.operations.request_matches import match_request
from models.operations.transfer_requests import request_transfer
from models.rules.requests import Asked
from models.rules.states import CaseState
from models.tables import Case, Handover, Person


def ask_for_transfers(training: Training) -> None:
    """The Jobcenter asks for the newest case of the Agentur that no handover belongs to, and for somebody unknown."""
    now, actor = training.past.moment(1, 10, 20), training.clerks["jobcenter"]
    somebody = Asked("Mustermann", "Erika", date(1991, 5, 4))
    made = [request_transfer(somebody, "demo-request-for-nobody", actor=actor, now=now)]
    handed = Handover.select(Handover.case)
    free = Case.select(Case, Person).join(Person).where(
        Case.agentur.is_null(False), Case.state == CaseState.OPEN.value, Case.id.not_in(handed)
    )  # fmt: skip
    case = free.order_by(Case.id.desc()).first()
    if case:
        person = case.person
        asked = Asked(person.family_name, person.given_name, person.date_of_birth)
        made.append(request_transfer(asked, "demo-request-for-somebody", actor=actor, now=now))
    for request_id in filter(None, made):
        match_request(request_id)
