"""Commands for operation: migrations, preparation of a start, audit of the ledger, evaluation of rules."""

import json
import os
from dataclasses import asdict
from datetime import UTC, datetime
from itertools import groupby
from pathlib import Path

import click
from flask.cli import AppGroup

from blueprints.maintenance.ledger_check import checked_ledger
from blueprints.shared.commands import settings, with_database
from blueprints.shared.settings import Settings, WrongSetting
from blueprints.shared.startup import anchor_if_old, refuse_demo_accounts, write_anchor
from models.base import db
from models.migrations import upgrade
from models.operations import name_index, seeding
from models.operations.milestones import rebuild_milestones
from models.operations.request_matches import rebuild_matches
from models.operations.tasks import rebuild_tasks
from models.queries import accounts
from models.queries.checklist_editing import offered_versions
from models.queries.name_words import has_trigrams
from models.rules.flow_table import printed_moves
from models.rules.law.evaluate import UnreadableTable, evaluate
from models.rules.times import local_day
from models.seed.law_data import load_law
from pdf.signatures.authority import AuthorityExists, create_authority

db_group = AppGroup("db", help="The database: migrations and maintained data.")
audit_group = AppGroup("audit", help="The ledger of events: verify it, anchor it.")
rules_group = AppGroup("rules", help="The rules of law.")


def _now() -> datetime:
    return datetime.now(UTC)


@db_group.command("upgrade")
@with_database
def db_upgrade() -> None:
    """Apply pending migrations and bring the maintained data up to the files."""
    _upgrade()


@db_group.command("index-names")
@with_database
def db_index_names() -> None:
    """Build the index of the search box anew, on PostgreSQL with trigrams where the extension came later."""
    click.echo(f"Indexed the names of {name_index.rebuild_name_index()} people.")
    if not name_index.add_trigrams():
        raise click.ClickException(NO_TRIGRAMS)


NO_TRIGRAMS = (
    "The extension pg_trgm is missing: names are found by beginning and sound, not by parts or with a letter wrong. "
    "Install postgresql-contrib and let the owner of the database run db index-names."
)


def _upgrade() -> None:
    applied = upgrade(db.obj)
    for name in applied:
        click.echo(f"Applied migration {name}.")
    if not has_trigrams():
        click.echo(NO_TRIGRAMS, err=True)
    added = {what: count for what, count in seeding.seed(now=_now()).items() if count}
    if applied or added.keys() - {"texts"}:  # tasks follow from the law and the lists as well
        rebuild_tasks(today=local_day(_now()))
        rebuild_matches()
    if applied:
        rebuild_milestones()
    click.echo("Added " + ", ".join(f"{n} {what}" for what, n in added.items()) + "." if added else "Data is current.")
    for key, version in offered_versions().items():
        click.echo(f"The list {key} is maintained here; version {version} of its file is offered to the administrator.")


@click.command("prepare")
@with_database
def prepare() -> None:
    """Make a start possible: migrations, data, signing authority, in demo mode the invented data; the daily anchor."""
    _upgrade()
    current = settings()
    try:
        refuse_demo_accounts(current)
    except WrongSetting as wrong:
        raise click.ClickException(str(wrong)) from None
    if current.demo and not accounts.demo_accounts():
        _invent_or_say(current)
    _authority(current.pki)
    anchor_if_old(current, now=_now())
    _announce(current.port, current.demo)


@click.command("demo")
@click.option("--cases", type=click.IntRange(min=0), help="Exactly so many cases; else everybody of the sample list.")
@click.option("--courses", type=click.IntRange(min=0), default=0, help="So many courses more, with full lists.")
@click.option("--seed", type=int, default=1, show_default=True, help="Another number invents other people.")
@with_database
def demo(cases: int | None, courses: int, seed: int) -> None:
    """Fill an empty database with invented people for training, with courses and signed transfer sheets."""
    current = settings()
    if not current.demo:
        raise click.ClickException("STAFFELSTAB_MODE is production: no invented people are added. Set it to demo.")
    _upgrade()
    _invent(current, cases, seed, courses)
    anchor_if_old(current, now=_now())
    _announce(current.port, current.demo)


