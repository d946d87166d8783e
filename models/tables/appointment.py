"""Group information with invitations and attendance, appointments of one person, and notes of counselling."""

from peewee import BooleanField, CharField, Check, DateField, ForeignKeyField, IntegerField, TextField

from models.base import BaseModel, one_of
from models.rules.states import (
    AppointmentKind,
    AppointmentState,
    AttendanceState,
    GroupEventState,
    MissReason,
    NoteTopic,
    Site,
    Way,
)
from models.tables.case import Case
from models.tables.organisation import Account, Organisation


class GroupEvent(BaseModel):
    """A group information (§ 39a SGB III). ``series`` names the form that planned it, ``number`` its place in it.

    Times are text like 09:30, so that they compare as times. ``reason`` says why it was changed or called off.
    """

    series = CharField(max_length=32)
    number = IntegerField(default=1)
    organisation = ForeignKeyField(Organisation, index=False)
    counsellor = ForeignKeyField(Account, null=True, index=False)
    title = CharField(max_length=120)
    held_on = DateField()
    begins = CharField(max_length=5)
    ends = CharField(max_length=5)
    site = CharField(max_length=12)
    place = CharField(max_length=200)
    language = CharField(max_length=3)
    interpreter = CharField(max_length=120, default="")
    capacity = IntegerField()
    state = CharField(max_length=10, default=GroupEventState.PLANNED)
    reason = CharField(max_length=300, default="")
    created_by = ForeignKeyField(Account, null=True, index=False)
    created_at = CharField(max_length=27)
    changed_at = CharField(max_length=27)
    version = IntegerField(default=1)

    class Meta:
        indexes = [(("series", "number"), True), (("organisation", "held_on"), False)]
        constraints = [
            one_of("state", GroupEventState),
            one_of("site", Site),
            Check("ends > begins"),
            Check("capacity > 0"),
        ]


class Attendance(BaseModel):
    """That somebody was invited to a group information, and whether she came. ``walk_in``: she came uninvited.

    ``despite`` says why she was invited although she has another appointment at that time.
    """

    event = ForeignKeyField(GroupEvent, on_delete="CASCADE", index=False)
    case = ForeignKeyField(Case, on_delete="CASCADE")
    state = CharField(max_length=10, default=AttendanceState.INVITED)
    reason = CharField(max_length=12, default="")
    despite = CharField(max_length=300, default="")
    walk_in = BooleanField(default=False)
    organisation = ForeignKeyField(Organisation, index=False)
    account = ForeignKeyField(Account, null=True, index=False)
    invited_at = CharField(max_length=27)
    marked_at = CharField(max_length=27, null=True)
    letter_at = CharField(max_length=27, null=True)
    version = IntegerField(default=1)

    class Meta:
        indexes = [(("event", "case"), True)]
        constraints = [one_of("state", AttendanceState), one_of("reason", ("", *MissReason))]


class Appointment(BaseModel):
    """An appointment of one person with an organisation. Moving it makes a new row and points to it.

    ``reason`` is a code for who did not come, ``note`` the words for a cancelled, moved or doubly booked one.
    """

    case = ForeignKeyField(Case, on_delete="CASCADE")
    organisation = ForeignKeyField(Organisation, index=False)
    kind = CharField(max_length=12)
    held_on = DateField()
    begins = CharField(max_length=5)
    ends = CharField(max_length=5)
    way = CharField(max_length=6)
    site = CharField(max_length=12)
    place = CharField(max_length=200, default="")
    counsellor = ForeignKeyField(Account, index=False)
    interpreter = CharField(max_length=120, default="")
    state = CharField(max_length=10, default=AppointmentState.PLANNED)
    reason = CharField(max_length=12, default="")
    note = CharField(max_length=300, default="")
    despite = CharField(max_length=300, default="")
    successor = ForeignKeyField("self", null=True, on_delete="SET NULL", index=False)
    created_by = ForeignKeyField(Account, null=True, index=False)
    created_at = CharField(max_length=27)
    closed_at = CharField(max_length=27, null=True)
    letter_at = CharField(max_length=27, null=True)
    version = IntegerField(default=1)

    class Meta:
        indexes = [
            (("counsellor", "held_on"), False),
            (("organisation", "held_on"), False),
            (("state", "held_on"), False),
        ]
        constraints = [
            one_of("kind", AppointmentKind),
            one_of("state", AppointmentState),
            one_of("way", Way),
            one_of("site", Site),
            one_of("reason", ("", *MissReason)),
            Check("ends > begins"),
        ]


class CaseNote(BaseModel):
    """A note of counselling. Only its organisation sees it; ``for_transfer``: it is handed over with the sheet."""

    case = ForeignKeyField(Case, on_delete="CASCADE", index=False)
    organisation = ForeignKeyField(Organisation, index=False)
    account = ForeignKeyField(Account, null=True, index=False)
    topic = CharField(max_length=12)
    noted_on = DateField()
    text = TextField()
    decision = TextField(default="")
    for_transfer = BooleanField(default=False)
    created_at = CharField(max_length=27)
    changed_at = CharField(max_length=27)
    version = IntegerField(default=1)

    class Meta:
        indexes = [(("case", "organisation", "noted_on"), False)]
        constraints = [one_of("topic", NoteTopic)]
