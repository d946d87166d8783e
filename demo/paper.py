"""Papers that were shown, a scanned list, appointments of tomorrow: evidence and the day of the coach are not empty."""

from datetime import timedelta

from demo.training import Training
from models.operations.answers import save_answer
from models.operations.evidence import add_scan, add_seen
from models.queries.case_view import view_of
from models.queries.checklists import one_item
from models.queries.coach_day import APPOINTMENT, APPOINTMENT_DAY
from models.queries.dossier import Dossier, dossier
from models.queries.scope import visible_cases
from models.rules.checklists import AnswerValues
from models.rules.files import CheckedFile
from models.rules.law.workdays import add_working_days
from models.rules.roles import Actor
from models.rules.states import CaseState, ConsentState, ListKey, MediaType, StageState
from models.rules.times import local_day
from models.tables import Case, CaseStage, Person
from pdf.checklist.issue import Wish, print_list

VISITS = 3


def add_papers(training: Training) -> None:
    """A day with visits for the coach, one of them with the scanned list; a paper that the municipality has seen."""
    coach, now = training.clerks["coach"], training.past.now
    tomorrow = add_working_days(local_day(now), 1)
    for place, held in enumerate(_cases(training, coach, ListKey.COACH, VISITS)):
        _view, row = one_item(held, coach, APPOINTMENT)
        answer = AnswerValues(values={APPOINTMENT_DAY: tomorrow.isoformat()})
        save_answer(held, row.code, answer, seen_version=row.version, actor=coach, now=now)
        if not place:
            _scan(training, held, coach)
    for held in _cases(training, training.clerks["tholey"], ListKey.INTAKE, 1):
        view, row = one_item(held, training.clerks["tholey"], "A05")
        add_seen(view, row, local_day(now) - timedelta(days=1), "Aufenthaltsgestattung im Original", now=now)


def _cases(training: Training, actor: Actor, key: ListKey, most: int) -> list[Dossier]:
    """Open cases of this clerk whose list goes on; of the coach those with consent E1."""
    today = local_day(training.past.now)
    wanted = visible_cases(actor, today) & (Case.state == CaseState.OPEN)
    if key == ListKey.COACH:
        wanted &= Case.coach_consent == ConsentState.GRANTED
    going_on = (CaseStage.key == key) & CaseStage.state.in_((StageState.OPEN, StageState.IN_PROGRESS))
    cases = Case.select(Case, Person).join(Person).switch(Case).join(CaseStage).where(wanted, going_on)
    return [dossier(case, today) for case in cases.order_by(Case.id).limit(most)]


def _scan(training: Training, held: Dossier, coach: Actor) -> None:
    """The filled list as a scanner would give it back."""
    now, settings = training.past.now, training.settings
    view = view_of(held, coach)
    paper = print_list(view, ListKey.COACH, "coach", Wish(watermark=True), settings.base_url, now=now)
    version = view.definitions[ListKey.COACH].version
    add_scan(view, ListKey.COACH, version, CheckedFile(MediaType.PDF, paper), now=now)
