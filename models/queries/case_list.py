"""Lists of cases and search results as lines of finished texts."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache, partial
from typing import NamedTuple

from peewee import Expression

from models.queries.case_filters import Filters
from models.queries.case_notices import UNDER_WAY
from models.queries.case_search import search_cases
from models.queries.cases import PAGE, ListPage, ListRow, Party, case_page, listed, parties, rows_where
from models.queries.changes import changed_of
from models.queries.code_names import named
from models.queries.deadlines import nearest_deadlines
from models.queries.handed_over import accepted_among, names_given_away
from models.queries.scope import coach_consent
from models.rules.case_deadlines import Deadline
from models.rules.case_search import Search
from models.rules.list_names import LIST_NAMES
from models.rules.message import N_, Message
from models.rules.permissions import Block
from models.rules.roles import Actor, Role
from models.rules.states import STAGES, CaseState, ConsentState, StageState
from models.rules.timeline import OUTCOMES
from models.rules.times import german_date
from models.rules.worklists import COLUMNS, STANDARD, Order
from models.tables import Case, Handover


class Line(NamedTuple):
    """One case in a list. What the person does not see is an empty text. ``why``: the reason of a hit."""

    address: str
    number: str
    name: str
    born: str = ""
    town: str = ""
    stand: str = ""
    office: str = ""
    until: str = ""
    languages: str = ""
    phone: str = ""
    unreached: str = ""
    reported: str = ""
    consent: str = ""
    contact: str = ""
    is_new: bool = False
    deadline: Deadline | None = None
    why: Message | None = None


@dataclass(frozen=True, slots=True)
class CaseList:
    """Lines, whether there are more, the organisations that filters can name, and the columns to show.

    ``changed``: numbers of the cases that others changed since this person last opened them.
    """

    lines: tuple[Line, ...]
    more: bool
    parties: tuple[Party, ...]
    columns: tuple[str, ...]
    changed: frozenset[str] = frozenset()

    @property
    def names(self) -> Mapping[str, str]:
        """The labels of all columns."""
        return COLUMNS


def open_list(actor: Actor, filters: Filters, today: date, page: int = 1, order: Order = Order.NAME) -> CaseList:
    """A page of the cases that this person may know."""
    known = parties()
    shown = case_page(actor, filters, known.values(), today, page, order)
    changed = changed_of(actor, (row.id for row in shown.rows), shown.blocks)
    numbers = frozenset(row.number for row in shown.rows if row.id in changed)
    return replace(finished(actor, shown, known, today), changed=numbers)


def narrowed_list(actor: Actor, where: Expression, today: date, page: int = 1) -> CaseList:
    """A page of the cases that answer a condition; the scope of the acting person must be part of ``where``."""
    rows = rows_where(where, PAGE + 1, (page - 1) * PAGE)
    return finished(actor, listed(actor, rows[:PAGE], today, more=len(rows) > PAGE), parties(), today)


def found_list(actor: Actor, search: Search, today: date) -> CaseList:
    """The hits of a search, the closest first, each with its reason."""
    found = search_cases(actor, search, today)
    known = parties()
    rows = listed(actor, (row for row, _hit in found.rows), today, more=found.more)
    return finished(actor, rows, known, today, {row.id: hit.why for row, hit in found.rows})


def finished(
    actor: Actor, shown: ListPage, known: Mapping[int, Party], today: date, why: Mapping[int, Message] | None = None
) -> CaseList:
    """Rows as lines of finished texts, with the next deadline of each, and the reason of a hit by the case's id."""
    deadlines = nearest_deadlines(shown.rows, shown.blocks, actor.role, today)
    make = partial(_contact_line, today) if actor.role == Role.COACH else _line
    lines = (make(row, shown, known, deadlines.get(row.id), (why or {}).get(row.id)) for row in shown.rows)
    if names := names_given_away(actor, accepted_among(shown.rows)):
        lines = (_as_handed_over(line, names.get(row.id)) for line, row in zip(lines, shown.rows, strict=True))
    if actor.role == Role.ASYLBLG:
        ends = _expected_ends([row.id for row in shown.rows])
        lines = (line._replace(until=line.until or ends.get(line.number, "")) for line in lines)
    return CaseList(tuple(lines), shown.more, tuple(known.values()), STANDARD[actor.role])


