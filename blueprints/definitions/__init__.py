"""Checklists as data: their versions, the draft of the next one, import and export."""

from blueprints.definitions import draft_routes, file_routes, item_routes, sample_routes
from blueprints.definitions.commands import group
from blueprints.definitions.routes import bp

bp.cli.add_command(group)

__all__ = ["bp", "draft_routes", "file_routes", "item_routes", "sample_routes"]
