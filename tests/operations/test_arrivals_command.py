"""``import-arrivals`` as scripts use it: status, report, sentences."""

import json
from pathlib import Path

import pytest
from click.testing import Result
from flask import Flask
from openpyxl import Workbook

from models.base import db
from models.tables import Case, Person
from tests.operations.arrival_lists import OKSANA, csv_of


@pytest.fixture
def run(app: Flask):
    """Run the command as a process would: with a connection of its own."""

    def invoke(*arguments: object) -> Result:
        db.close()
        try:
            return app.test_cli_runner().invoke(args=["import-arrivals", *map(str, arguments)])
        finally:
            db.connect(reuse_if_open=True)

    return invoke


@pytest.fixture
def liste(tmp_path: Path) -> Path:
    path = tmp_path / "liste.csv"
    path.write_bytes(csv_of({}, {"SEX": "q"}, {**OKSANA, "MUNICIPALITY": "Freisen", "POSTCODE": "66629"}))
    return path


def test_a_list_with_bad_rows_ends_well_and_is_reported(run, liste: Path, tmp_path: Path) -> None:
    report = tmp_path / "out.json"
    result = run(liste, "--report", report)
    assert result.exit_code == 0
    assert "3 rows: 2 imported, 0 updated, 0 unchanged, 1 rejected" in result.stdout
    assert "Hamdan" not in result.output, "the display shows no personal data"
    told = json.loads(report.read_text("utf-8"))
    assert list(told) == [
        "rows", "imported", "updated", "unchanged", "rejected", "possible_duplicates", "stored_duplicates", "returning",
    ]  # fmt: skip
    assert list(told["rejected"]["2"]) == ["Geschlecht"]
    assert Case.select().count() == 2


def test_a_dry_run_writes_nothing_but_the_report(run, liste: Path, tmp_path: Path) -> None:
    result = run(liste, "--dry-run", "--report", tmp_path / "out.json")
    assert (result.exit_code, Person.select().count()) == (0, 0)
    assert json.loads((tmp_path / "out.json").read_text("utf-8"))["imported"] == 2


def test_it_runs_as_an_account(run, liste: Path) -> None:
    assert "1 imported, 0 updated, 0 unchanged, 2 rejected" in run(liste, "--as", "user.tholey").stdout
    assert Person.get().provenance["sex"]["organisation"] == "tholey"


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "leer"),
        (b'{"a": 1}', "JSON"),
        (b"Einkaufsliste\r\nBrot;2\r\n", "Keine Kopfzeile"),
        (b"Familienname;Vorname;Geburtsdatum\r\nA;B;C\r\n", "Diese Spalten fehlen"),
    ],
)
def test_what_is_no_list_ends_with_a_sentence(run, tmp_path: Path, content: bytes, sentence: str) -> None:
    path = tmp_path / "etwas.csv"
    path.write_bytes(content)
    result = run(path)
    assert (result.exit_code, sentence in result.stderr, result.stdout) == (1, True, "")


@pytest.mark.parametrize(
    "arguments", [("--as", "niemand"), ("--as", "user.agentur"), ("--report", "/nirgends/out.json")]
)
def test_other_refusals_end_with_a_sentence_too(run, liste: Path, arguments: tuple[str, ...]) -> None:
    result = run(liste, *arguments)
    assert result.exit_code == 1
    assert "Error: " in result.stderr and "Traceback" not in result.output
    assert Person.select().count() == 0


def test_a_missing_file_ends_with_a_sentence(run, tmp_path: Path) -> None:
    result = run(tmp_path / "fehlt.csv")
    assert (result.exit_code, "No such file" in result.stderr) == (1, True)


def test_a_workbook_is_a_list_too(run, tmp_path: Path) -> None:
    book = Workbook()
    for line in csv_of({}, OKSANA).decode().splitlines():
        book.active.append(line.split(";"))
    book.save(tmp_path / "liste.xlsx")
    assert "2 rows: 2 imported" in run(tmp_path / "liste.xlsx").stdout
