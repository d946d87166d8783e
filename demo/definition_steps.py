"""A checklist that is being changed, so that the administrator finds a draft in training."""

from demo.training import Training
from models.operations import checklist_drafts as drafts
from models.rules.checklists import Level
from models.rules.roles import Role
from models.rules.states import ListKey


def begin_next_coach_list(training: Training) -> None:
    """The administrator has begun to add a question about trial work to the list of the coach."""
    now, actor = training.past.moment(1, 15, 20), training.clerks["admin"]
    draft = drafts.begin_draft(ListKey.COACH, actor=actor, now=now)
    values = {
        "text": "Probearbeit oder Praktikum angesprochen",
        "help": "Ein paar Tage in einem Betrieb zeigen beiden Seiten, ob die Arbeit passt.",
        "level": Level.OPTIONAL.value,
        "roles": [Role.COACH.value],
    }
    drafts.add_item(ListKey.COACH, values, seen_version=draft.version, actor=actor, now=now)
