"""Measures what the product promises, as ratios to an empty Flask page on the same machine."""
