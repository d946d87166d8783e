"""Invented people and answers; shares follow domain data of the county, names are combined at random."""

import random
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from models.rules.checklists import Field, Item, Kind
from models.tables import Organisation

# nationality, share in percent, languages, family names, given names of women and men
_ORIGINS: tuple[tuple[str, int, tuple[str, ...], str, str, str], ...] = (
    ("SYR", 50, ("ara", "kmr"), "Haddad Khalil Mansour Nasser Darwish Saleh Issa Kassem Hamdan Sabbagh Shami Najjar",
     "Amal Rima Hanan Lina Samar Nour Dima Rasha", "Omar Bilal Ahmad Samir Yusuf Karim Nabil Tarek"),
    ("AFG", 14, ("prs", "pus"), "Rahimi Noori Karimi Ahmadi Sharifi Azizi Haidari Popal",
     "Samira Laila Zahra Maryam Farida Shirin", "Jawad Reza Farid Hamid Nasir Wahid"),
    ("UKR", 10, ("ukr", "rus"), "Melnyk Kovalenko Bondarenko Shevchuk Tkachenko Marchenko",
     "Oksana Iryna Olena Natalia Tetiana", "Andrij Serhij Mykola Dmytro Taras"),
    ("ERI", 6, ("tir",), "Tekle Haile Kidane Ghebre Tesfay", "Selam Abeba Miriam Senait", "Yonas Dawit Samuel Filmon"),
    ("IRQ", 5, ("kmr", "ara"), "Barzani Jabbar Hussein Rashid Qasim", "Shilan Zainab Hala", "Azad Haidar Mustafa"),
    ("TUR", 5, ("tur", "kmr"), "Yildiz Demir Kaya Aydin Polat", "Elif Zeynep Meryem", "Emre Mehmet Baran"),
    ("IRN", 4, ("pes",), "Hosseini Moradi Jafari Rostami", "Neda Parisa Mina", "Dariush Kian Behrouz"),
    ("SOM", 3, ("som",), "Abdi Warsame Farah Nur", "Hodan Ayaan Ifrah", "Liban Guled Abdirahman"),
    ("GEO", 3, ("eng",), "Beridze Lomidze Kapanadze", "Nino Tamar", "Giorgi Levan"),
)  # fmt: skip
_PREPARED = [
    (nation, languages, family.split(), women.split(), men.split())
    for nation, _, languages, family, women, men in _ORIGINS
]
_SHARES = [origin[1] for origin in _ORIGINS]
_WEIGHTS = {"st-wendel": 28, "tholey": 14, "marpingen": 12, "nohfelden": 12, "nonnweiler": 10, "freisen": 9,
            "namborn": 8, "oberthal": 7}  # fmt: skip
_STREETS = ("Hauptstraße", "Schulstraße", "Kirchstraße", "Gartenweg", "Bahnhofstraße", "Am Bosenberg", "Talstraße")
_TEXTS = ("nach Angabe der Person", "siehe Gespräch", "liegt vor", "wird nachgereicht")


@dataclass(frozen=True, slots=True)
class InventedPerson:
    """What the rows of a person and a case need. ``days_to_talk``: until the first talk, 0 where there was none."""

    family_name: str
    given_name: str
    date_of_birth: date
    sex: str
    nationality: str
    languages: list[str]
    marital_status: str
    phone: str
    street: str
    municipality: Organisation
    direct: bool
    days_here: int
    days_to_talk: int


def invent_person(rng: random.Random, municipalities: list[Organisation], today: date) -> InventedPerson:
    """One person; birthdays on the first of January are frequent, as registration makes them."""
    nation, languages, family, women, men = rng.choices(_PREPARED, _SHARES)[0]
    female = rng.random() < 0.38
    born = today - timedelta(days=rng.randrange(16 * 365, 59 * 365))
    if rng.random() < 0.15:
        born = born.replace(month=1, day=1)
    return InventedPerson(
        family_name=_family_name(rng, family),
        given_name=rng.choice(women if female else men),
        date_of_birth=born,
        sex="w" if female else "m",
        nationality=nation,
        languages=list(languages[: rng.randint(1, len(languages))]),
        marital_status=rng.choice(("LD", "VH", "VH", "GS", "VW")),
        phone=f"0151 {rng.randrange(1_000_000, 9_999_999)}",
        street=f"{rng.choice(_STREETS)} {rng.randrange(1, 120)}",
        municipality=rng.choices(municipalities, [_WEIGHTS[row.key] for row in municipalities])[0],
        direct=nation == "UKR" or rng.random() < 0.15,
        **_times(rng),
    )


def _times(rng: random.Random) -> dict[str, int]:
    """How long somebody has been here, and how long it took to the first talk."""
    here, talk = rng.randrange(1, 1_095), round(rng.lognormvariate(3.3, 0.7))
    return {"days_here": here, "days_to_talk": talk if 0 < talk < here and rng.random() < 0.8 else 0}


def _family_name(rng: random.Random, names: list[str]) -> str:
    first = rng.choice(names)
    return f"{first}-{rng.choice(names)}" if rng.random() < 0.3 else first


def plausible_values(item: Item, rng: random.Random, today: date) -> dict[str, Any]:
    """Values that the item's definition accepts."""
    return {field.key: _value(field, rng, today) for field in item.fields if field.when is None}


def _value(field: Field, rng: random.Random, today: date) -> Any:
    if field.kind == Kind.TICK:
        return True
    if field.kind == Kind.DATE:
        return (today - timedelta(days=rng.randrange(1, 400))).isoformat()
    if field.kind == Kind.NUMBER:
        low, high = int(field.minimum or 0), int(field.maximum or 10)
        return rng.randint(low, min(high, low + 12))
    if field.kind in (Kind.CHOICE, Kind.CHOICES):
        code = rng.choice(field.choices.choices).code
        return code if field.kind == Kind.CHOICE else [code]
    return rng.choice(_TEXTS)[: field.max_length]
