"""The timeline of a case on paper."""
