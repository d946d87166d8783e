"""Invented data for training and for measuring. Never in production."""
