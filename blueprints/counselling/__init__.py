"""Counselling: group information with its attendance, appointments of one person, notes."""

from blueprints.counselling import appointments, notes
from blueprints.counselling.routes import bp

__all__ = ["appointments", "bp", "notes"]
