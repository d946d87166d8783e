"""Checkliste Beschäftigungscoach: one printed page, blank or filled, to work on with a pen."""
