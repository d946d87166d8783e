"""Area persons: possible duplicates, compared, decided, merged and taken apart again."""

from blueprints.persons.commands import group
from blueprints.persons.routes import bp

bp.cli.add_command(group)

__all__ = ["bp"]
