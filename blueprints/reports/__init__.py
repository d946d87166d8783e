"""Reports: key figures on screen and as files."""

from blueprints.reports import remembering
from blueprints.reports.commands import group
from blueprints.reports.routes import bp

bp.cli.add_command(group)

__all__ = ["bp", "remembering"]
