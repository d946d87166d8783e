"""An empty Flask page: the unit of all ratios."""

from flask import Flask

app = Flask(__name__)


@app.get("/")
def nothing() -> str:
    """The least that Flask can do."""
    return "<!doctype html><title>.</title>"
