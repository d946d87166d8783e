"""Lists of attendance: their columns, and what a row says of a person on a day."""
