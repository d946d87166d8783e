"""A report as one object: the same lines, numbers and sentences for screen, CSV, XLSX and PDF.

What is withheld is not in it: nothing that shows a report can tell what strangers must not know.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from models.rules.figures.catalogue import Cut, Figure, Shape
from models.rules.figures.quality import LACK_LABELS, Gap
from models.rules.figures.spread import BEYOND, Spread, percent, quantile, step_labels, steps_within
from models.rules.figures.suppression import MEAN_BASE, SMALLEST_SHOWN, TOTAL, Cell, Counts, with_sums
from models.rules.message import N_, Message

Beside = tuple[str, Mapping[str, int]]
WITHHELD = "–"
ROUNDED_TO = 5
MONTHS = (
    N_("Januar"), N_("Februar"), N_("März"), N_("April"), N_("Mai"), N_("Juni"), N_("Juli"), N_("August"),
    N_("September"), N_("Oktober"), N_("November"), N_("Dezember"),
)  # fmt: skip
SUM = N_("Summe")
NOTE_WITHHELD = N_(
    "„–“: zu wenige Personen, oder die Zahl ließe auf so wenige schließen. Wo schon die Summe es täte, fehlt die ganze "
    "Zeile."
)
NOTE_ROUNDED = N_("Auf 5 gerundet, jede Zahl für sich; „–“: weniger als 3.")
NOTE_NO_GAPS = N_("Kein Feld fehlt, ist unbekannt oder widersprüchlich.")
NOTE_ROUNDED_TOO = N_("Was genannt wird, ist auf 5 gerundet.")
NOTE_SMALL_BASE = N_("Median und 90 % erst ab 5 Personen, Anteile erst ab 10.")
NOTE_FEW = N_("Diese Auswahl betrifft weniger als 3 Personen. Bitte nicht weitergeben.")
NOTE_NONE = N_("In diesem Zeitraum ist nichts gezählt.")
NOTE_TOO_FEW = N_("Diese Auswahl betrifft so wenige Personen, dass keine Zahl genannt wird.")


@dataclass(frozen=True, slots=True)
class Line:
    """One row: its name, its numbers in the order of the columns (None: withheld), and whether it is a sum."""

    key: str
    label: str
    values: tuple[int | None, ...]
    is_sum: bool = False


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar of the plot; ``beyond``: past the limit that is aimed at."""

    label: str
    value: int | None
    beyond: bool = False


