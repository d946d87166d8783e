"""What the logs call a kind of event and a kind of reading: the words of the timeline, and those of the system."""

from collections.abc import Mapping

from models.rules.message import N_
from models.rules.timeline import READ, SENTENCES

OF_THE_SYSTEM: Mapping[str, str] = {
    "login.opened": N_("Angemeldet"),
    "login.ended": N_("Abgemeldet"),
    "account.created": N_("Konto angelegt"),
    "account.locked": N_("Konto gesperrt"),
    "account.unlocked": N_("Konto entsperrt"),
    "account.reset": N_("Passwort zurückgesetzt"),
    "account.password_changed": N_("Passwort geändert"),
    "account.contact_set": N_("Kontakt geändert"),
    "account.mail_set": N_("Tägliche Nachricht eingestellt"),
    "signing_key.issued": N_("Schlüssel zum Unterschreiben ausgestellt"),
    "signing_key.revoked": N_("Schlüssel zum Unterschreiben gesperrt"),
    "signing_key.wrong_pin": N_("Falsche PIN beim Unterschreiben"),
    "absence.set": N_("Abwesenheit eingetragen"),
    "absence.ended": N_("Abwesenheit beendet"),
    "announcement.sent": N_("Mitteilung gesendet"),
    "announcement.withdrawn": N_("Mitteilung zurückgezogen"),
    "announcement.read": N_("Mitteilung als gelesen bestätigt"),
    "arrivals.staged": N_("Ankunftsliste hochgeladen"),
    "arrivals.imported": N_("Ankunftsliste eingelesen"),
    "arrivals.discarded": N_("Ankunftsliste verworfen"),
    "case.erased": N_("Fall gelöscht"),
    "list.saved": N_("Liste der Fälle gespeichert"),
    "list.renamed": N_("Gespeicherte Liste umbenannt"),
    "list.deleted": N_("Gespeicherte Liste gelöscht"),
    "figure.remembered": N_("Auswertung gemerkt"),
    "figure.forgotten": N_("Gemerkte Auswertung gelöscht"),
    "figure.filed": N_("Auswertung abgelegt"),
    "course.created": N_("Kurs angelegt"),
    "course.changed": N_("Kurs geändert"),
    "course.cancelled": N_("Kurs abgesagt"),
    "provider.created": N_("Kursträger angelegt"),
    "provider.changed": N_("Kursträger geändert"),
    "site.created": N_("Standort angelegt"),
    "site.changed": N_("Standort geändert"),
    "courses.staged": N_("Kursliste hochgeladen"),
    "courses.imported": N_("Kursliste eingelesen"),
    "courses.discarded": N_("Kursliste verworfen"),
    "attendance.staged": N_("Anwesenheitsliste hochgeladen"),
    "attendance.imported": N_("Anwesenheitsliste eingelesen"),
    "attendance.discarded": N_("Anwesenheitsliste verworfen"),
    "group_event.planned": N_("Gruppeninformation geplant"),
    "group_event.changed": N_("Gruppeninformation geändert"),
    "group_event.cancelled": N_("Gruppeninformation abgesagt"),
    "meeting.planned": N_("Sitzung des Arbeitskreises geplant"),
    "meeting.changed": N_("Sitzung des Arbeitskreises geändert"),
    "meeting.invited": N_("Zum Arbeitskreis eingeladen"),
    "meeting.cancelled": N_("Sitzung des Arbeitskreises abgesagt"),
    "meeting.answered": N_("Einladung zum Arbeitskreis beantwortet"),
    "meeting.attended": N_("Anwesenheit im Arbeitskreis eingetragen"),
    "meeting.agenda_renewed": N_("Zahlen der Tagesordnung erneuert"),
    "meeting.point_added": N_("Punkt der Tagesordnung hinzugefügt"),
    "meeting.point_changed": N_("Punkt der Tagesordnung geändert"),
    "meeting.point_removed": N_("Punkt der Tagesordnung herausgenommen"),
    "meeting.point_moved": N_("Punkt der Tagesordnung verschoben"),
    "meeting.minuted": N_("Protokoll des Arbeitskreises geschrieben"),
    "meeting.letters": N_("Einladungen zum Arbeitskreis gedruckt"),
    "meeting.mailed": N_("Einladung zum Arbeitskreis gemailt"),
    "meeting.closed": N_("Protokoll des Arbeitskreises unterschrieben"),
    "resolution.made": N_("Beschluss des Arbeitskreises festgehalten"),
    "resolution.changed": N_("Beschluss des Arbeitskreises geändert"),
    "resolution.removed": N_("Beschluss des Arbeitskreises herausgenommen"),
    "resolution.settled": N_("Stand eines Beschlusses eingetragen"),
    "request.made": N_("Übermittlungsersuchen gestellt"),
    "request.forgotten": N_("Angaben eines Übermittlungsersuchens gelöscht"),
    "definition.drafted": N_("Entwurf einer Checkliste begonnen"),
    "definition.imported": N_("Entwurf einer Checkliste aus einer Datei eingelesen"),
    "definition.renamed": N_("Entwurf einer Checkliste: Name geändert"),
    "definition.condition_changed": N_("Entwurf einer Checkliste: Bedingung geändert"),
    "definition.item_added": N_("Entwurf einer Checkliste: Punkt hinzugefügt"),
    "definition.item_changed": N_("Entwurf einer Checkliste: Punkt geändert"),
    "definition.item_moved": N_("Entwurf einer Checkliste: Punkt verschoben"),
    "definition.item_retired": N_("Entwurf einer Checkliste: Punkt herausgenommen"),
    "definition.item_restored": N_("Entwurf einer Checkliste: Punkt zurückgeholt"),
    "definition.field_added": N_("Entwurf einer Checkliste: Feld hinzugefügt"),
    "definition.field_changed": N_("Entwurf einer Checkliste: Feld geändert"),
    "definition.field_moved": N_("Entwurf einer Checkliste: Feld verschoben"),
    "definition.field_removed": N_("Entwurf einer Checkliste: Feld entfernt"),
    "definition.discarded": N_("Entwurf einer Checkliste verworfen"),
    "definition.published": N_("Checkliste veröffentlicht"),
    "law.changed": N_("Rechtsstand geändert"),
    "law.checked": N_("Rechtsstand geprüft"),
    "law.not_taken_over": N_("Eintrag des Rechtsstands nicht übernommen"),
    "text.saved": N_("Text eines Schreibens geändert"),
    "text.checked": N_("Text eines Schreibens geprüft"),
    "codes.corrected": N_("Auswahllisten berichtigt"),
    "data.seeded": N_("Grunddaten eingespielt"),
}
"""By kind of event; these happen to no case, or leave none behind."""


def event_word(kind: str) -> str:
    """What an event of this kind is called, without what was written; a kind without a word keeps its own name."""
    told = SENTENCES.get(kind)
    return told.short if told else OF_THE_SYSTEM.get(kind, kind)


def reading_word(action: str) -> str:
    """What was read, by the word in the access log; a word that is not named keeps its own name."""
    return READ.get(action, action)
