"""The rows that were not taken over, as a list that can be corrected and sent again."""

import csv
import io
from collections.abc import Mapping
from typing import Any

from models.rules.lists.table import ERROR_COLUMN, Table, TableRow, guarded
from models.rules.message import Message


def rejected_table(table: Table, errors: Mapping[int, Mapping[Any, Message]]) -> bytes:
    """The rows named in ``errors`` by data row number, as CSV (UTF-8 with BOM, ';') with their original columns.

    A last column "Fehler" says what is wrong; the reader ignores it when the list comes back. Text that a spreadsheet
    would take for a formula gets an apostrophe, which the reader takes away again.
    """
    kept = [place for place, header in enumerate(table.headers) if header != ERROR_COLUMN]
    output = io.StringIO(newline="")
    writer = csv.writer(output, delimiter=";", lineterminator="\r\n")
    writer.writerow([*(guarded(table.headers[place]) for place in kept), ERROR_COLUMN])
    for row in table.rows:
        if row.number in errors:
            writer.writerow([*_texts(row, kept, len(table.headers)), guarded(_sentence(errors[row.number]))])
    return output.getvalue().encode("utf-8-sig")


def _texts(row: TableRow, kept: list[int], width: int) -> list[str]:
    """The cells in their places; what stands to the right of the last header joins the last cell, nothing is lost."""
    texts = [*row.texts, *[""] * (width - len(row.texts))]
    texts[width - 1 :] = ["; ".join(filter(None, texts[width - 1 :]))]
    return [guarded(texts[place]) for place in kept]


def _sentence(errors: Mapping[Any, Message]) -> str:
    return " ".join(f"{column}: {message}" for column, message in errors.items())
