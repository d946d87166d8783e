""" "Wer bekommt was?": for the person, on the clerk's screen and on paper in two languages."""

from flask import Response, current_app, request
from flask.typing import ResponseReturnValue

from blueprints.cases import views
from blueprints.cases.routes import bp
from blueprints.shared import access
from blueprints.shared.access_log import note_access
from blueprints.shared.render import download
from models.queries.accounts import sender_line
from models.queries.consents import languages_to_choose
from models.queries.letters import paper_language
from models.queries.recipients import recipients_of
from models.queries.texts import printed_text
from models.rules.case_acts import Act
from models.rules.permissions import Permission
from models.rules.recipients import GENERAL
from models.rules.texts import GERMAN, TextDocument, filled
from models.rules.times import german_date


@bp.get("/faelle/<number>/wer-bekommt-was")
@access.requires(Permission.PERSON_COPY)
def who_gets_what(number: str) -> ResponseReturnValue:
    """Which office has which data of this person and what for."""
    view = views.view_for(number, Act.WHO_GETS_WHAT)
    note_access(view.held.case.id, "recipients")
    texts = {key: pair.german for key, pair in printed_text(TextDocument.PERSON_COPY, GERMAN).pairs.items()}
    values = {"day": german_date(view.held.today), "office": sender_line(view.actor)}
    return views.case_page(
        view,
        "cases/who_gets_what.html",
        recipients=recipients_of(view),
        texts=texts,
        general=[filled(texts[key], values) for key in GENERAL],
        intro=filled(texts["intro"], values),
        languages=languages_to_choose(),
        language=paper_language(view) or GERMAN,
    )


@bp.get("/faelle/<number>/wer-bekommt-was.pdf")
@access.requires(Permission.PERSON_COPY)
def who_gets_what_file(number: str) -> Response:
    """The same on paper; the language stands in the address."""
    from pdf.person_copy.issue import print_copy  # imports WeasyPrint

    view = views.view_for(number, Act.WHO_GETS_WHAT)
    language = request.args.get("sprache", GERMAN)
    content = print_copy(view, language, now=access.now(), watermark=current_app.config["SETTINGS"].demo)
    note_access(view.held.case.id, "recipients_file")
    return download(content, f"Wer-bekommt-was-{number}.pdf", "application/pdf")
