"""Sending a list back to who fills it, and saying that it is complete again."""

from collections.abc import Iterable

from flask import request
from flask.typing import ResponseReturnValue
from flask_babel import lazy_gettext as _l
from wtforms import SelectChoice, SelectMultipleField, TextAreaField
from wtforms.validators import InputRequired, Length
from wtforms.widgets import CheckboxInput, ListWidget

from blueprints.checklists.forms import SEEN
from blueprints.checklists.routes import bp
from blueprints.shared import access
from blueprints.shared.forms import VersionedForm
from blueprints.shared.render import go_to, page
from models.operations import stages
from models.queries.case_head import name_for
from models.queries.case_view import CaseView, view_of
from models.queries.checklists import list_of, one_list, returns
from models.queries.dossier import dossier_numbered
from models.queries.item_rows import ItemRow
from models.rules.errors import NotAllowed, NotVisible, RuleBroken, StaleVersion
from models.rules.flow import RETURNED_TO
from models.rules.message import Message
from models.rules.permissions import Permission
from models.rules.roles import Role
from models.rules.states import ListKey
from models.rules.times import local_day


class ReturnForm(VersionedForm):
    """Why a list goes back, and which of its items need work."""

    reason = TextAreaField(
        _l("Was fehlt oder stimmt nicht"),
        validators=[InputRequired(_l("Bitte einen Grund angeben.")), Length(max=500)],
    )
    items = SelectMultipleField(
        _l("Punkte, um die es geht"),
        widget=ListWidget(prefix_label=False),
        option_widget=CheckboxInput(),
        validate_choice=False,
    )

    def offer(self, rows: Iterable[ItemRow], filler: Role) -> "ReturnForm":
        """Offer the items of this case that the one who gets the list answers; returns itself."""
        mine = (row.item for row in rows if filler in row.item.roles)
        self.items.choices = [SelectChoice(item.code, item.text) for item in mine]
        return self


@bp.route("/faelle/<number>/listen/<word>/zurueckgeben", methods=["GET", "POST"])
@access.requires(Permission.STAGE_FINISH)
def give_back(number: str, word: str) -> ResponseReturnValue:
    """Send a list back to who fills it, with a reason and the items that need work."""
    view, key = _view(number, list_of(word))
    form = ReturnForm(data={"version": view.held.stages[key].version})
    form.offer(one_list(view, key).rows, RETURNED_TO[key])
    if not form.validate_on_submit():
        return _return_page(view, key, word, form, 422 if form.errors else 200)
    try:
        stages.return_stage(
            view.held.case, key, form.reason.data, form.items.data or [], seen_version=form.version.data,
            actor=access.actor(), now=access.now(),
        )  # fmt: skip
    except StaleVersion as stale:
        return _return_page(*_view(number, key), word, form, 409, stale.message)
    except RuleBroken as broken:
        return _return_page(view, key, word, form, 422, broken.message)
    return go_to(f"/faelle/{number}?liste={word}&getan=zurueckgegeben")


def _view(number: str, key: ListKey) -> tuple[CaseView, ListKey]:
    """The case with the right to send this list back."""
    view = view_of(dossier_numbered(access.actor(), number, local_day(access.now())), access.actor())
    if not view.items(view.definitions[key]):
        raise NotVisible
    if not returns(view, key):
        raise NotAllowed
    return view, key


def _return_page(
    view: CaseView, key: ListKey, word: str, form: ReturnForm, status: int, problem: Message | None = None
) -> ResponseReturnValue:
    """The form; after a refusal with the version as it stands, so that it can be sent again."""
    frame = {"case": view.held.case, "name": name_for(view), "title": view.definitions[key].title, "word": word}
    version = view.held.stages[key].version
    template = "checklists/give_back.html"
    return page(template, status=status, area="cases", form=form, version=version, problem=problem, **frame)


@bp.post("/faelle/<number>/listen/<word>/ergaenzt")
@access.requires(Permission.STAGE_FINISH)
def complete(number: str, word: str) -> ResponseReturnValue:
    """Say that a list that was sent back is complete again."""
    key, today = list_of(word), local_day(access.now())
    case = dossier_numbered(access.actor(), number, today).case
    seen = request.form.get(SEEN, type=int, default=0)
    stages.complete_stage(case, key, seen_version=seen, actor=access.actor(), now=access.now())
    return go_to(f"/faelle/{number}?liste={word}&getan=ergaenzt")
