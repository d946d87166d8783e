"""Check a file, and say what the code on a sheet stands for."""

from flask import Blueprint
from flask.typing import ResponseReturnValue

from blueprints.documents.forms import VerifyForm
from blueprints.shared import access
from blueprints.shared.commands import settings
from blueprints.shared.render import page
from models.queries import documents
from models.rules.errors import NotVisible
from models.rules.message import N_
from models.rules.permissions import Permission
from pdf.signatures.verdict import Verdict, VerdictCode
from pdf.verification import judge

bp = Blueprint("documents", __name__, cli_group=None)

HEADINGS = {
    VerdictCode.VALID: (N_("Gültig unterschrieben und aktuell"), "success"),
    VerdictCode.AWAITING: (N_("Gültig, eine Unterschrift steht noch aus"), "info"),
    VerdictCode.NOT_CURRENT: (N_("Echt, gilt aber nicht mehr"), "warning"),
    VerdictCode.BROKEN: (N_("Ungültig"), "danger"),
    VerdictCode.NOT_SIGNED: (N_("Keine unterschriebene PDF-Datei"), "danger"),
}


@bp.route("/pruefen/", methods=["GET", "POST"])
@access.requires(Permission.DOCUMENT_VERIFY)
def verify() -> ResponseReturnValue:
    """Say of an uploaded file who signed it when for whom, and whether it is valid. The file is not stored."""
    form = VerifyForm()
    verdict = None
    if form.validate_on_submit():
        verdict = judge(form.file.data.read(), settings().pki, now=access.now())
    return _verify_page(form, verdict, None)


@bp.get("/p/<code>")
@access.requires(Permission.DOCUMENT_VERIFY)
def code(code: str) -> ResponseReturnValue:
    """What the code printed on a sheet stands for: no personal data, only which version and whether it counts."""
    meaning = documents.meaning_of_code(code)
    if meaning is None:
        raise NotVisible
    return _verify_page(VerifyForm(formdata=None), None, meaning)


def _verify_page(
    form: VerifyForm, verdict: Verdict | None, meaning: documents.CodeMeaning | None
) -> ResponseReturnValue:
    heading, kind = HEADINGS[verdict.code] if verdict else ("", "")
    return page(
        "documents/verify.html",
        fragment="documents/_verify.html",
        status=422 if form.errors else 200,
        area="verify",
        form=form,
        verdict=verdict,
        heading=heading,
        kind=kind,
        meaning=meaning,
    )
