"""What a person brings along, on paper: life-line, languages, availability."""
