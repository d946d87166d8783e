"""Counselling: group information with its attendance, appointments of one person, notes."""

from blueprints.counselling import appointments, attendance, inviting, notes, papers
from blueprints.counselling.routes import bp

__all__ = ["appointments", "attendance", "bp", "inviting", "notes", "papers"]
