"""An invented snapshot with every section, every kind of mark and two withheld sections' worth of variety."""

from typing import Any

from models.rules.transfer_sheet import SNAPSHOT_FORMAT, Cell, given, listed, not_given
from pdf.transfer_sheet.sheet import TransferSheet, sheet_from_snapshot

TALK = "AA, Gespräch, 02.10.2026"
PAPER = "Gemeinde Tholey, lt. Ankunftsnachweis, 20.05.2026"
CERTIFICATE = "AA, lt. Zeugnis, 02.10.2026"
DECISION = "AA, lt. Bescheid, 16.11.2026"
ABSENT = not_given()


def _all(source: str, **values: str) -> dict[str, Cell]:
    return {key: given(text, source) for key, text in values.items()}


def _rows(source: str, columns: str, *rows: tuple[str, ...]) -> Cell:
    return listed([_all(source, **dict(zip(columns.split(), row, strict=True))) for row in rows])


HEAD: dict[str, Any] = {
    "reference": "SWD-2026-00417-1",
    "case_number": "SWD-2026-00417",
    "version": 1,
    "replaces": None,
    "date": "20.11.2026",
    "created_at": "2026-11-20T09:12:31Z",
    "occasion": "Anerkennung (Flüchtlingseigenschaft)",
    "legal_basis": "§ 50 Abs. 1 SGB II, § 69 Abs. 1 Nr. 1 SGB X",
    "confidentiality": "Sozialdaten",
    "agreement": "nach der Kooperationsvereinbarung zwischen Landkreis St. Wendel und Agentur für Arbeit Saarland",
    "sphere_from": "SGB III",
    "sphere_to": "SGB II",
    "change_date": "01.12.2026",
    "sender": {
        "organisation": "Agentur für Arbeit Saarland",
        "team": "Team Beratung Flüchtlinge",
        "person": "K. Hoffmann",
        "function": "Vermittlungsfachkraft",
        "phone": "0681 000-1234",
    },
    "recipient": {
        "organisation": "Kommunale Arbeitsförderung – Jobcenter",
        "team": "Team Integration",
        "phone": "06851 000-5678",
    },
    "verification": {"url": "https://staffelstab.intranet/pruefen/7K4M-Q2XD-9RTA", "code": "7K4M-Q2XD-9RTA"},
}

PERSON = _all(
    PAPER,
    family_name="Rahimi",
    given_names="Samira",
    birth_place="Herat, Afghanistan",
    sex="weiblich",
    nationalities="Afghanistan",
    marital_status="verheiratet",
    other_spellings="Raheemi (سمیرا رحیمی)",
    address="Musterstraße 4, 66636 Tholey",
    municipality="Tholey",
    phone="0151 0000000",
) | {
    "birth_date": given("14.03.1994", PAPER, "1994-03-14"),
    "email": not_given("declined"),
    "kundennummer": given("123A456789", TALK),
    "azr_number": not_given("not_released"),
}

RESIDENCE = _all(
    DECISION,
    bamf_decision="Flüchtlingseigenschaft",
    title_status="beantragt am 16.11.2026",
    lawsuit="nein",
    work_note="Erwerbstätigkeit erlaubt",
) | {
    "residence_paper": given("Aufenthaltsgestattung", PAPER, "AGS"),
    "paper_valid_until": given("17.05.2027", PAPER, "2027-05-17"),
    "decision_served_on": given("14.11.2026", DECISION, "2026-11-14"),
    "residence_rule_until": ABSENT,
    "entered_on": given("02.05.2026", PAPER, "2026-05-02"),
    "registered_on": given("18.05.2026", PAPER, "2026-05-18"),
}

