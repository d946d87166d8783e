"""A conference about a case on paper: printed for who took part, not kept."""
