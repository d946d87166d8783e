"""Key figures (domain.md 6.1): what is counted, how it is told, and what of it strangers may know (6.2)."""
