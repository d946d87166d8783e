"""The small area of a course provider: the enrolments that were released to it."""

from blueprints.provider.routes import bp

__all__ = ["bp"]
