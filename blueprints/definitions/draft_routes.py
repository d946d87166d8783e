"""The draft of a list as a whole: its items in order, what it changes, publishing and discarding."""

from flask import request
from flask.typing import ResponseReturnValue

from blueprints.definitions.forms import ItemForm, PublishForm, TitleForm
from blueprints.definitions.routes import address_of, bp, said
from blueprints.definitions.saving import Outcome, attempt
from blueprints.shared import access
from blueprints.shared.forms import VersionedForm
from blueprints.shared.render import go_to, page
from models.operations import checklist_drafts as drafts
from models.queries.checklist_editing import Judged, draft_of, judged_draft
from models.queries.checklists import list_of
from models.rules.errors import StaleVersion
from models.rules.message import Message
from models.rules.permissions import Permission
from models.rules.states import ListKey

STEPS = {"hoch": -1, "runter": 1}
WORDS = {"hoch": "verschoben", "runter": "verschoben", "entfallen": "entfallen", "zurueck": "aufgenommen"}


def shown(template: str, held: Judged, status: int = 200, **context: object) -> ResponseReturnValue:
    """A page about a draft."""
    address = f"{address_of(held.draft.key)}/entwurf"
    return page(template, area="definitions", held=held, address=address, status=status, said_done=said(), **context)


def held_draft(key: ListKey) -> Judged:
    """The draft that a page is about; who sends a form to one that is gone is told so."""
    if request.method == "POST" and draft_of(key) is None:
        raise StaleVersion(Message(drafts.GONE))
    return judged_draft(key)


def seen_version() -> int:
    """The version of the draft that a button was shown with; StaleVersion without one."""
    form = VersionedForm()
    if not form.validate():
        raise StaleVersion
    return int(form.version.data)


@bp.get("/<word>/entwurf")
@access.requires(Permission.DEFINITION_EDIT)
def draft(word: str) -> ResponseReturnValue:
    """The items of the draft in their order, what is wrong, what is retired."""
    held = held_draft(list_of(word))
    form = TitleForm(formdata=None, title=held.definition.title)
    return shown("definitions/draft.html", held, form=form)


@bp.post("/<word>/entwurf/name")
@access.requires(Permission.DEFINITION_EDIT)
def rename(word: str) -> ResponseReturnValue:
    """Give the list another name."""
    key, form = list_of(word), TitleForm()
    outcome = attempt(
        form,
        lambda: drafts.rename_list(
            key, form.title.data, seen_version=form.version.data, actor=access.actor(), now=access.now()
        ),
    )
    if outcome == Outcome.SAVED:
        return go_to(f"{address_of(key)}/entwurf?getan=gespeichert")
    return shown("definitions/draft.html", held_draft(key), outcome.status, form=form, stale=outcome == Outcome.STALE)


@bp.route("/<word>/entwurf/neu", methods=["GET", "POST"])
@access.requires(Permission.DEFINITION_EDIT)
def new_item(word: str) -> ResponseReturnValue:
    """Add an item to the end of the list."""
    key, form = list_of(word), ItemForm()
    held = held_draft(key)
    form.offer(None)
    if request.method == "GET":
        return shown("definitions/new_item.html", held, form=form)
    codes: list[str] = []
    outcome = attempt(form, lambda: codes.append(_added(key, form)))
    if outcome == Outcome.SAVED:
        return go_to(f"{address_of(key)}/entwurf/punkte/{codes[0]}?getan=gespeichert")
    fresh = held_draft(key)
    return shown("definitions/new_item.html", fresh, outcome.status, form=form, stale=outcome == Outcome.STALE)


def _added(key: str, form: ItemForm) -> str:
    version, actor = form.version.data, access.actor()
    return drafts.add_item(key, form.values(), seen_version=version, actor=actor, now=access.now())


@bp.post("/<word>/entwurf/punkte/<code>/<any(hoch,runter,entfallen,zurueck):act>")
@access.requires(Permission.DEFINITION_EDIT)
def arrange(word: str, code: str, act: str) -> ResponseReturnValue:
    """Move an item up or down, retire it, or take a retired one back."""
    key, seen = list_of(word), seen_version()
    who = {"seen_version": seen, "actor": access.actor(), "now": access.now()}
    if act in STEPS:
        drafts.move_item(key, code, STEPS[act], **who)
    elif act == "entfallen":
        drafts.retire_item(key, code, **who)
    else:
        drafts.restore_item(key, code, **who)
    return go_to(f"{address_of(key)}/entwurf?getan={WORDS[act]}#{_place(key, code, act)}")


def _place(key: ListKey, code: str, act: str) -> str:
    """Where the page goes on: at the button that was pressed, as long as it is still there."""
    if act == "entfallen":
        return "entfallen"
    codes = [item["code"] for item in held_draft(key).draft.content["items"]]
    return place_after(act, codes.index(code), len(codes), f"punkt-{code}", f"name-{code}")


def place_after(act: str, place: int, count: int, rows: str, otherwise: str) -> str:
    """The id of the same button after a row was moved; ``otherwise`` where the end of the list was reached."""
    still = {"hoch": place > 0, "runter": place < count - 1}.get(act, False)
    return f"{rows}-{act}" if still else otherwise


@bp.get("/<word>/entwurf/unterschied")
@access.requires(Permission.DEFINITION_EDIT)
def difference(word: str) -> ResponseReturnValue:
    """What the draft changes against the published version, in words; from here it is published."""
    return shown("definitions/difference.html", held_draft(list_of(word)))


@bp.post("/<word>/entwurf/veroeffentlichen")
@access.requires(Permission.DEFINITION_EDIT)
def publish(word: str) -> ResponseReturnValue:
    """Make the draft the next version."""
    key, form = list_of(word), PublishForm()
    if not form.validate():
        raise StaleVersion
    token, seen = form.token.data, form.version.data
    drafts.publish_draft(key, token, seen_version=seen, actor=access.actor(), now=access.now())
    return go_to(f"{address_of(key)}/?getan=veroeffentlicht")


@bp.post("/<word>/entwurf/verwerfen")
@access.requires(Permission.DEFINITION_EDIT)
def discard(word: str) -> ResponseReturnValue:
    """Throw the draft away."""
    key = list_of(word)
    drafts.discard_draft(key, seen_version=seen_version(), actor=access.actor(), now=access.now())
    return go_to("/verwaltung/checklisten/?getan=verworfen")
