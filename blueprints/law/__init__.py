"""Area law: the maintained law for the administrator, and what it touches for those who have the cases."""

from blueprints.law import affected, maintaining
from blueprints.law.routes import bp

__all__ = ["affected", "bp", "maintaining"]
