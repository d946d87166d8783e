"""Handovers from the Agentur to the Jobcenter."""

from blueprints.handovers import receiving, requests, sending
from blueprints.handovers.commands import group
from blueprints.handovers.routes import bp

bp.cli.add_command(group)

__all__ = ["bp", "receiving", "requests", "sending"]
