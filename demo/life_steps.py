"""Enters the life-lines, languages and weeks of a few invented people, as the Agentur would after a long talk."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from demo.training import Told
from models.operations.availability import keep_availability
from models.operations.language_skills import add_script, add_skill
from models.operations.life_line import add_period, answer_question
from models.queries.case_view import CaseView, view_of
from models.queries.competence_rows import Script
from models.queries.competences import life_line
from models.rules.competences.availability import Availability
from models.rules.competences.findings import FindingKind, Remark
from models.rules.competences.languages import SKILLS, Skill
from models.rules.competences.months import Point, parse_point
from models.rules.competences.periods import Period, PeriodKind, Recognition, Trust
from models.rules.times import local_day


@cache
def _lives() -> Mapping[str, Any]:
    content: Mapping[str, Any] = yaml.safe_load((Path(__file__).parent / "lives.yaml").read_text("utf-8"))
    return content


def tell_life(told: Told, name: str, now: datetime) -> None:
    """Enter what this person tells of her life, languages and week; gaps are answered where the file says so."""
    life = _lives()[name]
    for one in life["periods"]:
        add_period(_view(told, now), _period(told, one), now=now)
    answers = life.get("answers", {})
    for question in life_line(_view(told, now)).open:
        if question.finding.kind == FindingKind.GAP and "gap" in answers:
            answer_question(_view(told, now), Remark(question.finding.key, answers["gap"]), seen_version=0, now=now)
    for one in life["languages"]:
        add_skill(_view(told, now), _skill(told, one), now=now)
    if script := life.get("script"):
        said = Script(script["literacy"], script["scripts"], _day(told, script["day"]), script["source"])
        add_script(_view(told, now), said, now=now)
    if week := life.get("week"):
        keep_availability(_view(told, now), _week(week), week["source"], seen_version=0, now=now)


def _view(told: Told, now: datetime) -> CaseView:
    return view_of(told.held(local_day(now)), told.training.clerks["agentur"])


def _period(told: Told, one: Mapping[str, Any]) -> Period:
    rest = {key: value for key, value in one.items() if key not in ("kind", "begins", "ends", "trust", "recognition")}
    return Period(
        kind=PeriodKind(one["kind"]),
        begins=_point(told, one["begins"]),
        ends=_point(told, one["ends"]) if "ends" in one else None,
        trust=Trust(one.get("trust", "stated")),
        recognition=Recognition(**one.get("recognition", {})),
        **rest,
    )


def _point(told: Told, text: str) -> Point:
    if text == "@arrival":
        return Point(told.days["arrival"].year, told.days["arrival"].month)
    return parse_point(text)


def _skill(told: Told, one: Mapping[str, Any]) -> Skill:
    levels = dict(zip(SKILLS, one.get("levels", ["", "", "", ""]), strict=True))
    return Skill(
        language=one["language"],
        mother_tongue=one.get("mother_tongue", False),
        **levels,
        proof=one.get("proof", ""),
        proved_on=_day(told, one["day"]),
        issuer=one.get("issuer", ""),
        trust=Trust(one.get("trust", "stated")),
        source=one["source"],
    )


def _week(week: Mapping[str, Any]) -> Availability:
    rest = {key: value for key, value in week.items() if key not in ("slots", "mobility", "source")}
    return Availability(slots=frozenset(week["slots"]), mobility=tuple(week["mobility"]), **rest)


def _day(told: Told, text: str) -> date:
    return told.days["talk"] + timedelta(days=int(text.removeprefix("@talk") or 0))
