"""Area checklists: answering items in place."""

from blueprints.checklists import evidence  # noqa: F401 - its routes belong to the same blueprint
from blueprints.checklists.routes import bp

__all__ = ["bp"]
