"""What the data protection officer reads: logs, no case content."""

from typing import Any

from peewee import JOIN

from models.tables import AccessLog, Account, Case, Event, Organisation

PAGE = 50


def readings(page: int) -> tuple[list[dict[str, Any]], bool]:
    """One page of the access log, newest first, and whether there is more. Case numbers only, no names of persons."""
    rows = list(
        AccessLog.select(
            AccessLog.at,
            AccessLog.action,
            Account.username,
            Organisation.name.alias("organisation"),
            Case.number.alias("number"),
        )
        .join(Account)
        .switch(AccessLog)
        .join(Organisation)
        .switch(AccessLog)
        .join(Case, JOIN.LEFT_OUTER, on=(AccessLog.case_id == Case.id))
        .order_by(AccessLog.id.desc())
        .paginate(page, PAGE)
        .limit(PAGE + 1)
        .dicts()
    )
    return rows[:PAGE], len(rows) > PAGE


def events(page: int) -> tuple[list[dict[str, Any]], bool]:
    """One page of the ledger, newest first: who did which kind of thing to which case; not what was written."""
    rows = list(
        Event.select(Event.at, Event.kind, Event.actor, Event.organisation, Case.number.alias("number"))
        .join(Case, JOIN.LEFT_OUTER, on=(Event.case_id == Case.id))
        .order_by(Event.id.desc())
        .paginate(page, PAGE)
        .limit(PAGE + 1)
        .dicts()
    )
    return rows[:PAGE], len(rows) > PAGE
