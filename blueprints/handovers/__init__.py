"""Area handovers."""

from blueprints.handovers.routes import bp

__all__ = ["bp"]
