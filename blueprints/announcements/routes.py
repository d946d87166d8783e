"""Reading and confirming announcements; for the coordination and the administration also sending them."""

from flask import Blueprint, request
from flask.typing import ResponseReturnValue

from blueprints.announcements.forms import AnnouncementForm
from blueprints.shared import access, case_frame
from blueprints.shared.addresses import page_number
from blueprints.shared.forms import EmptyForm, PressForm
from blueprints.shared.refusals import attempt
from blueprints.shared.render import go_to, page
from blueprints.shared.tokens import new_token
from models.operations import announcements as operations
from models.queries.announcements import own_announcement, sent_by, told_to
from models.rules.errors import NotVisible, StaleVersion
from models.rules.message import N_
from models.rules.permissions import Permission, may

bp = Blueprint("announcements", __name__, cli_group=None)

SAID = {
    "gesendet": N_("Mitteilung gesendet. Sie steht auf „Mein Tag“, bis sie bestätigt ist."),
    "zurueckgezogen": N_("Mitteilung zurückgezogen. Niemand sieht sie mehr."),
    "gelesen": N_("Als gelesen bestätigt."),
}
"""What the page says after a step, by the word in its address."""


@bp.get("/mitteilungen/")
@access.requires(Permission.ANNOUNCEMENT_VIEW)
def index() -> ResponseReturnValue:
    """What the own organisation was told, and what it announced itself."""
    actor, number = access.actor(), page_number()
    told, more = told_to(actor, number)
    sent = sent_by(actor) if may(actor.role, Permission.ANNOUNCE) and number == 1 else []
    context = {"told": told, "more": more, "number": number, "sent": sent, "said_done": case_frame.said(SAID)}
    return page("announcements/index.html", area="announcements", **context)


@bp.get("/mitteilungen/<int:announcement_id>")
@access.requires(Permission.ANNOUNCE)
def show(announcement_id: int) -> ResponseReturnValue:
    """One own announcement with who has not confirmed yet."""
    found = sent_by(access.actor(), only=announcement_id)
    if not found:
        raise NotVisible
    return page("announcements/sent.html", area="announcements", one=found[0])


@bp.route("/mitteilungen/neu", methods=["GET", "POST"])
@access.requires(Permission.ANNOUNCE)
def new() -> ResponseReturnValue:
    """Send an announcement."""
    form = AnnouncementForm(data={"token": new_token()}).offer()
    if form.validate_on_submit():
        how = {"actor": access.actor(), "now": access.now()}
        token = (form.token.data or new_token())[:43]
        if attempt(form, lambda: operations.announce(form.wording(), token, **how)) is None:
            return go_to("/mitteilungen/?getan=gesendet")
    status = 422 if form.errors else 200
    return page("announcements/new.html", area="announcements", status=status, form=form)


@bp.post("/mitteilungen/<int:announcement_id>/gelesen")
@access.requires(Permission.ANNOUNCEMENT_VIEW)
def read(announcement_id: int) -> ResponseReturnValue:
    """Confirm that it was read, and go back to where it was pressed."""
    if not EmptyForm().validate_on_submit():
        raise StaleVersion
    operations.confirm_reading(announcement_id, actor=access.actor(), now=access.now())
    return go_to("/?getan=mitteilung" if request.form.get("von") == "tag" else "/mitteilungen/?getan=gelesen")


@bp.post("/mitteilungen/<int:announcement_id>/zurueckziehen")
@access.requires(Permission.ANNOUNCE)
def withdraw(announcement_id: int) -> ResponseReturnValue:
    """Take an own announcement back."""
    row, form = own_announcement(access.actor(), announcement_id), PressForm()
    if not form.validate_on_submit():
        raise StaleVersion
    how = {"seen_version": form.version.data, "actor": access.actor(), "now": access.now()}
    operations.withdraw_announcement(row, **how)
    return go_to("/mitteilungen/?getan=zurueckgezogen")
