"""The attendance list of a group information on paper."""
