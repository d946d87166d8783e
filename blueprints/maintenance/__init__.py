"""Commands for operation; no pages."""

from blueprints.maintenance.routes import bp

__all__ = ["bp"]
