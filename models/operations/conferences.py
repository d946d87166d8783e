"""Conferences about a case: begun, topics written down, decisions that become Wiedervorlagen of their owners.

Events name no content: what was said is read by who took part, not by everybody who reads the history.
"""

from collections.abc import Collection
from datetime import datetime

from peewee import IntegrityError

from models.base import db
from models.operations.case_lock import take_open_case
from models.operations.ledger import claim, record
from models.queries.case_view import CaseView
from models.queries.conferences import ConferenceLine, TopicLine, able_to_confer
from models.rules.errors import NotAllowed, RuleBroken, StaleVersion
from models.rules.message import N_, Message
from models.rules.permissions import Permission, may
from models.rules.states import FollowUpState
from models.rules.times import local_day, stamp
from models.rules.workgroup.conferences import (
    ConferencePlan,
    TopicPlan,
    check_conference,
    check_topic,
    may_confer,
    task_words,
)
from models.tables import Case, CaseConference, ConferenceParty, ConferenceTopic, FollowUp


def may_write(view: CaseView) -> bool:
    """Whether this person's organisation holds conferences about the case now."""
    confers = may(view.actor.role, Permission.CASE_CONFERENCE) and may_confer(view.actor.role, view.blocks)
    return confers and view.standing.case_open


def begin_conference(view: CaseView, plan: ConferencePlan, *, token: str, now: datetime) -> int:
    """Begin a conference with the organisations that have a right to the case; returns its id.

    ``token`` came with the form and counts once. RuleBroken by field for no day, nobody else, or a stranger.
    """
    if not may_write(view):
        raise NotAllowed
    case_id, actor = view.held.case.id, view.actor
    with db.atomic():
        take_open_case(case_id, actor=actor, now=now)
        known = CaseConference.get_or_none(CaseConference.token == token, CaseConference.case == case_id)
        if known:
            return int(known.id)
        able = _able(case_id, now)
        check_conference(plan, able, int(actor.organisation_id or 0), view.held.case.opened_on, local_day(now))
        row = CaseConference.create(
            case=case_id,
            organisation=actor.organisation_id,
            account=actor.account_id,
            held_on=plan.held_on,
            token=token,
            created_at=stamp(now),
        )
        for number, functions in plan.parties.items():
            ConferenceParty.insert(conference=row.id, organisation=number, functions=functions.strip()).execute()
        data: dict[str, object] = {"conference": row.id, "held_on": str(plan.held_on), "with": sorted(plan.parties)}
        record(actor, "conference.begun", data, now=now, case_id=case_id)
    return int(row.id)


def may_drop(view: CaseView, line: ConferenceLine) -> bool:
    """Whether this person's organisation began it and it holds nothing yet, so that a wrong day or office can go."""
    return may_write(view) and line.organisation_id == view.actor.organisation_id and not line.topics


def drop_conference(view: CaseView, line: ConferenceLine, *, now: datetime) -> None:
    """Take back a conference that was begun by mistake. RuleBroken where somebody wrote a topic into it since."""
    if not may_drop(view, line):
        raise NotAllowed
    case_id, actor = view.held.case.id, view.actor
    with db.atomic():
        take_open_case(case_id, actor=actor, now=now)
        if ConferenceTopic.select(ConferenceTopic.id).where(ConferenceTopic.conference == line.id).exists():
            raise RuleBroken(Message(N_("Inzwischen steht ein Thema darin; die Fallbesprechung bleibt.")))
        CaseConference.delete().where(CaseConference.id == line.id).execute()
        data: dict[str, object] = {"conference": line.id, "held_on": str(line.held_on)}
        record(actor, "conference.dropped", data, now=now, case_id=case_id)


def _able(case_id: int, now: datetime) -> set[int]:
    """Read anew inside the transaction: a consent may have been withdrawn since the page was shown."""
    return set(able_to_confer(Case.get_by_id(case_id), local_day(now)))


