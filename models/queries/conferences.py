"""Conferences about a case, for the organisations that took part and still see the case. Reads only."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from peewee import JOIN

from models.queries.case_view import CaseView
from models.queries.cases import Party, parties
from models.queries.scope import sight_of
from models.rules.errors import NotVisible
from models.rules.states import FollowUpState
from models.rules.workgroup.conferences import may_confer, may_read
from models.tables import Account, Case, CaseConference, ConferenceParty, ConferenceTopic, FollowUp

MOST = 50


class TopicLine(NamedTuple):
    """A topic with what was decided and whether that is done; ``owner`` is an id."""

    id: int
    version: int
    conference_id: int
    topic: str
    said: str
    decision: str
    owner_id: int | None
    due_on: date | None
    follow_up_id: int | None
    follow_up_state: str | None
    writer: str | None
    written_at: str

    @property
    def is_done(self) -> bool:
        """Whether the owner has marked it as done."""
        return self.follow_up_state == FollowUpState.DONE


@dataclass(frozen=True, slots=True)
class ConferenceLine:
    """A conference with its parties (functions by organisation) and topics."""

    id: int
    organisation_id: int
    held_on: date
    parties: dict[int, str]
    topics: Sequence[TopicLine]


def able_to_confer(case: Case, today: date) -> dict[int, Party]:
    """The organisations that may talk about this case today, by id, in the order of their names."""
    known = parties().values()
    return {one.id: one for one in known if may_confer(one.kind, sight_of(one.kind, one.id, case, today))}


def conferences_of(view: CaseView) -> list[ConferenceLine]:
    """The conferences of a case in which this person's organisation took part, the newest first."""
    if not may_read(view.actor.role, view.blocks):
        return []
    mine = ConferenceParty.select(ConferenceParty.conference).where(
        ConferenceParty.organisation == view.actor.organisation_id
    )
    query = CaseConference.select().where(CaseConference.case == view.held.case.id, CaseConference.id.in_(mine))
    rows = list(query.order_by(CaseConference.held_on.desc(), CaseConference.id.desc()).limit(MOST))
    took_part, topics = _parties([row.id for row in rows]), _topics([row.id for row in rows])
    return [ConferenceLine(row.id, row.organisation_id, row.held_on, took_part[row.id], topics[row.id]) for row in rows]


def _parties(ids: Sequence[int]) -> dict[int, dict[int, str]]:
    found: dict[int, dict[int, str]] = defaultdict(dict)
    columns = (ConferenceParty.conference, ConferenceParty.organisation, ConferenceParty.functions)
    query = ConferenceParty.select(*columns).where(ConferenceParty.conference.in_(list(ids)))
    for conference, organisation, functions in query.order_by(ConferenceParty.id).tuples():
        found[conference][organisation] = functions
    return found


def _topics(ids: Sequence[int]) -> dict[int, list[TopicLine]]:
    found: dict[int, list[TopicLine]] = defaultdict(list)
    columns = (
        ConferenceTopic.id, ConferenceTopic.version, ConferenceTopic.conference, ConferenceTopic.topic,
        ConferenceTopic.said, ConferenceTopic.decision, ConferenceTopic.owner, ConferenceTopic.due_on,
        ConferenceTopic.follow_up, FollowUp.state, Account.name, ConferenceTopic.written_at,
    )  # fmt: skip
    query = (
        ConferenceTopic.select(*columns)
        .join(FollowUp, JOIN.LEFT_OUTER)
        .join_from(ConferenceTopic, Account, JOIN.LEFT_OUTER)
        .where(ConferenceTopic.conference.in_(list(ids)))
        .order_by(ConferenceTopic.id)
    )
    for row in query.tuples():
        line = TopicLine(*row)
        found[line.conference_id].append(line)
    return found


def conference_of(view: CaseView, conference_id: int) -> ConferenceLine:
    """One conference of the case; NotVisible for one in which this person's organisation did not take part."""
    for line in conferences_of(view):
        if line.id == conference_id:
            return line
    raise NotVisible


def topic_of(line: ConferenceLine, topic_id: int) -> TopicLine:
    """A topic of a conference; NotVisible for one of another."""
    for topic in line.topics:
        if topic.id == topic_id:
            return topic
    raise NotVisible
