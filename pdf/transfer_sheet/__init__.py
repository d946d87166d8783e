"""Übergabebogen: the sheet with which the Agentur hands a person over to the Jobcenter."""
