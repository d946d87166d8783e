"""Life-line, languages and availability of a case as one person may see them, ready for her pages."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from models.queries.case_view import CaseView
from models.queries.code_names import code_names
from models.queries.competence_rows import (
    Script,
    Stored,
    Value,
    availability_of,
    periods_of,
    remarks_of,
    scripts_of,
    skills_of,
)
from models.queries.evidence import seen_proofs
from models.queries.law import current_law
from models.rules.competences.availability import Availability
from models.rules.competences.drawing import Scene, alternative, arrivals, draw
from models.rules.competences.findings import Finding, Remark, findings
from models.rules.competences.languages import GERMAN, Skill, Validity, newest_first, validities
from models.rules.competences.periods import Period
from models.rules.errors import NotAllowed, NotVisible
from models.rules.files import EXTENSIONS
from models.rules.message import N_, Message
from models.rules.permissions import Block
from models.rules.states import MediaType
from models.rules.times import german_date

ENTERED = "A32"
"""The item that asks for the entry into Germany."""


@dataclass(frozen=True, slots=True)
class Question:
    """A question about the life-line with its answer, if there is one."""

    finding: Finding
    remark: Stored[Remark] | None

    @property
    def version(self) -> int:
        """What the form carries so that nobody overwrites another's answer."""
        return self.remark.version if self.remark else 0


@dataclass(frozen=True, slots=True)
class LifeLine:
    """The life-line in its order, what it leaves open, and its picture as SVG with the sentence beside it."""

    rows: Sequence[Stored[Period]]
    questions: Sequence[Question]
    picture: str
    sentence: str

    @property
    def open(self) -> list[Question]:
        """The questions that nobody has answered."""
        return [one for one in self.questions if one.remark is None]

    @property
    def answered(self) -> list[Question]:
        """The questions with an answer or marked as unknown."""
        return [one for one in self.questions if one.remark is not None]


@dataclass(frozen=True, slots=True)
class LanguageLine:
    """A row of the languages: whether it is the newest of its language, and until when its proof counts."""

    row: Stored[Skill]
    counts: bool
    validities: tuple[Validity, ...]


@dataclass(frozen=True, slots=True)
class Languages:
    """The languages, the newest first, and how the person reads and writes."""

    lines: Sequence[LanguageLine]
    scripts: Sequence[Stored[Script]]


def require_sight(view: CaseView) -> None:
    """NotAllowed for who sees neither the counselling nor what she herself entered into it (case_model)."""
    if not (Block.COUNSELLING in view.blocks or (Block.OWN_ENTRIES in view.blocks and view.standing.read_only)):
        raise NotAllowed


def refusal(view: CaseView) -> Message | None:
    """Why this person cannot change anything now; None where she may."""
    if view.standing.read_only:
        return Message(N_("Das Jobcenter hat den Fall übernommen. Ihre Angaben bleiben zum Nachlesen."))
    return None if view.standing.case_open else Message(N_("Der Fall ist abgeschlossen."))


def require_hand(view: CaseView) -> None:
    """NotAllowed for who only reads."""
    require_sight(view)
    if refused := refusal(view):
        raise NotAllowed(refused)


def _seen(view: CaseView, rows: Iterable[Stored[Value]]) -> list[Stored[Value]]:
    """Who gave the case away sees her own entries alone."""
    mine = view.actor.organisation_id
    return [row for row in rows if row.organisation_id == mine or not view.standing.read_only]


def life_line(view: CaseView) -> LifeLine:
    """The life-line of a case; NotAllowed for who may not see it."""
    require_sight(view)
    rows = _seen(view, periods_of(view.held.case.id))
    remarks = {row.value.key: row for row in _seen(view, remarks_of(view.held.case.id).values())}
    counted = [row.value for row in rows]
    found = questions_of(view, counted)
    questions = [Question(one, remarks.get(one.key)) for one in found]
    scene = _scene(view, counted, questions)
    return LifeLine(rows, questions, draw(scene) if rows else "", alternative(scene) if rows else "")


def questions_of(view: CaseView, periods: Sequence[Period]) -> tuple[Finding, ...]:
    """What a life-line leaves open."""
    born, today = view.held.person.date_of_birth, view.held.today
    return findings(periods, born=born, today=today, entered_on=entered_on(view))


def entered_on(view: CaseView) -> date | None:
    """The entry into Germany; where nobody knows it, the arrival in the county, before which it was."""
    answer = view.known.answers.get(ENTERED)
    day = str(answer.value("entered_on") or "") if answer else ""
    return date.fromisoformat(day) if day else view.held.person.arrived_on


def _scene(view: CaseView, periods: Sequence[Period], questions: Iterable[Question]) -> Scene:
    answer = view.known.answers.get(ENTERED)
    entered = entered_on(view) if answer and answer.value("entered_on") else None
    marks = tuple(arrivals(entered, view.held.person.arrived_on))
    gaps = [(one.finding, one.remark is not None) for one in questions]
    return Scene(periods, gaps, marks, view.held.person.date_of_birth, view.held.today)


def one_of(rows: Iterable[Stored[Value]], row_id: int) -> Stored[Value]:
    """The row of this id; NotVisible where the case has none that this person sees."""
    found = next((row for row in rows if row.id == row_id), None)
    if found is None:
        raise NotVisible
    return found


def languages(view: CaseView) -> Languages:
    """The languages of a case with the validity of their proofs; NotAllowed for who may not see them."""
    require_sight(view)
    rows = _seen(view, skills_of(view.held.case.id))
    newest = {id(skill) for skill in newest_first(row.value for row in reversed(rows))}
    lines = [
        LanguageLine(
            row, id(row.value) in newest, validities(row.value, current_law()) if id(row.value) in newest else ()
        )
        for row in rows
    ]
    lines.sort(key=lambda line: (not line.counts, line.row.value.language != GERMAN))
    return Languages(lines, _seen(view, scripts_of(view.held.case.id)))


def availability(view: CaseView) -> tuple[Stored[Availability], str] | None:
    """When and how the person can come, with the source; NotAllowed for who may not see it."""
    require_sight(view)
    found = availability_of(view.held.case.id)
    return found if found and _seen(view, [found[0]]) else None


def code_labels(*names: str) -> dict[str, Mapping[str, str]]:
    """Labels of code lists by name."""
    return {name: code_names(name) for name in names}


def files_of(view: CaseView) -> dict[int, tuple[str, str]]:
    """The files of the case that this person sees, by id: what they prove, and their address."""
    found = {}
    for proof in seen_proofs(view):
        if proof.sha256 and proof.item:
            name = f"{proof.sha256}.{EXTENSIONS[MediaType(str(proof.media_type))]}"
            text = f"{proof.item} {proof.note}".strip()
            found[proof.id] = (text, f"/faelle/{view.held.case.number}/dateien/{name}")
    return found


def who(view: CaseView, row: Stored[Value]) -> str:
    """ "K. Hoffmann, Agentur für Arbeit, 12.11.2026" """
    parts = (row.person, view.held.office(row.organisation_id), german_date(row.on))
    return ", ".join(part for part in parts if part)
