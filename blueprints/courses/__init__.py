"""Courses: the catalogue, and the course of one case."""

from blueprints.courses import (
    attendance_routes,
    batch_routes,
    calendar_routes,
    case_routes,
    inbox_routes,
    list_routes,
    paper_routes,
    path_routes,
    proof_routes,
    proposal_routes,
    report_routes,
    site_routes,
    waiting_routes,
)
from blueprints.courses.commands import group
from blueprints.courses.routes import bp

bp.cli.add_command(group)

__all__ = [
    "attendance_routes",
    "batch_routes",
    "bp",
    "calendar_routes",
    "case_routes",
    "inbox_routes",
    "list_routes",
    "paper_routes",
    "path_routes",
    "proof_routes",
    "proposal_routes",
    "report_routes",
    "site_routes",
    "waiting_routes",
]
