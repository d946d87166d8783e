"""Kursanmeldung: the form with which a person is sent to a course provider, and the slip that comes back."""
