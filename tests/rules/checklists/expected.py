"""Role and level of every item as the client's lists 8.1 to 8.5 tell them: number, roles, P/S/K."""

LISTS = {
    "intake": """
        A01 GEM P / A02 GEM P / A03 GEM P / A04 GEM S / A05 GEM P / A06 GEM P / A07 GEM P / A08 GEM S / A09 GEM P
        A10 GEM P / A11 GEM P / A12 GEM S / A13 GEM P / A14 GEM P / A15 GEM/SOZ P / A16 GEM P / A17 GEM P / A18 GEM P
        A19 GEM P / A20 GEM K / A21 AA/BC S
    """,
    "counselling": """
        B01 AA P / B02 AA P / B03 AA S / B04 AA P / B05 AA P / B06 AA S / B07 AA P / B08 AA P / B09 AA P / B10 AA P
        B11 AA S / B12 AA P / B13 AA S / B14 AA P / B15 AA P / B16 AA P / B17 AA P / B18 AA K / B19 AA P / B20 AA P
        B21 AA P / B22 AA S / B23 AA K / B24 AA P / B25 AA P / B26 AA/BC S / B27 AA P / B28 AA P
    """,
    "courses": """
        K01 AA/JC/SOZ P / K02 AA/SOZ P / K03 JC/SOZ/AA P / K04 JC/AA P / K05 JC/AA S / K06 AA/JC P / K07 KT P / K08 KT P
        K09 AA/BC P / K10 AA/BC P / K11 BC S / K12 KT P / K13 BC/AA/JC P / K14 BC/AA/JC P / K15 KT P / K16 KT/BC S
        K17 KT P / K18 KT P / K19 KT P / K20 KT P / K21 KT P / K22 KT P / K23 KT P / K24 KT S / K25 AA/JC P
    """,
    "handover": """
        U01 AA/GEM/BC P / U02 AA S / U03 AA/BC P / U04 AA P / U05 AA P / U06 AA P / U07 AA P / U08 AA P / U09 System P
        U10 AA P / U11 AA P / U13 AA P / U14 AA P / U12 AA P / U15 JC/BC P / U16 JC P / U17 JC P / U18 JC K / U19 AA P
        U20 AA/JC S / U21 JC P / U22 JC P / U23 JC P / U24 JC/SOZ P / U25 JC/AA P / U26 System P
    """,
    "coach": """
        C01 BC P / C02 BC P / C03 BC P / C04 BC P / C05 BC P / C06 BC P / C07 BC P / C08 BC S / C09 BC S / C10 BC S
        C11 BC P / C12 BC S / C13 BC S / C14 BC P / C15 BC P / C16 BC S / C17 BC S / C18 BC S / C19 BC P / C20 BC P
        C21 BC S / C22 BC P / C23 BC K
    """,
}

ROLES = {
    "GEM": "municipality",
    "BC": "coach",
    "AA": "agentur",
    "JC": "jobcenter",
    "KT": "provider",
    "SOZ": "asylblg",
    "System": "system",
}
LEVELS = {"P": "required", "S": "recommended", "K": "optional"}


def expected_items(key: str) -> list[tuple[str, tuple[str, ...], str]]:
    """(code, roles, level) in the order of the list."""
    lines = " / ".join(line.strip() for line in LISTS[key].strip().splitlines())
    rows = (entry.split() for entry in lines.split(" / "))
    return [(code, tuple(ROLES[role] for role in roles.split("/")), LEVELS[level]) for code, roles, level in rows]
