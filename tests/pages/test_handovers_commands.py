"""Commands of handovers, verification and the signing authority, as scripts use them."""

import json

import pytest

from blueprints.shared import access
from models.base import db
from models.operations import handover_answers as receiver
from models.operations import handovers as sender
from models.queries.accounts import signing_key_of
from models.rules.times import from_stamp
from models.tables import Handover, SigningKey
from pdf.signatures.authority import create_authority
from tests import handover_cast as cast
from tests.cast import member_of
from tests.moments import NOW

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


@pytest.fixture
def run(app):
    """Run a command; the connection of the test makes way for its own."""
    runner = app.test_cli_runner()

    def invoke(*words: str, **options):
        if not db.is_closed():
            db.close()
        result = runner.invoke(args=[str(word) for word in words], **options)
        db.connect(reuse_if_open=True)
        assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
        assert "Traceback" not in result.output
        return result

    return invoke


@pytest.fixture
def where(app, tmp_path):
    return cast.place(tmp_path)


@pytest.fixture
def signers(where):
    return cast.signing("agentur", where), cast.signing("jobcenter", where)


def export(run, handover: Handover, tmp_path):
    """The stored file as a command writes it."""
    path = tmp_path / "export.pdf"
    assert run("handover", "export", handover.reference, "--out", path).exit_code == 0
    return path


def test_list_is_json_alone(run, where, signers):
    assert json.loads(run("handover", "list", "--json").stdout) == []
    row = cast.send(cast.released(cast.ready_case()[1]), where, signers[0], now=access.now())
    cast.ready_case()
    listed = json.loads(run("handover", "list", "--json").stdout)
    assert [sorted(one) for one in listed] == [["accepted_at", "reference", "sent_at", "state"]] * 2
    assert [one["state"] for one in listed] == ["sent", "draft"]
    assert listed[0]["sent_at"] == row.sent_at and from_stamp(row.sent_at) <= access.now()
    only = json.loads(run("handover", "list", "--state", "sent", "--json").stdout)
    assert [one["reference"] for one in only] == [row.reference]
    assert row.reference in run("handover", "list").stdout
    assert run("handover", "list", "--state", "nonsense").exit_code == 2


