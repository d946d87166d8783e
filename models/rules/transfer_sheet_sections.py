"""The sections A–R of the transfer sheet (Übergabebogen) and their fields, as data.

They follow the statutory lists of § 18b AZRG, § 37 Abs. 1 SGB III, § 15 Abs. 1 SGB II and § 50 Abs. 1 SGB II.
"""

from dataclasses import dataclass
from typing import Literal

from models.rules.message import N_

FieldKind = Literal["value", "table"]


@dataclass(frozen=True, slots=True)
class SheetColumn:
    """A column of a table on the sheet; ``required`` asks for it in every row."""

    key: str
    label: str
    required: bool = False


@dataclass(frozen=True, slots=True)
class SheetField:
    """A field of a section. ``later`` marks what is known only after sending, so the gate does not ask for it.

    ``where_given``: it stands on the sheet only where there is something to say, without a mark for its absence.
    """

    key: str
    label: str
    required: bool = False
    kind: FieldKind = "value"
    columns: tuple[SheetColumn, ...] = ()
    most_rows: int | None = None
    later: bool = False
    where_given: bool = False


@dataclass(frozen=True, slots=True)
class SheetSection:
    """A lettered section. Only a section with ``may_be_withheld`` can be left out when its release is decided."""

    letter: str
    title: str
    fields: tuple[SheetField, ...]
    may_be_withheld: bool = True


def _value(key: str, label: str, required: bool = False) -> SheetField:
    return SheetField(key, label, required)


def _later(key: str, label: str, required: bool = False) -> SheetField:
    return SheetField(key, label, required, later=True)


def _table(
    key: str, label: str, *columns: SheetColumn, required: bool = False, most_rows: int | None = None
) -> SheetField:
    return SheetField(key, label, required, "table", columns, most_rows)


