"""Login, logout, first password, and "Mein Konto"."""

from blueprints.auth.routes import bp

__all__ = ["bp"]
