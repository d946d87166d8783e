"""The accounts of an installation for training. Every name is invented."""

from datetime import datetime, timedelta

from argon2 import PasswordHasher

from blueprints.shared.settings import Settings
from models.base import db
from models.operations.ledger import record
from models.queries import accounts
from models.rules.roles import SYSTEM, Role
from models.rules.states import AccountState
from models.rules.times import stamp
from models.tables import Account, Organisation, Provider
from pdf.signatures import personal

PASSWORD = "staffelstab-demo"  # noqa: S105 - shown on the login page of a training installation
PIN = "246810"
# user name, organisation, name, function, phone, signs
CAST = (
    ("agentur", "agentur", "K. Hoffmann", "Beratung Flüchtlinge", "0681 000-1234", True),
    ("jobcenter", "jobcenter", "A. Klein", "Fallmanagement", "06851 000-5678", True),
    ("coach", "coach", "M. Becker", "Beschäftigungscoach", "06851 000-2210", True),
    ("tholey", "tholey", "S. Wagner", "Sozialamt", "06853 000-120", True),
    ("traeger", "bosenberg", "D. Krämer", "Kursverwaltung", "06851 000-7700", True),
    ("asyl", "asyl", "P. Schäfer", "Leistungsgewährung", "06851 000-2310", True),
    ("koordination", "koordination", "U. Lorenz", "Koordination", "06851 000-2410", True),
    ("bamf", "bamf", "R. Vogt", "Regionalkoordination", "06881 000-90", False),
    ("datenschutz", "datenschutz", "H. Arnold", "Datenschutz", "06851 000-2500", False),
    ("admin", "verwaltung", "T. Meiser", "Systemverwaltung", "06851 000-2600", False),
)
PROVIDERS = (
    ("bosenberg", "Bildungswerk Bosenberg", "Bahnhofstraße 12", "66606", "St. Wendel", "BW-4711"),
    ("schaumberg", "Sprachinstitut Schaumberg", "Trierer Straße 8", "66636", "Tholey", "SI-0815"),
    (None, "KVHS (Demo)", "Werschweilerstraße 40", "66606", "St. Wendel", "KV-0001"),
)


def add_providers() -> None:
    """Three invented course providers; the third has no account and works on paper."""
    with db.atomic():
        for key, name, street, postcode, town, code in PROVIDERS:
            place = {"street": street, "postcode": postcode, "town": town}
            organisation = Organisation.create(key=key, kind=Role.PROVIDER, name=name, **place) if key else None
            Provider.create(organisation=organisation, name=name, bamf_code=code, phone="06851 000-7000", **place)


def add_accounts(settings: Settings, *, now: datetime) -> None:
    """The cast, past the first login, with their PIN where they sign."""
    password_hash = PasswordHasher().hash(PASSWORD)
    with db.atomic():
        for username, key, name, function, phone, _signs in CAST:
            account = Account.create(
                username=username,
                organisation=Organisation.get(Organisation.key == key),
                name=name,
                function=function,
                phone=phone,
                email=f"{username}@beispiel.example",
                state=AccountState.ACTIVE,
                password_hash=password_hash,
                is_demo=True,
                created_at=stamp(now),
            )
            record(SYSTEM, "account.created", {"account": account.id, "organisation": key}, now=now)
    # older than every signature of the invented past
    for username in (row[0] for row in CAST if row[5]):
        account = accounts.account_named(username)
        personal.issue_key(account, PIN, settings.pki, settings.pepper, actor=SYSTEM, now=now - timedelta(minutes=1))
