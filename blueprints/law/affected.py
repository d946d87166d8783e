"""What the changes of the law touch, for the people who have the cases: numbers, and the list behind each."""

from flask.typing import ResponseReturnValue

from blueprints.law.routes import bp
from blueprints.shared import access
from blueprints.shared.addresses import page_number
from blueprints.shared.render import page
from models.queries import law_touched
from models.rules.errors import NotVisible
from models.rules.law.changes import ACT_LABELS
from models.rules.permissions import Permission
from models.rules.times import local_day


@bp.get("/rechtsstand/")
@access.requires(Permission.LAW_VIEW)
def changes() -> ResponseReturnValue:
    """The latest changes of the law, each with the number of own cases that it may concern."""
    shown = law_touched.recent_changes(access.actor(), local_day(access.now()))
    return page("law/changes.html", area="affected", shown=shown, acts=ACT_LABELS)


@bp.get("/rechtsstand/<int:change_id>")
@access.requires(Permission.LAW_VIEW)
def affected(change_id: int) -> ResponseReturnValue:
    """The own cases that one change may concern."""
    actor, today, number = access.actor(), local_day(access.now()), page_number()
    seen = law_touched.change_in_sight(actor, change_id)
    if seen is None:
        raise NotVisible
    shown = law_touched.touched_list(actor, seen.touched, today, number)
    facts = law_touched.facts_in_words(seen.touched)
    context = {"change": seen.change, "shown": shown, "facts": facts, "acts": ACT_LABELS, "number": number}
    return page("law/affected.html", area="affected", role=actor.role, **context)
