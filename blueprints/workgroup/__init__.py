"""The working group: meetings with agenda, minutes and resolutions; conferences about one case."""

from blueprints.workgroup import (
    agenda_routes,
    conference_routes,
    minutes_routes,
    papers,
    resolution_routes,
    signing,
    task_routes,
)
from blueprints.workgroup.routes import bp

__all__ = [
    "agenda_routes",
    "bp",
    "conference_routes",
    "minutes_routes",
    "papers",
    "resolution_routes",
    "signing",
    "task_routes",
]
