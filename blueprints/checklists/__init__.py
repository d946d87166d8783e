"""Area checklists: answering items in place."""

from blueprints.checklists import evidence, quick, returning  # noqa: F401 - their routes belong to the same blueprint
from blueprints.checklists.routes import bp

__all__ = ["bp"]
