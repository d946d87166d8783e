"""A conference about one case of the invented county, with a decision that is somebody's task."""

from datetime import timedelta

from demo.training import Training
from models.operations.conferences import add_topic, begin_conference
from models.queries.case_view import view_of
from models.queries.conferences import conference_of
from models.queries.dossier import dossier
from models.rules.states import CaseState
from models.rules.times import local_day
from models.rules.workgroup.conferences import ConferencePlan, TopicPlan
from models.tables import Case, Person

SAID = "Der Vormittagskurs passt nicht zur Kita. Die Gemeinde kennt eine Tagesmutter mit freiem Platz."


def add_conference(training: Training) -> None:
    """The Agentur talks with the municipality about the oldest open case that both see."""
    now, agentur, tholey = training.past.now, training.clerks["agentur"], training.clerks["tholey"]
    both = (Case.agentur == agentur.organisation_id) & (Case.municipality == tholey.organisation_id)
    open_ones = both & (Case.state == CaseState.OPEN) & Case.accepted_on.is_null()
    case = Case.select(Case, Person).join(Person).where(open_ones).order_by(Case.id).first()
    if case is None:
        return
    today = local_day(now)
    view = view_of(dossier(case, today), agentur)
    parties = {int(agentur.organisation_id or 0): "Beratung", int(tholey.organisation_id or 0): "Sozialamt"}
    number = begin_conference(view, ConferencePlan(today, parties), token="demo-conference", now=now)  # noqa: S106 - of a form
    due = local_day(training.past.now) + timedelta(days=6)
    plan = TopicPlan("Kinderbetreuung", SAID, "Platz bei der Tagesmutter anfragen", tholey.organisation_id, due)
    add_topic(view, conference_of(view, number), plan, token="demo-topic", now=now)  # noqa: S106 - of a form