@dataclass(frozen=True, slots=True)
class Report:
    """What is shown. ``columns`` are names by key, with the first for the names of the rows; ``notes`` explain it."""

    figure: Figure
    head: str
    columns: Mapping[str, str]
    lines: tuple[Line, ...]
    bars: tuple[Bar, ...]
    notes: tuple[Message, ...]

    @property
    def header(self) -> list[str]:
        """The names of all columns."""
        return [self.head, *self.columns.values()]

    def rows(self) -> Iterator[list[str | int]]:
        """Every row as people read it."""
        for line in self.lines:
            yield [line.label, *(WITHHELD if value is None else value for value in line.values)]


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of a figure over time: true numbers with the names of the columns, and what of it is withheld.

    ``spread`` has the days of each row.
    """

    counts: Counts
    labels: Mapping[str, str]
    hidden: frozenset[Cell]
    spread: Mapping[str, Spread]


def month_label(key: str) -> str:
    """„März 2026“ or „1. Quartal 2026“; a year as it is."""
    year, _, part = key.partition("-")
    if part.startswith("Q"):
        return f"{part[1:]}. Quartal {year}"
    return f"{MONTHS[int(part) - 1]} {year}" if part else year


def row_of(figure: Figure, month: str) -> str:
    """The row that a month is counted in."""
    return f"{month[:4]}-Q{(int(month[5:]) + 2) // 3}" if figure.delicate else month


def over_time(figure: Figure, known: Known, year: str, only: str, *, own: bool) -> Report:
    """The report of one year by months, or without ``year`` of all by years; ``only`` is the one column asked for."""
    numbers = {cell: None if cell in known.hidden else n for cell, n in with_sums(known.counts).items()}
    columns = [column for column in known.counts.columns if only in ("", column)]
    lines = _lines(known.counts, year)
    shown = tuple(
        Line(line, str(Message(SUM)) if is_sum else month_label(line), _values(numbers, line, columns, only), is_sum)
        for line, is_sum in lines
    )
    heads = {column: known.labels[column] for column in columns} | ({} if only else {TOTAL: str(Message(SUM))})
    if _by_days(figure, known.counts):
        shown = tuple(_with_days(figure, line, numbers, known) for line in shown)
        heads |= _day_heads(figure)
    return Report(
        figure, str(Message(N_("Zeit"))), heads, shown, _bars(figure, numbers, shown, known, only),
        tuple(_notes(figure, shown, columns, own=own)),
    )  # fmt: skip


def _lines(counts: Counts, year: str) -> list[tuple[str, bool]]:
    """The rows in their order, with whether they are sums."""
    if not year:
        return [(group, False) for group in dict.fromkeys(counts.groups.values())] + [(TOTAL, True)]
    rows = [(row, False) for row, group in counts.groups.items() if group == year]
    return [*rows, (year, True)] if rows else []


def _values(numbers: Mapping[Cell, int | None], line: str, columns: Sequence[str], only: str) -> tuple[int | None, ...]:
    return tuple(numbers.get((line, column), 0) for column in (*columns, *(() if only else (TOTAL,))))


MEASURES = frozenset({"median", "p90", "within", "beside"})
"""Columns that are no count of people."""


def _day_heads(figure: Figure) -> Mapping[str, str]:
    within = Message(N_("bis {days} Tage in %"), days=figure.limit)
    return {"median": str(Message(N_("Median Tage"))), "p90": str(Message(N_("90 % bis Tage"))), "within": str(within)}


def _by_days(figure: Figure, counts: Counts) -> bool:
    return figure.shape == Shape.DAYS and BEYOND in counts.columns


def _with_days(figure: Figure, line: Line, numbers: Mapping[Cell, int | None], known: Known) -> Line:
    """The line with median, 90 % and share within the limit; not where one of its numbers is withheld (6.2)."""
    if None in line.values:
        return replace(line, values=(*line.values, None, None, None))
    days = _days_of(line.key, known)
    within = sum(numbers.get((line.key, step), 0) or 0 for step in steps_within(figure.limit))
    extra = (quantile(days, 0.5), quantile(days, 0.9), percent(within, numbers.get((line.key, TOTAL), 0)))
    return replace(line, values=(*line.values, *extra))


def _days_of(key: str, known: Known) -> Spread:
    found: dict[int, int] = {}
    for row, spread in known.spread.items():
        if key in (row, known.counts.groups.get(row), TOTAL):
            for days, often in spread.items():
                found[days] = found.get(days, 0) + often
    return found


def _bars(
    figure: Figure, numbers: Mapping[Cell, int | None], lines: Sequence[Line], known: Known, only: str
) -> tuple[Bar, ...]:
    """Of days how they are spread, of everything else how often by time."""
    if _by_days(figure, known.counts) and lines:
        within, last = steps_within(figure.limit), lines[-1].key
        return tuple(
            Bar(known.labels[step], numbers.get((last, step), 0), step not in within) for step in known.counts.columns
        )
    return tuple(Bar(line.label, numbers.get((line.key, only or TOTAL), 0)) for line in lines if not line.is_sum)


def _notes(figure: Figure, lines: Sequence[Line], columns: Sequence[str], *, own: bool) -> Iterator[Message]:
    width = len(columns) + 1
    told = [value for line in lines for value in line.values[:width]]
    if not any(value or value is None for value in told):
        yield Message(NOTE_NONE)
        return
    if all(value is None or value == 0 for value in told):
        yield Message(NOTE_TOO_FEW)
    elif None in told:
        yield Message(NOTE_WITHHELD)
    if own and 0 < max((value or 0 for value in told), default=0) < SMALLEST_SHOWN:
        yield Message(NOTE_FEW)
    if figure.shape == Shape.DAYS:
        yield Message(NOTE_SMALL_BASE)


def standing(
    figure: Figure, counts: Counts, labels: Mapping[str, str], only: str, *, own: bool, beside: Beside | None = None
) -> Report:
    """The report of what stands on one day: rows are words, columns municipalities. Who oversees gets it rounded.

    How many stand at the ends of two months, and how many came, would tell how many went: so each number is rounded.
    ``beside`` is one more column of numbers that are nobody's secret.
    """
    numbers = {cell: n if own else rounded(n) for cell, n in with_sums(counts).items()}
    columns = [column for column in counts.columns if only in ("", column)]
    heads = {column: labels[column] for column in columns} | ({} if only else {TOTAL: str(Message(SUM))})
    lines = [Line(row, figure.words[row], _values(numbers, row, columns, only)) for row in counts.groups] + [
        Line(TOTAL, str(Message(SUM)), _values(numbers, TOTAL, columns, only), is_sum=True)
    ]
    notes = tuple(_notes(figure, lines, columns, own=own))
    if not own and Message(NOTE_NONE) not in notes:
        notes = (Message(NOTE_ROUNDED),)
    bars = tuple(Bar(line.label, numbers.get((line.key, only or TOTAL), 0)) for line in lines[:-1])
    if beside:
        heads |= {"beside": beside[0]}
        lines = [replace(line, values=(*line.values, _of(beside, line))) for line in lines]
    return Report(figure, str(Message(N_("Stand"))), heads, tuple(lines), bars, notes)


def _of(beside: Beside, line: Line) -> int:
    return sum(beside[1].values()) if line.is_sum else beside[1].get(line.key, 0)


def crossed(
    figure: Figure,
    counts: Counts,
    labels: Mapping[str, str],
    names: Mapping[str, str],
    hidden: frozenset[Cell],
    only: str,
    *,
    own: bool,
) -> Report:
    """The report of two characteristics in the rows, one within the other; for who oversees rounded as well."""
    numbers = {cell: None if cell in hidden else n if own else rounded(n) for cell, n in with_sums(counts).items()}
    columns = [column for column in counts.columns if only in ("", column)]
    lines = []
    for group in dict.fromkeys(counts.groups.values()):
        lines.append(Line(group, names[group], _values(numbers, group, columns, only), is_sum=True))
        rows = (row for row, of in counts.groups.items() if of == group)
        lines += [Line(row, names[row], _values(numbers, row, columns, only)) for row in rows]
    bars = tuple(Bar(line.label, line.values[-1]) for line in lines if line.is_sum)
    lines.append(Line(TOTAL, str(Message(SUM)), _values(numbers, TOTAL, columns, only), is_sum=True))
    heads = {column: labels[column] for column in columns} | ({} if only else {TOTAL: str(Message(SUM))})
    notes = tuple(_notes(figure, lines, columns, own=own)) + (() if own else (Message(NOTE_ROUNDED_TOO),))
    return Report(figure, str(Message(N_("Staatsangehörigkeit"))), heads, tuple(lines), bars, notes)


def quality(figure: Figure, gaps: Sequence[Gap], names: Mapping[str, str], *, own: bool) -> Report:
    """The report of the quality of data: rows are fields, columns why their value cannot be relied on."""
    cells = {(gap.field, gap.lack.value): gap.cases for gap in gaps if gap.cases}
    fields = list(dict.fromkeys(field for field, _lack in cells))
    numbers = with_sums(Counts(dict.fromkeys(fields, TOTAL), tuple(LACK_LABELS), cells))
    told = {cell: n if own else rounded(n) for cell, n in numbers.items()}
    lines = tuple(
        Line(field, names.get(field, field), _values(told, field, tuple(LACK_LABELS), "")) for field in fields
    )
    heads = {lack.value: str(Message(label)) for lack, label in LACK_LABELS.items()} | {TOTAL: str(Message(SUM))}
    bars = tuple(Bar(line.label, line.values[-1]) for line in lines)
    notes = (Message(NOTE_NO_GAPS),) if not lines else () if own else (Message(NOTE_ROUNDED),)
    return Report(figure, str(Message(N_("Feld"))), heads, lines, bars, notes)


def rounded(number: int) -> int | None:
    """To the nearest five, at least five; None for one and two."""
    if 0 < number < MEAN_BASE:
        return None if number < SMALLEST_SHOWN else ROUNDED_TO
    return ROUNDED_TO * ((number + 2) // ROUNDED_TO)


def columns_of(figure: Figure, cut: Cut, places: Iterable[tuple[str, str]]) -> Mapping[str, str]:
    """The names of the columns of a cut; ``places`` are the offices that it is cut by."""
    if cut != Cut.WORDS:
        return dict(places)
    if figure.shape == Shape.DAYS:
        within, beyond = Message(N_("{first} bis {last}")), Message(N_("über {last}"))
        return step_labels(within.text, beyond.text)
    return figure.words
