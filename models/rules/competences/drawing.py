"""The life-line as a picture: SVG without styles, for the screen and for paper, readable without colours.

Every bar carries the number of its row in the table beside it; the table says everything that the picture shows.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from xml.etree import ElementTree
from xml.etree.ElementTree import Element, SubElement

from models.rules.competences.findings import Finding, FindingKind, told_from
from models.rules.competences.months import german_month, month_of
from models.rules.competences.periods import KIND_NAMES, Period, PeriodKind
from models.rules.message import N_, Message

WIDTH, LEFT, LANE, BAR = 960, 160, 40, 28
AXIS, LINE_OF_TEXT = 30, 18
INK, QUIET, LINE, SOFT = "#171a2b", "#4a4f6e", "#b5b9cf", "#f3f4f7"
SMALLEST_BAR = 24
LETTER = 8.4
"""Width of a letter of the text in a bar, so that a name is cut before it leaves the bar."""
MOST_TICKS = 12

LANES: tuple[tuple[str, frozenset[PeriodKind]], ...] = (
    (N_("Schule"), frozenset({PeriodKind.SCHOOL})),
    (N_("Ausbildung, Studium"), frozenset({PeriodKind.TRAINING, PeriodKind.STUDY})),
    (N_("Arbeit"), frozenset({PeriodKind.WORK})),
    (N_("Familie, Pflege"), frozenset({PeriodKind.FAMILY})),
    (N_("Sonstiges"), frozenset({PeriodKind.FLIGHT, PeriodKind.SEEKING, PeriodKind.OTHER})),
)
FILLS: Mapping[str, str] = {
    N_("Schule"): "#dfe9f7", N_("Ausbildung, Studium"): "#cfe3d6", N_("Arbeit"): "#f7e3c3",
    N_("Familie, Pflege"): "#ecdcf2", N_("Sonstiges"): "#e3e5ee",
}  # fmt: skip
GAPS = N_("Lücken")
UNKNOWN_YEARS = frozenset({FindingKind.GAP, FindingKind.ENTRY})
"""Questions about years of which nothing is known: they have a lane of their own."""


@dataclass(frozen=True, slots=True)
class Mark:
    """A day of arrival that the picture shows, with its name."""

    on: date
    name: str


@dataclass(frozen=True, slots=True)
class Scene:
    """What is drawn: periods in the order of the table, gaps with whether somebody has answered, days of arrival."""

    periods: Sequence[Period]
    gaps: Sequence[tuple[Finding, bool]]
    marks: Sequence[Mark]
    born: date
    today: date

    @property
    def first(self) -> int:
        """The first month: the fifteenth birthday, or an earlier beginning."""
        return min([told_from(self.born), *(one.begins.first for one in self.periods)])

    @property
    def last(self) -> int:
        """The last month: this one."""
        return max([month_of(self.today), self.first + 12])

    @property
    def top(self) -> int:
        """Where the lanes begin: below the years, and a line of text for each day of arrival."""
        return AXIS + LINE_OF_TEXT * len(self.marks)

    def x(self, month: int) -> float:
        """Where the beginning of a month stands."""
        share = (month - self.first) / (self.last + 1 - self.first)
        return round(LEFT + share * (WIDTH - LEFT - 6), 1)


def alternative(scene: Scene) -> str:
    """What the picture shows, in one sentence."""
    text = N_("Werdegang von {first} bis {last}: {periods}, {gaps}. Alle Angaben stehen in der Tabelle.")
    years = {"first": scene.first // 12, "last": scene.last // 12}
    number = len(scene.periods)
    periods = Message(N_("ein Zeitraum") if number == 1 else N_("{number} Zeiträume"), number=number)
    return str(Message(text, **years, periods=periods, gaps=_gaps_in_words(scene)))


def _gaps_in_words(scene: Scene) -> Message:
    gaps = [answered for gap, answered in scene.gaps if gap.kind == FindingKind.GAP]
    if len(gaps) == 1:
        return Message(N_("eine Lücke, beantwortet") if gaps[0] else N_("eine Lücke, offen"))
    text = N_("{number} Lücken, davon {asked} offen") if gaps else N_("keine Lücke")
    return Message(text, number=len(gaps), asked=gaps.count(False))


def draw(scene: Scene) -> str:
    """The picture as SVG markup; every text in it is escaped."""
    lanes = [name for name, kinds in LANES if any(one.kind in kinds for one in scene.periods)]
    lanes += [GAPS] if any(gap.kind in UNKNOWN_YEARS for gap, _answered in scene.gaps) else []
    height = scene.top + LANE * len(lanes) + 10
    root = Element("svg", {
        "xmlns": "http://www.w3.org/2000/svg", "viewBox": f"0 0 {WIDTH} {height}", "class": "life-line", "role": "img",
        "font-family": "Fira Sans, sans-serif", "font-size": "15",
    })  # fmt: skip
    SubElement(root, "title").text = alternative(scene)
    _axis(root, scene, height)
    for place, name in enumerate(lanes):
        _lane(root, name, scene.top + LANE * place)
    for number, period in enumerate(scene.periods, start=1):
        lane = next(name for name, kinds in LANES if period.kind in kinds)
        _bar(root, scene, period, number, lane, scene.top + LANE * lanes.index(lane))
    for gap, answered in scene.gaps:
        if gap.kind in UNKNOWN_YEARS:
            _gap(root, scene, gap, answered, scene.top + LANE * lanes.index(GAPS))
    for row, mark in enumerate(scene.marks):
        _mark(root, scene, mark, row * LINE_OF_TEXT, height)
    return ElementTree.tostring(root, encoding="unicode")


def _text(root: Element, x: float, y: float, text: str, **more: str) -> None:
    SubElement(root, "text", {"x": str(x), "y": str(y), "fill": INK, **_names(more)}).text = text


def _names(attributes: Mapping[str, str]) -> dict[str, str]:
    return {name.replace("_", "-"): value for name, value in attributes.items()}


def _line(root: Element, x1: float, y1: float, x2: float, y2: float, **more: str) -> None:
    ends = {"x1": str(x1), "y1": str(y1), "x2": str(x2), "y2": str(y2)}
    SubElement(root, "line", {**ends, "stroke": LINE, **_names(more)})


def _axis(root: Element, scene: Scene, height: int) -> None:
    begun, ended = scene.first // 12, scene.last // 12
    step = max(1, -(-(ended - begun) // MOST_TICKS))
    for year in range(begun + 1, ended + 1, step):
        x = scene.x(year * 12)
        _line(root, x, scene.top - 6, x, height - 8)
        _text(root, x, scene.top - 10, str(year), fill=QUIET, text_anchor="middle", font_size="14")


def _lane(root: Element, name: str, y: float) -> None:
    _text(root, 0, y + LANE / 2 + 4, name)
    _line(root, 0, y, WIDTH, y)


def _bar(root: Element, scene: Scene, period: Period, number: int, lane: str, y: float) -> None:
    """A box as long as the period, at least as wide as its number; dashed where the dates are approximate."""
    x, end = scene.x(period.begins.first), scene.x(period.last_month(scene.today) + 1)
    width = max(SMALLEST_BAR, round(end - x, 1))
    x = min(x, WIDTH - 6 - width)
    place = {"x": str(x), "y": str(y + 6), "width": str(width), "height": str(BAR), "rx": "3"}
    dashes = {"stroke-dasharray": "5 3"} if period.approximate else {}
    SubElement(root, "rect", {**place, "fill": FILLS[lane], "stroke": INK, **dashes})
    name = period.title or period.title_original or KIND_NAMES[period.kind]
    _text(root, round(x + 5, 1), y + 25, _cut(f"{number} {name}", str(number), width - 8))


def _cut(text: str, least: str, width: float) -> str:
    room = int(width / LETTER)
    if len(text) <= room:
        return text
    return f"{text[: room - 1].rstrip()}…" if room > len(least) + 4 else least


def _gap(root: Element, scene: Scene, gap: Finding, answered: bool, y: float) -> None:
    x = scene.x(gap.first)
    width = max(SMALLEST_BAR, round(scene.x(gap.last + 1) - x, 1))
    place = {"x": str(x), "y": str(y + 6), "width": str(width), "height": str(BAR), "rx": "3"}
    SubElement(
        root, "rect", {**place, "fill": SOFT if answered else "#ffffff", "stroke": INK, "stroke-dasharray": "2 4"}
    )
    word = _cut("beantwortet" if answered else "offen", "ok" if answered else "?", width - 8)
    _text(root, round(x + 5, 1), y + 25, word)


def _mark(root: Element, scene: Scene, mark: Mark, y: float, height: int) -> None:
    """A line with its label; each label has a line of text of its own, because arrivals lie close together."""
    x = scene.x(month_of(mark.on))
    _line(root, x, y + 4, x, height - 8, stroke=INK, stroke_width="2")
    right = x > WIDTH * 0.6
    label = f"{mark.name} {german_month(month_of(mark.on))}"
    _text(root, x - 6 if right else x + 6, y + 15, label, font_weight="600", text_anchor="end" if right else "start")


def arrivals(entered_on: date | None, arrived_on: date | None) -> Iterable[Mark]:
    """The days of arrival; one where both lie in one month."""
    if entered_on:
        yield Mark(entered_on, N_("Einreise"))
    if arrived_on and (entered_on is None or month_of(arrived_on) - month_of(entered_on) > 0):
        yield Mark(arrived_on, N_("im Landkreis"))
