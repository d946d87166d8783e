"""Area today."""

from blueprints.today import commands
from blueprints.today.routes import bp

__all__ = ["bp", "commands"]
