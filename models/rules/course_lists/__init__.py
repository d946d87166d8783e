"""Lists of courses: their columns, and what a row says of a course."""
