"""Accounts on the command line."""

import click
from flask.cli import AppGroup

from blueprints.shared.access import now
from blueprints.shared.commands import acting, with_database
from models.operations import accounts as operations
from models.queries import accounts
from models.tables import Account

group = AppGroup("account", help="Accounts: create, lock, unlock, reset.")
AS = click.option("--as", "as_user", metavar="USERNAME", help="The account that does this; else the system.")


def _account(username: str) -> Account:
    account = accounts.account_named(username)
    if account is None:
        raise click.ClickException("There is no such account.")
    return account


@group.command("create")
@click.argument("username")
@click.argument("organisation")
@click.argument("name")
@click.option("--function", default="", help="What the person does there.")
@click.option("--phone", default="", help="Telephone at work.")
@AS
@with_database
def create(username: str, organisation: str, name: str, function: str, phone: str, as_user: str | None) -> None:
    """Create an account in the ORGANISATION with this key; prints the start password once."""
    found = accounts.organisation_keyed(organisation)
    if found is None:
        keys = ", ".join(row.key for row in accounts.organisations())
        raise click.ClickException(f"There is no organisation {organisation!r}. There are: {keys}")
    _new, start = operations.create_account(
        username, name, found, function=function, phone=phone, actor=acting(as_user), now=now()
    )
    click.echo(f"Created. Start password, shown only here: {start}")


@group.command("lock")
@click.argument("username")
@AS
@with_database
def lock(username: str, as_user: str | None) -> None:
    """Lock an account; its logins end at once."""
    operations.lock_account(_account(username), actor=acting(as_user), now=now())
    click.echo("Locked.")


@group.command("unlock")
@click.argument("username")
@AS
@with_database
def unlock(username: str, as_user: str | None) -> None:
    """Let a locked account in again."""
    operations.unlock_account(_account(username), actor=acting(as_user), now=now())
    click.echo("Unlocked.")


@group.command("reset")
@click.argument("username")
@AS
@with_database
def reset(username: str, as_user: str | None) -> None:
    """Give an account a new start password, printed once; the PIN stays what it is."""
    start = operations.reset_password(_account(username), actor=acting(as_user), now=now())
    click.echo(f"Start password, shown only here: {start}")
