"""Reports that are remembered under a name, and those that were filed for the organisation."""

from flask import flash
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from blueprints.reports.forms import RememberForm
from blueprints.reports.routes import FILES, HOME, asked_for, bp, figure_page, numbers, seen_figure
from blueprints.shared import access
from blueprints.shared.commands import settings
from blueprints.shared.forms import VersionedForm
from blueprints.shared.refusals import accepted
from blueprints.shared.render import download, go_to
from models.operations.saved_reports import forget_report, save_report
from models.queries.saved_reports import filed_file, own_report
from models.rules.errors import NotVisible, StaleVersion
from models.rules.figures.asking import Rhythm, remembered
from models.rules.permissions import Permission
from models.rules.times import local_day
from pdf.report.filing import file_by_hand


@bp.post(HOME + "<key>/merken")
@access.requires(Permission.FIGURES_VIEW)
def remember(key: str) -> ResponseReturnValue:
    """Remember the report of the address under a name, and file it in the chosen rhythm."""
    seen, now = seen_figure(key), access.now()
    filters, form = asked_for(seen), RememberForm()
    if filters.validate() and form.validate_on_submit():
        kept, rhythm = remembered(filters.words, local_day(now)), Rhythm(form.rhythm.data or "")
        name = form.name.data or ""
        if accepted(form, lambda: save_report(name, seen, kept, rhythm, actor=access.actor(), now=now)):
            flash(_("Auswertung gemerkt."))
            return go_to(HOME)
    shown = {} if filters.errors else numbers(filters)
    return figure_page(seen, filters, remember=form, status=422, **shown)


@bp.post(HOME + "gemerkt/<int:report_id>/loeschen")
@access.requires(Permission.FIGURES_VIEW)
def forget(report_id: int) -> ResponseReturnValue:
    """Forget a remembered report; what was filed stays."""
    own_report(access.actor(), report_id)
    form = VersionedForm()
    if not form.validate_on_submit():
        raise StaleVersion
    forget_report(report_id, seen_version=form.version.data, actor=access.actor(), now=access.now())
    flash(_("Gemerkte Auswertung gelöscht; was abgelegt ist, bleibt."))
    return go_to(HOME)


@bp.post(HOME + "gemerkt/<int:report_id>/ablegen")
@access.requires(Permission.FIGURES_VIEW)
def file_now(report_id: int) -> ResponseReturnValue:
    """File a remembered report for the organisation at once, as it stands today."""
    saved, form = own_report(access.actor(), report_id), VersionedForm()
    if not form.validate_on_submit() or form.version.data != saved.version:
        raise StaleVersion
    file_by_hand(saved, actor=access.actor(), now=access.now(), watermark=settings().demo)
    flash(_("Abgelegt: Alle Ihrer Stelle finden die Auswertung hier und zwei Wochen lang auf „Mein Tag“."))
    return go_to(HOME)


@bp.get(HOME + "abgelegt/<int:filed_id>.<kind>")
@access.requires(Permission.FIGURES_VIEW)
def filed(filed_id: int, kind: str) -> ResponseReturnValue:
    """A filed report, byte for byte as it was made."""
    if kind not in FILES:
        raise NotVisible
    row, content = filed_file(access.actor(), filed_id, kind)
    return download(content, f"Auswertung-{row.figure}-{row.filed_on}.{kind}", FILES[kind], inline=kind == "pdf")
