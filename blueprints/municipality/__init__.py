"""Municipality: what changes of its residents, reported by it, and what became of the reports."""

from blueprints.municipality import answers
from blueprints.municipality.routes import bp

__all__ = ["answers", "bp"]
