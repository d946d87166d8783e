"""Contacts: the directory of all parties, for everybody who is logged in."""

from blueprints.contacts.routes import bp

__all__ = ["bp"]
