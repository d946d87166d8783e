"""Asks once more, after a paper was made and before it is handed out, whether its reader still sees the case."""

from models.queries.case_view import CaseView
from models.queries.scope import blocks_of
from models.rules.errors import RuleBroken
from models.rules.message import N_, Message
from models.tables import Case

CHANGED = N_(
    "Während des Druckens wurde eine Einwilligung widerrufen oder der Fall beendet. Es wurde nichts ausgegeben."
)


def refuse_if_narrowed(*views: CaseView) -> None:
    """RuleBroken where somebody took a consent back while a paper about one of these cases was being printed.

    Printing takes a second, and a withdrawal holds from its moment on (Art. 7 Abs. 3 DSGVO). One statement.
    """
    rows = {row.id: row for row in Case.select().where(Case.id.in_([view.held.case.id for view in views]))}
    for view in views:
        row = rows.get(view.held.case.id)
        if row is None or not view.blocks <= blocks_of(view.actor, row, view.held.today):
            raise RuleBroken(Message(CHANGED))
