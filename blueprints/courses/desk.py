"""The page about the course of one case: its places, its waiting lists, the ways into a course, the choice of one."""

from collections.abc import Sequence
from dataclasses import asdict
from datetime import date
from typing import Any

from flask import request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from blueprints.courses.form_check import check_of
from blueprints.courses.forms import (
    AcceptForm,
    AcceptProposalForm,
    ConfirmForm,
    CorrectForm,
    DeclineForm,
    IssueForm,
    LeaveForm,
    MoveForm,
    RefuseProposalForm,
    ReservationForm,
    SendForm,
    ToldProgressForm,
)
from blueprints.courses.path_forms import ProofSentForm
from blueprints.courses.requests_context import requests_context
from blueprints.shared import access
from blueprints.shared.case_frame import opened
from blueprints.shared.reasons import ReasonForm
from blueprints.shared.render import page
from models.queries import accounts
from models.queries.case_view import CaseView
from models.queries.course_access import CourseAccess, access_of
from models.queries.course_attendance import SEEN_WITH, missed_of, summaries_of
from models.queries.course_clock import course_clock
from models.queries.course_reports import reports_of
from models.queries.course_suggestions import suggested
from models.queries.enrolment_form import family_of
from models.queries.enrolments import EnrolmentRow, consent_e2, enrolment_of, enrolments_of, speaks_for_itself
from models.queries.needs import needs_of
from models.queries.plausibility import about_person
from models.queries.proposals import ProposalRow, proposals_of_case
from models.queries.registration_proofs import proof_state
from models.queries.seats import ranks_of
from models.rules.course_calendar import month_name
from models.rules.enrolments import ISSUERS, STATE_KINDS, STATE_LABELS, Act, offered_paths, possible
from models.rules.errors import NotAllowed
from models.rules.permissions import Block, Permission, may
from models.rules.proposals import PROPOSAL_NAMES
from models.rules.registrations import RESULT_NAMES
from models.rules.states import LISTED, PLACED, ConsentState, EnrolmentState
from models.rules.times import german_date, stamp
from models.tables import Enrolment
from pdf.enrolment_form.issue import reference_of

KNOWN_DAYS = {"dated": "issued_on", "valid_to": "valid_to"}
ALL, OTHER, MOVE, PAPER = "alle", "weiterer", "umbuchen", "papier"
"""Words in the address: courses of every kind, one more course for the person, another one instead, a slip came."""
MOST_TO_MOVE_TO = 50


def seen(number: str) -> CaseView:
    """The case with the right to see its course: 404 for a stranger, 403 for a colleague of another part of it."""
    view = opened(number)
    if view.blocks.isdisjoint(SEEN_WITH):
        raise NotAllowed
    return view


def seen_enrolment(number: str, enrolment_id: int) -> tuple[CaseView, EnrolmentRow, Enrolment]:
    """The same with one enrolment of the case; NotVisible for any other."""
    view = seen(number)
    row = enrolment_of(view.held.case.id, enrolment_id)
    return view, row, Enrolment.get_by_id(row.id)


def by() -> dict[str, Any]:
    """Who acts, and when."""
    return {"actor": access.actor(), "now": access.now()}


def desk_page(view: CaseView, chosen: int | None = None, **forms: Any) -> ResponseReturnValue:
    """The page, or its fragment for the case page. ``chosen`` is the place that is worked on, the newest one unless
    named; ``forms`` are those that were refused.
    """
    case = view.held.case
    rows = enrolments_of(case.id)
    places = [row for row in rows if row.state in PLACED]
    wanted = chosen or request.args.get("anmeldung", type=int)
    current = next((row for row in places if row.id == wanted), places[0] if places else None)
    context: dict[str, Any] = {
        "number": case.number,
        "person": view.held.person,
        "needs": needs_of(view),
        "current": current,
        "others": [row for row in places if row is not current],
        "earlier": [row for row in rows if row.state not in (*PLACED, *LISTED)],
        "labels": {"state": STATE_LABELS, "kind": STATE_KINDS, "issuer": ISSUERS, "result": RESULT_NAMES},
        "today": view.held.today,
        "as_of": stamp(access.now()),
        "month_name": month_name,
        "clock": course_clock(view),
    }
    reserves = _reserves(view)
    context |= _told(view, context["earlier"])
    context |= {"proposals": proposals_of_case(case.id), "proposal_names": PROPOSAL_NAMES}
    context |= _listed(view, [row for row in rows if row.state in LISTED], forms, reserves=reserves)
    if current:
        context |= _work_on(view, current, forms, reserves=reserves)
        context |= _proposal(current, context["proposals"], forms, reserves=reserves)
        _name_paper(context, forms, view.held.today)
    offers = reserves and (current is None or "reservation" in forms or OTHER in request.args)
    if offers:
        context |= _offer(view, forms.get("reservation"))
    if offers or (reserves and view.held.path_requests):
        context |= requests_context(view, access_of(view), forms)
    refused = any(form.errors for form in forms.values())
    return page(
        "courses/desk.html", fragment="courses/_desk.html", status=422 if refused else 200, area="cases", **context
    )


