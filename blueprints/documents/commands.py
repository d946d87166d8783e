"""Verify a file on the command line, and run the signing authority."""

from pathlib import Path

import click
from cryptography import x509
from flask.cli import AppGroup, with_appcontext
from peewee import PeeweeException

from blueprints.shared.access import now
from blueprints.shared.commands import acting, settings, with_database
from models.base import db
from models.queries import accounts
from models.tables import Account
from pdf.signatures.authority import AuthorityExists, AuthorityUnusable, create_authority, load_authority, root_pem
from pdf.signatures.personal import issue_key, new_pin_problem, revoke_key
from pdf.signatures.private_files import SecretExposed
from pdf.signatures.verdict import Verdict, VerdictCode
from pdf.verification import judge

NAME = "Staffelstab Landkreis St. Wendel"
CANNOT_JUDGE = 5
REASONS = {
    "key-compromise": x509.ReasonFlags.key_compromise,
    "affiliation-changed": x509.ReasonFlags.affiliation_changed,
    "cessation": x509.ReasonFlags.cessation_of_operation,
    "superseded": x509.ReasonFlags.superseded,
    "unspecified": x509.ReasonFlags.unspecified,
}
pki_group = AppGroup("pki", help="The signing authority of this installation.")


@click.command("verify-pdf")
@click.argument("file", type=click.Path(path_type=Path))
@with_appcontext
def verify_pdf(file: Path) -> None:
    """Say who signed FILE when for whom, and whether it is valid.

    \b
    Exit status:
      0  all signatures hold and the file is the current one
      1  altered, broken, revoked before signing, or a foreign authority
      2  no readable or no signed PDF
      3  valid, but superseded or withdrawn
      4  valid, a second signature is still awaited
      5  this installation cannot judge: no authority or no database
    """
    try:
        content = file.read_bytes()
    except OSError as problem:
        click.echo(f"Die Datei lässt sich nicht lesen: {problem.strerror}.")
        raise SystemExit(VerdictCode.NOT_SIGNED) from None
    verdict = _judged(content)
    for sentence in verdict.all_sentences():
        click.echo(str(sentence))
    raise SystemExit(verdict.code)


def _judged(content: bytes) -> Verdict:
    try:
        with db.connection_context():
            return judge(content, settings().pki, now=now())
    except (AuthorityUnusable, SecretExposed) as problem:
        click.echo(f"Die Datei kann hier nicht geprüft werden: {problem}.", err=True)
    except PeeweeException as problem:
        click.echo(f"Die Datenbank ist nicht erreichbar oder nicht eingerichtet ({type(problem).__name__}).", err=True)
    raise SystemExit(CANNOT_JUDGE)


@pki_group.command("init")
@click.option("--name", default=NAME, show_default=True, help="Name of the root as readers of a signature see it.")
def pki_init(name: str) -> None:
    """Create the authority: root key, root certificate, empty revocation list. An existing one is never replaced."""
    try:
        create_authority(settings().pki, name, now())
    except AuthorityExists:
        raise click.ClickException("There is an authority already; it is never replaced.") from None
    except ValueError as problem:
        raise click.ClickException(f"The name cannot be used: {problem}.") from None
    except OSError as problem:
        raise click.ClickException(f"The authority cannot be written: {problem.strerror}.") from None
    click.echo(f"Created the signing authority {name}. Back up its folder apart from the database.")


@pki_group.command("export-root")
@click.option("--out", required=True, type=click.Path(dir_okay=False, path_type=Path), help="File to write (PEM).")
def pki_export_root(out: Path) -> None:
    """Write the root certificate, for readers that are to trust our signatures."""
    try:
        out.write_bytes(root_pem(load_authority(settings().pki)))
    except (AuthorityUnusable, SecretExposed) as problem:
        raise click.ClickException(f"{problem}.") from None
    except OSError as problem:
        raise click.ClickException(f"The file cannot be written: {problem.strerror}.") from None
    click.echo(f"Wrote {out}.")


@pki_group.command("issue")
@click.argument("username")
@click.option(
    "--pin-file", type=click.Path(dir_okay=False, path_type=Path), help="File with the PIN; else you are asked."
)
@click.option("--as", "as_user", metavar="USERNAME", help="The account that does this; else the system.")
@with_database
def pki_issue(username: str, pin_file: Path | None, as_user: str | None) -> None:
    """Issue a personal signing key to USERNAME; the person chooses the PIN, which nobody else can read or reset."""
    account, current = _account(username), settings()
    pin = _pin_from(pin_file) if pin_file else click.prompt("PIN", hide_input=True, confirmation_prompt=True)
    if problem := new_pin_problem(pin, current.demo):
        raise click.ClickException(str(problem))
    try:
        key = issue_key(account, pin, current.pki, current.pepper, actor=acting(as_user), now=now())
    except (AuthorityUnusable, SecretExposed, ValueError) as problem:
        raise click.ClickException(f"{problem}.") from None
    click.echo(f"Issued certificate {key.serial}, valid until {key.not_after}.")


def _pin_from(path: Path) -> str:
    try:
        return path.read_text("utf-8").rstrip("\r\n")
    except UnicodeDecodeError:
        raise click.ClickException("The file with the PIN is not UTF-8 text.") from None


@pki_group.command("revoke")
@click.argument("username")
@click.option(
    "--reason", type=click.Choice(sorted(REASONS)), default="unspecified", show_default=True, help="Why (RFC 5280)."
)
@click.option("--as", "as_user", metavar="USERNAME", help="The account that does this; else the system.")
@with_database
def pki_revoke(username: str, reason: str, as_user: str | None) -> None:
    """Revoke every key of USERNAME from now on; what was signed before stays valid."""
    account, revoked = _account(username), 0
    while key := accounts.signing_key_of(account.id):  # an earlier key must not become the newest again
        try:
            revoke_key(key, settings().pki, REASONS[reason], actor=acting(as_user), now=now())
        except (AuthorityUnusable, SecretExposed) as problem:
            raise click.ClickException(f"{problem}.") from None
        revoked += 1
    if not revoked:
        raise click.ClickException("This account has no key that could be revoked.")
    click.echo(f"Revoked {revoked} key(s). What was signed before stays valid.")


def _account(username: str) -> Account:
    account = accounts.account_named(username)
    if account is None:
        raise click.ClickException("There is no such account.")
    return account
