"""The law as pure functions of dated facts: legal sphere, access to work and courses, periods, working days."""
