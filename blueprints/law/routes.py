"""The maintained law as the administrator reads it: topics, entries with validity and source, their history."""

from collections.abc import Mapping
from types import MappingProxyType

from flask import Blueprint, request
from flask.typing import ResponseReturnValue

from blueprints.shared import access
from blueprints.shared.forms import EmptyForm
from blueprints.shared.render import go_to, page
from models.operations import law as operations
from models.queries import law
from models.rules.errors import NotVisible
from models.rules.law.changes import ACT_LABELS, MAINTAINED, is_maintained
from models.rules.law.entries import TOPIC_LABELS, Topic
from models.rules.law.titles import title_of
from models.rules.law.words import details_of
from models.rules.message import N_
from models.rules.permissions import Permission
from models.rules.times import local_day
from models.tables import LawEntry

bp = Blueprint("law", __name__, cli_group=None)
HOME = "/verwaltung/rechtsstand/"
WORDS: Mapping[Topic, str] = MappingProxyType(
    {
        Topic.SAFE_COUNTRIES: "staaten",
        Topic.ADMISSION_SUSPENSIONS: "aussetzung",
        Topic.RESIDENCE_CODES: "papiere",
        Topic.DEADLINES: "fristen",
        Topic.COURSE_KINDS: "kursarten",
        Topic.BLOCKING_LETTERS: "buchstaben",
        Topic.BAN_EXCEPTIONS: "ausnahmen",
        Topic.DECISIONS: "entscheidungen",
        Topic.WORK_NOTES: "eintraege",
    }
)
SAID = {
    "added": N_(
        "Eingetragen. Die Regeln rechnen ab jetzt damit; gespeicherte Fristen der Fälle folgen in wenigen Minuten."
    ),
    "ended": N_(
        "Beendet, Fristen der Fälle folgen in wenigen Minuten. Die alte Fassung steht unter „Frühere Fassungen“."
    ),
    "corrected": N_(
        "Berichtigt, Fristen der Fälle folgen in wenigen Minuten. Die alte Fassung steht unter „Frühere Fassungen“."
    ),
    "succeeded": N_("Geändert, Fristen der Fälle folgen in wenigen Minuten. Bis zum Tag davor gilt der alte Eintrag."),
    "withdrawn": N_(
        "Gestrichen, Fristen der Fälle folgen in wenigen Minuten. Der Eintrag steht unter „Frühere Fassungen“."
    ),
    "geprueft": N_("Notiert: heute geprüft."),
}
NEW_ENTRIES = tuple(topic for topic in MAINTAINED if topic is not Topic.DEADLINES)
"""A deadline that no rule counts would be none."""


def topic_of(word: str) -> Topic:
    """The topic by its word in the address; NotVisible for none."""
    topic = next((topic for topic, known in WORDS.items() if known == word), None)
    if topic is None:
        raise NotVisible
    return topic


@bp.get(HOME)
@access.requires(Permission.LAW_MANAGE)
def overview() -> ResponseReturnValue:
    """All topics, and the suspension as a switch."""
    state = law.law_state()
    return page(
        "law/index.html",
        area="law",
        state=state,
        topics=[(WORDS[topic], TOPIC_LABELS[topic], number) for topic, number in law.entry_counts().items()],
        suspensions=law.standing_entries(Topic.ADMISSION_SUSPENSIONS),
        changes=law.latest_changes(),
        acts=ACT_LABELS,
        today=local_day(access.now()),
        said_done=SAID.get(request.args.get("getan", "")),
        form=EmptyForm(formdata=None),
    )


@bp.post(HOME + "geprueft")
@access.requires(Permission.LAW_MANAGE)
def checked() -> ResponseReturnValue:
    """Note that somebody compared the whole with the law today."""
    operations.note_checked(actor=access.actor(), now=access.now())
    return go_to(f"{HOME}?getan=geprueft")


@bp.get(HOME + "<word>")
@access.requires(Permission.LAW_MANAGE)
def topic(word: str) -> ResponseReturnValue:
    """The entries of one topic that stand, and what was replaced."""
    chosen = topic_of(word)
    return page(
        "law/topic.html",
        area="law",
        word=word,
        title=TOPIC_LABELS[chosen],
        rows=[_line(row) for row in law.standing_entries(chosen)],
        replaced=[_line(row) for row in law.replaced_entries(chosen)],
        may_add=chosen in NEW_ENTRIES,
        today=local_day(access.now()),
        said_done=SAID.get(request.args.get("getan", "")),
    )


def _line(row: LawEntry) -> dict[str, object]:
    entry = law.as_entry(row)
    return {
        "row": row,
        "title": title_of(entry),
        "details": details_of(entry),
        "may_change": is_maintained(entry),
        "by": row.account.name if row.account_id else N_("Datei der Fassung"),
    }
