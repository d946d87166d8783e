"""The fields of the enrolment form: what § 7 Abs. 1 IntV asks for, and what § 6 Abs. 2 DeuFöV adds.

There is no field for the AZR number (§ 10 Abs. 4 AZRG names no course provider) and none for health.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from models.rules.message import N_


@dataclass(frozen=True, slots=True)
class FormField:
    """A field of the form; ``required`` ones (domain.md 8.7, bold) are marked as missing where no value is known.

    ``item`` is the item of a checklist in which it is entered, ``control`` its field among the Personalien.
    """

    key: str
    label: str
    required: bool = False
    item: str = ""
    control: str = ""


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
            FormField("family_name", N_("Name"), True, control="family_name"),
            FormField("given_names", N_("Vorname"), True, control="given_name"),
            FormField("birth_date", N_("Geburtsdatum"), True, control="date_of_birth"),
            FormField("birth_place", N_("Geburtsort"), True, control="place_of_birth"),
            FormField("sex", N_("Geschlecht"), True, control="sex"),
            FormField("nationalities", N_("Staatsangehörigkeit(en)"), True, control="nationality"),
            FormField("address", N_("Anschrift"), True, item="A11"),
            FormField("phone_email", N_("Telefon, E-Mail (freiwillig)")),
        ),
    ),
    FormBlock(
        N_("Zugang zum Kurs"),
        (
            FormField("access_path", N_("Weg"), True, item="K01"),
            FormField("legal_basis", N_("Rechtsgrundlage")),
            FormField("decided_on", N_("Bescheid vom"), True, item="K03"),
            FormField("valid_until", N_("gültig bis"), True, item="K04"),
            FormField("file_number", N_("Aktenzeichen (PK)"), True, item="K05"),
            FormField("obligation_note", N_("Pflichtvermerk")),
            FormField("kundennummer", N_("Kundennummer (nur BSK)")),
        ),
    ),
    FormBlock(
        N_("Lernvoraussetzungen"),
        (
            FormField("literacy", N_("Schreibkundigkeit"), True, item="B12"),
            FormField("education", N_("Schuljahre, Bildungsstand"), True, item="B07"),
            FormField("german", N_("Deutsch (GER, Nachweis)"), True, item="B10"),
            FormField("mother_tongue", N_("Muttersprache")),
            FormField("understanding", N_("Verständigung")),
            FormField("placement_test", N_("Einstufungstest")),
        ),
    ),
    FormBlock(
        N_("Organisation"),
        (
            FormField("availability", N_("Zeitliche Verfügbarkeit"), True, item="K09"),
            FormField("childcare", N_("Kinderbeaufsichtigung"), True, item="K10"),
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


Parts = Mapping[str, tuple[str, ...]]
"""For fields whose value is known in part only, what of it is missing: German labels, by the key of the field."""


@dataclass(frozen=True, slots=True)
class Gap:
    """What is missing before the form may be printed as complete: a whole field, or the named parts of one."""

    block: str
    field: FormField
    parts: tuple[str, ...] = ()


def gaps(values: Mapping[str, str | None], parts: Parts) -> tuple[Gap, ...]:
    """The required fields without a value, and those of which a part is missing, in the order of the page.

    "entfällt" is a value (a self-payer has no decision). The badge, the page and the printed form ask this alone.
    """
    found = []
    for block in BLOCKS:
        for field in block.fields:
            if field.required and not (values.get(field.key) or "").strip():
                found.append(Gap(block.title, field))
            elif field.required and parts.get(field.key):
                found.append(Gap(block.title, field, parts[field.key]))
    return tuple(found)


def gap_count(found: Iterable[Gap]) -> int:
    """How many things are missing: each part of a field that is known in part counts."""
    return sum(len(gap.parts) or 1 for gap in found)


def marked(values: Mapping[str, str | None], found: Iterable[Gap]) -> dict[str, str | None]:
    """The values with the missing parts named behind what is known, as the form prints them."""
    marks = {gap.field.key: f"{values[gap.field.key]} ({', '.join(gap.parts)}: fehlt)" for gap in found if gap.parts}
    return {**values, **marks}
