"""A text of documents in two languages on paper, as an administrator gives it to whoever checks the translation."""
