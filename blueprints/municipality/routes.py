"""Reporting a change, the reports of a case, and all reports of the own municipality."""

from typing import Any

from flask import Blueprint
from flask.typing import ResponseReturnValue

from blueprints.municipality import frame
from blueprints.municipality.forms import FORMS, ReportForm
from blueprints.shared import access
from blueprints.shared.access_log import note_access
from blueprints.shared.addresses import page_number
from blueprints.shared.refusals import attempt
from blueprints.shared.render import go_to, page
from models.operations.change_reports import report_change
from models.queries.arrivals import municipalities
from models.queries.case_view import CaseView
from models.queries.change_reports import arrival_news, own_reports, reports_of
from models.queries.household import household_of
from models.rules.case_acts import Act, may_act
from models.rules.change_reports import KINDS, ReportAct
from models.rules.errors import NotVisible, RuleBroken
from models.rules.message import N_, Message
from models.rules.permissions import Permission
from models.rules.states import CaseState, ChangeKind

bp = Blueprint("municipality", __name__, cli_group=None)

HINTS = {
    "umzug": N_("Die neue Anschrift steht sofort im Fall."),
    "gemeindewechsel": N_(
        "Mit der Meldung geht die Sicht auf den Fall an die neue Gemeinde über. Sie bestätigt den Zuzug oder lehnt ihn "
        "ab; dann kommt der Fall zurück."
    ),
    "wegzug": N_("Die zuständige Stelle prüft die Meldung und schließt den Fall ab, oder sie sagt, warum nicht."),
    "geburt": N_("Das Kind kommt in den Haushalt. Bis es 15 ist, bekommt es keinen eigenen Übergabebogen."),
    "erreichbarkeit": N_("Was hier steht, ersetzt die bisherigen Angaben. Ein leeres Datum heißt: wieder erreichbar."),
}
"""What each report leads to, by the word in its address."""


@bp.get("/meldungen/")
@access.requires(Permission.CHANGE_REPORT)
def own() -> ResponseReturnValue:
    """What this municipality reported, and what became of it."""
    reports, more = own_reports(access.actor(), page_number())
    context = {"reports": reports, "more": more, "number": page_number(), "said_done": frame.said()}
    return page("municipality/own.html", area="changes", acts=ReportAct, **context)


@bp.get("/faelle/<number>/meldungen")
@access.requires(Permission.CASE_VIEW)
def reports(number: str) -> ResponseReturnValue:
    """The reports about a case, each with what became of it and what this person may do now."""
    view = frame.view_for(number, Act.CHANGES)
    note_access(view.held.case.id, "reports")
    return shown_reports(view)


def shown_reports(view: CaseView, **context: Any) -> ResponseReturnValue:
    """The page of reports, perhaps with an answer that was refused."""
    return frame.case_page(
        view,
        "municipality/reports.html",
        context.pop("form", None),
        context.pop("refused", None),
        reports=reports_of(view),
        arrival=arrival_news(view),
        may_report=may_act(Act.CHANGE_OF_LIFE, frame.act_facts(view)),
        acts=ReportAct,
        **context,
    )


@bp.get("/faelle/<number>/aenderung-melden")
@access.requires(Permission.CHANGE_REPORT)
def choose(number: str) -> ResponseReturnValue:
    """What kind of change is reported."""
    view = _open_case(number)
    return frame.case_page(view, "municipality/choose.html", kinds=_titles(), hints=HINTS)


@bp.route("/faelle/<number>/aenderung-melden/<word>", methods=["GET", "POST"])
@access.requires(Permission.CHANGE_REPORT)
def report(number: str, word: str) -> ResponseReturnValue:
    """Report a change of one kind, perhaps for other members of the household too."""
    if word not in FORMS:
        raise NotVisible
    view = frame.view_for(number, Act.CHANGE_OF_LIFE)
    form = _form(view, word)
    refused = None
    if form.validate_on_submit():
        seen = {"seen_version": form.version.data, "now": access.now()}
        refused = attempt(form, lambda: report_change(view, form.entry(), **seen))
        if refused is None:
            moved_on = form.kind == ChangeKind.MOVED_ON
            return go_to("/meldungen/?getan=umgezogen" if moved_on else f"/faelle/{number}/meldungen?getan=gemeldet")
        if refused.status == 409:
            view = frame.view_for(number, Act.CHANGE_OF_LIFE)
    title, hint = _titles()[word], HINTS[word]
    return frame.case_page(view, "municipality/report.html", form, refused, word=word, title=title, hint=hint)


def _open_case(number: str) -> CaseView:
    view = frame.view_for(number, Act.CHANGE_OF_LIFE)
    if view.held.case.state != CaseState.OPEN:
        raise RuleBroken(Message(N_("Der Fall ist abgeschlossen.")))
    return view


def _titles() -> dict[str, str]:
    return {word: KINDS[form.kind] for word, form in FORMS.items()}


def _form(view: CaseView, word: str) -> ReportForm:
    person = view.held.person
    known = {name: getattr(person, name) for name in ("phone", "unreachable_since", "family_name", "nationality")}
    form = FORMS[word](data={"on_day": frame.today() if word == "erreichbarkeit" else None, **known})
    members = household_of(access.actor(), person, frame.today())
    others = {member.number: member.name for member in members}
    home = view.held.case.municipality_id
    form.offer(others, {key: row.name for key, row in municipalities().items() if row.id != home})
    return form