def test_verify_speaks_with_its_status(run, where, signers, tmp_path):
    row = cast.send(cast.released(cast.ready_case()[1]), where, signers[0], now=access.now())
    path = export(run, row, tmp_path)
    first = path.read_bytes()
    result = run("verify-pdf", path)
    assert result.exit_code == 4 and "fortgeschrittene elektronische Signatur ist gültig" in result.stdout
    receiver.confirm_receipt(row, seen_version=row.version, actor=signers[1], now=access.now())
    row = cast.accept(row, where, signers[1], now=access.now())
    assert export(run, row, tmp_path).read_bytes().startswith(first)
    assert run("verify-pdf", path).exit_code == 0
    (tmp_path / "first.pdf").write_bytes(first)
    assert run("verify-pdf", tmp_path / "first.pdf").exit_code == 3
    flipped = bytearray(path.read_bytes())
    flipped[len(flipped) // 2] ^= 1
    path.write_bytes(flipped)
    assert run("verify-pdf", path).exit_code == 1
    path.write_bytes(b"no pdf at all")
    assert run("verify-pdf", path).exit_code == 2
    assert run("verify-pdf", tmp_path / "missing.pdf").exit_code == 2
    assert run("verify-pdf", tmp_path).exit_code == 2


def test_verify_says_withdrawn(run, where, signers, tmp_path):
    row = cast.send(cast.released(cast.ready_case()[1]), where, signers[0], now=access.now())
    sender.withdraw_handover(row, "Irrtum", seen_version=row.version, actor=signers[0], now=access.now())
    result = run("verify-pdf", export(run, row, tmp_path))
    assert result.exit_code == 3 and "zurückgezogen" in result.stdout


def test_another_authority_of_our_name_is_foreign(run, where, signers, tmp_path, settings):
    row = cast.send(cast.released(cast.ready_case()[1]), where, signers[0], now=access.now())
    path = export(run, row, tmp_path)
    settings.pki.rename(tmp_path / "other-pki")
    assert run("verify-pdf", path).exit_code == 5, "no authority, no judgement"
    create_authority(settings.pki, "Prüfstelle", cast.ISSUED)
    result = run("verify-pdf", path)
    assert result.exit_code == 1 and result.stdout.strip()


def test_export_refuses_with_a_sentence(run, tmp_path):
    _case, handover = cast.ready_case()
    for reference in (handover.reference, "SWD-2026-99999-9"):
        result = run("handover", "export", reference, "--out", tmp_path / "x.pdf")
        assert result.exit_code == 1 and result.stderr.startswith("Error: ")
    assert not (tmp_path / "x.pdf").exists()


def test_expire_names_what_it_ended(run, where, signers):
    row = cast.send(cast.released(cast.ready_case()[1]), where, signers[0], now=access.now())
    Handover.update(sent_at="2026-01-02T08:00:00.000000Z").where(Handover.id == row.id).execute()
    assert row.reference in run("handover", "expire").stdout
    assert Handover.get_by_id(row.id).state == "expired"
    assert run("handover", "expire").stdout.startswith("0 ")


def test_the_authority_is_made_once_and_its_root_handed_out(run, tmp_path):
    assert run("pki", "export-root", "--out", tmp_path / "root.pem").exit_code == 1
    assert run("pki", "init").exit_code == 0
    again = run("pki", "init")
    assert again.exit_code == 1 and "never replaced" in again.stderr
    assert run("pki", "export-root", "--out", tmp_path / "root.pem").exit_code == 0
    assert (tmp_path / "root.pem").read_text().startswith("-----BEGIN CERTIFICATE-----")


def test_keys_are_issued_and_revoked(run, where, tmp_path):
    actor = member_of("agentur")
    asked = run("pki", "issue", actor.username, input="135792\n135792\n")
    assert asked.exit_code == 0 and "135792" not in asked.output
    (tmp_path / "pin").write_text("246810\n")
    assert run("pki", "issue", actor.username, "--pin-file", tmp_path / "pin").exit_code == 0
    assert cast.send(cast.released(cast.ready_case()[1]), where, actor, now=NOW.replace(year=2027)).state == "sent"
    (tmp_path / "pin").write_text("111111")
    assert run("pki", "issue", actor.username, "--pin-file", tmp_path / "pin").exit_code == 1
    assert run("pki", "issue", "nobody", "--pin-file", tmp_path / "pin").exit_code == 1
    assert run("pki", "revoke", actor.username, "--reason", "key-compromise").exit_code == 0
    assert signing_key_of(actor.account_id) is None, "an earlier key does not come back"
    assert SigningKey.select().where(SigningKey.revoked_at.is_null()).count() == 0
    assert run("pki", "revoke", actor.username).exit_code == 1


@pytest.mark.parametrize(
    "words",
    [
        ("handover", "list"), ("handover", "export"), ("handover", "expire"), ("verify-pdf",),
        ("pki", "init"), ("pki", "issue"), ("pki", "revoke"), ("pki", "export-root"),
    ],
)  # fmt: skip
def test_every_command_explains_itself(run, words):
    result = run(*words, "--help")
    assert result.exit_code == 0 and "Usage:" in result.stdout


def test_a_missing_database_is_a_sentence(run, where, signers, tmp_path):
    row = cast.send(cast.released(cast.ready_case()[1]), where, signers[0], now=access.now())
    path = export(run, row, tmp_path)
    db.execute_sql("ALTER TABLE document RENAME TO gone")
    result = run("verify-pdf", path)
    db.execute_sql("ALTER TABLE gone RENAME TO document")
    assert result.exit_code == 5 and "Datenbank" in result.stderr
