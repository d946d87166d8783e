"""Area provider."""

from blueprints.provider.routes import bp

__all__ = ["bp"]
