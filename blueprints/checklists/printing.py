"""Lists of a case on paper: filled or blank, with the name, initials or the case number alone."""

from flask import current_app, request
from flask.typing import ResponseReturnValue

from blueprints.checklists.routes import bp
from blueprints.shared import access
from blueprints.shared.access_log import note_access
from blueprints.shared.case_frame import opened
from blueprints.shared.render import download
from models.queries.checklists import list_of
from models.queries.still_seen import refuse_if_narrowed
from models.rules.errors import NotVisible
from models.rules.permissions import Permission
from pdf.checklist.issue import Wish, print_list
from pdf.checklist.sheet import Names


@bp.get("/faelle/<number>/listen/<word>.pdf")
@access.requires(Permission.CHECKLIST_PRINT)
def list_paper(number: str, word: str) -> ResponseReturnValue:
    """A list on paper: filled or blank (?leer=1), with initials (?namen=kurz) or the number alone (?namen=nummer)."""
    key = list_of(word)
    view = opened(number)
    if not view.items(view.definitions[key]):
        raise NotVisible
    settings = current_app.config["SETTINGS"]
    wish = Wish("leer" in request.args, names_wanted(request.args.get("namen", "")), settings.demo)
    content = print_list(view, key, word, wish, settings.base_url, now=access.now())
    refuse_if_narrowed(view)
    note_access(view.held.case.id, "list_paper")
    return download(content, f"Checkliste-{word}-{view.held.case.number}.pdf", "application/pdf")


def names_wanted(word: str) -> Names:
    """How a paper names people; anything unknown prints the number alone, the most careful way."""
    return Names(word or Names.FULL) if word in (*Names, "") else Names.NUMBER
