"""Consents E1 to E5 of a case: their states, the form to print, what the person decided, withdrawal, signed forms."""

from flask import Response, current_app, request
from flask.typing import ResponseReturnValue

from blueprints.cases import views
from blueprints.cases.consent_forms import ConsentForm, WithdrawConsentForm
from blueprints.cases.routes import bp
from blueprints.shared import access
from blueprints.shared.access_log import note_access
from blueprints.shared.render import download, go_to, uploaded
from models.operations.consents import record_consent, withdraw_consent
from models.queries import consents
from models.queries.case_view import CaseView, view_of
from models.queries.consents import ConsentLine
from models.queries.dossier import renewed
from models.queries.letters import paper_language
from models.rules.case_acts import Act
from models.rules.consents import CONSEQUENCES, STATES, TO_PROVIDERS, Purpose, needs_guardian
from models.rules.errors import NotAllowed, NotVisible
from models.rules.permissions import Permission
from models.rules.states import ConsentState
from models.rules.texts import GERMAN


def _line(view: CaseView, key: str) -> ConsentLine:
    """The consent behind "E2-17"; NotVisible for none that is this person's business."""
    purpose, _dash, recipient = key.partition("-")
    if purpose not in set(Purpose) or not (recipient == "" or (recipient.isdecimal() and len(recipient) < 10)):
        raise NotVisible
    return consents.consent_line(view, Purpose(purpose), int(recipient) if recipient else None)


def _deciding(number: str) -> CaseView:
    """The case in which a decision is to be recorded; NotAllowed where it is closed or this side gave it away."""
    view = views.view_for(number, Act.CONSENTS)
    if not consents.may_decide(view):
        raise NotAllowed
    return view


@bp.get("/faelle/<number>/einwilligungen")
@access.requires(Permission.CONSENT)
def consent_overview(number: str) -> ResponseReturnValue:
    """All consents that concern this person's work, with their states."""
    view = views.view_for(number, Act.CONSENTS)
    note_access(view.held.case.id, "consents")
    return views.case_page(
        view,
        "cases/consents.html",
        lines=consents.consent_lines(view),
        states=STATES,
        consequences=CONSEQUENCES,
        to_providers=TO_PROVIDERS,
        languages=consents.languages_to_choose(),
        language=paper_language(view) or GERMAN,
        may_decide=consents.may_decide(view),
    )


@bp.get("/faelle/<number>/einwilligungen/<key>.pdf")
@access.requires(Permission.CONSENT)
def consent_paper(number: str, key: str) -> Response:
    """The form to sign, in German and the language of the address; ``leer=1`` without the person."""
    from pdf.consent.issue import print_consent  # imports WeasyPrint

    view = views.view_for(number, Act.CONSENTS)
    line = _line(view, key)
    content = print_consent(
        view,
        line,
        request.args.get("sprache", GERMAN),
        is_blank=request.args.get("leer") == "1",
        now=access.now(),
        watermark=current_app.config["SETTINGS"].demo,
    )
    note_access(view.held.case.id, "consent_form")
    return download(content, f"Einwilligung-{line.purpose}-{number}.pdf", "application/pdf")


@bp.route("/faelle/<number>/einwilligungen/<key>", methods=["GET", "POST"])
@access.requires(Permission.CONSENT)
def consent(number: str, key: str) -> ResponseReturnValue:
    """Record what the person decided."""
    view = _deciding(number)
    line = _line(view, key)
    suggested = paper_language(view) or GERMAN
    form = ConsentForm(data={"decided_on": views.today(), "language": suggested, "version": line.version}).offer()
    refused = None
    if form.validate_on_submit():
        refused = views.attempt(
            form,
            lambda: record_consent(
                view.held.case,
                form.typed(line.purpose, line.recipient),
                form.scan(),
                seen=form.version.data,
                actor=access.actor(),
                now=access.now(),
            ),
        )
        if refused is None:
            return _after(view, line)
    if refused and refused.status == 409:
        line = _line(views.view_for(number), key)
    minor = needs_guardian(view.held.person.date_of_birth, views.today())
    return views.case_form(view, "cases/consent.html", form, refused, line=line, states=STATES, is_minor=minor)


@bp.route("/faelle/<number>/einwilligungen/<key>/widerrufen", methods=["GET", "POST"])
@access.requires(Permission.CONSENT)
def withdraw(number: str, key: str) -> ResponseReturnValue:
    """Take a consent back; as easy as to give it (Art. 7 Abs. 3 DSGVO)."""
    view = _deciding(number)
    line = _line(view, key)
    form = WithdrawConsentForm(data={"decided_on": views.today(), "version": line.version})
    refused = None
    if form.validate_on_submit():
        refused = views.attempt(
            form,
            lambda: withdraw_consent(
                view.held.case,
                line.purpose,
                line.recipient,
                form.decided_on.data,
                seen=form.version.data,
                actor=access.actor(),
                now=access.now(),
            ),
        )
        if refused is None:
            return _after(view, line)
    if refused and refused.status == 409:
        line = _line(views.view_for(number), key)
    return views.case_form(
        view, "cases/withdraw_consent.html", form, refused, line=line, consequence=CONSEQUENCES[line.purpose]
    )


def _after(view: CaseView, line: ConsentLine) -> ResponseReturnValue:
    """Back to the consents; the coach loses the case with E1 and goes to her list."""
    after = view_of(renewed(view.held), view.actor)
    if not after.blocks:
        return go_to("/faelle/")
    state = consents.consent_line(after, line.purpose, line.recipient).state
    word = "widerruf" if state == ConsentState.WITHDRAWN else "einwilligung"
    return go_to(f"/faelle/{view.held.case.number}/einwilligungen?getan={word}")


@bp.get("/faelle/<number>/einwilligungen/scans/<name>")
@access.requires(Permission.CONSENT)
def consent_scan(number: str, name: str) -> Response:
    """The scan of a signed form."""
    view = views.view_for(number, Act.CONSENTS)
    content, kind = consents.scan_of(view, name)
    note_access(view.held.case.id, "consent_scan")
    file = f"{number}-Einwilligung.{name.rpartition('.')[2]}"
    return uploaded(content, file, kind)
