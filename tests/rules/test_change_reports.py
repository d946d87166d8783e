"""Change reports: what may be reported, who decides, who takes notice, and how much of it each may read."""

from datetime import date, timedelta
from types import SimpleNamespace

import pytest

from models.rules.change_reports import (
    ChangeEntry,
    Circumstances,
    ReportAct,
    acts_on,
    outcome_of,
    read_change,
    readable,
)
from models.rules.errors import RuleBroken
from models.rules.permissions import Block
from models.rules.roles import Role
from models.rules.states import CaseState, ChangeKind, Outcome, ReportState

TODAY = date(2026, 11, 23)
KNOWN = Circumstances(
    TODAY,
    date(1994, 3, 14),
    "tholey",
    {"tholey": ("66636",), "freisen": ("66629",)},
    {"phone": "0151 1", "unreachable_since": None},
    {"accommodation": {"OWN"}, "sexes": {"w"}, "countries": {"AFG"}},
)
ADDRESS = {"street": "Am Bach 1", "postcode": "66636", "town": "Tholey"}
CHILD = {"given_name": "Lina", "family_name": "Rahimi", "sex": "w", "nationality": "AFG"}
HERE, ON, LEFT, BIRTH, REACH = ChangeKind


def _entry(kind: ChangeKind, on_day: date = TODAY, **said: object) -> ChangeEntry:
    return ChangeEntry(kind=kind, on_day=on_day, said=said)


WRONG = (
    (_entry(HERE, TODAY + timedelta(days=1), **ADDRESS), {"on_day"}),
    (_entry(HERE, date(1990, 1, 1), **ADDRESS), {"on_day"}),
    (_entry(HERE, street="", postcode="", town=""), {"street", "postcode", "town"}),
    (_entry(HERE, **ADDRESS | {"postcode": "66629"}), {"postcode"}),
    (_entry(HERE, **ADDRESS | {"postcode": "6663"}), {"postcode"}),
    (_entry(ON, municipality=""), {"municipality"}),
    (_entry(ON, municipality="tholey"), {"municipality"}),
    (_entry(ON, municipality="freisen", postcode="66636"), {"postcode"}),
    (_entry(LEFT, destination="MARS"), {"destination"}),
    (_entry(BIRTH, **CHILD | {"given_name": "L1na"}), {"given_name"}),
    (_entry(BIRTH, date(2010, 1, 1), **CHILD), {"on_day"}),
    (_entry(HERE, **ADDRESS, accommodation="CASTLE"), {"accommodation"}),
    (_entry(BIRTH, **CHILD | {"sex": "zzz", "nationality": "QQQ"}), {"sex", "nationality"}),
    (_entry(BIRTH), {"family_name", "given_name", "sex", "nationality"}),
    (_entry(REACH, phone="0151 1"), {"phone"}),
    (_entry(REACH, phone="zu Hause"), {"phone"}),
    (_entry(REACH, unreachable_since=TODAY + timedelta(days=1)), {"unreachable_since"}),
)


@pytest.mark.parametrize(("entry", "fields"), WRONG)
def test_what_cannot_be_is_refused_at_its_field(entry, fields):
    with pytest.raises(RuleBroken) as broken:
        read_change(entry, KNOWN)
    assert set(broken.value.fields) == fields


def test_what_is_reported_is_kept_without_what_is_missing():
    assert read_change(_entry(HERE, **ADDRESS, accommodation=""), KNOWN) == ADDRESS
    assert read_change(_entry(ON, municipality="freisen", street=""), KNOWN) == {"municipality": "freisen"}
    assert read_change(_entry(REACH, phone="", unreachable_since=TODAY), KNOWN) == {"unreachable_since": TODAY}
    assert outcome_of({"destination": "ABROAD"}) == Outcome.LEFT_COUNTRY
    assert outcome_of({"destination": "UNKNOWN"}) == Outcome.MOVED


OLD, NEW, AGENTUR, COACH, ASYL = range(1, 6)
OPEN = {
    "state": ReportState.REPORTED, "home_id": NEW, "organisation_id": OLD, "noted_at": None, "coach_noted_at": None,
    "asylblg_noted_at": None,
}  # fmt: skip


def _acts(role: Role, mine: int, kind: ChangeKind, **changes: object) -> set[ReportAct]:
    case = SimpleNamespace(state=changes.pop("case", CaseState.OPEN), responsible_id=AGENTUR)
    return set(acts_on(SimpleNamespace(kind=kind, **OPEN | changes), role, mine, case))


def test_who_may_do_what_with_a_report():
    decide = {ReportAct.CONFIRM, ReportAct.REFUSE}
    assert _acts(Role.MUNICIPALITY, NEW, ON) == decide
    assert _acts(Role.MUNICIPALITY, OLD, ON) == {ReportAct.WITHDRAW}
    assert _acts(Role.AGENTUR, AGENTUR, ON) == _acts(Role.COACH, COACH, ON) == {ReportAct.NOTE}
    assert _acts(Role.AGENTUR, AGENTUR, LEFT) == decide
    assert _acts(Role.MUNICIPALITY, OLD, HERE) == _acts(Role.COACH, COACH, BIRTH) == set()
    assert (
        _acts(Role.AGENTUR, AGENTUR, HERE, noted_at="x") == _acts(Role.COACH, COACH, HERE, coach_noted_at="x") == set()
    )
    for kind in (HERE, ON, LEFT, BIRTH):
        assert _acts(Role.ASYLBLG, ASYL, kind) == {ReportAct.NOTE}
    assert _acts(Role.ASYLBLG, ASYL, REACH) == _acts(Role.ASYLBLG, ASYL, HERE, asylblg_noted_at="x") == set()
    settled = {"state": ReportState.CONFIRMED}
    assert _acts(Role.MUNICIPALITY, NEW, ON, **settled) == _acts(Role.AGENTUR, AGENTUR, LEFT, **settled) == set()
    assert _acts(Role.COACH, COACH, ON, **settled) == {ReportAct.NOTE}
    assert _acts(Role.COACH, COACH, ON, state=ReportState.REFUSED) == set()
    for role, mine in (
        (Role.MUNICIPALITY, NEW),
        (Role.MUNICIPALITY, OLD),
        (Role.AGENTUR, AGENTUR),
        (Role.COACH, COACH),
    ):
        assert _acts(role, mine, ON, case=CaseState.CLOSED) == set()


def test_the_coach_reads_what_belongs_to_the_contact_line():
    contact, person = frozenset({Block.CONTACT}), frozenset({Block.PERSON})
    data = {**ADDRESS, "phone": "0151 2", "before": {"street": "Am Tor 2"}}
    assert readable(data, HERE, contact) == {"phone": "0151 2"}
    assert readable(data, BIRTH, contact) is None
    assert readable(data, HERE, person) == {**ADDRESS, "phone": "0151 2"}
    assert readable(data, HERE, frozenset({Block.OWN_ENTRIES})) is None
