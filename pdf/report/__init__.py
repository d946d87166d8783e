"""A key figure on paper: its definition, a picture and the table of numbers."""
