"""People who arrive: the list, the form for one person or one family, and the command that imports a list."""

from blueprints.arrivals import people_routes
from blueprints.arrivals.commands import import_arrivals
from blueprints.arrivals.routes import bp

bp.cli.add_command(import_arrivals)

__all__ = ["bp", "people_routes"]
