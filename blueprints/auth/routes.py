"""Login and the own account."""

from functools import partial
from urllib.parse import urlsplit

from flask import (
    Blueprint,
    Response,
    current_app,
    g,
    make_response,
    redirect,
    render_template,
    request,
    session,
    url_for,
)
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user, login_user, logout_user
from flask_wtf.csrf import generate_csrf

from blueprints.auth.forms import PasswordForm, PinForm
from blueprints.shared import absences, access
from blueprints.shared.contacts import contact_form, saved_contact
from blueprints.shared.errors import carried_fields
from blueprints.shared.forms import AbsenceForm, BaseForm, ContactDetailsForm, LoginForm, MailboxForm
from blueprints.shared.mailboxes import mailbox_form, saved_mailbox
from blueprints.shared.refusals import accepted
from blueprints.shared.render import go_to, page, wants_fragment
from blueprints.shared.throttle import FAILED_LOGINS, forgive, try_once, who_tries
from models.operations import accounts as operations
from models.queries import accounts
from models.queries.absences import absences_of, deputies_for
from models.queries.day_lists import PLANNED
from models.rules.permissions import Permission
from models.rules.states import AccountState
from models.rules.times import local_day
from pdf.signatures import personal

bp = Blueprint("auth", __name__)


@bp.route("/login", methods=["GET", "POST"])
@access.public
def login() -> ResponseReturnValue:
    """Ask for name and password; carry on where the login had ended."""
    form = LoginForm()
    if request.method == "GET" and current_user.is_authenticated:
        return redirect("/")
    if request.method == "POST":
        try_once(FAILED_LOGINS, who_tries())
    if form.validate_on_submit():
        account = accounts.account_named(form.username.data)
        if operations.password_matches(account, form.password.data) and account.state != AccountState.LOCKED:
            forgive(FAILED_LOGINS, who_tries())
            return _signed_in(account)
        form.password.errors = [_("Benutzername oder Passwort ist falsch.")]
    return _login_page(form)


def _login_page(form: LoginForm) -> ResponseReturnValue:
    status = 422 if form.errors else 200
    if wants_fragment():
        return make_response(render_template("auth/_dialog.html", form=form), status)
    carried = [(name.removeprefix("carry."), value) for name, value in carried_fields() if name.startswith("carry.")]
    known = accounts.demo_accounts() if current_app.config["SETTINGS"].demo else ()
    target = _inside(request.values.get("target", ""))
    context = {"form": form, "carried": carried, "target": target, "known": known, "ended": bool(carried)}
    return page("auth/login.html", status=status, **context)


def _signed_in(account: accounts.Account) -> ResponseReturnValue:
    session.clear()
    g.pop("csrf_token", None)  # made for the old session; the answer needs one that the new session knows
    token = access.new_token()
    acting = accounts.actor_of(account)
    operations.sign_in(account, access.token_hash(token), actor=acting, now=access.now())
    login_user(access.User(token, accounts.open_login(access.token_hash(token), now=access.now())))
    if wants_fragment():  # the dialog over a page: our script renews the tokens and sends the waiting form again
        return Response(status=204, headers={"X-Renewed-Token": generate_csrf()})
    target = _inside(request.form.get("target", ""))
    carried = [(name.removeprefix("carry."), value) for name, value in carried_fields() if name.startswith("carry.")]
    if carried:
        return page("errors/again.html", carried=carried, target=target)
    return redirect(target or "/", 303)


def _inside(target: str) -> str:
    """Only a path of this application: never another host."""
    if not target.isprintable():
        return ""
    try:
        parts = urlsplit(target)
    except ValueError:
        return ""
    inside = not parts.scheme and not parts.netloc and target.startswith("/") and not target.startswith(("//", "/\\"))
    return target if inside and not parts.path.startswith("/log") else ""


@bp.post("/logout")
@access.requires(Permission.OWN_ACCOUNT)
def logout() -> ResponseReturnValue:
    """End the login in the browser and on the server."""
    operations.sign_out(current_user.login.session_id, actor=access.actor(), now=access.now())
    logout_user()
    session.clear()
    response = redirect(url_for("auth.login"), 303)
    response.headers["Clear-Site-Data"] = '"cache"'
    return response


@bp.route("/konto", methods=["GET", "POST"])
@access.requires(Permission.OWN_ACCOUNT)
def account() -> ResponseReturnValue:
    """Mein Konto: the own data, the password."""
    form = PasswordForm()
    if form.validate_on_submit() and _change_password(form):
        return go_to(url_for("auth.account", gespeichert="passwort"))
    return _account_page(password_form=form)