SECTIONS: tuple[SheetSection, ...] = (
    SheetSection(
        "A",
        N_("Person"),
        (
            _value("family_name", N_("Familienname"), True),
            _value("given_names", N_("Vorname(n)"), True),
            _value("birth_date", N_("Geburtsdatum"), True),
            _value("birth_place", N_("Geburtsort, Geburtsland")),
            _value("sex", N_("Geschlecht"), True),
            _value("nationalities", N_("Staatsangehörigkeit(en)"), True),
            _value("marital_status", N_("Familienstand")),
            _value("other_spellings", N_("Andere Schreibweisen")),
            _value("address", N_("Anschrift"), True),
            _value("municipality", N_("Gemeinde"), True),
            _value("phone", N_("Telefon")),
            _value("email", N_("E-Mail")),
            _value("kundennummer", N_("Kundennummer BA"), True),
            _value("azr_number", N_("AZR-Nummer")),
        ),
        may_be_withheld=False,
    ),
    SheetSection(
        "B",
        N_("Sprache der Verständigung"),
        (
            _value("mother_tongue", N_("Muttersprache"), True),
            _value("understood_languages", N_("Verständigung auf"), True),
            _value("interpreter_needed", N_("Dolmetscher nötig"), True),
            _value("script", N_("Schrift")),
        ),
    ),
    SheetSection(
        "C",
        N_("Aufenthalt"),
        (
            _value("residence_paper", N_("Aufenthaltspapier"), True),
            _value("paper_valid_until", N_("gültig bis"), True),
            _value("bamf_decision", N_("Entscheidung BAMF"), True),
            _value("decision_served_on", N_("Zustellung am"), True),
            _value("title_status", N_("Titel beantragt/erteilt"), True),
            _value("lawsuit", N_("Klage anhängig")),
            _value("work_note", N_("Nebenbestimmung Erwerbstätigkeit"), True),
            _value("residence_rule_until", N_("Wohnsitzregelung bis")),
            _value("entered_on", N_("Einreise")),
            _value("registered_on", N_("Registrierung")),
        ),
        may_be_withheld=False,
    ),
    SheetSection(
        "D",
        N_("Wechsel"),
        (
            _value("change_date", N_("Wechseltermin"), True),
            _value("asylblg_until", N_("AsylbLG-Bezug bis")),
            _value("change_reason", N_("Begründung"), True),
            _value("sgb2_application", N_("SGB-II-Antrag gestellt/Termin")),
        ),
        may_be_withheld=False,
    ),
    SheetSection(
        "E",
        N_("Haushalt"),
        (
            _value("adults", N_("Erwachsene"), True),
            _value("children", N_("Kinder"), True),
            _table(
                "members",
                N_("Mitglieder des Haushalts"),
                SheetColumn("given_name", N_("Vorname")),
                SheetColumn("birth_year", N_("Geburtsjahr")),
                SheetColumn("relation", N_("Beziehung")),
                SheetColumn("own_status", N_("eigener Status")),
                SheetColumn("childcare", N_("Kinderbetreuung")),
            ),
        ),
    ),
    SheetSection(
        "F",
        N_("Schule und Ausbildung"),
        (
            _value("school_years", N_("Schuljahre"), True),
            _table(
                "school_certificate",
                N_("Höchster Schulabschluss"),
                SheetColumn("certificate", N_("Abschluss"), True),
                SheetColumn("country", N_("Land"), True),
                SheetColumn("year", N_("Jahr"), True),
                SheetColumn("proof", N_("Nachweis"), True),
                required=True,
            ),
            _table(
                "training",
                N_("Berufsausbildung/Studium"),
                SheetColumn("title_original", N_("Bezeichnung original")),
                SheetColumn("title_german", N_("Bezeichnung deutsch"), True),
                SheetColumn("country", N_("Land")),
                SheetColumn("duration", N_("Dauer")),
                SheetColumn("certificate", N_("Abschluss")),
                SheetColumn("proof", N_("Nachweis")),
                required=True,
            ),
        ),
    ),
    SheetSection(
        "G",
        N_("Anerkennung"),
        (
            _value("recognition_status", N_("Status")),
            _value("recognition_office", N_("Stelle")),
            _value("recognition_file", N_("Aktenzeichen")),
            _value("recognition_next_step", N_("Nächster Schritt")),
        ),
    ),
    SheetSection(
        "H",
        N_("Berufserfahrung"),
        (
            _table(
                "experience",
                N_("Berufserfahrung"),
                SheetColumn("occupation", N_("Tätigkeit"), True),
                SheetColumn("kldb2", N_("KldB-2"), True),
                SheetColumn("level", N_("Niveau"), True),
                SheetColumn("country", N_("Land")),
                SheetColumn("period", N_("Zeitraum")),
                SheetColumn("proof", N_("Nachweis")),
                required=True,
                most_rows=5,
            ),
        ),
    ),
    SheetSection(
        "I",
        N_("Sprachen"),
        (
            _table(
                "german",
                N_("Deutsch (GER)"),
                SheetColumn("listening", N_("Hören"), True),
                SheetColumn("reading", N_("Lesen"), True),
                SheetColumn("writing", N_("Schreiben"), True),
                SheetColumn("speaking", N_("Sprechen"), True),
                SheetColumn("proof", N_("Nachweis"), True),
                SheetColumn("proved_on", N_("Datum"), True),
                required=True,
                most_rows=1,
            ),
            _value("further_languages", N_("Weitere Sprachen")),
        ),
    ),
    SheetSection(
        "J",
        N_("Sonstiges"),
        (
            _value("computer_skills", N_("EDV (0–3)")),
            _value("driving_licence", N_("Führerschein")),
            _value("mobility", N_("Mobilität")),
            _value("working_hours", N_("Arbeitszeitwunsch")),
        ),
    ),
    SheetSection(
        "K",
        N_("Stärken und Ziele"),
        (
            _value("strengths", N_("Stärken"), True),
            _value("target_occupation_1", N_("Zielberuf 1"), True),
            _value("target_occupation_2", N_("Zielberuf 2")),
            _value("training_wish", N_("Ausbildungswunsch")),
            _value("assessment", N_("Einschätzung der Agentur")),
            SheetField(
                "notes",
                N_("Vermerke für die Übergabe"),
                kind="table",
                columns=(
                    SheetColumn("noted_on", N_("Datum"), True),
                    SheetColumn("topic", N_("Thema"), True),
                    SheetColumn("text", N_("Vermerk"), True),
                    SheetColumn("decision", N_("Ergebnis")),
                ),
                where_given=True,
            ),
        ),
    ),
    SheetSection(
        "L",
        N_("Rahmenbedingungen"),
        (
            _table(
                "circumstances",
                N_("Rahmenbedingungen"),
                SheetColumn("circumstance", N_("Rahmenbedingung")),
                SheetColumn("effect", N_("Auswirkung")),
            ),
            _value("restriction", N_("Vermittlungsrelevante Einschränkung")),
            _value("report_available", N_("Gutachten liegt vor")),
        ),
    ),
    SheetSection(
        "M",
        N_("Bisherige Leistungen"),
        (
            _table(
                "talks",
                N_("Gespräche"),
                SheetColumn("held_on", N_("Datum"), True),
                SheetColumn("form", N_("Form"), True),
                required=True,
            ),
            _table(
                "measures",
                N_("Maßnahmen"),
                SheetColumn("kind", N_("Art")),
                SheetColumn("provider", N_("Träger")),
                SheetColumn("period", N_("von–bis")),
                SheetColumn("result", N_("Ergebnis")),
            ),
            _table(
                "courses",
                N_("Kurse"),
                SheetColumn("kind", N_("Art"), True),
                SheetColumn("provider", N_("Träger"), True),
                SheetColumn("starts_on", N_("Beginn"), True),
                SheetColumn("state", N_("Stand"), True),
                SheetColumn("result", N_("Ergebnis"), True),
                required=True,
            ),
            _table(
                "entitlements",
                N_("Berechtigung/Verpflichtung"),
                SheetColumn("kind", N_("Art")),
                SheetColumn("issued_on", N_("Datum")),
                SheetColumn("valid_until", N_("gültig bis")),
            ),
        ),
    ),
    SheetSection(
        "N",
        N_("Vereinbarte Schritte"),
        (
            _table(
                "steps",
                N_("Vereinbarte Schritte"),
                SheetColumn("step", N_("Schritt"), True),
                SheetColumn("who", N_("wer"), True),
                SheetColumn("until", N_("bis"), True),
                SheetColumn("state", N_("Stand"), True),
                required=True,
            ),
        ),
    ),
    SheetSection(
        "O",
        N_("Offene Punkte und Fristen"),
        (
            _table(
                "open_points",
                N_("Offene Punkte und Fristen"),
                SheetColumn("text", N_("Offener Punkt")),
                SheetColumn("due_on", N_("Datum")),
                most_rows=5,
            ),
        ),
    ),
    SheetSection(
        "P",
        N_("Anlagen"),
        (
            _table(
                "enclosures",
                N_("Anlagen"),
                SheetColumn("enclosure", N_("Anlage")),
                SheetColumn("enclosed", N_("mitgegeben")),
            ),
        ),
    ),
    SheetSection(
        "Q",
        N_("Datenschutz"),
        (
            _value("informed_on", N_("Person informiert am"), True),
            _later("copy_received_on", N_("Kopie erhalten"), True),
            _value("consent_e1", N_("E1 Coach und Agentur")),
            _value("consent_e2", N_("E2 Kursträger")),
            _value("consent_e3", N_("E3 Gesundheitsangaben")),
        ),
        may_be_withheld=False,
    ),
    SheetSection(
        "R",
        N_("Freigabe"),
        (
            _value("released_by", N_("Freigegeben durch"), True),
            _value("released_on", N_("Freigegeben am"), True),
            _value("signature_note", N_("Signaturvermerk"), True),
            _later("received_on", N_("Eingegangen am")),
            _later("answer", N_("Angenommen/Rückfrage")),
            _later("first_talk_on", N_("Ersttermin")),
        ),
        may_be_withheld=False,
    ),
)
