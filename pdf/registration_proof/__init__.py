"""Nachweis der Anmeldung: a letter to the body that sent somebody to a course."""
