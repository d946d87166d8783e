"""What a person brings along: her life-line since the age of 15, languages, and when and how she can come."""
