"""What all commands share: sentences instead of tracebacks, and a status that scripts can use."""

from collections.abc import Callable
from functools import wraps
from typing import Any

import click
from flask import current_app
from peewee import PeeweeException

from blueprints.shared.settings import Settings
from models.base import db
from models.queries import accounts
from models.rules.errors import RuleBroken, StaleVersion
from models.rules.roles import SYSTEM, Actor


def settings() -> Settings:
    """The settings of the running application."""
    current: Settings = current_app.config["SETTINGS"]
    return current


def with_database(command: Callable[..., Any]) -> Callable[..., Any]:
    """Run a command with a connection; rule and database errors become one sentence and exit status 1."""

    @wraps(command)
    def connected(*args: Any, **kwargs: Any) -> Any:
        try:
            with db.connection_context():
                return command(*args, **kwargs)
        except RuleBroken as broken:
            raise click.ClickException(str(broken.message)) from None
        except StaleVersion as stale:
            raise click.ClickException(str(stale.message)) from None
        except PeeweeException as problem:
            raise click.ClickException(
                f"The database refused: {type(problem).__name__}. Did you run 'db upgrade'?"
            ) from None
        except OSError as problem:
            raise click.ClickException(f"A file cannot be used: {problem.strerror}.") from None

    return connected


def acting(username: str | None) -> Actor:
    """The account that a command runs as, else the system; ClickException for an unknown one."""
    if not username:
        return SYSTEM
    account = accounts.account_named(username)
    if account is None:
        raise click.ClickException("There is no such account.")
    return accounts.actor_of(account)
