"""Empfangsbestätigung: what happened after the first signature, as a document of its own."""
