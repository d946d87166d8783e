"""Saved lists for training, and something that is unread from the start."""

from demo.training import Training
from models.operations.looks import begin_reading
from models.operations.worklists import save_list

UNREAD = 3
"""So many of the last stories happened since everybody looked last."""

_LISTS = (
    ("agentur", "Neu, noch kein Kontakt", {"kontakt": "neu"}, ("geb", "gemeinde", "sprachen", "telefon"), True),
    ("agentur", "Tholey: neueste zuerst", {"gemeinde": "tholey", "ordnung": "neueste"}, ("geb", "stand"), False),
    ("coach", "Im Coaching", {"kontakt": "im-coaching"}, ("gemeinde", "sprachen", "telefon", "frist"), False),
    ("tholey", "Noch nicht beim Coach", {"kontakt": "coach-offen"}, ("geb", "sprachen", "stand"), True),
)  # fmt: skip


def save_lists(training: Training) -> None:
    """Save a few lists, as people of the demo accounts would."""
    for who, name, filters, columns, shared in _LISTS:
        now = training.past.moment(9, 9)
        save_list(name, filters, columns, shared=shared, actor=training.clerks[who], now=now)


def everybody_has_read(training: Training) -> None:
    """What was told up to now counts as read by all demo accounts."""
    for actor in training.clerks.values():
        begin_reading(actor.account_id)
