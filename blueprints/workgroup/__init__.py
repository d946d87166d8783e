"""The working group: meetings with agenda, minutes and resolutions; conferences about one case."""

from blueprints.workgroup import agenda_routes
from blueprints.workgroup.routes import bp

__all__ = ["agenda_routes", "bp"]