@bp.post("/konto/pin")
@access.requires(Permission.OWN_ACCOUNT)
def pin() -> ResponseReturnValue:
    """Set a signing PIN: a new personal key under it; the earlier key is given up, its signatures stay valid."""
    form = PinForm()
    if form.validate_on_submit() and _new_key(form):
        return go_to(url_for("auth.account", gespeichert="pin"))
    return _account_page(pin_form=form)


@bp.post("/konto/abwesenheit")
@access.requires(Permission.OWN_ACCOUNT)
def absence() -> ResponseReturnValue:
    """Say from when to when one is away, and who stands in."""
    mine = accounts.account_by_id(access.actor().account_id)
    form = absences.absence_form(mine)
    if absences.was_set(form, mine):
        return go_to(url_for("auth.account", gespeichert="abwesenheit"))
    return _account_page(absence_form=form)


@bp.post("/konto/abwesenheit/<int:absence_id>/beenden")
@access.requires(Permission.OWN_ACCOUNT)
def end_absence(absence_id: int) -> ResponseReturnValue:
    """Come back earlier."""
    absences.end(accounts.account_by_id(access.actor().account_id), absence_id)
    return go_to(url_for("auth.account", gespeichert="abwesenheit-beendet"))


@bp.post("/konto/kontakt")
@access.requires(Permission.OWN_ACCOUNT)
def contact() -> ResponseReturnValue:
    """Say how the other offices reach oneself; the directory shows it."""
    form = ContactDetailsForm()
    refused = saved_contact(form, accounts.account_by_id(access.actor().account_id))
    if refused is None:
        return go_to(url_for("auth.account", gespeichert="kontakt"))
    return _account_page(contact_form=form, status=refused.status)


@bp.post("/konto/nachricht")
@access.requires(Permission.OWN_ACCOUNT)
def mailbox() -> ResponseReturnValue:
    """Set where the daily mail goes, and whether it is wanted."""
    form = MailboxForm()
    refused = saved_mailbox(form, access.actor().account_id)
    if not refused:
        return go_to(url_for("auth.account", gespeichert="nachricht"))
    return _account_page(mail_form=form, status=refused)


def _account_page(*, status: int = 200, **sent: BaseForm) -> ResponseReturnValue:
    """The page with its forms, those that were sent with what was typed and what is wrong with it."""
    mine = accounts.account_by_id(access.actor().account_id)
    forms = {
        "password_form": PasswordForm(formdata=None),
        "pin_form": PinForm(formdata=None),
        "mail_form": mailbox_form(mine.id),
        "contact_form": contact_form(mine),
        "absence_form": AbsenceForm(formdata=None).offer(deputies_for(mine)),
        **sent,
    }
    faulty = any(form.errors for form in forms.values())
    context = {
        **forms,
        "account": mine,
        "faulty": faulty,
        "has_tasks": access.actor().role in PLANNED,
        "mail_is_on": current_app.config["SETTINGS"].smtp is not None,
        "signing_key": accounts.signing_key_of(mine.id),
        "pin_minimum": personal.pin_minimum(current_app.config["SETTINGS"].demo),
        "saved": request.args.get("gespeichert"),
        "absences": absences_of(mine.id, local_day(access.now())),
    }
    return page("auth/account.html", status=422 if status == 200 and faulty else status, **context)


def _change_password(form: PasswordForm) -> bool:
    mine = accounts.account_by_id(access.actor().account_id)
    if not operations.password_matches(mine, form.old_password.data):
        form.old_password.errors = [_("Das bisherige Passwort ist falsch.")]
        return False
    by = {"session_id": current_user.login.session_id, "actor": access.actor(), "now": access.now()}
    change = partial(operations.change_password, mine, form.new_password.data, **by)
    return accepted(form, change, otherwise="new_password")


def _new_key(form: PinForm) -> bool:
    mine = accounts.account_by_id(access.actor().account_id)
    if not operations.password_matches(mine, form.password.data):
        form.password.errors = [_("Das Passwort ist falsch.")]
        return False
    settings = current_app.config["SETTINGS"]
    problem = personal.new_pin_problem(form.new_pin.data, settings.demo)
    if problem:
        form.new_pin.errors = [str(problem)]
        return False
    personal.issue_key(mine, form.new_pin.data, settings.pki, settings.pepper, actor=access.actor(), now=access.now())
    return True
