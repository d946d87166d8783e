"""The life-line of a case: picture, questions, table; add, change, remove and confirm a period; the paper."""

from typing import Any

from flask import Response, current_app, request
from flask.typing import ResponseReturnValue

from blueprints.competences.forms import QuestionForm, RemovalForm
from blueprints.competences.period_form import PeriodForm
from blueprints.competences.routes import bp, own_case, seen_case, show, show_form, version_in
from blueprints.shared import access
from blueprints.shared.access_log import note_access
from blueprints.shared.forms import PressForm
from blueprints.shared.refusals import Refused, attempt
from blueprints.shared.render import download, go_to
from models.operations import life_line as operations
from models.queries import competences
from models.queries.case_view import CaseView
from models.queries.competence_rows import Stored, periods_of
from models.rules.competences.findings import Remark
from models.rules.competences.periods import KIND_NAMES, LEARNING, OCCUPATIONAL, Period, PeriodKind
from models.rules.errors import StaleVersion
from models.rules.message import N_
from models.rules.permissions import Permission

KIND_WORDS = {
    "schule": PeriodKind.SCHOOL,
    "ausbildung": PeriodKind.TRAINING,
    "studium": PeriodKind.STUDY,
    "arbeit": PeriodKind.WORK,
    "familie": PeriodKind.FAMILY,
    "flucht": PeriodKind.FLIGHT,
    "arbeitsuchend": PeriodKind.SEEKING,
    "sonstiges": PeriodKind.OTHER,
}
"""Kinds of periods as they stand in an address."""
TITLES = {PeriodKind.SCHOOL: N_("Schulart"), PeriodKind.WORK: N_("Tätigkeit")}


@bp.get("/faelle/<number>/werdegang")
@access.requires(Permission.COMPETENCES)
def life_line(number: str) -> ResponseReturnValue:
    """The life-line with what it leaves open."""
    view = seen_case(number)
    note_access(view.held.case.id, "life_line")
    return _page(view)


def _page(view: CaseView, form: QuestionForm | None = None, refused: Refused | None = None) -> ResponseReturnValue:
    return show(
        view,
        "competences/life_line.html",
        refused.status if refused else 422 if form and form.errors else 200,
        line=competences.life_line(view),
        labels=competences.code_labels(*operations.LISTS),
        files=competences.files_of(view),
        kinds={word: KIND_NAMES[kind] for word, kind in KIND_WORDS.items()},
        asked=form,
        problem=refused.message if refused else None,
    )


@bp.route("/faelle/<number>/werdegang/neu", methods=["GET", "POST"])
@access.requires(Permission.COMPETENCES)
def add_period(number: str) -> ResponseReturnValue:
    """Add a period; ``art`` in the address is its kind, ``von`` and ``bis`` the gap that it fills."""
    view = own_case(number)
    kind = KIND_WORDS.get(request.args.get("art", ""), PeriodKind.WORK)
    form = _offered(view, PeriodForm(data={"kind": str(kind), "version": 0, **_gap()}))
    refused = None
    if form.validate_on_submit():
        refused = attempt(form, lambda: operations.add_period(view, form.period(), now=access.now()))
        if refused is None:
            return go_to(f"/faelle/{number}/werdegang?getan=zeitraum")
    return _period_page(view, form, refused, None)


def _gap() -> dict[str, Any]:
    """The months of a gap that was followed from its question; they are nobody's data."""
    ends = {"begins": request.args.get("von", ""), "ends": request.args.get("bis", "")}
    return {name: text for name, text in ends.items() if len(text) <= 7}


