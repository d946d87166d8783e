"""The small area of a course provider: the enrolments that were released to it, and its courses."""

from blueprints.provider import attendance_routes, course_routes, list_routes, proposal_routes, report_routes
from blueprints.provider.routes import bp

__all__ = ["attendance_routes", "bp", "course_routes", "list_routes", "proposal_routes", "report_routes"]
