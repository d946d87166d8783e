"""The fields of the enrolment form: what § 7 Abs. 1 IntV asks for, and what § 6 Abs. 2 DeuFöV adds.

There is no field for the AZR number (§ 10 Abs. 4 AZRG names no course provider) and none for health.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from models.rules.message import N_


@dataclass(frozen=True, slots=True)
class FormField:
    """A field of the form; ``required`` ones are marked as missing where no value is known."""

    key: str
    label: str
    required: bool = False


@dataclass(frozen=True, slots=True)
class FormBlock:
    """A titled block of fields, in the order of the page."""

    title: str
    fields: tuple[FormField, ...]


BLOCKS: tuple[FormBlock, ...] = (
    FormBlock(
        N_("Kurs"),
        (
            FormField("course_kind", N_("Kursart"), True),
            FormField("course_number", N_("Kursnummer")),
            FormField("wished_start", N_("Wunschbeginn")),
        ),
    ),
    FormBlock(
        N_("Person"),
        (
            FormField("family_name", N_("Name"), True),
            FormField("given_names", N_("Vorname"), True),
            FormField("birth_date", N_("Geburtsdatum"), True),
            FormField("birth_place", N_("Geburtsort"), True),
            FormField("sex", N_("Geschlecht"), True),
            FormField("nationalities", N_("Staatsangehörigkeit(en)"), True),
            FormField("address", N_("Anschrift"), True),
            FormField("phone_email", N_("Telefon, E-Mail (freiwillig)")),
        ),
    ),
    FormBlock(
        N_("Zugang zum Kurs"),
        (
            FormField("access_path", N_("Weg"), True),
            FormField("legal_basis", N_("Rechtsgrundlage")),
            FormField("decided_on", N_("Bescheid vom"), True),
            FormField("valid_until", N_("gültig bis"), True),
            FormField("file_number", N_("Aktenzeichen (PK)"), True),
            FormField("obligation_note", N_("Pflichtvermerk")),
            FormField("kundennummer", N_("Kundennummer (nur BSK)")),
        ),
    ),
    FormBlock(
        N_("Lernvoraussetzungen"),
        (
            FormField("literacy", N_("Schreibkundigkeit"), True),
            FormField("education", N_("Schuljahre/Bildungsstand"), True),
            FormField("german", N_("Deutsch (GER, Nachweis)"), True),
            FormField("mother_tongue", N_("Muttersprache")),
            FormField("understanding", N_("Verständigung")),
            FormField("placement_test", N_("Einstufungstest")),
        ),
    ),
    FormBlock(
        N_("Organisation"),
        (
            FormField("availability", N_("Zeitliche Verfügbarkeit"), True),
            FormField("childcare", N_("Kinderbeaufsichtigung"), True),
            FormField("travel", N_("Fahrt (ÖPNV)")),
            FormField("special_needs", N_("Besondere Lernbedarfe")),
        ),
    ),
    FormBlock(
        N_("Kosten"),
        (
            FormField("exemption", N_("Kostenbefreiung")),
            FormField("travel_costs", N_("Fahrtkosten")),
            FormField("self_payer", N_("Selbstzahler")),
        ),
    ),
)

ONLY_WHERE_GIVEN = frozenset({"kundennummer", "special_needs", "self_payer", "understanding"})
"""Fields that most forms do not need: they print no line to write on."""


def all_fields() -> Iterator[FormField]:
    """Every field, in the order of the page."""
    for block in BLOCKS:
        yield from block.fields


def missing_fields(values: Mapping[str, str | None]) -> tuple[FormField, ...]:
    """The required fields without a value; "entfällt" is a value (a self-payer has no decision)."""
    return tuple(field for field in all_fields() if field.required and not (values.get(field.key) or "").strip())
