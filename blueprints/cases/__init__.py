"""Area cases."""

from blueprints.cases.routes import bp

__all__ = ["bp"]
