"""Area documents."""

from blueprints.documents.routes import bp

__all__ = ["bp"]
