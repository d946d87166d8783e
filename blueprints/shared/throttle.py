"""Throttling of failed logins (Flask-Limiter; its storage may move to Redis where one process is outgrown)."""

from flask import request
from flask_limiter import Limiter
from flask_limiter.util import get_remote_address

limiter = Limiter(get_remote_address)


def who_tries() -> str:
    """The address together with the name that is tried, so that one clerk's typing errors lock nobody else out."""
    return f"{get_remote_address()}|{request.form.get('username', '').strip().lower()[:60]}"
