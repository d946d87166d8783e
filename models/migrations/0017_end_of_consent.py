"""The last day of consent E1 stands with the case, so that whoever asks the database sees that it has ended. Frozen."""

from datetime import date

from peewee import DateField


def up(migrator, db):  # type: ignore[no-untyped-def]
    """Add the column, and fill it for the consents that are granted."""
    migrator.migrate(migrator.add_column("case_file", "coach_consent_until", DateField(null=True)))
    granted = (
        "SELECT consent.case_id, consent.decided_on FROM consent JOIN case_file ON case_file.id = consent.case_id "
        "WHERE consent.purpose = 'E1' AND case_file.coach_consent = 'granted' ORDER BY consent.id"
    )
    newest = dict(db.execute_sql(granted).fetchall())
    change = f"UPDATE case_file SET coach_consent_until = {db.param} WHERE id = {db.param}"  # noqa: S608
    for number, decided_on in newest.items():
        db.execute_sql(change, (_two_years_after(date.fromisoformat(str(decided_on))).isoformat(), number))


def _two_years_after(day):  # type: ignore[no-untyped-def]
    is_leap_day = (day.month, day.day) == (2, 29)
    return day.replace(year=day.year + 2, day=28 if is_leap_day else day.day)