def _as_handed_over(line: Line, name: tuple[str, str] | None) -> Line:
    """A line of the Agentur: of a case that it gave away, the name stays as it was handed over."""
    return line._replace(name=", ".join(name)) if name else line


def _expected_ends(case_ids: list[int]) -> dict[str, str]:
    """The last day of the AsylbLG as a handover under way foresees it, by case number."""
    query = Handover.select(Case.number, Handover.asylblg_until).join(Case)
    query = query.where(Handover.case.in_(case_ids), Handover.state.in_(UNDER_WAY)).order_by(Handover.number)
    return {number: german_date(day) for number, day in query.tuples()}


def _line(
    row: ListRow, shown: ListPage, known: Mapping[int, Party], deadline: Deadline | None, why: Message | None
) -> Line:
    blocks = shown.blocks[row.id]
    progress, person = Block.PROGRESS in blocks, Block.PERSON in blocks
    return Line(
        address=f"/faelle/{row.number}",
        number=row.number,
        name=f"{row.family_name}, {row.given_name}",
        born=german_date(row.date_of_birth),
        town=known[row.municipality_id].name if row.municipality_id else "",
        stand=_stand(row, shown.stages.get(row.id)) if progress else _handed_over(row, blocks),
        office=known[row.responsible_id].name if Block.RESPONSIBLE in blocks else "",
        until=german_date(row.asylblg_until) if Block.CHANGE_DATE in blocks else "",
        languages=named("languages", row.languages or ()) if person else "",
        phone=row.phone if person else "",
        unreached=german_date(row.unreachable_since) if person else "",
        contact=german_date(row.first_contact_on) if Block.COUNSELLING in blocks else "",
        is_new=progress and row.first_contact_on is None and Block.COUNSELLING in blocks,
        deadline=deadline,
        why=why,
    )


def _contact_line(
    today: date,
    row: ListRow,
    shown: ListPage,
    known: Mapping[int, Party],
    deadline: Deadline | None,
    why: Message | None,
) -> Line:
    """Name, municipality, language, phone, who reported when; nothing else (rules.md 13)."""
    return Line(
        address=f"/faelle/{row.number}",
        number=row.number,
        name=f"{row.family_name}, {row.given_name}",
        town=known[row.municipality_id].name if row.municipality_id else "",
        languages=named("languages", row.languages or ()),
        phone=row.phone,
        unreached=german_date(row.unreachable_since),
        reported=german_date(row.coach_reported_on),
        consent=_CONSENTS[coach_consent(row, today)],
        deadline=deadline,
        why=why,
    )


_CONSENTS: Mapping[ConsentState, str] = {
    ConsentState.NONE: N_("noch nicht gefragt"),
    ConsentState.GRANTED: N_("erteilt"),
    ConsentState.REFUSED: N_("abgelehnt"),
    ConsentState.WITHDRAWN: N_("widerrufen"),
    ConsentState.EXPIRED: N_("abgelaufen"),
}


def _handed_over(row: ListRow, blocks: frozenset[Block]) -> str:
    if Block.HANDOVER_STATE not in blocks or row.accepted_on is None:
        return ""
    return str(Message(N_("übergeben am {day}"), day=german_date(row.accepted_on)))


def _stand(row: ListRow, stages: tuple[StageState, ...] | None) -> str:
    if row.state == CaseState.CLOSED:
        ended = OUTCOMES.get(row.outcome or "", "")
        return f"{N_('Fall abgeschlossen')}: {ended}" if ended else N_("Fall abgeschlossen")
    return stages_in_words(stages) if stages else ""


_STAGES = tuple(LIST_NAMES[key] for key in STAGES)
_WORDS: Mapping[StageState, str] = {
    StageState.FINISHED: N_("fertig"),
    StageState.IN_PROGRESS: N_("in Arbeit"),
    StageState.OPEN: N_("offen"),
    StageState.WAIVED: N_("entfällt"),
}


@lru_cache(maxsize=256)
def stages_in_words(stages: Iterable[StageState]) -> str:
    """ "Aufnahme fertig · Beratung in Arbeit · Kurszuweisung, Übergabe offen": neighbours in one state together."""
    groups: list[tuple[list[str], StageState]] = []
    for name, state in zip(_STAGES, stages, strict=True):
        if groups and groups[-1][1] == state:
            groups[-1][0].append(name)
        else:
            groups.append(([name], state))
    return " · ".join(f"{', '.join(names)} {_WORDS[state]}" for names, state in groups)
