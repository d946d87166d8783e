"""The next appointment of an agreement is an appointment; what was signed of it stays as words. A frozen copy."""

from datetime import date

from peewee import CharField, ForeignKeyField, Model, TextField


class Appointment(Model):
    class Meta:
        table_name = "appointment"


def up(migrator, db):  # type: ignore[no-untyped-def]
    """Add the columns, and write down what the closed agreements say of their next appointment."""
    appointment = ForeignKeyField(Appointment, field=Appointment.id, null=True, on_delete="SET NULL")
    with db.bind_ctx((Appointment,), bind_refs=False, bind_backrefs=False):
        migrator.migrate(
            migrator.add_column("agreement", "next_begins", CharField(max_length=5, default="")),
            migrator.add_column("agreement", "next_site", CharField(max_length=12, default="AGENTUR")),
            migrator.add_column("agreement", "next_said", TextField(default="")),
            migrator.add_column("agreement", "appointment_id", appointment),
        )
    _keep_what_was_signed(db)


def _keep_what_was_signed(db):  # type: ignore[no-untyped-def]
    mark = db.param
    closed = "SELECT id, next_on, next_where FROM agreement WHERE state <> 'draft'"
    for number, on, where in db.execute_sql(closed).fetchall():
        said = ", ".join(part for part in (_german(on), where) if part)
        if said:
            db.execute_sql(f"UPDATE agreement SET next_said = {mark} WHERE id = {mark}", (said, number))  # noqa: S608


def _german(day):  # type: ignore[no-untyped-def]
    return f"{date.fromisoformat(str(day)):%d.%m.%Y}" if day else ""
