"""Area checklists: answering items in place."""

# their routes belong to the same blueprint
from blueprints.checklists import day, drafts, evidence, printing, quick, returning  # noqa: F401
from blueprints.checklists.routes import bp

__all__ = ["bp"]
