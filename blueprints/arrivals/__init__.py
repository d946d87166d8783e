"""Area arrivals."""

from blueprints.arrivals.routes import bp

__all__ = ["bp"]
