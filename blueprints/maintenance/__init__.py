"""Area maintenance."""

from blueprints.maintenance.routes import bp

__all__ = ["bp"]
