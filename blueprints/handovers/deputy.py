"""Signing for somebody who is away: with the own key and the own name, and "i. V." on the paper."""

from dataclasses import replace

from flask_babel import lazy_gettext as _l
from wtforms import SelectChoice

from blueprints.handovers.forms import AcceptForm, SignForm
from blueprints.shared import access
from models.queries.absences import today_for
from models.rules.roles import Actor
from models.rules.times import local_day


def absent_colleagues() -> dict[str, str]:
    """The names of those for whom the acting person stands in today, by account as text."""
    acting = access.actor()
    rows = today_for(acting, local_day(access.now()))
    return {str(row.account): row.name for row in rows if row.deputy == acting.account_id}


def offer_absent(form: SignForm | AcceptForm) -> None:
    """Let the person say for whom she signs; without somebody to stand in for there is nothing to choose."""
    names = absent_colleagues()
    mine = [SelectChoice("", _l("für mich selbst"))] if names else []
    form.for_whom.choices = [*mine, *(SelectChoice(key, f"i. V. für {name}") for key, name in names.items())]


def signing_actor(form: SignForm | AcceptForm) -> Actor:
    """The acting person as she signs: her function says for whom she stands in, if she chose one who is away."""
    acting = access.actor()
    name = absent_colleagues().get(form.for_whom.data or "")
    if name is None:
        return acting
    return replace(acting, function=", ".join(filter(None, (acting.function, f"i. V. für {name}"))))
