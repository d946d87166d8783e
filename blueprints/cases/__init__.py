"""Area cases: list, search, the page of a case, papers and decisions, closing."""

from blueprints.cases import acts, person, residence
from blueprints.cases.routes import bp

__all__ = ["acts", "bp", "person", "residence"]
