"""The navigation as one table; each entry shows where the role may go there."""

from dataclasses import dataclass
from functools import lru_cache

from models.rules.message import N_
from models.rules.permissions import Permission, may
from models.rules.roles import Role


@dataclass(frozen=True, slots=True)
class Entry:
    """One place in the navigation: its key, German label, address and the permission that opens it."""

    key: str
    label: str
    address: str
    permission: Permission


ENTRIES = (
    Entry("today", N_("Mein Tag"), "/", Permission.DAY_VIEW),
    Entry("cases", N_("Fälle"), "/faelle/", Permission.CASE_VIEW),
    Entry("appointments", N_("Termine"), "/termine/", Permission.APPOINTMENT_VIEW),
    Entry("day_bundle", N_("Tagesmappe"), "/tagesmappe/", Permission.COACH_LIST_PRINT),
    Entry("arrivals", N_("Ankünfte"), "/ankuenfte/", Permission.ARRIVALS_IMPORT),
    Entry("person", N_("Person erfassen"), "/ankuenfte/person", Permission.PERSON_CREATE),
    Entry("changes", N_("Meldungen"), "/meldungen/", Permission.CHANGE_REPORT),
    Entry("duplicates", N_("Dubletten"), "/dubletten/", Permission.PERSON_EDIT),
    Entry("courses", N_("Kurse"), "/kurse/", Permission.COURSE_VIEW),
    Entry("path_requests", N_("Zugangsanfragen"), "/zugangsanfragen/", Permission.PATH_ANSWER),
    Entry("provider", N_("Anmeldungen"), "/anmeldungen/", Permission.ENROLMENT_VIEW),
    Entry("handovers", N_("Übergaben"), "/uebergaben/", Permission.HANDOVER_VIEW),
    Entry("workgroup", N_("Arbeitskreis"), "/arbeitskreis/", Permission.MEETING_VIEW),
    Entry("reports", N_("Auswertungen"), "/auswertungen/", Permission.FIGURES_VIEW),
    Entry("affected", N_("Rechtsstand"), "/rechtsstand/", Permission.LAW_VIEW),
    Entry("accounts", N_("Konten"), "/verwaltung/konten/", Permission.ACCOUNT_MANAGE),
    Entry("definitions", N_("Checklisten"), "/verwaltung/checklisten/", Permission.DEFINITION_EDIT),
    Entry("law", N_("Rechtsstand"), "/verwaltung/rechtsstand/", Permission.LAW_MANAGE),
    Entry("texts", N_("Texte"), "/verwaltung/texte/", Permission.TEXT_EDIT),
    Entry("logs", N_("Protokolle"), "/datenschutz/", Permission.LOG_VIEW),
    Entry("announcements", N_("Mitteilungen"), "/mitteilungen/", Permission.ANNOUNCEMENT_VIEW),
    Entry("contacts", N_("Kontakte"), "/kontakte/", Permission.DIRECTORY),
    Entry("verify", N_("Dokument prüfen"), "/pruefen/", Permission.DOCUMENT_VERIFY),
)


@lru_cache(maxsize=20)
def entries_for(role: Role) -> tuple[Entry, ...]:
    """The entries that this role may open, in their order."""
    return tuple(entry for entry in ENTRIES if may(role, entry.permission))
