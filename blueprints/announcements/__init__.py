"""Announcements (Mitteilungen) to organisations with confirmation of reading."""

from blueprints.announcements.routes import bp

__all__ = ["bp"]
