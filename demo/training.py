"""What all invented stories share: the past, the acting people, the place where they sign."""

from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from blueprints.shared.settings import Settings
from demo.past import Past
from demo.people import CAST
from models.queries import accounts
from models.queries.dossier import Dossier, dossier
from models.queries.law import current_law
from models.rules.law.data import Law
from models.rules.roles import Actor, Role
from models.tables import Case, Organisation, Person
from pdf.transfer_sheet.issue import Place


@dataclass(frozen=True)
class Training:
    """A training installation while it is filled."""

    settings: Settings
    past: Past

    @cached_property
    def clerks(self) -> dict[str, Actor]:
        """The people of the demo accounts by user name."""
        names = (row[0] for row in CAST)
        return {name: accounts.actor_of(accounts.account_named(name)) for name in names}

    @cached_property
    def law(self) -> Law:
        """The law as it stands."""
        return current_law()

    @property
    def place(self) -> Place:
        """Where this installation signs; its papers say MUSTER."""
        current = self.settings
        return Place(current.pki, current.pepper, current.base_url, current.demo)

    def municipality(self, case: Case) -> Actor:
        """Who works for the municipality of a case: an account, or an office without one."""
        office = Organisation.get_by_id(case.municipality_id)
        known = self.clerks.get(office.key)
        return known or Actor(None, "", "Sozialamt", "", office.id, office.key, office.name, Role.MUNICIPALITY)


@dataclass
class Told:
    """The person whose story is being told: her case, what she tells of herself, and the days to count from."""

    training: Training
    case_id: int
    biography: str
    days: dict[str, date] = field(default_factory=dict)

    def case(self) -> Case:
        """The case with its person as it stands."""
        case: Case = Case.select(Case, Person).join(Person).where(Case.id == self.case_id).get()
        return case

    def held(self, today: date) -> Dossier:
        """Everything recorded of the case."""
        return dossier(self.case(), today)
