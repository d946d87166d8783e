"""Two records of one person made one. Every event stays in its chain, and all that was changed is kept to be undone."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from models.base import db
from models.operations import merged_answers, merged_records
from models.operations.change_of_sphere import follow_proposal
from models.operations.duplicate_pairs import decide
from models.operations.ledger import claim, record
from models.operations.merged_agreements import take_agreements
from models.operations.merged_visits import take_visits
from models.operations.moved_competences import take_competences
from models.operations.names import keep_name, renew_match_keys
from models.queries.comparison import Comparison, Row, Sheet, comparison_of
from models.queries.duplicate_pairs import seen_pair
from models.rules.errors import RuleBroken, StaleVersion
from models.rules.merging import Side
from models.rules.message import N_, Message
from models.rules.roles import Actor
from models.rules.states import PairState
from models.rules.times import local_day, stamp
from models.tables import Case, DuplicatePair, Person, PersonMerge

MERGED = N_("zweiter Eintrag derselben Person")
CHOOSE = Message(N_("Bitte wählen, was gilt."))


@dataclass(frozen=True, slots=True)
class Choice:
    """What a person decided: which record stays, and which side's value holds for each field and item that differs."""

    stays: Side
    fields: Mapping[str, Side]
    answers: Mapping[str, Side]


def merge_records(
    pair_id: int, choice: Choice, *, seen_version: int, fingerprint: str, actor: Actor, now: datetime
) -> int:
    """Make two records one; returns the id of the merge.

    The record that stays takes the chosen values, the papers, decisions and earlier cases of the other; where both
    cases are open, the other one ends as "doppelt erfasst". RuleBroken where that would be wrong or something is not
    chosen, StaleVersion where the pair or anything that was shown has changed since.
    """
    with db.atomic():
        if not claim(DuplicatePair, pair_id, seen_version):
            raise StaleVersion
        comparison = _locked(actor, pair_id, now)
        if comparison.fingerprint != fingerprint:
            raise StaleVersion
        _check(comparison, choice)
        merge_id = _merge(pair_id, comparison, choice, actor, now)
        decide(pair_id, PairState.SAME, "", actor=actor, now=now)
    return merge_id


def _locked(actor: Actor, pair_id: int, now: datetime) -> Comparison:
    """The comparison as it stands once nobody else can change persons, cases or answers."""
    today = local_day(now)
    line = seen_pair(actor, pair_id, today)
    if line.other is None:
        raise RuleBroken(Message(N_("Sie sehen nur einen der beiden Einträge.")))
    for one in sorted((line.mine, line.other), key=lambda record: record.person.id):
        if not claim(Person, one.person.id, one.person.version) or not claim(Case, one.case.id, one.case.version):
            raise StaleVersion
    return comparison_of(actor, seen_pair(actor, pair_id, today), today)


def _check(comparison: Comparison, choice: Choice) -> None:
    if comparison.obstacle:
        raise RuleBroken(comparison.obstacle)
    if choice.stays not in comparison.may_stay:
        raise RuleBroken(Message(N_("Dieser Fall kann nicht enden.")), {"stays": CHOOSE})
    open_fields = {f"field-{row.key}" for row in comparison.fields if row.differs and row.key not in choice.fields}
    open_items = {f"answer-{row.key}" for row in comparison.answers if row.differs and row.key not in choice.answers}
    if missing := open_fields | open_items:
        raise RuleBroken(CHOOSE, dict.fromkeys(missing, CHOOSE))


def _merge(pair_id: int, comparison: Comparison, choice: Choice, actor: Actor, now: datetime) -> int:
    kept, gone = comparison.sheet(choice.stays), comparison.sheet(choice.stays.other)
    content: dict[str, Any] = {
        "person": _values(comparison, choice, now),
        "history": merged_records.take_history(kept, gone),
        "case": merged_records.take_case(kept, gone, actor=actor, now=now) if comparison.both_open else None,
        "homes": merged_records.take_home(kept, gone),
        "answers": _answers(comparison, choice, now),
        "competences": _competences(comparison, kept, gone, now),
        "agreements": take_agreements(kept.record.case, gone.record.case) if comparison.both_open else [],
        "visits": take_visits(kept.record.case, gone.record.case) if comparison.both_open else {},
    }
    merge_id = PersonMerge.insert(
        pair=pair_id, kept=kept.record.person, gone=gone.record.person, kept_case=kept.record.case,
        gone_case=gone.record.case, content=content, organisation=actor.organisation_id, account=actor.account_id,
        merged_at=stamp(now),
    ).execute()  # fmt: skip
    _remember_names(kept, gone, content, merge_id, actor, now)
    _record(kept, gone, content, merge_id, actor, now)
    if kept.standing.is_open:
        case: Case = Case.select(Case, Person).join(Person).where(Case.id == kept.record.case.id).get()
        follow_proposal(case, actor=actor, now=now)
    return int(merge_id)


def _values(comparison: Comparison, choice: Choice, now: datetime) -> dict[str, Any]:
    kept, gone = comparison.sheet(choice.stays), comparison.sheet(choice.stays.other)
    decided = frozenset(row.key for row in comparison.fields if row.differs)
    chosen = _chosen(comparison.fields, choice.fields, choice.stays)
    return merged_records.take_values(kept, gone, chosen, decided, now)


def _chosen(rows: tuple[Row, ...], choices: Mapping[str, Side], stays: Side) -> frozenset[str]:
    """The keys of differing rows of which the value of the other record holds."""
    return frozenset(row.key for row in rows if row.differs and choices[row.key] is not stays)


def _answers(comparison: Comparison, choice: Choice, now: datetime) -> list[dict[str, Any]]:
    kept, gone = comparison.sheet(choice.stays), comparison.sheet(choice.stays.other)
    replaced = _chosen(comparison.answers, choice.answers, choice.stays)
    taken = {row.key for row in comparison.answers if row.key in gone.answers and row.key not in kept.answers}
    return [merged_answers.take_answer(kept, gone, code, now) for code in sorted(replaced | taken)]


def _competences(comparison: Comparison, kept: Sheet, gone: Sheet, now: datetime) -> dict[str, Any] | None:
    if not comparison.both_open:
        return None
    return take_competences(kept.record.case.id, gone.record.case.id, local_day(now))


def _remember_names(
    kept: Sheet, gone: Sheet, content: Mapping[str, Any], merge_id: int, actor: Actor, now: datetime
) -> None:
    """Search and imports know the person under the names of both records."""
    person = kept.record.person
    names = [gone.record.person]
    if content["person"]["renamed"]:
        names.append(person)
    for known_as in names:
        keep_name(person.id, known_as, reason=MERGED, actor=actor, now=now, merge_id=merge_id)
    renew_match_keys(person.id)


def _record(kept: Sheet, gone: Sheet, content: Mapping[str, Any], merge_id: int, actor: Actor, now: datetime) -> None:
    """In both chains: which record went into which, and every value that was replaced."""
    shared: dict[str, object] = {
        "merge": merge_id,
        "kept": kept.record.case.number,
        "gone": gone.record.case.number,
        "persons": [kept.record.person.id, gone.record.person.id],
        "values": content["person"]["values"],
        "answers": content["answers"],
        "municipality": content["homes"]["home"],
    }
    for one, other in ((kept, gone), (gone, kept)):
        data = shared | {"other": other.record.case.number}
        record(actor, "person.merged", data, now=now, case_id=one.record.case.id)
