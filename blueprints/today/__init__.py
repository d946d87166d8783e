"""Area today."""

from blueprints.today.routes import bp

__all__ = ["bp"]