def _told(view: CaseView, earlier: Sequence[EnrolmentRow]) -> dict[str, Any]:
    """What providers told of tests and ends of courses, for authorities alone (domain.md 4.1, D9)."""
    over = [row.id for row in earlier if possible(Act.REPORT, row.state)]
    told = Block.COURSES in view.blocks
    return {
        "is_told": told,
        "over": over if told else [],
        "reports": reports_of(over) if told else {},
    }


def _reserves(view: CaseView) -> bool:
    return may(access.actor().role, Permission.COURSE_RESERVE) and Block.COURSES in view.blocks


def _listed(view: CaseView, listed: Sequence[EnrolmentRow], forms: dict[str, Any], *, reserves: bool) -> dict[str, Any]:
    """Entries of waiting lists, with what can be done for who reserves."""
    if not listed or not reserves:
        return {"reserves": reserves, "listed": [{"row": row} for row in listed]}
    ranks = ranks_of([row for row in listed if row.state == EnrolmentState.WAITING])
    entries = [_entry(view, row, forms) | {"rank": ranks.get(row.id)} for row in listed]
    return {"reserves": reserves, "listed": entries}


def _entry(view: CaseView, row: EnrolmentRow, forms: dict[str, Any]) -> dict[str, Any]:
    """What can be done with an entry; a refused form is that of one entry alone."""
    is_offer = row.state == EnrolmentState.OFFERED
    act = Act.REFUSE if is_offer else Act.LEAVE
    known = {"version": row.version}
    leave = forms.get(f"leave-{row.id}") or LeaveForm(act, row.id, formdata=None, data=known)
    accept = None
    if is_offer:
        named = {"path": row.access_path, "issued_by": row.path_issued_by, "basis": row.path_basis}
        named |= {"dated": row.path_dated, "valid_to": row.path_valid_to}
        accept = forms.get(f"accept-{row.id}") or AcceptForm(row.id, formdata=None, data=known | named)
        accept.offer_paths(access_of(view))
    return {"row": row, "leave": leave, "accept": accept}


def _work_on(view: CaseView, row: EnrolmentRow, forms: dict[str, Any], *, reserves: bool) -> dict[str, Any]:
    """What can be done with the enrolment that holds a place."""
    known = {"version": row.version}
    speaks_itself = row.sent_on is not None and row.provider_office is not None
    answerable = possible(Act.CONFIRM, row.state) and not speaks_itself
    cancels = possible(Act.CANCEL, row.state) and reserves
    moves = cancels and ("move" in forms or MOVE in request.args)
    return {
        "reference": reference_of(view.held.case.number, row),
        "check": check_of(view, row, issues=_issues(row)),
        "consent": consent_e2(view.held.case.id, row.provider_office, view.held.today) == ConsentState.GRANTED,
        "attendance": summaries_of(row, view.held.today),
        "missed": missed_of(view.held, row.id),
        "has_pin": accounts.has_signing_key(access.actor().account_id),
        "speaks_itself": speaks_itself,
        "issue": (forms.get("issue") or IssueForm(formdata=None, data=known)) if _issues(row) else None,
        "send": (forms.get("send") or SendForm(formdata=None, data=known)) if _sends(row) else None,
        "confirm": _confirm_form(row, forms) if answerable else None,
        "decline": (forms.get("decline") or DeclineForm(Act.DECLINE, formdata=None, data=known))
        if answerable
        else None,
        "correct": _correct_form(row, forms) if possible(Act.CORRECT, row.state) and not speaks_itself else None,
        "progress": _progress_form(view, row, forms),
        "cancel": (forms.get("cancel") or ReasonForm(Act.CANCEL, formdata=None, data=known)) if cancels else None,
        "cancels": cancels,
        **(_proof(view, row, forms) if reserves else {}),
        "move": _move_form(view, row, forms) if moves else None,
    }


def _proposal(
    row: EnrolmentRow, proposals: Sequence[ProposalRow], forms: dict[str, Any], *, reserves: bool
) -> dict[str, Any]:
    """The open proposal for the enrolment, with both answers for who reserves."""
    known = {"version": row.version}
    proposal = next((one for one in proposals if one.enrolment_id == row.id and one.is_open), None)
    if proposal is None or not reserves:
        return {"proposal": proposal}
    accept = forms.get("accept_proposal") or AcceptProposalForm(formdata=None, data=known)
    refuse = forms.get("refuse_proposal") or RefuseProposalForm(formdata=None, data=known)
    return {"proposal": proposal, "accept_proposal": accept, "refuse_proposal": refuse}


