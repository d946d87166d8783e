"""A conference on paper: collected from what its reader sees, printed, not kept."""

from collections.abc import Mapping
from datetime import datetime

from models.queries.case_head import name_for
from models.queries.case_view import CaseView
from models.queries.conferences import ConferenceLine, TopicLine
from models.rules.message import N_
from models.rules.times import german_date, german_time, stamp
from pdf.base.text import lines_of
from pdf.conference.sheet import ConferenceFacts, TookPart, Topic, conference_sheet
from pdf.render import render_pdf


def print_conference(
    view: CaseView, line: ConferenceLine, names: Mapping[int, str], *, now: datetime, watermark: bool
) -> bytes:
    """The conference as a PDF; ``names`` are those of organisations by id."""
    facts = ConferenceFacts(
        name=name_for(view),
        number=view.held.case.number,
        day=german_date(line.held_on),
        parties=[TookPart(names[number], functions) for number, functions in line.parties.items()],
        topics=[_topic(topic, names) for topic in line.topics],
        organisation=view.actor.organisation_name,
        printed_by=view.actor.name,
        printed_at=german_time(stamp(now)),
        created=now,
    )
    return render_pdf("conference", conference_sheet(facts), watermark=watermark)


def _topic(topic: TopicLine, names: Mapping[int, str]) -> Topic:
    if not topic.decision or topic.owner_id is None:
        return Topic(topic.topic, lines_of(topic.said), "", "", "", "")
    state = N_("erledigt") if topic.is_done else N_("offen")
    owner, until = names[topic.owner_id], german_date(topic.due_on)
    return Topic(topic.topic, lines_of(topic.said), topic.decision, owner, until, state)
