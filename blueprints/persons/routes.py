"""Possible duplicates: the list, the comparison of two records, both decisions, and the way back from a merge."""

from collections.abc import Callable
from typing import Any

from flask import Blueprint, request
from flask.typing import ResponseReturnValue

from blueprints.persons.forms import ANSWER, FIELD, DifferentForm, MergeForm, UndoForm, merge_form
from blueprints.shared import access
from blueprints.shared.access_log import note_access
from blueprints.shared.addresses import page_number
from blueprints.shared.forms import BaseForm
from blueprints.shared.render import go_to, page
from models.operations.duplicate_pairs import mark_different
from models.operations.merging import Choice, merge_records
from models.operations.unmerging import undo_merge
from models.queries.comparison import Comparison, comparison_of
from models.queries.duplicate_pairs import PairLine, open_pairs, recent_merges, seen_pair
from models.queries.merges import merge_of_pair, seen_merge
from models.rules.errors import RuleBroken, StaleVersion
from models.rules.merging import Side
from models.rules.message import N_, Message
from models.rules.permissions import Permission
from models.rules.states import PairState
from models.rules.times import local_day

bp = Blueprint("persons", __name__, cli_group=None)
HOME = "/dubletten/"
SAID = {
    "verschieden": N_("Gemerkt: nicht dieselbe Person. Das Paar wird nicht mehr gezeigt."),
    "zusammen": N_("Zusammengeführt. Alle Einträge beider Fälle sind geblieben."),
    "getrennt": N_("Rückgängig gemacht. Beide Fälle stehen wieder für sich."),
}
"""What the page says after a step, by the word in its address."""


@bp.get(HOME)
@access.requires(Permission.PERSON_EDIT)
def pairs() -> ResponseReturnValue:
    """The pairs that nobody has decided, and the latest merges."""
    number, actor, today = page_number(), access.actor(), local_day(access.now())
    return _page(
        "persons/pairs.html",
        found=open_pairs(actor, today, number),
        merges=recent_merges(actor, today) if number == 1 else [],
        page=number,
    )


def _page(template: str, status: int = 200, **context: Any) -> ResponseReturnValue:
    said = SAID.get(request.args.get("getan", ""), "")
    return page(template, status=status, area="duplicates", said_done=said, **context)


def _line(pair_id: int) -> PairLine:
    return seen_pair(access.actor(), pair_id, local_day(access.now()))


@bp.get(f"{HOME}<int:pair_id>")
@access.requires(Permission.PERSON_EDIT)
def pair(pair_id: int) -> ResponseReturnValue:
    """Two records side by side; of one that is not seen only who holds it."""
    return _merged(pair_id) or _shown(_line(pair_id))


def _merged(pair_id: int) -> ResponseReturnValue | None:
    """Where the two are one already, as for the second of two clicks: the way to that; NotVisible for a stranger."""
    merge_id = merge_of_pair(pair_id)
    if merge_id is None:
        return None
    seen_merge(access.actor(), merge_id, local_day(access.now()))
    return go_to(f"{HOME}zusammenfuehrung/{merge_id}")


def _shown(
    line: PairLine, form: BaseForm | None = None, status: int = 200, problem: Message | None = None
) -> ResponseReturnValue:
    if line.other is None or line.pair.state != PairState.OPEN:
        return _page("persons/elsewhere.html", status, line=line)
    comparison = comparison_of(access.actor(), line, local_day(access.now()))
    for sheet in (comparison.left, comparison.right):
        note_access(sheet.record.case.id, "compared")
    merging = form if isinstance(form, MergeForm) else _fresh(comparison)
    different = form if isinstance(form, DifferentForm) else DifferentForm(formdata=None)
    shown = {"line": line, "comparison": comparison, "form": merging, "different": different, "problem": problem}
    return _page("persons/compare.html", status, prefixes={"fields": FIELD, "answers": ANSWER}, **shown)


def _fresh(comparison: Comparison) -> MergeForm:
    """The form as it opens, whatever was posted to the other one."""
    form = merge_form(comparison)
    for field in form:
        if field.name.startswith((FIELD, ANSWER)) and not field.data:
            field.data = comparison.may_stay[0]
    form.stays.data, form.seen.data = form.stays.data or comparison.may_stay[0], comparison.fingerprint
    return form


@bp.post(f"{HOME}<int:pair_id>/verschieden")
@access.requires(Permission.PERSON_EDIT)
def different(pair_id: int) -> ResponseReturnValue:
    """Not the same person: remembered, and not asked again."""
    line, form = _line(pair_id), DifferentForm()
    if not form.validate_on_submit():
        return _shown(line, form, 422)
    reason = form.reason.data or ""
    refused = _attempt(form, lambda: mark_different(line, reason, seen_version=form.version.data, **_by()))
    return _shown(_line(pair_id), form, *refused) if refused else go_to(f"{HOME}?getan=verschieden")


@bp.post(f"{HOME}<int:pair_id>/dieselbe")
@access.requires(Permission.PERSON_EDIT)
def same(pair_id: int) -> ResponseReturnValue:
    """The same person: the two records become one."""
    if merged := _merged(pair_id):
        return merged
    line = _line(pair_id)
    if line.other is None or line.pair.state != PairState.OPEN:
        return _shown(line, None, 422)
    form = merge_form(comparison_of(access.actor(), line, local_day(access.now())))
    if not form.validate_on_submit():
        return _shown(line, form, 422)
    choice = Choice(Side(form.stays.data), form.choices(FIELD), form.choices(ANSWER))
    done: list[int] = []
    refused = _attempt(
        form,
        lambda: done.append(
            merge_records(pair_id, choice, seen_version=form.version.data, fingerprint=form.seen.data, **_by())
        ),
    )
    if refused:
        return _merged(pair_id) or _shown(_line(pair_id), _renewed(form, refused), *refused)
    return go_to(f"{HOME}zusammenfuehrung/{done[0]}?getan=zusammen")


def _renewed(form: MergeForm, refused: tuple[int, Message | None]) -> MergeForm | None:
    """After a refusal what was chosen stays; where the records changed meanwhile, it is chosen anew."""
    return form if refused[0] == 422 else None


def _attempt(form: BaseForm, act: Callable[[], object]) -> tuple[int, Message | None] | None:
    """Run an operation: None when it is done, else the status and a sentence for the page."""
    try:
        act()
    except StaleVersion:
        return 409, Message(N_("Die Einträge wurden inzwischen geändert. Bitte noch einmal vergleichen."))
    except RuleBroken as broken:
        for name, text in broken.fields.items():
            if name in form:
                form[name].errors = [str(text)]
        return 422, broken.message
    return None


def _by() -> dict[str, Any]:
    return {"actor": access.actor(), "now": access.now()}


@bp.route(f"{HOME}zusammenfuehrung/<int:merge_id>", methods=["GET", "POST"])
@access.requires(Permission.PERSON_EDIT)
def merge(merge_id: int) -> ResponseReturnValue:
    """What was merged, what an undoing gives back and what it leaves, and the undoing."""
    seen_merge(access.actor(), merge_id, local_day(access.now()))  # the right to see it comes before the form
    form, refused = UndoForm(), None
    if form.validate_on_submit():
        refused = _attempt(form, lambda: undo_merge(merge_id, seen_version=form.version.data, **_by()))
        if refused is None:
            return go_to(f"{HOME}?getan=getrennt")
    status, problem = refused or (422 if form.errors else 200, None)
    found = seen_merge(access.actor(), merge_id, local_day(access.now()))
    note_access(found.kept_case.id, "merge")
    return _page("persons/merge.html", status, found=found, form=form, problem=problem)