def add_topic(view: CaseView, line: ConferenceLine, plan: TopicPlan, *, token: str, now: datetime) -> None:
    """Write down a topic; with a decision its owner gets a Wiedervorlage. ``token`` counts once."""
    if not may_write(view):
        raise NotAllowed
    case_id, actor = view.held.case.id, view.actor
    with db.atomic():
        take_open_case(case_id, actor=actor, now=now)
        check_topic(plan, _owners(line, case_id, now), local_day(now))
        number = _create(view, line, plan, token, now)
        if number is None:
            return
        data: dict[str, object] = {"conference": line.id, "topic": number, "owner": plan.owner}
        record(actor, "conference.topic", data, now=now, case_id=case_id)


def _owners(line: ConferenceLine, case_id: int, now: datetime) -> Collection[int]:
    return _able(case_id, now) & set(line.parties)


def _create(view: CaseView, line: ConferenceLine, plan: TopicPlan, token: str, now: datetime) -> int | None:
    try:
        with db.atomic():
            row = ConferenceTopic.create(
                conference=line.id,
                token=token,
                account=view.actor.account_id,
                written_at=stamp(now),
                follow_up=_follow_up(view, line, plan, now),
                **_columns(plan),
            )
            return int(row.id)
    except IntegrityError:  # the second of two clicks
        return None


def _columns(plan: TopicPlan) -> dict[str, object]:
    return {
        "topic": plan.topic.strip(),
        "said": plan.said.strip(),
        "decision": plan.decision.strip(),
        "owner": plan.owner,
        "due_on": plan.due_on,
    }


def _follow_up(view: CaseView, line: ConferenceLine, plan: TopicPlan, now: datetime) -> int | None:
    """The task of who was given something to do."""
    if not plan.decision.strip():
        return None
    row = FollowUp.create(
        case=view.held.case.id,
        organisation=plan.owner,
        due_on=plan.due_on,
        reason=task_words(line.held_on, plan.decision),
        created_by=view.actor.account_id,
        created_at=stamp(now),
    )
    return int(row.id)


def change_topic(
    view: CaseView, line: ConferenceLine, topic: TopicLine, plan: TopicPlan, *, seen_version: int, now: datetime
) -> None:
    """Write a topic anew, also its decision as long as that is not done; the task changes with it.

    StaleVersion where somebody was faster, RuleBroken for a decision that is done.
    """
    if not may_write(view):
        raise NotAllowed
    case_id, actor = view.held.case.id, view.actor
    with db.atomic():
        take_open_case(case_id, actor=actor, now=now)
        check_topic(plan, _owners(line, case_id, now), local_day(now))
        if not claim(ConferenceTopic, topic.id, seen_version):
            raise StaleVersion(Message(N_("Der Punkt wurde inzwischen geändert. Ihr Text steht noch im Formular.")))
        task = _changed_task(view, line, topic, plan, now)
        who = {"account": actor.account_id, "written_at": stamp(now), "follow_up": task}
        ConferenceTopic.update(**_columns(plan), **who).where(ConferenceTopic.id == topic.id).execute()
        data: dict[str, object] = {"conference": line.id, "topic": topic.id, "owner": plan.owner}
        record(actor, "conference.topic_changed", data | {"from_version": seen_version}, now=now, case_id=case_id)


def _changed_task(view: CaseView, line: ConferenceLine, topic: TopicLine, plan: TopicPlan, now: datetime) -> int | None:
    """The task as the decision now says: a new one, the same with other words, or none."""
    if topic.follow_up_id is None:
        return _follow_up(view, line, plan, now)
    same = (topic.decision, topic.owner_id, topic.due_on)
    if same == (plan.decision.strip(), plan.owner, plan.due_on):
        return topic.follow_up_id
    open_one = (FollowUp.id == topic.follow_up_id) & (FollowUp.state == FollowUpState.OPEN)
    if not FollowUp.select(FollowUp.id).where(open_one).exists():
        raise RuleBroken(Message(N_("Die Aufgabe ist schon erledigt. Halten Sie eine neue Entscheidung fest.")))
    ConferenceTopic.update(follow_up=None).where(ConferenceTopic.id == topic.id).execute()
    FollowUp.delete().where(open_one).execute()
    return _follow_up(view, line, plan, now)
