"""The administrator's page of accounts. No case content."""

from flask import Blueprint, abort, current_app, request, url_for
from flask.typing import ResponseReturnValue

from blueprints.admin.commands import group
from blueprints.admin.forms import AccountForm
from blueprints.shared import absences, access
from blueprints.shared.contacts import contact_form, saved_contact
from blueprints.shared.forms import ContactDetailsForm, MailboxForm
from blueprints.shared.mailboxes import mailbox_form, saved_mailbox
from blueprints.shared.refusals import accepted
from blueprints.shared.render import go_to, page
from models.operations import accounts as operations
from models.queries import accounts
from models.queries.absences import absences_of
from models.queries.day_lists import PLANNED
from models.queries.digest import mailboxes
from models.rules.permissions import Permission
from models.rules.times import local_day
from models.tables import Account

bp = Blueprint("admin", __name__, url_prefix="/verwaltung/konten", cli_group=None)
bp.cli.add_command(group)


@bp.route("/", methods=["GET", "POST"])
@access.requires(Permission.ACCOUNT_MANAGE)
def overview() -> ResponseReturnValue:
    """All accounts, and a form for a new one."""
    form = AccountForm()
    form.offer(accounts.organisations())
    start = _created(form) if form.validate_on_submit() else None
    return _page(form, start)


def _page(form: AccountForm, start: tuple[str, str] | None) -> ResponseReturnValue:
    """The start password is shown in this one answer: no cookie and no second request ever carries it."""
    if start:
        form = AccountForm(formdata=None)
        form.offer(accounts.organisations())
    context = {"accounts": accounts.all_accounts(), "form": form, "start": start}
    context |= {"mailboxes": mailboxes(), "with_tasks": PLANNED}
    return page("admin/accounts.html", area="accounts", status=422 if form.errors else 200, **context)


def _created(form: AccountForm) -> tuple[str, str] | None:
    organisation = accounts.organisation_keyed(form.organisation.data)
    data = {"function": form.function.data, "phone": form.phone.data}
    by, made = {"actor": access.actor(), "now": access.now()}, []

    def create() -> None:
        made.append(operations.create_account(form.username.data, form.name.data, organisation, **by, **data))

    if not accepted(form, create, otherwise="username"):
        return None
    account, start = made[0]
    return account.username, start


@bp.route("/<int:account_id>/nachricht", methods=["GET", "POST"])
@access.requires(Permission.ACCOUNT_MANAGE)
def mailbox(account_id: int) -> ResponseReturnValue:
    """Mail address and daily mail of one account."""
    account = _account(account_id)
    form = MailboxForm() if request.method == "POST" else mailbox_form(account_id)
    status = saved_mailbox(form, account_id) if request.method == "POST" else 200
    if not status:
        return go_to(url_for("admin.overview") + f"#konto-{account_id}")
    on = current_app.config["SETTINGS"].smtp is not None
    return page("admin/mailbox.html", area="accounts", status=status, form=form, account=account, mail_is_on=on)


@bp.route("/<int:account_id>/kontakt", methods=["GET", "POST"])
@access.requires(Permission.ACCOUNT_MANAGE)
def contact(account_id: int) -> ResponseReturnValue:
    """How one person is reached by the other offices."""
    account = _account(account_id)
    form = ContactDetailsForm() if request.method == "POST" else contact_form(account)
    refused = saved_contact(form, account) if request.method == "POST" else None
    if request.method == "POST" and refused is None:
        return go_to(url_for("admin.overview") + f"#konto-{account_id}")
    status = refused.status if refused else 200
    return page("admin/contact.html", area="accounts", status=status, form=form, account=account)


def _account(account_id: int) -> Account:
    found: Account = next((row for row in accounts.all_accounts() if row.id == account_id), None) or abort(404)
    return found


@bp.post("/<int:account_id>/<any(lock,unlock,reset):act>")
@access.requires(Permission.ACCOUNT_MANAGE)
def change(account_id: int, act: str) -> ResponseReturnValue:
    """Lock, unlock or reset one account."""
    account = _account(account_id)
    if act == "reset":
        start = operations.reset_password(account, actor=access.actor(), now=access.now())
        form = AccountForm(formdata=None)
        return _page(form, (account.username, start))
    _ACTS[act](account)
    return go_to(url_for("admin.overview") + f"#konto-{account_id}")


@bp.route("/<int:account_id>/abwesenheit", methods=["GET", "POST"])
@access.requires(Permission.ACCOUNT_MANAGE)
def absence(account_id: int) -> ResponseReturnValue:
    """The absences of one person, set for her: she may be ill."""
    account = _account(account_id)
    form = absences.absence_form(account)
    if absences.was_set(form, account):
        return go_to(url_for("admin.absence", account_id=account_id))
    context = {"account": account, "form": form, "absences": absences_of(account_id, local_day(access.now()))}
    return page("admin/absence.html", area="accounts", status=422 if form.errors else 200, **context)


@bp.post("/<int:account_id>/abwesenheit/<int:absence_id>/beenden")
@access.requires(Permission.ACCOUNT_MANAGE)
def end_absence(account_id: int, absence_id: int) -> ResponseReturnValue:
    """End an absence early."""
    absences.end(_account(account_id), absence_id)
    return go_to(url_for("admin.absence", account_id=account_id))


def _lock(account: Account) -> None:
    operations.lock_account(account, actor=access.actor(), now=access.now())


def _unlock(account: Account) -> None:
    operations.unlock_account(account, actor=access.actor(), now=access.now())


_ACTS = {"lock": _lock, "unlock": _unlock}
