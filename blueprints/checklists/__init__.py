"""Area checklists."""

from blueprints.checklists.routes import bp

__all__ = ["bp"]