@bp.route("/faelle/<number>/werdegang/<int:period_id>", methods=["GET", "POST"])
@access.requires(Permission.COMPETENCES)
def change_period(number: str, period_id: int) -> ResponseReturnValue:
    """Change a period; where somebody was faster, both stand side by side."""
    view = own_case(number)
    row = _row(view, period_id)
    form = _offered(view, PeriodForm.of(row.value))
    refused = None
    if form.validate_on_submit():
        seen = form.version.data
        refused = attempt(
            form, lambda: operations.change_period(view, row, form.period(), seen_version=seen, now=access.now())
        )
        if refused is None:
            return go_to(f"/faelle/{number}/werdegang?getan=zeitraum")
        if refused.status == 409:
            row = _row(view, period_id)
    return _period_page(view, form, refused, row)


def _row(view: CaseView, period_id: int) -> Stored[Period]:
    return competences.one_of(periods_of(view.held.case.id), period_id)


def _offered(view: CaseView, form: PeriodForm) -> PeriodForm:
    return form.offer(competences.code_labels(*operations.LISTS), competences.files_of(view))


def _period_page(
    view: CaseView, form: PeriodForm, refused: Refused | None, row: Stored[Period] | None
) -> ResponseReturnValue:
    kind = PeriodKind(form.kind.data) if form.kind.data in list(PeriodKind) else PeriodKind.OTHER
    if kind in TITLES:
        form.title.label.text = TITLES[kind]
    return show_form(
        view,
        "competences/period.html",
        form,
        refused,
        row=row,
        version=form.version.data if form.errors else version_in(row),
        at_school=kind is PeriodKind.SCHOOL,
        learning=kind in LEARNING,
        occupational=kind in OCCUPATIONAL,
        labels=competences.code_labels("kldb2"),
    )


@bp.route("/faelle/<number>/werdegang/<int:period_id>/entfernen", methods=["GET", "POST"])
@access.requires(Permission.COMPETENCES)
def remove_period(number: str, period_id: int) -> ResponseReturnValue:
    """Remove a period, with a reason."""
    view, form = own_case(number), RemovalForm()
    row = _row(view, period_id)
    refused = None
    if form.validate_on_submit():
        by = {"seen_version": form.version.data, "now": access.now()}
        refused = attempt(form, lambda: operations.remove_period(view, row, form.reason.data, **by))
        if refused is None:
            return go_to(f"/faelle/{number}/werdegang?getan=entfernt")
    what = f"{row.value.name} ({row.value.span})"
    return show_form(view, "competences/remove.html", form, refused, row=row, what=what, back="werdegang")


@bp.post("/faelle/<number>/werdegang/<int:period_id>/stimmt")
@access.requires(Permission.COMPETENCES)
def confirm_period(number: str, period_id: int) -> ResponseReturnValue:
    """A period of the earlier case still holds."""
    view, form = own_case(number), PressForm()
    row = _row(view, period_id)
    if not form.validate_on_submit():
        raise StaleVersion
    operations.confirm_period(view, row, seen_version=form.version.data, now=access.now())
    return go_to(f"/faelle/{number}/werdegang?getan=bestaetigt")


@bp.post("/faelle/<number>/werdegang/frage")
@access.requires(Permission.COMPETENCES)
def answer_question(number: str) -> ResponseReturnValue:
    """What was in a gap, or that nobody can tell."""
    view, form = own_case(number), QuestionForm()
    refused = None
    if form.validate_on_submit():
        remark = Remark(form.key.data, form.text.data or "", unknown=bool(form.unknown.data))
        seen = form.version.data
        refused = attempt(form, lambda: operations.answer_question(view, remark, seen_version=seen, now=access.now()))
        if refused is None:
            return go_to(f"/faelle/{number}/werdegang?getan=frage")
    return _page(view, form, refused)


@bp.get("/faelle/<number>/werdegang.pdf")
@access.requires(Permission.COMPETENCES)
def paper(number: str) -> Response:
    """Life-line and competences on paper."""
    view = seen_case(number)
    from pdf.competence_profile.issue import print_profile  # imports WeasyPrint

    content = print_profile(view, now=access.now(), watermark=current_app.config["SETTINGS"].demo)
    note_access(view.held.case.id, "competence_paper")
    return download(content, f"Werdegang-{number}.pdf", "application/pdf")
