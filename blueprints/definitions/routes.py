"""The lists with their published version, and the beginning of a draft."""

from flask import Blueprint, request
from flask.typing import ResponseReturnValue

from blueprints.shared import access
from blueprints.shared.render import go_to, page
from models.operations import checklist_drafts as drafts
from models.queries.checklist_editing import overview, published
from models.queries.checklists import LIST_WORDS, list_of
from models.rules.checklists import condition_sentence, describe, role_names
from models.rules.checklists.changes import KIND_WORDS, LEVEL_WORDS
from models.rules.errors import NotVisible, StaleVersion
from models.rules.message import N_
from models.rules.permissions import Permission
from models.rules.states import ListKey

bp = Blueprint("definitions", __name__, url_prefix="/verwaltung/checklisten", cli_group=None)

for name, value in (
    ("condition_sentence", condition_sentence),
    ("describe", describe),
    ("role_names", role_names),
    ("level_words", LEVEL_WORDS),
    ("kind_words", KIND_WORDS),
):
    bp.add_app_template_global(value, name)


LABELS = {
    "title": N_("Name der Liste"), "text": N_("Text des Punkts"), "help": N_("Wozu brauchen wir das?"),
    "basis": N_("Rechtsgrundlage"), "label": N_("Bezeichnung"), "choices": N_("Auswahl"), "unit": N_("Einheit"),
    "words": N_("In eigenen Worten"),
}  # fmt: skip


SAID = {
    "gespeichert": N_("Gespeichert."),
    "verschoben": N_("Verschoben."),
    "entfallen": N_("Herausgenommen."),
    "aufgenommen": N_("Wieder aufgenommen."),
    "veroeffentlicht": N_("Veröffentlicht. Die Fassung gilt für neue Fälle; laufende Fälle zeigen einen Hinweis."),
    "verworfen": N_("Entwurf verworfen."),
    "eingelesen": N_("Eingelesen. Sehen Sie sich den Unterschied an."),
}
"""What the step before did, by the word in the address."""


def said() -> str:
    """What the step before did, if the address says so."""
    return SAID.get(request.args.get("getan", ""), "")


@bp.errorhandler(StaleVersion)
def stale(error: StaleVersion) -> ResponseReturnValue:
    """Somebody was faster, and there is no form to show again: what was typed stands there to be copied."""
    typed = [(label, request.form[name]) for name, label in LABELS.items() if request.form.get(name)]
    word = (request.view_args or {}).get("word", "")
    context = {"message": str(error.message), "typed": typed, "back": f"/verwaltung/checklisten/{word}/"}
    return page("definitions/stale.html", area="definitions", status=409, **context)


def address_of(key: str) -> str:
    """The address of a list."""
    return f"/verwaltung/checklisten/{LIST_WORDS[ListKey(key)]}"


@bp.get("/")
@access.requires(Permission.DEFINITION_EDIT)
def index() -> ResponseReturnValue:
    """The five lists."""
    return index_page()


def index_page(status: int = 200, sentences: tuple[str, ...] = ()) -> ResponseReturnValue:
    """The five lists; ``sentences`` say what is wrong with a file."""
    context = {"lines": overview(), "address_of": address_of, "sentences": sentences, "said_done": said()}
    return page("definitions/index.html", area="definitions", status=status, **context)


@bp.get("/<word>/")
@access.requires(Permission.DEFINITION_EDIT)
def version(word: str) -> ResponseReturnValue:
    """The published version of a list, or an older one (?fassung=1), to read."""
    key = list_of(word)
    versions = published().versions[key]
    number = request.args.get("fassung", type=int, default=versions[-1].version if versions else 0)
    shown = next((one for one in versions if one.version == number), None)
    if shown is None:
        raise NotVisible
    line = next(line for line in overview() if line.key == key)
    around = published()
    items = {item.code: item for one in around.versions.values() for item in (one[-1].items if one else ())}
    context = {"shown": shown, "versions": versions, "line": line, "address": address_of(key), "items": items}
    context["said_done"] = said()
    return page("definitions/version.html", area="definitions", **context)


@bp.post("/<word>/entwurf")
@access.requires(Permission.DEFINITION_EDIT)
def begin(word: str) -> ResponseReturnValue:
    """Begin a draft: a copy of the published version, or the newer version that the files bring."""
    key = list_of(word)
    offered = next(line.offered for line in overview() if line.key == key)
    if request.form.get("source") == "files" and offered:
        drafts.begin_from_seed(key, offered, actor=access.actor(), now=access.now())
    else:
        drafts.begin_draft(key, actor=access.actor(), now=access.now())
    return go_to(f"{address_of(key)}/entwurf")
