"""The way back from a merge: both records as they were, with what came since where it was entered."""

from datetime import datetime

from models.base import db
from models.operations.change_of_sphere import follow_proposal
from models.operations.ledger import claim, record
from models.operations.merged_agreements import give_back_agreements
from models.operations.merged_answers import give_back_answers
from models.operations.merged_records import give_back_case, give_back_history, give_back_home, give_back_values
from models.operations.merged_visits import give_back_visits
from models.operations.moved_competences import give_back_competences
from models.operations.names import renew_match_keys
from models.queries.merges import SeenMerge, seen_merge
from models.rules.errors import RuleBroken, StaleVersion
from models.rules.roles import Actor
from models.rules.states import CaseState, PairState
from models.rules.times import local_day, stamp
from models.tables import Case, DuplicatePair, EarlierName, Person, PersonMerge


def undo_merge(merge_id: int, *, seen_version: int, actor: Actor, now: datetime) -> None:
    """Make two records of one again. What was entered since stays with the case in which it was entered.

    NotVisible for those who do not see the record, RuleBroken where a later step rests on the merge, StaleVersion for a
    double click. The pair is open again, to be decided anew.
    """
    with db.atomic():
        if not claim(PersonMerge, merge_id, seen_version):
            raise StaleVersion
        _lock(seen_merge(actor, merge_id, local_day(now)))
        found = seen_merge(actor, merge_id, local_day(now))
        if found.obstacle:
            raise RuleBroken(found.obstacle)
        _undo(found, actor, now)
        _tell(found, actor, now)
        for case_id in (found.kept_case.id, found.gone_case.id):
            case: Case = Case.select(Case, Person).join(Person).where(Case.id == case_id).get()
            if case.state == CaseState.OPEN:
                follow_proposal(case, actor=actor, now=now)


def _lock(found: SeenMerge) -> None:
    for person in sorted((found.kept, found.gone), key=lambda person: person.id):
        if not claim(Person, person.id, person.version):
            raise StaleVersion
    for case in sorted((found.kept_case, found.gone_case), key=lambda case: case.id):
        if not claim(Case, case.id, case.version):
            raise StaleVersion


def _undo(found: SeenMerge, actor: Actor, now: datetime) -> None:
    merge, content = found.merge, found.merge.content
    EarlierName.delete().where(EarlierName.merge == merge.id).execute()
    give_back_values(found.kept, found.gone, content["person"], now)
    give_back_home(content["homes"])
    give_back_history(found.kept, found.gone, content["history"])
    give_back_answers(found.kept_case.id, content["answers"])
    if content.get("competences"):
        kept_case, gone_case = found.kept_case.id, found.gone_case.id
        give_back_competences(kept_case, gone_case, content["competences"], local_day(now))
    give_back_visits(found.kept_case, found.gone_case, content.get("visits", {}))
    give_back_agreements(found.kept_case, found.gone_case, content.get("agreements", []))
    if content["case"]:
        give_back_case(found.kept_case, found.gone_case, content["case"], actor=actor, now=now)
    for person in (found.kept, found.gone):
        renew_match_keys(person.id)
    undone = {"undone_at": stamp(now), "undone_by": actor.account_id}
    PersonMerge.update(**undone).where(PersonMerge.id == merge.id).execute()
    again = {"state": PairState.OPEN, "decided_at": None, "organisation": None, "account": None}
    DuplicatePair.update(**again, version=DuplicatePair.version + 1).where(DuplicatePair.id == merge.pair_id).execute()


def _tell(found: SeenMerge, actor: Actor, now: datetime) -> None:
    """In both chains; what stayed is named."""
    stays = [str(sentence) for sentence in found.stays]
    for case, other in ((found.kept_case, found.gone_case), (found.gone_case, found.kept_case)):
        home = Case.select(Case.municipality).where(Case.id == case.id).scalar()
        data: dict[str, object] = {"merge": found.merge.id, "other": other.number, "stays": stays}
        data["municipality"] = home
        record(actor, "person.unmerged", data, now=now, case_id=case.id)
