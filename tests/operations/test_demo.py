"""The invented people of a training installation: true to the rules, signed for real, refused where others work."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from click.testing import Result

from app import create_app
from blueprints.shared.settings import Settings
from demo.fill import YoungAuthority, fill
from demo.many import fill_many
from demo.past import Past
from demo.people import CAST
from models.base import db, use_database
from models.migrations import upgrade
from models.operations import ledger, seeding
from models.operations.milestones import wrong_milestones
from models.operations.tasks import wrong_tasks
from models.queries import accounts, documents
from models.queries.audit import verify_ledger
from models.rules.states import (
    CaseState,
    ConsentState,
    DocumentKind,
    EnrolmentState,
    HandoverState,
    ListKey,
    StageState,
)
from models.rules.tasks import Lane
from models.rules.times import stamp
from models.tables import (
    Answer,
    Case,
    CaseStage,
    CaseTask,
    Consent,
    Course,
    Enrolment,
    Event,
    FollowUp,
    Handover,
    Person,
)
from pdf.signatures.authority import create_authority
from pdf.signatures.verdict import VerdictCode
from pdf.verification import judge
from tests.conftest import LEDGER_KEY, NOW, TODAY

CASES = 60


def _settings(folder: Path) -> Settings:
    return Settings(
        data=folder,
        database_url=f"sqlite:///{folder / 'staffelstab.db'}",
        base_url="http://staffelstab.test",
        mode="demo",
        port=8000,
        session_key=b"s" * 32,
        ledger_key=LEDGER_KEY,
    )


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """A small training installation, made once; the tests only read it."""
    current = _settings(tmp_path_factory.mktemp("training"))
    database = use_database(current.database_url)
    ledger.use_key(LEDGER_KEY)
    with database.connection_context():
        upgrade(database)
        seeding.seed(now=NOW)
        fill(current, cases=CASES, seed=1, now=NOW)
    database.close_all()
    return current


@pytest.fixture
def training(filled: Settings) -> Iterator[Settings]:
    database = use_database(filled.database_url)
    ledger.use_key(LEDGER_KEY)
    with database.connection_context():
        yield filled
    database.close_all()


def test_there_are_exactly_as_many_cases_as_asked_for(training: Settings):
    assert Case.select().count() == CASES
    assert Answer.select().count() >= 20 * CASES
    assert Event.select().where(Event.case_id.is_null(False)).count() >= 5 * CASES


def test_the_accounts_are_ready_for_work(training: Settings):
    shown = accounts.demo_accounts()
    assert [account.username for account in shown] == [row[0] for row in CAST]
    signing = {account.username for account in shown if accounts.signing_key_of(account.id)}
    assert signing == {row[0] for row in CAST if row[5]}


def test_the_ledger_holds(training: Settings):
    result = verify_ledger(LEDGER_KEY)
    assert result.findings == []
    assert result.chains == CASES + 1


def test_the_tasks_follow_from_the_facts(training: Settings):
    assert wrong_tasks(today=TODAY) == []
    assert {row.lane for row in CaseTask.select(CaseTask.lane).distinct()} == set(Lane)
    assert FollowUp.select().exists()


def test_nothing_lies_in_the_future_or_runs_backwards(training: Settings):
    last: dict[str, str] = {}
    for chain, at in Event.select(Event.chain, Event.at).order_by(Event.chain, Event.seq).tuples():
        assert last.get(chain, "") <= at or chain == ledger.SYSTEM_CHAIN
        last[chain] = at
    assert max(last.values()) <= stamp(NOW)


def test_earlier_days_of_the_past_are_earlier_moments():
    for day in range(0, 730, 3):  # whatever weekends and holidays lie in between
        past = Past(NOW + timedelta(days=day))
        told = [past.moment(days, hour, 30) for days in range(120, 0, -1) for hour in (8, 10, 15)]
        assert told == sorted(set(told))
        assert told[-1] <= past.now


def test_handovers_are_in_every_state_that_a_training_shows(training: Settings):
    states = Counter(row.state for row in Handover.select(Handover.state))
    assert set(states) >= set(HandoverState) - {HandoverState.EXPIRED}
    assert states[HandoverState.ACCEPTED] >= 2
    due = [row.due_on for row in Handover.select().where(Handover.state == HandoverState.DRAFT)]
    assert any(day < TODAY for day in due)
    assert any(TODAY <= day <= TODAY + timedelta(days=7) for day in due)


def test_accepted_sheets_carry_two_valid_signatures(training: Settings):
    accepted = Handover.select().where(Handover.state == HandoverState.ACCEPTED)
    for row in accepted:
        document = documents.current_document(row.id, DocumentKind.TRANSFER_SHEET)
        assert document is not None
        verdict = judge(documents.content_of(document.id), training.pki, now=NOW)
        assert verdict.code is VerdictCode.VALID
    assert any(row.first_talk_on for row in accepted)
    assert any(row.first_talk_on is None for row in accepted)


def test_sheets_were_sent_without_gaps_of_which_nobody_says_why(training: Settings):
    sent = Handover.select().where(Handover.snapshot.is_null(False))
    assert len(sent) >= 8
    assert all(reason for row in sent for reason in row.gap_reasons.values())


def test_a_household_keeps_days_of_its_own_for_each_member(training: Settings):
    changes: dict[int, set[date]] = {}
    for home, day in (
        Handover.select(Person.household, Handover.change_on)
        .join(Case)
        .join(Person)
        .where(Handover.change_on.is_null(False))
        .tuples()
    ):
        changes.setdefault(home, set()).add(day)
    assert any(len(days) == 2 for days in changes.values())


def test_the_clerk_of_tholey_has_much_to_see(training: Settings):
    tholey = accounts.organisation_keyed("tholey")
    signed = Case.select().join(Handover).where(Case.municipality == tholey.id, Handover.sent_at.is_null(False))
    assert signed.count() >= 8


def test_consents_stages_courses_and_ends_are_shown(training: Settings):
    assert {row.coach_consent for row in Case.select()} >= {
        ConsentState.GRANTED,
        ConsentState.REFUSED,
        ConsentState.WITHDRAWN,
    }
    assert Consent.select().where(Consent.purpose == "E2").count() >= 3
    assert Case.select().where(Case.state == CaseState.CLOSED, Case.outcome == "work").exists()
    for key in (ListKey.INTAKE, ListKey.COUNSELLING):
        finished = CaseStage.select().where(CaseStage.key == key, CaseStage.state == StageState.FINISHED)
        assert finished.count() >= 20
    assert {row.state for row in Enrolment.select()} >= {
        EnrolmentState.WAITING,
        EnrolmentState.RESERVED,
        EnrolmentState.SENT,
        EnrolmentState.CONFIRMED,
        EnrolmentState.DECLINED,
        EnrolmentState.CANCELLED,
    }
    assert Course.select().where(Course.taken == Course.seats).exists()


def test_an_installation_in_production_refuses(filled: Settings):
    refused = _run(replace(filled, mode="production"), "demo")
    assert refused.exit_code == 1
    assert "STAFFELSTAB_MODE is production" in refused.output


def test_a_database_with_cases_refuses(filled: Settings):
    refused = _run(filled, "demo", "--cases", "3")
    assert refused.exit_code == 1
    assert "already holds cases" in refused.output


def _run(settings: Settings, *command: str) -> Result:
    application = create_app(settings)
    with application.app_context():
        result = application.test_cli_runner().invoke(args=list(command))
    db.obj.close_all()
    return result


def test_an_authority_younger_than_the_past_is_not_used(tmp_path: Path):
    current = _settings(tmp_path)
    create_authority(current.pki, "Prüfstelle", NOW)
    with pytest.raises(YoungAuthority):
        fill(current, cases=3, seed=1, now=NOW)


@pytest.mark.usefixtures("database")
@pytest.mark.parametrize("database_url", ["postgres"], indirect=True)
def test_postgres_too_takes_cases_in_bulk():
    before = Case.select().count()
    fill_many(3, seed=1, now=NOW)
    assert Case.select().count() == before + 3
    assert wrong_tasks(today=TODAY) == wrong_milestones() == []