def _name_paper(context: dict[str, Any], forms: dict[str, Any], today: date) -> None:
    """Who came by the code of a return slip writes down what it says: that is the source."""
    if PAPER not in request.args:
        return
    said = _("lt. Träger, Rücksendeabschnitt vom %(day)s", day=german_date(today))
    for name in ("confirm", "decline", "correct", "progress"):
        if context[name] is not None and name not in forms:
            context[name].source.data = said
    context["on_paper"] = True


def _proof(view: CaseView, row: EnrolmentRow, forms: dict[str, Any]) -> dict[str, Any]:
    """The proof that somebody is owed of the registration, and the forms to issue and to send it."""
    proof = proof_state(view.held, row)
    if proof is None:
        return {}
    known = {"version": row.version}
    prove = forms.get("prove") or IssueForm(formdata=None, data=known)
    post = None
    if proof.issued_on and not proof.sent_on:
        post = forms.get("post") or ProofSentForm(formdata=None, data=known | {"sent_on": view.held.today})
    return {"proof": proof, "prove": prove, "post": post}


def _confirm_form(row: EnrolmentRow, forms: dict[str, Any]) -> ConfirmForm:
    refused: ConfirmForm | None = forms.get("confirm")
    form = refused or ConfirmForm(formdata=None, data={"version": row.version})
    if refused is None:
        form.fit(family_of(row))
    return form


def _correct_form(row: EnrolmentRow, forms: dict[str, Any]) -> CorrectForm:
    """The form for what the provider said later; nothing holds back its result where the person brings it herself."""
    refused: CorrectForm | None = forms.get("correct")
    said = {"version": row.version, "expected_start": row.expected_start} | asdict(row.registration)
    form = refused or CorrectForm(formdata=None, data=said)
    if refused is None:
        form.fit(family_of(row), tells=True)
    return form


def _move_form(view: CaseView, row: EnrolmentRow, forms: dict[str, Any]) -> MoveForm:
    """The form for another course: those with a free seat, what suits best first."""
    free = [one for one in suggested(view, access_of(view), _kind(view)).free if one.id != row.course_id]
    form: MoveForm = forms.get("move") or MoveForm(formdata=None, data={"version": row.version})
    form.offer(free[:MOST_TO_MOVE_TO])
    return form


def _progress_form(view: CaseView, row: EnrolmentRow, forms: dict[str, Any]) -> ToldProgressForm | None:
    """The form for how the course goes; none while nothing can be told, or where the provider tells it."""
    if not possible(Act.DROP, row.state):
        return None
    if speaks_for_itself(row, view.held.case.id, view.held.today):
        return None
    form: ToldProgressForm = forms.get("progress") or ToldProgressForm(formdata=None, data={"version": row.version})
    form.offer(row.state)
    return form


def _issues(row: EnrolmentRow) -> bool:
    return possible(Act.ISSUE_FORM, row.state)


def _sends(row: EnrolmentRow) -> bool:
    return possible(Act.SEND, row.state) and row.document_id is not None


def _kind(view: CaseView) -> str:
    """The recommended kind of course; empty where there is none, or courses of all kinds are wanted."""
    answer = view.known.answers.get("K06")
    recommended = answer.value("kind") if answer else None
    return recommended if isinstance(recommended, str) and ALL not in request.args else ""


def _offer(view: CaseView, refused: ReservationForm | None) -> dict[str, Any]:
    """The courses that take people, full ones with their list, in the order in which they suit this person."""
    paths, kind = access_of(view), _kind(view)
    form = refused or ReservationForm(formdata=None, data=_prefilled(paths))
    number = form.page()
    proposal = suggested(view, paths, kind, number)
    form.offer(proposal.courses, paths)
    context = {"courses": proposal.courses, "figures": proposal.figures, "proposal": proposal}
    context |= {"notes": about_person(view)}
    return context | {"access": paths, "reservation": form, "everything": not kind, "page": number}


def _prefilled(paths: CourseAccess) -> dict[str, Any]:
    """What the case knows already of the leading path and its paper; of a granted path that the address names, its."""
    known = paths.papers.get(request.args.get("weg", "")) or paths.paper
    days = {name: date.fromisoformat(known[key]) for name, key in KNOWN_DAYS.items() if key in known}
    leading = next((one for one in paths.states if one.path == paths.leading), None)
    if leading and leading.valid_to:
        days.setdefault("valid_to", leading.valid_to)
    usable = offered_paths(None, paths.states)
    path = next((path for path in (known.get("path"), paths.leading) if path in usable), "")
    return {"path": path, "issued_by": known.get("issued_by", ""), **days}
