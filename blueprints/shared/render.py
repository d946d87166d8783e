"""Page or fragment: the same markup alone for htmx, inside the layout for everybody else."""

from typing import Any

from flask import Response, current_app, make_response, redirect, render_template, request

from models.rules.states import MediaType

VARY = "HX-Request, HX-Request-Type, HX-History-Restore-Request, HX-Boosted"
"""The headers that decide between page and fragment."""


def wants_fragment() -> bool:
    """Whether htmx asks for a part of the page."""
    if request.headers.get("HX-History-Restore-Request") or request.headers.get("HX-Boosted"):
        return False
    if kind := request.headers.get("HX-Request-Type"):
        return kind == "partial"
    return request.headers.get("HX-Request") == "true"


def page(template: str, *, fragment: str | None = None, status: int = 200, **context: Any) -> Response:
    """Render ``template``, or only ``fragment`` where htmx asked for a part."""
    name = fragment if fragment and wants_fragment() else template
    response = make_response(render_template(name, **context), status)
    response.headers["Vary"] = VARY
    return response


def fragment_of(template: str, **context: Any) -> str:
    """A fragment that reads what it is given and nothing of the page around it: who is logged in, where she can go."""
    return current_app.jinja_env.get_template(template).render(context)


def go_to(url: str) -> Response:
    """After a successful POST: a real navigation, with or without htmx."""
    if request.headers.get("HX-Request") == "true":
        return Response(status=204, headers={"HX-Redirect": url})
    response = redirect(url, 303)
    assert isinstance(response, Response)
    return response


def download(content: bytes, filename: str, media_type: str, *, inline: bool = True) -> Response:
    """A file to look at or to keep. The name carries no personal data."""
    response = make_response(content)
    response.headers["Content-Type"] = media_type
    response.headers["Content-Disposition"] = f'{"inline" if inline else "attachment"}; filename="{filename}"'
    return response


FILE_POLICY = "default-src 'none'; img-src 'self'; style-src 'unsafe-inline'; sandbox"
"""A file is looked at on its own: nothing in it runs or loads. Browsers style the page around a picture inline."""


def uploaded(content: bytes, filename: str, media_type: str) -> Response:
    """A file that somebody added to a case. Browsers refuse to show a PDF in a sandbox, so it is always saved."""
    response = download(content, filename, media_type, inline=media_type != MediaType.PDF)
    response.headers["Content-Security-Policy"] = FILE_POLICY
    return response
