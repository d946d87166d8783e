"""Area courses."""

from blueprints.courses.routes import bp

__all__ = ["bp"]
