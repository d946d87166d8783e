"""Bars of a report as SVG without styles, for the screen and for paper; the table beside it says the same.

Readable in black and white: what lies beyond the limit is hatched, and every bar has its number beside it.
"""

from collections.abc import Sequence
from xml.etree import ElementTree
from xml.etree.ElementTree import Element, SubElement

from models.rules.figures.report import WITHHELD, Bar, Report
from models.rules.message import N_, Message

WIDTH, SIDE, RIGHT, ROW, BAR, LINE = 460, 132, 60, 26, 16, 20
SHORT = 16
"""Names up to so many letters stand beside their bars, longer ones above."""
INK, FILL = "#171a2b", "#2b5a9b"
HATCH = "beyond"
MOST_BARS = 40


def plot_of(report: Report) -> str:
    """The picture, or an empty text where there is nothing to draw."""
    bars = report.bars[:MOST_BARS]
    if not any(bar.value for bar in bars):
        return ""
    above = any(len(bar.label) > SHORT for bar in bars)
    row = ROW + LINE if above else ROW
    height = row * len(bars) + 8
    picture = Element(
        "svg",
        {
            "xmlns": "http://www.w3.org/2000/svg", "viewBox": f"0 0 {WIDTH} {height}", "role": "img",
            "aria-labelledby": "plot-title plot-desc", "font-family": "Fira Sans, sans-serif", "font-size": "14",
        },
    )  # fmt: skip
    SubElement(picture, "title", {"id": "plot-title"}).text = str(Message(report.figure.title))
    SubElement(picture, "desc", {"id": "plot-desc"}).text = _said(bars)
    _hatch(picture)
    longest = max(bar.value or 0 for bar in bars)
    for place, bar in enumerate(bars):
        _draw(picture, bar, 4 + place * row, longest, above=above)
    return ElementTree.tostring(picture, encoding="unicode")


def _said(bars: Sequence[Bar]) -> str:
    told = "; ".join(f"{bar.label}: {WITHHELD if bar.value is None else bar.value}" for bar in bars)
    return str(Message(N_("Balken: {told}. Dieselben Zahlen stehen in der Tabelle."), told=told))


def _hatch(picture: Element) -> None:
    pattern = SubElement(
        SubElement(picture, "defs"),
        "pattern",
        {"id": HATCH, "width": "6", "height": "6", "patternUnits": "userSpaceOnUse"},
    )
    SubElement(pattern, "rect", {"width": "6", "height": "6", "fill": "#ffffff"})
    SubElement(pattern, "path", {"d": "M0 6L6 0M-1 1L1 -1M5 7L7 5", "stroke": INK, "stroke-width": "1.6"})


def _draw(picture: Element, bar: Bar, top: int, longest: int, *, above: bool) -> None:
    left = 0 if above else SIDE
    name = {"x": "0", "y": str(top + 14)} if above else {"x": str(left - 8), "y": str(top + 13), "text-anchor": "end"}
    SubElement(picture, "text", {**name, "fill": INK}).text = bar.label
    top += LINE if above else 0
    width = round((bar.value or 0) / longest * (WIDTH - left - RIGHT), 1)
    if width:
        SubElement(
            picture,
            "rect",
            {
                "x": str(left), "y": str(top), "width": str(width), "height": str(BAR),
                "fill": f"url(#{HATCH})" if bar.beyond else FILL, "stroke": INK, "stroke-width": "1",
            },
        )  # fmt: skip
    number = WITHHELD if bar.value is None else str(bar.value)
    SubElement(picture, "text", {"x": str(left + width + 8), "y": str(top + 13), "fill": INK}).text = number
