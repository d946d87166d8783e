"""The list of the people who take part in a course, on paper for its provider."""
