"""QR codes as inline SVG with a text alternative. They carry an address and never personal data."""

from io import BytesIO

import segno


def qr_svg(address: str, alternative: str) -> str:
    """Inline SVG of the address (error correction M, ISO/IEC 18004); ``alternative`` is read instead of the picture.

    segno escapes the text, so the result is safe markup.
    """
    svg = BytesIO()
    code = segno.make_qr(address, error="m")
    code.save(svg, kind="svg", xmldecl=False, nl=False, border=0, omitsize=True, title=alternative, svgclass="qr")
    return svg.getvalue().decode()
