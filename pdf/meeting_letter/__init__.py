"""The letter that invites an organisation to a meeting of the working group, with the agenda."""
