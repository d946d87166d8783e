"""Area texts: the texts of documents in several languages, for the administrator."""

from blueprints.texts.routes import bp

__all__ = ["bp"]
