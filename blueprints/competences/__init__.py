"""Area competences: what a person brings along: life-line, languages and script, availability and obstacles."""

from blueprints.competences import languages, life_line, week
from blueprints.competences.routes import bp

__all__ = ["bp", "languages", "life_line", "week"]
