"""The agreement of first steps on paper, in German and the person's language."""
