"""Area checklists: answering items in place."""

from blueprints.checklists.routes import bp

__all__ = ["bp"]
