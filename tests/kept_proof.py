"""Proves at each use that a kept case says what the same rows say when they are put together anew."""

from collections.abc import Callable, Mapping
from dataclasses import fields, is_dataclass
from datetime import date
from typing import Any

from markupsafe import Markup
from peewee import Model

from blueprints.cases.kept import kept_page, lines_in_table
from models.queries import dossier
from models.queries.case_page import _without_neighbours
from models.queries.case_rows import Rows
from models.queries.case_view import CaseView, view_of
from models.queries.checklists import item_in, open_lists
from models.queries.course_clock import course_clock
from models.queries.dossier import Dossier
from models.queries.kept_cases import unchanged
from models.queries.task_facts import course_dues, course_facts


def proven(case_id: int, today: date, rows: Rows) -> Dossier | None:
    """``kept_cases.unchanged``, whose answer is compared with a dossier made of the rows, and all that rests on it."""
    held = unchanged(case_id, today, rows)
    if held is not None:
        fresh = dossier._put_together(dossier._case(rows.case), rows, today)
        assert_same(held, fresh)
        for kept in list(held.worked_out.values()):
            if isinstance(kept, CaseView):
                _assert_same_view(kept, view_of(fresh, kept.actor))
        if "course dues" in held.worked_out:
            assert_same((course_facts(held), course_dues(held)), (course_facts(fresh), course_dues(fresh)))
    return held


def _assert_same_view(kept: CaseView, fresh: CaseView) -> None:
    assert_same(kept, fresh)
    for key, value in list(kept.worked_out.items()):
        match key:
            case ("assessed", list_key):
                assert_same(value, fresh.assessed(list_key))
            case ("lists", chosen):
                assert_same(value, open_lists(fresh.held, fresh.actor, chosen))
            case ("row", code):
                assert_same(value, item_in(fresh, code))
            case "course clock":
                assert_same(value, course_clock(fresh))
            case ("page", chosen):
                lists = open_lists(fresh.held, fresh.actor, value.lists.chosen and value.lists.chosen.head.key)
                assert_same(value, _without_neighbours(lists))


def proven_page(given: Mapping[str, Any], render: Callable[[], str]) -> Markup:
    """``kept_page``, compared with the page made anew."""
    html = kept_page(given, render)
    assert html == render()
    return html


def proven_lines(lines: Any, columns: Any, names: Any, with_reason: bool, changed: Any, render: Any) -> Markup:
    """``lines_in_table``, compared with all lines rendered anew."""
    html = lines_in_table(lines, columns, names, with_reason, changed, render)
    assert html == str(render(lines, columns, names, with_reason, changed))
    return html


def assert_same(one: Any, other: Any) -> None:
    """Equal in all they say, down to rows that nobody may have touched since they were read."""
    if one is other:
        return
    if isinstance(one, Model):
        assert one.__rel__.keys() <= {"person"}, "a kept row has read a neighbour, which may change behind its back"
    mine, others = _parts(one), _parts(other)
    if mine is None or others is None:
        assert one == other
        return
    assert mine.keys() == others.keys(), (one, other)
    for key, part in mine.items():
        assert_same(part, others[key])


def _parts(whole: Any) -> dict[Any, Any] | None:
    """What a thing is made of, by name or place; None for what is compared as a whole."""
    if isinstance(whole, Model):
        return dict(whole.__data__)
    if is_dataclass(whole):
        return {field.name: getattr(whole, field.name) for field in fields(whole) if field.name not in _BACKWARDS}
    if isinstance(whole, tuple | list):
        return dict(enumerate(whole))
    return whole if isinstance(whole, dict) else None


_BACKWARDS = ("worked_out", "held")
