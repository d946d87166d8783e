"""Questions of one organisation to another about an item of a case or its evidence."""

from blueprints.questions.routes import bp

__all__ = ["bp"]
