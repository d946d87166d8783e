""" "Wer bekommt was?" on paper, for the person, in German and her language."""
