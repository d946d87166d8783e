"""The timeline on paper: collected from what its reader sees of a case, printed, not kept."""

from datetime import datetime

from models.queries.case_head import head_of, name_for, needs_for
from models.queries.case_view import CaseView
from models.queries.timeline import Wish, groups_for, whole_timeline
from models.rules.message import N_, Message
from models.rules.times import german_date, german_time, stamp
from pdf.render import render_pdf
from pdf.timeline.sheet import Happened, TimelineFacts, timeline

_NEEDS = "Verständigung"


def print_timeline(view: CaseView, wish: Wish, *, now: datetime, watermark: bool) -> bytes:
    """The timeline as a PDF. RuleBroken where it has more lines than anybody reads on paper."""
    lines = tuple(Happened(row.at, str(row.what), row.who, row.organisation) for row in whole_timeline(view, wish))
    facts = TimelineFacts(
        name=name_for(view),
        number=view.held.case.number,
        facts=tuple(fact for fact in head_of(view).facts if fact[0] != _NEEDS),
        needs=needs_for(view),
        part=_part(view, wish),
        lines=lines,
        organisation=view.actor.organisation_name,
        printed_by=view.actor.name,
        printed_at=german_time(stamp(now)),
        created=now,
    )
    return render_pdf("timeline", timeline(facts), watermark=watermark)


def _part(view: CaseView, wish: Wish) -> str:
    """ "Kurse, vom 01.11.2026 bis 24.11.2026": what of the timeline is printed."""
    words = {
        "what": groups_for(view).get(wish.group, N_("Alles außer Lesezugriffen")),
        "since": german_date(wish.since) if wish.since else N_("Anfang"),
        "until": german_date(wish.until or view.held.today),
    }
    return str(Message(N_("{what}, vom {since} bis {until}"), **words))
