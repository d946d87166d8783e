"""Checking of documents, and the commands of the signing authority."""

from blueprints.documents.commands import pki_group, verify_pdf
from blueprints.documents.routes import bp

for command in (pki_group, verify_pdf):
    bp.cli.add_command(command)

__all__ = ["bp"]
