"""Questions between offices: one that waits for its answer, one that was answered yesterday."""

from demo.training import Training
from models.operations.questions import answer_question, ask_question
from models.queries.case_view import CaseView, view_of
from models.queries.dossier import dossier_numbered
from models.queries.questions import may_be_asked
from models.queries.scope import visible_cases
from models.rules.questions import Asking
from models.rules.roles import Actor
from models.rules.states import CaseState
from models.rules.times import local_day
from models.tables import Case, Question

ASKED = (
    ("A05", "Auf der Kopie ist das Datum kaum zu lesen. Gilt das Papier wirklich so lange?", ""),
    ("A10", "Im Gespräch war von drei Kindern die Rede. Wie viele leben im Haushalt?", "Drei, seit Oktober."),
)  # fmt: skip
"""Item, question of the Agentur to the municipality, answer."""


def ask_questions(training: Training) -> None:
    """Ask them about people of the municipality that has an account, each about a case of its own."""
    agentur, home = training.clerks["agentur"], training.clerks["tholey"]
    for place, (code, text, answer) in enumerate(ASKED):
        view = _case(training, agentur, home, place + 8)
        if view is None or home.organisation_id not in may_be_asked(view, code):
            continue
        number = ask_question(view, Asking(code, home.organisation_id, text), now=training.past.now)
        if answer:
            asked = Question.get_by_id(number)
            how = {"seen_version": asked.version, "actor": home, "now": training.past.now}
            answer_question(asked, answer, **how)


def _case(training: Training, actor: Actor, home: Actor, place: int) -> CaseView | None:
    today = local_day(training.past.now)
    mine = visible_cases(actor, today) & (Case.municipality == home.organisation_id) & (Case.state == CaseState.OPEN)
    case = Case.select().where(mine, Case.accepted_on.is_null()).order_by(Case.id.desc()).offset(place).first()
    return view_of(dossier_numbered(actor, case.number, today), actor) if case else None
