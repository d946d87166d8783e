"""Everything that the page of a case shows to one person, ready for the template."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from models.queries.appointments import CaseVisits, visits_ahead
from models.queries.case_head import Head, head_of
from models.queries.case_notices import Notice, current_handover, explained, notices_of, open_proposal
from models.queries.case_view import CaseView
from models.queries.checklists import LIST_WORDS, CaseLists, ListHead, ListView, open_lists
from models.queries.deadlines import deadlines_in, dues_in, whose_turn
from models.queries.dossier import dossier_numbered
from models.queries.follow_ups import CaseFollowUp, follow_ups_of
from models.queries.history import HistoryEntry, latest_entries, shows_history
from models.queries.household import Member, household_of
from models.queries.residence import work_hint
from models.queries.sending_back import is_back_with
from models.rules.case_acts import ActFacts, acts_for, pages_for
from models.rules.case_deadlines import Deadline
from models.rules.checklists import ItemState, Level
from models.rules.law.outcomes import SphereOutcome
from models.rules.message import N_, Message
from models.rules.next_step import NextStep, StepFacts, next_step
from models.rules.permissions import Block
from models.rules.roles import Actor, Role
from models.rules.states import CaseState, HandoverState, ListKey, StageState
from models.rules.times import from_stamp, german_date, local_day
from models.tables import Handover


@dataclass(frozen=True, slots=True)
class StageLine:
    """One of the four stages: number, title, state, a sentence, and the word of its list where it may be opened.

    The coach's list, beside the stages, has the number 0.
    """

    number: int
    title: str
    state: StageState
    text: Message
    word: str


@dataclass(frozen=True, slots=True)
class Responsible:
    """Who has the case now, until or since when, and who follows."""

    now: Message
    time: Message | None
    then: Message | None


@dataclass(frozen=True, slots=True)
class CasePage:
    """What one person sees of one case."""

    head: Head
    view: CaseView
    lists: CaseLists
    stages: tuple[StageLine, ...]
    notices: tuple[Notice, ...]
    deadlines: tuple[Deadline, ...]
    follow_ups: Sequence[CaseFollowUp]
    visits: CaseVisits | None
    responsible: Responsible | None
    work: tuple[Message, ...]
    members: tuple[Member, ...]
    history: tuple[HistoryEntry, ...]
    has_history: bool
    step: NextStep
    acts: tuple[tuple[str, str], ...]
    pages: tuple[tuple[str, str], ...]

    @property
    def address(self) -> str:
        """The address of the case."""
        return self.lists.address


def case_page_of(actor: Actor, number: str, today: date, chosen: ListKey | None = None) -> CasePage:
    """The page of a case; NotVisible for a stranger to it."""
    held = dossier_numbered(actor, number, today)
    lists = open_lists(held, actor, chosen or (ListKey.COACH if actor.role == Role.COACH else None))
    view = lists.view
    page = view.once(("page", chosen), lambda: _without_neighbours(lists))
    members = tuple(household_of(actor, held.person, today)) if Block.HOUSEHOLD in view.blocks else ()
    return replace(
        page,
        notices=notices_of(view, view.once("proposal", lambda: open_proposal(view)), members),
        follow_ups=follow_ups_of(actor, held.case.id),
        members=members,
        history=latest_entries(view),
    )


def _without_neighbours(lists: CaseLists) -> CasePage:
    """All of the page that follows from the rows of the case, without what other tables say beside them."""
    view = lists.view
    proposal = view.once("proposal", lambda: open_proposal(view))
    work = work_hint(view) if Block.COUNSELLING in view.blocks else None
    dues = dues_in(view.held, work)
    return CasePage(
        head=head_of(view),
        view=view,
        lists=lists,
        stages=tuple(_stage(view, head) for head in _in_order(view, lists.heads)),
        notices=(),
        deadlines=deadlines_in(view, dues),
        follow_ups=(),
        visits=visits_ahead(view),
        responsible=_responsible(view),
        work=(work.summary, *explained(work)) if work else (),
        members=(),
        history=(),
        has_history=shows_history(view),
        step=next_step(_step_facts(view, lists, proposal, whose_turn(view, dues))),
        acts=acts_for(act_facts(view)),
        pages=pages_for(act_facts(view)),
    )


def _in_order(view: CaseView, heads: Iterable[ListHead]) -> list[ListHead]:
    """The four stages; for the coach her own list before the items of others that are hers."""
    if view.actor.role == Role.COACH:
        shown = sorted(heads, key=lambda head: head.key != ListKey.COACH)
        return shown if len(shown) > 1 else []
    return [head for head in heads if head.key != ListKey.COACH]


def _stage(view: CaseView, head: ListHead) -> StageLine:
    """A list of which only some items are this person's tells nothing of its state."""
    state = head.state if view.sees_whole(head.key) else StageState.OPEN
    return StageLine(head.number, head.title, state, _stage_text(view, head, state), head.word if head.shown else "")


