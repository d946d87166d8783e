"""Sending a list back to who fills it, and saying that it is complete again."""

from collections.abc import Iterable, Sequence

from flask import request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import RadioField, SelectChoice, SelectMultipleField, TextAreaField
from wtforms.validators import DataRequired, InputRequired, Length
from wtforms.widgets import CheckboxInput, ListWidget

from blueprints.checklists.forms import SEEN
from blueprints.checklists.routes import bp
from blueprints.shared import access
from blueprints.shared.case_frame import opened
from blueprints.shared.forms import VersionedForm
from blueprints.shared.render import go_to, page
from models.operations import stages
from models.queries.case_head import name_for
from models.queries.case_view import CaseView
from models.queries.checklists import list_of, one_list
from models.queries.dossier import dossier_numbered
from models.queries.item_rows import ItemRow
from models.queries.sending_back import Receiver, receivers
from models.rules.errors import NotAllowed, NotVisible, RuleBroken, StaleVersion
from models.rules.flow import RECEIVER_NAMES
from models.rules.message import Message
from models.rules.permissions import Permission
from models.rules.roles import Role
from models.rules.states import ListKey
from models.rules.times import local_day


class ReturnForm(VersionedForm):
    """To whom a list goes back and why, and which of its items need work."""

    to = RadioField(_l("An wen"), validators=[DataRequired(_l("Bitte wählen, wer die Liste bekommt."))])
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

    def offer(self, rows: Iterable[ItemRow], found: Sequence[Receiver]) -> "ReturnForm":
        """Offer those who hold items of the list, and their items in this case; returns itself."""
        self.to.choices = [SelectChoice(str(one.role), one.name) for one in found]
        if len(found) == 1:
            self.to.data = str(found[0].role)
        theirs = [(row.item, [one.name for one in found if row.code in one.codes]) for row in rows]
        self.items.choices = [
            SelectChoice(item.code, f"{item.text} ({', '.join(names)})" if len(found) > 1 else item.text)
            for item, names in theirs
            if names
        ]
        return self


@bp.route("/faelle/<number>/listen/<word>/zurueckgeben", methods=["GET", "POST"])
@access.requires(Permission.STAGE_FINISH)
def give_back(number: str, word: str) -> ResponseReturnValue:
    """Send a list back to who fills it, with a reason and the items that need work."""
    view, key = _view(number, list_of(word))
    form = ReturnForm(data={"version": view.held.stages[key].version})
    form.offer(one_list(view, key).rows, list(receivers(view, key)))
    if not form.validate_on_submit():
        return _return_page(view, key, word, form, 422 if form.errors else 200)
    try:
        stages.return_stage(
            view.held.case, key, Role(form.to.data), form.reason.data, form.items.data or [],
            seen_version=form.version.data, actor=access.actor(), now=access.now(),
        )  # fmt: skip
    except StaleVersion as stale:
        return _return_page(*_view(number, key), word, form, 409, stale.message)
    except RuleBroken as broken:
        return _return_page(view, key, word, form, 422, broken.message)
    return go_to(f"/faelle/{number}?liste={word}&getan=zurueckgegeben")


def _view(number: str, key: ListKey) -> tuple[CaseView, ListKey]:
    """The case with the right to send this list back."""
    view = opened(number)
    if not view.items(view.definitions[key]):
        raise NotVisible
    if not any(receivers(view, key)):
        raise NotAllowed
    return view, key


def _return_page(
    view: CaseView, key: ListKey, word: str, form: ReturnForm, status: int, problem: Message | None = None
) -> ResponseReturnValue:
    """The form; after a refusal with the version as it stands, so that it can be sent again."""
    frame = {"case": view.held.case, "name": name_for(view), "title": view.definitions[key].title, "word": word}
    frame["whom"] = f" {_('oder')} ".join(RECEIVER_NAMES[one.role] for one in receivers(view, key))
    version = view.held.stages[key].version
    template = "checklists/give_back.html"
    return page(template, status=status, area="cases", form=form, version=version, problem=problem, **frame)


@bp.post("/faelle/<number>/listen/<word>/ergaenzt")
@access.requires(Permission.ITEM_ANSWER)
def complete(number: str, word: str) -> ResponseReturnValue:
    """Say that a list that was sent back is complete again."""
    key, today = list_of(word), local_day(access.now())
    case = dossier_numbered(access.actor(), number, today).case
    seen = request.form.get(SEEN, type=int, default=0)
    stages.complete_stage(case, key, seen_version=seen, actor=access.actor(), now=access.now())
    return go_to(f"/faelle/{number}?liste={word}&getan=ergaenzt")