def _invent_or_say(current: Settings) -> None:
    try:
        _invent(current, None, 1)
    except click.ClickException as refused:
        click.echo(refused.message, err=True)


def _invent(current: Settings, cases: int | None, seed: int, courses: int = 0) -> None:
    from demo.fill import YoungAuthority, fill, is_empty  # only for training

    if not is_empty():
        raise click.ClickException("The database already holds cases or accounts: no invented people are added.")
    try:
        fill(current, cases=cases, seed=seed, now=_now(), courses=courses)
    except YoungAuthority:
        raise click.ClickException(
            "The signing authority of this folder is too young for the invented past. Use an empty STAFFELSTAB_DATA."
        ) from None


def _authority(pki: Path) -> None:
    try:
        create_authority(pki, "Staffelstab Landkreis St. Wendel", _now())
    except AuthorityExists:
        return
    click.echo("Created the signing authority.")


def _announce(port: int, demo: bool) -> None:
    click.echo(f"Staffelstab: {os.environ.get('STAFFELSTAB_BASE_URL') or f'http://127.0.0.1:{port}'}")
    if demo:
        names = ", ".join(account.username for account in accounts.demo_accounts())
        click.echo(f"Accounts: {names}")
        click.echo("Password of each: staffelstab-demo, PIN where they sign: 246810")


@audit_group.command("anchor")
@with_database
def audit_anchor() -> None:
    """Anchor all events since the last anchor, in the database and in the anchor file."""
    anchor = write_anchor(settings(), now=_now())
    click.echo(f"Anchored {anchor.events} events in {anchor.chains} chains: {anchor.digest}")


@audit_group.command("verify")
@with_database
def audit_verify() -> None:
    """Check that no event was changed, removed, inserted or cut off, and that no chain vanished."""
    result = checked_ledger(settings())
    click.echo(f"{result.events} events in {result.chains} chains, {result.anchors} anchors.")
    if result.holds:
        click.echo("The ledger holds.")
        return
    click.echo(f"The ledger is broken. First finding: {result.findings[0]}", err=True)
    for finding in result.findings[1:20]:
        click.echo(f"  also: {finding}", err=True)
    raise SystemExit(1)


@rules_group.command("transitions")
@click.option("--json", "as_json", is_flag=True, help="A JSON list instead of the table.")
def rules_transitions(as_json: bool) -> None:
    """Print what leads from which state to which, who may do it and under what. Needs no database."""
    moves = printed_moves()
    if as_json:
        click.echo(json.dumps([asdict(move) for move in moves], ensure_ascii=False, indent=2))
        return
    for subject, rows in groupby(moves, key=lambda move: move.subject):
        click.echo(f"\n{subject}")
        for row in rows:
            click.echo(f"  {row.act}: {' | '.join(row.before)} -> {row.after}")
            conditions = [*(["mit Grund"] if row.needs_reason else []), *([row.needs] if row.needs else [])]
            click.echo(f"      wer: {', '.join(row.who)}" + (f"; wenn: {'; '.join(conditions)}" if conditions else ""))


@rules_group.command("evaluate")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
def rules_evaluate(file: Path) -> None:
    """Evaluate a table of cases with facts; prints a JSON list alone. Needs no database."""
    try:
        results = evaluate(json.loads(file.read_text("utf-8-sig")), load_law())
    except UnreadableTable as unreadable:
        raise click.ClickException(str(unreadable.message)) from None
    except (ValueError, RecursionError):  # nested so deeply that nobody meant it
        raise click.ClickException("The file is not JSON.") from None
    click.echo(json.dumps(results, ensure_ascii=False, indent=1))
