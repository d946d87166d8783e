"""Who may answer, and who may write down what an absent organisation says."""

import pytest

from models.rules.checklists import hearsay, items_by_code, may_answer, needs_source, role_names
from models.rules.roles import Role
from models.seed.checklist_data import definitions

ITEMS = items_by_code(definitions().values())


@pytest.mark.parametrize(
    ("code", "role", "absent", "may"),
    [
        ("A01", Role.MUNICIPALITY, (), True),
        ("A01", Role.AGENTUR, (), False),
        ("A01", Role.AGENTUR, (Role.MUNICIPALITY,), True),
        ("U20", Role.JOBCENTER, (), True),
        ("K17", Role.PROVIDER, (), True),
        ("K17", Role.COACH, (), False),
        ("K17", Role.COACH, (Role.PROVIDER,), True),
        ("K17", Role.JOBCENTER, (Role.PROVIDER,), True),
        ("K17", Role.MUNICIPALITY, (Role.PROVIDER,), False),
        ("B14", Role.PROVIDER, (Role.AGENTUR,), False),
        ("B14", Role.JOBCENTER, (Role.AGENTUR,), True),
        ("K16", Role.AGENTUR, (Role.PROVIDER,), False),
        ("K16", Role.AGENTUR, (Role.PROVIDER, Role.COACH), True),
        ("U09", Role.AGENTUR, (Role.SYSTEM,), False),
        ("U09", Role.SYSTEM, (), False),
    ],
)
def test_who_may_answer(code, role, absent, may):
    assert may_answer(ITEMS[code], role, absent) is may


def test_hearsay_names_its_source():
    assert needs_source(ITEMS["K17"], Role.COACH)
    assert not needs_source(ITEMS["K17"], Role.PROVIDER)
    assert str(hearsay(ITEMS["K17"])) == "lt. Träger"
    assert role_names(ITEMS["A15"].roles) == "Gemeinde oder AsylbLG-Stelle"
