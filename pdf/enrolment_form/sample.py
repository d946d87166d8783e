"""An invented enrolment: complete but for two fields."""

from datetime import UTC, datetime

from pdf.base.sheet import Party
from pdf.enrolment_form.sheet import EnrolmentFacts, EnrolmentForm, enrolment_form

VALUES: dict[str, str | None] = {
    "course_kind": "Allgemeiner Integrationskurs, ab Modul 3",
    "course_number": "BB-IK-2027-01",
    "wished_start": "04.01.2027",
    "family_name": "Rahimi",
    "given_names": "Samira",
    "birth_date": "14.03.1994",
    "birth_place": None,
    "sex": "weiblich",
    "nationalities": "Afghanistan",
    "address": "Musterstraße 4, 66636 Tholey",
    "phone_email": "0151 0000000",
    "access_path": "Verpflichtung durch die AsylbLG-Stelle",
    "legal_basis": "§ 5b AsylbLG, § 44a Abs. 1 Satz 1 Nr. 4 AufenthG",
    "decided_on": "05.10.2026",
    "valid_until": "04.10.2027",
    "file_number": None,
    "obligation_note": "zur Teilnahme verpflichtet",
    "literacy": "lateinisch sicher",
    "education": "12 Jahre, Hochschulzugang",
    "german": "A2 (Schreiben A1), Einstufungstest 28.09.2026",
    "mother_tongue": "Dari",
    "understanding": "Dari, Englisch · Dolmetschen nötig",
    "placement_test": "28.09.2026: A2, Modul 3",
    "availability": "Vormittag, Teilzeit",
    "childcare": "1 Kind, 4 Jahre",
    "travel": "Bus R2 ab Tholey Markt, 25 Minuten",
    "special_needs": None,
    "exemption": "beantragt, AsylbLG-Bescheid liegt bei",
    "travel_costs": "beantragt am 20.11.2026",
}

FACTS = EnrolmentFacts(
    reference="SWD-2026-00417-K1",
    issued_on="20.11.2026",
    created=datetime(2026, 11, 20, 10, 30, tzinfo=UTC),
    provider=Party("Kursträger", "Bildungswerk Bosenberg", ("Bahnhofstraße 11", "66606 St. Wendel")),
    issuer=Party(
        "ausstellende Stelle",
        "Landkreis St. Wendel, AsylbLG-Stelle",
        ("M. Becker, Sachbearbeitung", "Tel. 06851 801-0"),
    ),
    return_to=("Landkreis St. Wendel", "AsylbLG-Stelle", "Mommstraße 21–31", "66606 St. Wendel"),
    slip_address="http://staffelstab.test/kurse/rueckmeldung/SWD-2026-00417-K1",
    family="integration",
    values=VALUES,
    consent="given",
    interpreter="A. Karimi",
)


def sample() -> EnrolmentForm:
    """The form of these facts."""
    return enrolment_form(FACTS)
