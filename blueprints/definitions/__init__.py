"""Checklists as data: their versions, the draft of the next one, import and export."""

from blueprints.definitions import draft_routes, item_routes
from blueprints.definitions.routes import bp

__all__ = ["bp", "draft_routes", "item_routes"]
