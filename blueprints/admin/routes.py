"""The administrator's page of accounts. No case content."""

from flask import Blueprint, abort, session, url_for
from flask.typing import ResponseReturnValue

from blueprints.admin.commands import group
from blueprints.admin.forms import AccountForm
from blueprints.shared import access
from blueprints.shared.render import go_to, page
from models.operations import accounts as operations
from models.queries import accounts
from models.rules.errors import RuleBroken
from models.rules.permissions import Permission
from models.tables import Account

bp = Blueprint("admin", __name__, url_prefix="/verwaltung/konten", cli_group=None)
bp.cli.add_command(group)


@bp.route("/", methods=["GET", "POST"])
@access.requires(Permission.ACCOUNT_MANAGE)
def overview() -> ResponseReturnValue:
    """All accounts, and a form for a new one."""
    form = AccountForm()
    form.offer(accounts.organisations())
    if form.validate_on_submit() and _created(form):
        return go_to(url_for("admin.overview"))
    context = {"accounts": accounts.all_accounts(), "form": form, "start": session.pop("start_password", None)}
    return page("admin/accounts.html", area="accounts", status=422 if form.errors else 200, **context)


def _created(form: AccountForm) -> bool:
    organisation = accounts.organisation_keyed(form.organisation.data)
    data = {"function": form.function.data, "phone": form.phone.data}
    try:
        account, start = operations.create_account(
            form.username.data, form.name.data, organisation, actor=access.actor(), now=access.now(), **data
        )
    except RuleBroken as broken:
        form.username.errors = [str(broken.message)]
        return False
    session["start_password"] = [account.username, start]
    return True


@bp.post("/<int:account_id>/<any(lock,unlock,reset):act>")
@access.requires(Permission.ACCOUNT_MANAGE)
def change(account_id: int, act: str) -> ResponseReturnValue:
    """Lock, unlock or reset one account."""
    account = next((row for row in accounts.all_accounts() if row.id == account_id), None) or abort(404)
    _ACTS[act](account)
    return go_to(url_for("admin.overview") + f"#konto-{account_id}")


def _lock(account: Account) -> None:
    operations.lock_account(account, actor=access.actor(), now=access.now())


def _unlock(account: Account) -> None:
    operations.unlock_account(account, actor=access.actor(), now=access.now())


def _reset(account: Account) -> None:
    start = operations.reset_password(account, actor=access.actor(), now=access.now())
    session["start_password"] = [account.username, start]


_ACTS = {"lock": _lock, "unlock": _unlock, "reset": _reset}
