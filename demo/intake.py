"""The first steps of a story: intake by the municipality, contact by the coach, counselling by the Agentur."""

from datetime import datetime, timedelta
from typing import NamedTuple

from demo.entering import biography, common, enter, enter_consent, enter_record, finish
from demo.training import Told
from models.operations.cases import record_first_contact
from models.operations.person_values import update_person_values
from models.operations.residence import add_paper
from models.rules.residence_entries import PaperEntry
from models.rules.roles import Actor
from models.rules.states import ListKey
from models.rules.times import local_day
from models.tables import Case

BIRTH_PLACES = {
    "SYR": "Aleppo", "AFG": "Herat", "IRQ": "Sulaimaniya", "ERI": "Asmara", "TUR": "Diyarbakır", "IRN": "Schiras",
    "SOM": "Mogadischu", "UKR": "Charkiw",
}  # fmt: skip
LATER_PAPERS = {"AKN": "AGS"}
"""What people hold by the time somebody looks at it: the list is older."""
WORK_NOTES = {"AGS": "ET3", "DUL": "ET3", "AE24": "ET1", "AE252U": "ET1"}
CONDITIONS = {"AGS": "ASYLUM", "DUL": "TOLERATED"}
FIRST_ITEMS = ("A01", "A03", "A09", "A14")
HALF_OF_COUNSELLING = ("B01", "B02", "B03", "B04", "B07", "B10", "B12", "B24")


class Home(NamedTuple):
    """Who lives in the household, and what the papers say of the family."""

    marital_status: str = "LD"
    adults: int = 1
    children: int = 0
    under_14: int = 0


def take_in(told: Told, now: datetime, home: Home, *, whole: bool = True) -> None:
    """The municipality's list; ``whole`` finishes it, else it is only begun."""
    case = told.case()
    told.days |= {"arrival": case.person.arrived_on, "intake": local_day(now)}
    actor = told.training.municipality(case)
    spoken = {"mother_tongue": case.person.mother_tongue or case.person.languages[0]}
    enter_record(told, "A13", {"understood": case.person.languages, "interpreter": "yes"} | spoken, actor, now)
    texts = common("intake")
    if not whole:
        enter(told, texts, actor, now, FIRST_ITEMS)
        return
    _compare_personalia(told, now, home)
    _see_paper(told, now)
    enter_record(told, "A10", _counted(home), actor, now)
    enter_record(told, "A11", {"accommodation": "GW"}, actor, now)
    if not case.person.phone:
        enter_record(told, "A12", {"phone": f"0151 23{case.id:05d}"}, actor, now)
    enter(told, texts, actor, now)
    finish(told, ListKey.INTAKE, actor, now + timedelta(minutes=20))


def _counted(home: Home) -> dict[str, int]:
    return {"adults": home.adults, "children": home.children} | (
        {"children_under_14": home.under_14} if home.children else {}
    )


def _compare_personalia(told: Told, now: datetime, home: Home) -> None:
    case = told.case()
    columns = {
        "place_of_birth": BIRTH_PLACES[case.person.nationality],
        "country_of_birth": case.person.nationality,
        "marital_status": home.marital_status,
    }
    _change_person(case, columns, "Ausweispapier", told.training.municipality(case), now)


def correct_record(told: Told, columns: dict[str, str], source: str, now: datetime) -> None:
    """The Agentur corrects values of the person, with their source."""
    _change_person(told.case(), columns, source, told.training.clerks["agentur"], now)


def _change_person(case: Case, columns: dict[str, str], source: str, actor: Actor, now: datetime) -> None:
    version = case.person.version
    update_person_values(
        case.person_id, columns, source=source, case_id=case.id, seen_version=version, actor=actor, now=now
    )


def _see_paper(told: Told, now: datetime) -> None:
    """The paper as the municipality has seen it, with what only the paper itself says."""
    case, actor = told.case(), told.training.municipality(told.case())
    listed = told.held(local_day(now)).records[0]
    code = LATER_PAPERS.get(listed.code, listed.code)
    entry = PaperEntry(
        code=code,
        valid_to=listed.valid_to,
        issued_by="Zentrale Ausländerbehörde",
        work_note=WORK_NOTES.get(code, "ET0"),
        residence_condition=CONDITIONS.get(code, "NONE"),
        seen_on=local_day(now),
    )
    add_paper(case, entry, seen_version=case.version, actor=actor, now=now)


def coach_meets(told: Told, now: datetime, consent: str | None) -> None:
    """The coach's first contact; ``consent`` E1 granted, refused, or not asked yet."""
    coach = told.training.clerks["coach"]
    told.days["coach"] = local_day(now)
    enter(told, common("coach"), coach, now)
    if consent:
        enter_consent(told, "C05", consent, coach, now + timedelta(minutes=15))


def coach_prepares(told: Told, now: datetime) -> None:
    """What the coach does for the appointment at the Agentur, where consent E1 lets her."""
    enter(told, common("coach_consented"), told.training.clerks["coach"], now)


def counsel(told: Told, now: datetime, *, whole: bool = True, by: str = "agentur") -> None:
    """The first talk; ``whole`` finishes the list, else half of it is known."""
    actor = told.training.clerks[by]
    told.days["talk"] = local_day(now)
    case = told.case()
    record_first_contact(case, local_day(now), seen_version=case.version, actor=actor, now=now)
    texts = {**common("counselling"), **biography(told.biography)}
    if not whole:
        enter(told, texts, actor, now, HALF_OF_COUNSELLING)
        return
    enter_record(told, "B05", {"number": f"551D{case.id:06d}"}, actor, now)
    enter(told, texts, actor, now, (code for code in texts if code[0] != "U"))
    finish(told, ListKey.COUNSELLING, actor, now + timedelta(minutes=50))


ALONE = Home()
