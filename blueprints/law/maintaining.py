"""Adding, changing, ending, correcting and striking out entries: first what it touches, then it is saved."""

from collections.abc import Callable
from datetime import date
from typing import Any

from flask import request
from flask.typing import ResponseReturnValue

from blueprints.law.forms import EndForm, EntryForm, PlanForm, WithdrawForm, form_for
from blueprints.law.routes import HOME, NEW_ENTRIES, WORDS, bp, topic_of
from blueprints.shared import access
from blueprints.shared.afterwards import afterwards
from blueprints.shared.refusals import accepted
from blueprints.shared.render import go_to, page
from models.operations import law as operations
from models.operations.law import Plan
from models.operations.tasks import renew_touched
from models.queries import law, law_touched
from models.queries.law import law_state, notice_version
from models.rules.errors import NotVisible, StaleVersion
from models.rules.law.changes import is_maintained, since_text
from models.rules.law.entries import TOPIC_LABELS, Entry, Topic
from models.rules.law.titles import UNITS, title_of
from models.rules.message import N_, Message
from models.rules.permissions import Permission
from models.rules.times import local_day

HEADINGS = {
    "neu": N_("Neuer Eintrag"),
    "ab": N_("Ab einem Tag ändern"),
    "berichtigen": N_("Berichtigen"),
    "beenden": N_("Beenden"),
    "streichen": N_("Streichen"),
}


@bp.route(HOME + "<word>/neu", methods=["GET", "POST"])
@access.requires(Permission.LAW_MANAGE)
def add(word: str) -> ResponseReturnValue:
    """A new entry."""
    topic = topic_of(word)
    if topic not in NEW_ENTRIES:
        raise NotVisible
    form = form_for(topic)
    return _step(form, "neu", topic, None, lambda: operations.plan_entry(form.entry(topic, {})))


@bp.route(HOME + "eintrag/<int:entry_id>/<act>", methods=["GET", "POST"])
@access.requires(Permission.LAW_MANAGE)
def change(entry_id: int, act: str) -> ResponseReturnValue:
    """Change one entry that stands."""
    row = law.entry_by_id(entry_id)
    if row is None or act not in _ACTS or not is_maintained(law.as_entry(row)):
        raise NotVisible
    before = law.as_entry(row)
    form, plan = _ACTS[act](entry_id, before)
    return _step(form, act, before.topic, before, plan)


_Planned = tuple[PlanForm, Callable[[], Plan]]


def _succeed(entry_id: int, before: Entry) -> _Planned:
    form = form_for(before.topic, before, valid_from=None, valid_to=before.valid_to, source="", note="")
    return form, lambda: operations.plan_successor(entry_id, form.entry(before.topic, before.content))


def _correct(entry_id: int, before: Entry) -> _Planned:
    form = form_for(before.topic, before)
    return form, lambda: operations.plan_correction(
        entry_id, form.entry(before.topic, before.content), form.reason.data or ""
    )


def _end(entry_id: int, before: Entry) -> _Planned:
    form = EndForm()
    return form, lambda: operations.plan_end(
        entry_id, form.valid_to.data, source=form.source.data or "", note=form.note.data or ""
    )


def _withdraw(entry_id: int, before: Entry) -> _Planned:
    form = WithdrawForm()
    return form, lambda: operations.plan_withdrawal(entry_id, form.reason.data or "")


_ACTS = {"ab": _succeed, "berichtigen": _correct, "beenden": _end, "streichen": _withdraw}


def _step(
    form: PlanForm, act: str, topic: Topic, before: Entry | None, plan: Callable[[], Plan]
) -> ResponseReturnValue:
    """One page for all of it: what was typed, what it touches, and saving exactly what was shown."""
    planned, stale = _planned(form, plan), None
    if planned and _confirmed(form, planned):
        try:
            operations.carry_out(planned, seen_version=form.version.data, actor=access.actor(), now=access.now())
        except StaleVersion as changed:
            stale = changed.message
        else:
            today = local_day(access.now())
            afterwards(lambda: _count_anew(planned, today))
            return go_to(f"{HOME}{WORDS[topic]}?getan={planned.act}")
    status = 409 if stale else 422 if form.errors else 200
    return page("law/entry.html", status=status, **_context(form, act, topic, before, planned, stale))


def _count_anew(plan: Plan, today: date) -> None:
    """Stored days of the cases that the change may concern follow it, as soon as the administrator has her answer."""
    notice_version(law_state().version)
    renew_touched(plan.touched, today=today)


def _planned(form: PlanForm, plan: Callable[[], Plan]) -> Plan | None:
    """The plan behind a valid form; else None, with the sentences at the fields."""
    if not form.validate_on_submit():
        return None
    made: list[Plan] = []
    accepted(form, lambda: made.append(plan()))
    return made[0] if made else None


def _confirmed(form: PlanForm, planned: Plan) -> bool:
    return request.form.get("step") == "speichern" and form.shown.data == planned.digest


def _context(
    form: PlanForm, act: str, topic: Topic, before: Entry | None, planned: Plan | None, stale: Message | None
) -> dict[str, Any]:
    state = law.law_state()
    return {
        "area": "law",
        "form": form,
        "own": form.own if isinstance(form, EntryForm) else (),
        "act": act,
        "heading": HEADINGS[act],
        "word": WORDS[topic],
        "topic": TOPIC_LABELS[topic],
        "before": before,
        "before_title": title_of(before) if before else "",
        "before_since": since_text(before) if before else "",
        "unit": UNITS.get(str(before.content.get("unit")), "") if before else "",
        "plan": planned,
        "numbers": _numbers(planned),
        "facts": law_touched.facts_in_words(planned.touched) if planned else (),
        "standing": [(law.as_entry(row), row) for row in law.standing_entries(topic)] if stale else (),
        "stale": stale,
        "version": state.version if state else 0,
        "title_of": title_of,
        "since_text": since_text,
    }


def _numbers(planned: Plan | None) -> law_touched.Numbers | None:
    """None where nothing is planned yet, and where no stored fact says whom it touches."""
    if planned is None or planned.touched.is_nobody:
        return None
    return law_touched.numbers_of(planned.touched, local_day(access.now()))
