"""Lists as files: a version or a draft to take away, a file that becomes a draft."""

from flask import Response, request
from flask.typing import ResponseReturnValue

from blueprints.definitions.routes import address_of, bp, index_page
from blueprints.shared import access
from blueprints.shared.render import download, go_to
from models.operations import checklist_drafts as drafts
from models.queries.checklist_editing import judged_draft, published, version_content
from models.queries.checklists import list_of
from models.rules.checklists.interchange import LARGEST, to_yaml
from models.rules.checklists.publishing import read_file
from models.rules.permissions import Permission

YAML = "application/yaml; charset=utf-8"


@bp.get("/<word>/liste.yaml")
@access.requires(Permission.DEFINITION_EDIT)
def version_file(word: str) -> Response:
    """The published version of a list as a file, or an older one (?fassung=1)."""
    content = version_content(list_of(word), request.args.get("fassung", type=int))
    return download(to_yaml(content).encode(), f"{word}-fassung-{content['version']}.yaml", YAML, inline=False)


@bp.get("/<word>/entwurf.yaml")
@access.requires(Permission.DEFINITION_EDIT)
def draft_file(word: str) -> Response:
    """The draft of a list as a file."""
    content = judged_draft(list_of(word)).draft.content
    return download(to_yaml(content).encode(), f"{word}-entwurf.yaml", YAML, inline=False)


@bp.post("/einlesen")
@access.requires(Permission.DEFINITION_EDIT)
def import_file() -> ResponseReturnValue:
    """Make a draft of a file; a file with mistakes changes nothing and gets a sentence for each."""
    upload = request.files.get("file")
    content = upload.stream.read(LARGEST + 1) if upload else b""
    found = read_file(content, published())
    if found.sentences:
        return index_page(422, found.sentences)
    draft = drafts.begin_from_file(found.data, actor=access.actor(), now=access.now())
    return go_to(f"{address_of(draft.key)}/entwurf?getan=eingelesen")
