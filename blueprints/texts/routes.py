"""The texts of documents: all languages with their state, editing, checking, earlier versions, the paper to check."""

from typing import Any

from flask import Blueprint, request
from flask.typing import ResponseReturnValue

from blueprints.shared import access
from blueprints.shared.refusals import accepted, attempt
from blueprints.shared.render import download, go_to, page
from blueprints.texts.forms import PREFIX, CheckForm, TextForm, text_form
from models.operations import texts as operations
from models.queries import texts
from models.rules.errors import NotVisible
from models.rules.message import N_
from models.rules.permissions import Permission
from models.rules.texts import DOCUMENT_LABELS, GERMAN, LANGUAGES, TextDocument, TextState, placeholders, state_of
from models.rules.times import local_day
from models.tables import DocumentText
from pdf.text_preview.issue import print_text

bp = Blueprint("texts", __name__, cli_group=None)
HOME = "/verwaltung/texte/"
STATE_LABELS = {
    TextState.BINDING: (N_("verbindlich"), "info"),
    TextState.UNCHECKED: (N_("ungeprüft"), "warning"),
    TextState.CHECKED: (N_("fachlich geprüft"), "success"),
    TextState.OUTDATED: (N_("veraltet"), "danger"),
}
SAID = {
    "gespeichert": N_("Gespeichert. Neue Schreiben werden mit dieser Fassung gedruckt."),
    "geprueft": N_("Notiert. Die Prüfung steht ab jetzt auf den Schreiben."),
}


def _text(document: str, language: str) -> DocumentText:
    """The version that holds; NotVisible for no such text."""
    known = document in set(TextDocument) and language in LANGUAGES
    row = texts.current_text(TextDocument(document), language) if known else None
    if row is None:
        raise NotVisible
    return row


@bp.get(HOME)
@access.requires(Permission.TEXT_EDIT)
def overview() -> ResponseReturnValue:
    """All texts with the state of each language."""
    return page("texts/index.html", area="texts", documents=texts.overview(), states=STATE_LABELS)


@bp.route(HOME + "<document>/<language>", methods=["GET", "POST"])
@access.requires(Permission.TEXT_EDIT)
def edit(document: str, language: str) -> ResponseReturnValue:
    """The paragraphs of one language beside the German ones; saving makes the next version."""
    row = _text(document, language)
    german = texts.current_text(TextDocument(document), GERMAN)
    form, refused = text_form(german.content, row.content), None
    if form.validate_on_submit():
        by = {"actor": access.actor(), "now": access.now()}
        refused = attempt(form, lambda: operations.save_text(row, form.typed(), form.seen, **by), PREFIX)
        if refused is None:
            return go_to(f"{HOME}{document}/{language}?getan=gespeichert")
    status = refused.status if refused else 422 if form.errors else 200
    shown = _text(document, language) if refused else row  # a colleague may have written meanwhile
    return _edit_page(shown, german, form, CheckForm(formdata=None), status=status, refused=refused)


@bp.post(HOME + "<document>/<language>/geprueft")
@access.requires(Permission.TEXT_EDIT)
def check(document: str, language: str) -> ResponseReturnValue:
    """Note who has checked the translation."""
    row, form = _text(document, language), CheckForm()
    if language == GERMAN:
        raise NotVisible
    checked_by, checked_on = form.checked_by, form.checked_on
    if form.validate_on_submit() and accepted(
        form,
        lambda: operations.note_checked(
            row, checked_by.data or "", checked_on.data, form.seen, actor=access.actor(), now=access.now()
        ),
    ):
        return go_to(f"{HOME}{document}/{language}?getan=geprueft")
    german = texts.current_text(TextDocument(document), GERMAN)
    shown = text_form(german.content, row.content)
    shown.process(data={field.name: row.content.get(field.name.removeprefix(PREFIX), "") for field in shown})
    return _edit_page(row, german, shown, form, status=422)


def _edit_page(
    row: DocumentText, german: DocumentText, form: TextForm, check_form: CheckForm, *, status: int, **more: Any
) -> ResponseReturnValue:
    base = texts.german_behind(row)
    paragraphs = [
        {
            "field": form[PREFIX + key],
            "german": text,
            "names": sorted(placeholders(text)),
            "is_changed": base.get(key) != text,
            "standing": row.content.get(key, ""),
        }
        for key, text in german.content.items()
    ]
    context = {
        "area": "texts",
        "row": row,
        "title": DOCUMENT_LABELS[TextDocument(row.document)],
        "language": LANGUAGES[row.language],
        "is_german": row.language == GERMAN,
        "state": STATE_LABELS[_state(row, german)],
        "may_check": _state(row, german) in (TextState.UNCHECKED, TextState.CHECKED),
        "form": form,
        "check_form": check_form,
        "paragraphs": paragraphs,
        "versions": texts.versions_of(TextDocument(row.document), row.language),
        "today": local_day(access.now()),
        "said_done": SAID.get(request.args.get("getan", "")),
    }
    return page("texts/edit.html", status=status, **(context | more))


def _state(row: DocumentText, german: DocumentText) -> TextState:
    return state_of(row.language, is_current=row.based_on == german.number, checked_by=row.checked_by)


@bp.get(HOME + "<document>/<language>/fassungen/<int:number>")
@access.requires(Permission.TEXT_EDIT)
def version(document: str, language: str, number: int) -> ResponseReturnValue:
    """An earlier version beside the German text that it translated."""
    _text(document, language)
    row = texts.text_numbered(TextDocument(document), language, number)
    if row is None:
        raise NotVisible
    return page(
        "texts/version.html",
        area="texts",
        row=row,
        title=DOCUMENT_LABELS[TextDocument(document)],
        language=LANGUAGES[language],
        is_german=language == GERMAN,
        pairs=[(text, row.content.get(key, "")) for key, text in texts.german_behind(row).items()],
    )


@bp.get(HOME + "<document>/<language>.pdf")
@access.requires(Permission.TEXT_EDIT)
def paper(document: str, language: str) -> ResponseReturnValue:
    """The text on paper, for whoever checks the translation."""
    content = print_text(_text(document, language), actor=access.actor(), now=access.now())
    return download(content, f"{document}-{language}.pdf", "application/pdf")