def _stage_text(view: CaseView, head: ListHead, state: StageState) -> Message:
    if state == StageState.WAIVED:
        direct = head.key == ListKey.HANDOVER and view.held.direct
        return Message(N_("entfällt: von Anfang an SGB II")) if direct else Message(N_("entfällt"))
    if state == StageState.FINISHED:
        day = german_date(head.finished_on)
        return Message(N_("{done} von {total} · abgeschlossen {day}"), done=head.done, total=head.total, day=day)
    if head.key == ListKey.HANDOVER and (told := _handover_text(view)):
        return told
    if view.standing.read_only:
        return Message(N_("{done} eigene Angaben"), done=head.done)
    if not head.open:
        return Message(N_("{done} von {total}"), done=head.done, total=head.total)
    return Message(N_("{done} von {total} · {open} offen"), done=head.done, total=head.total, open=head.open)


def _handover_text(view: CaseView) -> Message | None:
    """Filled, signed, transmitted, accepted are four things, and the stage says which of them is true."""
    last = view.held.handovers[0] if view.held.handovers and Block.HANDOVER_STATE in view.blocks else None
    if last is None or (last.state == HandoverState.DRAFT and Block.HANDOVER not in view.blocks):
        return None
    if last.state == HandoverState.DRAFT:
        return Message(N_("fällig bis {day}"), day=german_date(last.due_on)) if last.due_on else None
    return _sent_text(last)


_SENT_WORDS = {
    HandoverState.SENT: (N_("unterschrieben und übermittelt {day}"), "sent_at"),
    HandoverState.RECEIVED: (N_("Eingang bestätigt {day}"), "received_at"),
    HandoverState.ACCEPTED: (N_("angenommen {day}"), "accepted_at"),
}


def _sent_text(last: Handover) -> Message | None:
    state = HandoverState(last.state)
    if state == HandoverState.QUERIED:
        return Message(N_("Rückfrage des Jobcenters"))
    if state not in _SENT_WORDS:
        return None
    text, at = _SENT_WORDS[state]
    return Message(text, day=german_date(local_day(from_stamp(getattr(last, at)))))


_SPHERES = {
    "S2": N_("SGB II"),
    "S3": N_("SGB III"),
    "S12": N_("SGB XII"),
    "KEIN": N_("kein Leistungsbezug"),
    "UNK": N_("Rechtskreis offen"),
}


def _responsible(view: CaseView) -> Responsible | None:
    held, case = view.held, view.held.case
    if Block.RESPONSIBLE not in view.blocks:
        return None
    words = {"sphere": _SPHERES[case.legal_sphere], "office": held.office(case.responsible_id)}
    now = Message(N_("{sphere} · {office}"), **words)
    handover = current_handover(held) if Block.CHANGE_DATE in view.blocks else None
    if handover is None or handover.change_on is None:
        since = Message(N_("seit {day}"), day=german_date(case.accepted_on)) if case.accepted_on else None
        return Responsible(now, since, None)
    last = Message(N_("bis {day}"), day=german_date(handover.change_on - timedelta(days=1)))
    day = german_date(handover.change_on)
    return Responsible(now, last, Message(N_("voraussichtlich ab {day}: SGB II · Jobcenter"), day=day))


def act_facts(view: CaseView) -> ActFacts:
    """What decides which acts this person may do on this case."""
    held, case = view.held, view.held.case
    handover = current_handover(held)
    return ActFacts(
        role=view.actor.role,
        blocks=view.blocks,
        case_open=case.state == CaseState.OPEN,
        responsible=case.responsible_id == view.actor.organisation_id,
        fresh=case.first_contact_on is None,
        sphere_open=not (held.direct or held.accepted or (handover and handover.state != HandoverState.DRAFT)),
        coach_reported=case.coach_reported_on is not None and case.coaching_ended_on is None,
        asylblg=case.legal_sphere == "S3",
        reports=bool(held.reports),
    )


def _step_facts(
    view: CaseView, lists: CaseLists, proposal: SphereOutcome | None, elsewhere: Message | None
) -> StepFacts:
    held, case = view.held, view.held.case
    latest = held.handovers[0] if held.handovers else None
    acts = act_facts(view)
    item = _first_open(lists)
    return StepFacts(
        role=view.actor.role,
        blocks=view.blocks,
        case_open=acts.case_open,
        responsible=acts.responsible,
        fresh=acts.fresh and Block.COUNSELLING in view.blocks,
        reference=latest.reference if latest else "",
        handover=HandoverState(latest.state) if latest else None,
        first_talk_missing=bool(latest and latest.accepted_at and latest.first_talk_on is None),
        proposed=bool(proposal and proposal.sgb2_from),
        coach_to_report=acts.asylblg and not acts.coach_reported and case.coaching_ended_on is None,
        list_word=lists.chosen.head.word if lists.chosen else "",
        open_item=item,
        finishable=_finishable(lists.chosen) if lists.chosen else "",
        returned_word=next(
            (LIST_WORDS[stage.key] for stage in held.stages.values() if is_back_with(view, stage.key)), ""
        ),
        elsewhere=elsewhere,
    )


def _finishable(shown: ListView) -> str:
    """The title of a list that was begun and that this person may finish now."""
    ready = shown.may_finish and not shown.missing and shown.head.state == StageState.IN_PROGRESS
    return shown.head.title if ready else ""


def _first_open(lists: CaseLists) -> tuple[str, str] | None:
    """The first item of the shown list that this person can answer now, required ones first."""
    rows = [row for row in lists.chosen.rows if row.state == ItemState.OPEN and row.mine] if lists.chosen else []
    rows.sort(key=lambda row: row.item.level != Level.REQUIRED)
    return (rows[0].code, rows[0].item.text) if rows else None