SECTIONS_GIVEN: dict[str, dict[str, Cell]] = {
    "A": PERSON,
    "B": _all(
        TALK,
        mother_tongue="Dari",
        understood_languages="Dari, Englisch (einfach)",
        interpreter_needed="ja, Dari",
        script="lateinisch sicher",
    ),
    "C": RESIDENCE,
    "D": _all(
        DECISION,
        change_date="01.12.2026",
        asylblg_until="30.11.2026",
        change_reason="Regel: Zustellung der Anerkennung am 14.11.2026, § 1 Abs. 3 Satz 1 AsylbLG, § 25 Abs. 2 Satz 3 "
        "AufenthG",
        sgb2_application="Termin 24.11.2026; Antrag spätestens am 31.12.2026",
    ),
    "E": {
        "adults": given("2", PAPER, "2"),
        "children": given("1", PAPER, "1"),
        "members": _rows(
            PAPER,
            "given_name birth_year relation own_status childcare",
            ("Farid", "1990", "Ehegatte", "ja", "–"),
            ("Leyla", "2022", "Tochter", "nein", "fehlt, Kita-Antrag läuft"),
        ),
    },
    "F": {
        "school_years": given("12", CERTIFICATE, "12"),
        "school_certificate": _rows(
            CERTIFICATE,
            "certificate country year proof",
            ("Oberschule, Hochschulzugang", "Afghanistan", "2012", "Zeugnis, übersetzt"),
        ),
        "training": _rows(
            CERTIFICATE,
            "title_original title_german country duration certificate proof",
            ("لیسانس فارمسی", "Pharmazie, Bachelor", "Afghanistan", "2013–2017", "Bachelor", "Zeugnis, übersetzt"),
        ),
    },
    "G": _all(
        TALK,
        recognition_status="Antrag läuft",
        recognition_office="Landesamt für Soziales",
        recognition_file="LAS 4-118/26",
        recognition_next_step="Gleichwertigkeitsprüfung abwarten",
    ),
    "H": {
        "experience": listed(
            [
                _all(
                    TALK,
                    occupation="Apothekenangestellte",
                    kldb2="81 medizinische Gesundheitsberufe",
                    level="2 Fachkraft",
                    country="Afghanistan",
                    period="2017–2021",
                )
                | {"proof": given("Arbeitszeugnis", CERTIFICATE)},
                _all(
                    TALK,
                    occupation="Verkaufshilfe im Lebensmittelhandel",
                    kldb2="62 Verkaufsberufe",
                    level="1 Helfer",
                    country="Iran",
                    period="2022–2025",
                    proof="keiner",
                ),
            ]
        ),
    },
    "I": {
        "german": _rows(
            TALK,
            "listening reading writing speaking proof proved_on",
            ("A2", "A2", "A1", "A2", "Einstufungstest", "28.09.2026"),
        ),
        "further_languages": given("Dari (Muttersprache), Farsi (C1), Englisch (A2)", TALK),
    },
    "J": _all(TALK, computer_skills="2 sicher in Büroprogrammen", mobility="ÖPNV, höchstens 60 Minuten")
    | {"driving_licence": ABSENT, "working_hours": given("Teilzeit vormittags", TALK)},
    "K": _all(
        TALK,
        strengths="genau, gewissenhaft, freundlich im Kundenkontakt",
        target_occupation_1="Pharmazeutisch-technische Assistentin",
        target_occupation_2="Verkäuferin in der Drogerie",
        training_wish="keiner",
        assessment="Gute Voraussetzungen für einen Gesundheitsberuf. Deutsch bis B2 ist der nächste Schritt, daneben "
        "die Gleichwertigkeit des Studiums. Kinderbetreuung ist vor Kursbeginn zu klären.",
    )
    | {
        "notes": _rows(
            TALK,
            "noted_on topic text decision",
            ("02.10.2026", "Anerkennung", "Zeugnisse liegen im Original vor.", "Beratung bei der IHK FOSA"),
        )
    },
    "M": {
        "talks": _rows(
            TALK,
            "held_on form",
            ("12.08.2026", "Gruppeninformation Lebach"),
            ("02.10.2026", "Erstgespräch, persönlich, mit Dolmetscher"),
        ),
        "measures": given("keine", TALK),
        "courses": _rows(
            TALK,
            "kind provider starts_on state result",
            ("Erstorientierungskurs", "KVHS (Demo)", "01.09.2026", "läuft", "offen"),
            ("Allgemeiner Integrationskurs", "Bildungswerk Bosenberg", "04.01.2027", "Platz reserviert", "offen"),
        ),
        "entitlements": _rows(
            TALK,
            "kind issued_on valid_until",
            ("Verpflichtung durch die AsylbLG-Stelle, § 5b AsylbLG", "05.10.2026", "04.10.2027"),
        ),
    },
    "N": {
        "steps": _rows(
            TALK,
            "step who until state",
            ("Antrag auf Anerkennung des Pharmaziestudiums", "Frau Rahimi, IQ-Beratung", "15.12.2026", "läuft"),
            ("Integrationskurs ab Modul 3", "Bildungswerk Bosenberg", "04.01.2027", "Platz reserviert"),
            ("Kita-Platz in Tholey", "Frau Rahimi, Coach", "04.01.2027", "offen"),
        ),
    },
    "O": {"open_points": _rows(TALK, "text due_on", ("Antrag SGB II stellen", "31.12.2026"))},
    "P": {
        "enclosures": _rows(
            TALK,
            "enclosure enclosed",
            ("Zeugnis Pharmazie mit Übersetzung", "ja"),
            ("Einstufungstest", "ja"),
            ("Lebenslauf", "nein"),
        ),
    },
    "Q": {
        "informed_on": given("20.11.2026", "AA, Gespräch, 20.11.2026", "2026-11-20"),
        "consent_e1": given("erteilt am 12.08.2026", "Coach, unterschrieben, 12.08.2026"),
        "consent_e2": given("erteilt am 02.10.2026", "AA, unterschrieben, 02.10.2026"),
        "consent_e3": ABSENT,
    },
    "R": {
        "released_by": given("K. Hoffmann, Vermittlungsfachkraft"),
        "released_on": given("20.11.2026", None, "2026-11-20"),
        "signature_note": given("fortgeschrittene elektronische Signatur"),
    },
}


def snapshot() -> dict[str, Any]:
    """A complete snapshot in which section L is withheld."""
    return {"format": SNAPSHOT_FORMAT, "head": HEAD, "sections": SECTIONS_GIVEN, "withheld": ["L"]}


def sample() -> TransferSheet:
    """The sheet of that snapshot."""
    return sheet_from_snapshot(snapshot())
