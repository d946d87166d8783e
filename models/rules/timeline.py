"""What happened in a case as German sentences, one for each kind of event."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from models.rules.message import N_, Message
from models.rules.states import Outcome
from models.rules.times import german_date

Naming = Callable[[str, str], str]
"""Gives the German name of a code: ``naming("paper", "AGS")``."""


@dataclass(frozen=True, slots=True)
class Told:
    """A sentence, and a longer one where the event says all that it needs."""

    short: str
    long: str = ""


OUTCOMES: Mapping[str, str] = {
    Outcome.WORK: N_("in Arbeit"),
    Outcome.APPRENTICESHIP: N_("in Ausbildung"),
    Outcome.STUDY: N_("im Studium"),
    Outcome.SELF_EMPLOYED: N_("selbständig"),
    Outcome.MOVED: N_("weggezogen"),
    Outcome.OTHER_COUNTY: N_("einem anderen Landkreis zugewiesen"),
    Outcome.LEFT_COUNTRY: N_("ausgereist"),
    Outcome.NO_COOPERATION: N_("keine Mitwirkung"),
    Outcome.AGE_LIMIT: N_("Altersgrenze erreicht"),
    Outcome.DEATH: N_("verstorben"),
    Outcome.DUPLICATE: N_("doppelt erfasst"),
    Outcome.OTHER: N_("anderes Ergebnis"),
}
"""How a case ended (rules.md 15)."""

SENTENCES: Mapping[str, Told] = {
    "case.opened": Told(N_("Fall angelegt")),
    "case.first_contact": Told(N_("Erster Kontakt"), N_("Erster Kontakt am {on}")),
    "case.closed": Told(N_("Fall abgeschlossen"), N_("Fall abgeschlossen: {outcome}")),
    "case.reopened": Told(N_("Fall wieder geöffnet"), N_("Fall wieder geöffnet: {reason}")),
    "case.responsibility_changed": Told(N_("Das Jobcenter ist jetzt zuständig")),
    "follow_up.set": Told(N_("Wiedervorlage gesetzt"), N_("Wiedervorlage gesetzt auf den {due_on}")),
    "follow_up.moved": Told(N_("Wiedervorlage verschoben"), N_("Wiedervorlage verschoben auf den {due_on}")),
    "follow_up.done": Told(N_("Wiedervorlage erledigt")),
    "appointment.made": Told(N_("Termin vereinbart"), N_("Termin vereinbart: {kind} am {held_on}, {begins} Uhr")),
    "appointment.moved": Told(
        N_("Termin verschoben"), N_("Termin verschoben auf den {held_on}, {begins} Uhr: {reason}")
    ),
    "appointment.cancelled": Told(N_("Termin abgesagt"), N_("Termin am {held_on} abgesagt: {reason}")),
    "appointment.attended": Told(N_("Termin wahrgenommen"), N_("{kind} am {held_on}: wahrgenommen")),
    "appointment.missed": Told(N_("Termin nicht wahrgenommen"), N_("{kind} am {held_on} nicht wahrgenommen: {why}")),
    "appointment.letter": Told(N_("Terminbrief gedruckt"), N_("Terminbrief für den {held_on} gedruckt")),
    "group.invited": Told(
        N_("Zur Gruppeninformation eingeladen"), N_("Zur Gruppeninformation am {held_on} eingeladen")
    ),
    "group.withdrawn": Told(
        N_("Einladung zur Gruppeninformation zurückgenommen"),
        N_("Einladung zur Gruppeninformation am {held_on} zurückgenommen"),
    ),
    "group.marked": Told(N_("Gruppeninformation"), N_("Gruppeninformation am {held_on}: {attendance}")),
    "group.letter": Told(N_("Einladung gedruckt"), N_("Einladung zur Gruppeninformation am {held_on} gedruckt")),
    "conference.begun": Told(N_("Fallbesprechung"), N_("Fallbesprechung am {held_on}")),
    "conference.topic": Told(N_("Punkt einer Fallbesprechung festgehalten")),
    "conference.dropped": Told(N_("Fallbesprechung verworfen"), N_("Fallbesprechung am {held_on} verworfen")),
    "conference.topic_changed": Told(N_("Punkt einer Fallbesprechung geändert")),
    "note.written": Told(N_("Vermerk geschrieben")),
    "note.changed": Told(N_("Vermerk geändert")),
    "person.changed": Told(N_("Personalien geändert"), N_("Personalien geändert: {values}")),
    "person.renamed": Told(N_("Name geändert"), N_("Name geändert, vorher {earlier} ({reason})")),
    "person.merged": Told(
        N_("Zwei Einträge derselben Person zusammengeführt"),
        N_("Mit Fall {other} zusammengeführt: dieselbe Person. Weiter geht es in Fall {kept}"),
    ),
    "person.unmerged": Told(
        N_("Zusammenführung rückgängig gemacht"), N_("Zusammenführung mit Fall {other} rückgängig gemacht")
    ),
    "case.follows": Told(N_("Person ist zurückgekehrt"), N_("Person ist zurückgekehrt, früherer Fall {earlier}")),
    "case.followed": Told(N_("Person ist zurückgekehrt"), N_("Person ist zurückgekehrt, neuer Fall {new}")),
    "household.joined": Told(N_("Haushalt geändert"), N_("Wohnt jetzt zusammen mit Fall {other}: {reason}")),
    "household.left": Told(N_("Haushalt geändert"), N_("Wohnt nicht mehr zusammen mit Fall {other}: {reason}")),
    "person.not_same": Told(
        N_("Mögliche Dublette geprüft: nicht dieselbe Person"),
        N_("Mögliche Dublette geprüft: nicht dieselbe Person wie in Fall {other}"),
    ),
    "answer.saved": Told(N_("Angabe geändert"), N_("{item}: {answer}")),
    "competence.period_added": Told(N_("Werdegang ergänzt"), N_("Werdegang ergänzt: {what}")),
    "competence.period_changed": Told(N_("Werdegang geändert"), N_("Werdegang geändert: {what}")),
    "competence.period_removed": Told(N_("Zeitraum entfernt"), N_("Zeitraum entfernt: {what}, {reason}")),
    "competence.period_confirmed": Told(N_("Zeitraum bestätigt"), N_("Zeitraum bestätigt: {what}")),
    "competence.question_answered": Told(N_("Lücke im Werdegang geklärt"), N_("Lücke im Werdegang geklärt: {answer}")),
    "competence.language_added": Told(N_("Sprache eingetragen"), N_("Sprache eingetragen: {what}")),
    "competence.language_removed": Told(N_("Sprache entfernt"), N_("Sprache entfernt: {what}, {reason}")),
    "competence.language_confirmed": Told(N_("Sprache bestätigt"), N_("Sprache bestätigt: {what}")),
    "competence.script_added": Told(N_("Schrift eingetragen"), N_("Schrift eingetragen: {what}")),
    "competence.script_removed": Told(N_("Schrift entfernt"), N_("Schrift entfernt: {what}, {reason}")),
    "competence.script_confirmed": Told(N_("Schrift bestätigt"), N_("Schrift bestätigt: {what}")),
    "competence.availability_saved": Told(N_("Verfügbarkeit und Hemmnisse geändert")),
    "competence.carried": Told(
        N_("Werdegang und Sprachen aus dem früheren Fall übernommen"),
        N_("Werdegang und Sprachen aus Fall {earlier} übernommen"),
    ),
    "evidence.added": Told(N_("Papierliste als Scan angehängt"), N_("Nachweis eingetragen: {item}")),
    "evidence.removed": Told(N_("Scan einer Papierliste entfernt"), N_("Nachweis entfernt: {item}")),
    "stage.finished": Told(N_("Liste abgeschlossen"), N_("{list} abgeschlossen")),
    "stage.returned": Told(N_("Liste zurückgegeben"), N_("{list} zurückgegeben: {reason}")),
    "stage.completed": Told(N_("Ergänzung gemeldet"), N_("{list}: Ergänzung gemeldet")),
    "stage.reopened": Told(N_("Liste wieder geöffnet"), N_("{list} wieder geöffnet: {reason}")),
    "stage.adopted": Told(
        N_("Neue Fassung einer Liste übernommen"), N_("{list}: Fassung {version} übernommen ({changes})")
    ),
    "residence.recorded": Told(N_("Aufenthaltspapier erfasst"), N_("Aufenthaltspapier erfasst: {paper}")),
    "residence.voided": Told(N_("Aufenthaltspapier gestrichen"), N_("Aufenthaltspapier gestrichen: {reason}")),
    "decision.recorded": Told(
        N_("Bescheid des BAMF erfasst"), N_("Zustellung des Bescheids erfasst: {decision}, zugestellt am {served_on}")
    ),
    "decision.voided": Told(N_("Bescheid gestrichen"), N_("Bescheid gestrichen: {reason}")),
    "agreement.drafted": Told(N_("Vereinbarung erster Schritte vorbereitet")),
    "agreement.dropped": Told(N_("Entwurf der Vereinbarung verworfen")),
    "agreement.closed": Told(
        N_("Vereinbarung erster Schritte geschlossen"),
        N_("Vereinbarung erster Schritte geschlossen am {on}, Fassung {number}"),
    ),
    "agreement.declined": Told(N_("Vereinbarung erster Schritte nicht geschlossen")),
    "agreement.step": Told(N_("Vereinbarter Schritt"), N_("Vereinbarter Schritt: {step}, {state}")),
    "agreement.copy": Told(
        N_("Kopie der Vereinbarung ausgehändigt"), N_("Kopie der Vereinbarung ausgehändigt am {on}")
    ),
    "consent.granted": Told(N_("Einwilligung erteilt"), N_("Einwilligung {purpose} erteilt am {on}, {recipient}")),
    "consent.refused": Told(N_("Einwilligung abgelehnt"), N_("Einwilligung {purpose} abgelehnt am {on}, {recipient}")),
    "consent.withdrawn": Told(
        N_("Einwilligung widerrufen"), N_("Einwilligung {purpose} widerrufen am {on}, {recipient}")
    ),
    "consent.expired": Told(N_("Einwilligung abgelaufen"), N_("Einwilligung {purpose} abgelaufen, {recipient}")),
    "question.asked": Told(N_("Rückfrage gestellt"), N_("Rückfrage gestellt: {item}")),
    "question.answered": Told(N_("Rückfrage beantwortet"), N_("Rückfrage beantwortet: {item}")),
    "question.closed": Told(N_("Rückfrage geschlossen"), N_("Rückfrage geschlossen: {item}")),
    "question.ended": Told(
        N_("Rückfrage beendet"), N_("Rückfrage beendet, weil eine Stelle den Punkt nicht mehr sieht: {item}")
    ),
    "report.made": Told(N_("Meldung der Gemeinde"), N_("Meldung der Gemeinde: {change} am {on}")),
    "report.confirmed": Told(N_("Meldung der Gemeinde bestätigt"), N_("Meldung der Gemeinde bestätigt: {change}")),
    "report.refused": Told(
        N_("Meldung der Gemeinde abgelehnt"), N_("Meldung der Gemeinde abgelehnt ({change}): {reason}")
    ),
    "report.withdrawn": Told(
        N_("Meldung der Gemeinde zurückgenommen"), N_("Meldung der Gemeinde zurückgenommen: {change}")
    ),
    "report.noted": Told(
        N_("Meldung der Gemeinde zur Kenntnis genommen"), N_("Meldung der Gemeinde zur Kenntnis genommen: {change}")
    ),
    "coach.reported": Told(N_("An den Beschäftigungscoach gemeldet")),
    "coach.ended": Told(N_("Coaching beendet"), N_("Coaching beendet am {on}")),
    "enrolment.waiting": Told(
        N_("Auf die Warteliste eines Kurses gesetzt"), N_("Auf die Warteliste gesetzt: Kurs {course}")
    ),
    "enrolment.offered": Told(
        N_("Freier Kursplatz angeboten"), N_("Freier Platz angeboten: Kurs {course} bis {until}")
    ),
    "enrolment.lapsed": Told(
        N_("Angebot eines Kursplatzes verstrichen"), N_("Angebot eines Platzes verstrichen: Kurs {course}")
    ),
    "enrolment.refused": Told(N_("Angebotenen Kursplatz abgelehnt"), N_("Angebotenen Kursplatz abgelehnt: {reason}")),
    "enrolment.left": Told(N_("Von der Warteliste genommen"), N_("Von der Warteliste genommen: {reason}")),
    "enrolment.reserved": Told(N_("Kursplatz reserviert"), N_("Kursplatz reserviert: Kurs {course}")),
    "enrolment.form_issued": Told(N_("Anmeldebogen ausgestellt")),
    "enrolment.sent": Told(N_("Anmeldung an den Kursträger gesendet")),
    "enrolment.confirmed": Told(N_("Kursträger hat die Anmeldung bestätigt")),
    "enrolment.proposed": Told(
        N_("Kursträger schlägt etwas anderes vor"), N_("Kursträger schlägt vor: {what}. {sentence}")
    ),
    "enrolment.proposal_accepted": Told(
        N_("Vorschlag des Kursträgers angenommen"), N_("Vorschlag des Kursträgers angenommen: {what}")
    ),
    "enrolment.proposal_declined": Told(
        N_("Vorschlag des Kursträgers abgelehnt"), N_("Vorschlag des Kursträgers abgelehnt: {reason}")
    ),
    "enrolment.proposal_withdrawn": Told(N_("Kursträger hat seinen Vorschlag zurückgezogen")),
    "enrolment.corrected": Told(N_("Angaben zur Anmeldung beim Kursträger geändert")),
    "enrolment.proof_issued": Told(
        N_("Nachweis der Anmeldung ausgestellt"), N_("Nachweis der Anmeldung ausgestellt: {body}")
    ),
    "enrolment.proof_sent": Told(N_("Nachweis der Anmeldung gesendet"), N_("Nachweis der Anmeldung gesendet: {body}")),
    "enrolment.proof_seen": Told(N_("Nachweis der Anmeldung zur Kenntnis genommen")),
    "enrolment.started": Told(N_("Kurs begonnen")),
    "enrolment.finished": Told(N_("Kurs beendet")),
    "enrolment.dropped_out": Told(N_("Kurs abgebrochen"), N_("Kurs abgebrochen: {reason}")),
    "enrolment.attendance": Told(
        N_("Anwesenheit im Kurs eingetragen"), N_("Anwesenheit im Kurs {course} eingetragen, Tage: {days}")
    ),
    "enrolment.reported": Told(N_("Ergebnis des Kurses gemeldet"), N_("Ergebnis des Kurses gemeldet: {what}")),
    "enrolment.access_ended": Told(
        N_("Zugang des Kursträgers zur Anmeldung beendet"),
        N_("Zugang des Kursträgers beendet: {provider}, Kurs {course}, letzter Tag {last_day}"),
    ),
    "enrolment.access_again": Told(
        N_("Kursträger sieht die Anmeldung wieder"),
        N_("Kursträger sieht die Anmeldung wieder: {provider}, Kurs {course}"),
    ),
    "enrolment.declined": Told(N_("Kursträger hat abgelehnt"), N_("Kursträger hat abgelehnt: {reason}")),
    "enrolment.cancelled": Told(N_("Kursplatz freigegeben"), N_("Kursplatz freigegeben: {reason}")),
    "enrolment.expired": Told(N_("Reservierung oder Warteplatz verfallen"), N_("Verfallen: {reason}")),
    "path_request.asked": Told(N_("Zugangsweg angefragt"), N_("Zugangsweg {path} angefragt: {body}")),
    "path_request.granted": Told(
        N_("Zugangsweg erteilt"), N_("Zugangsweg {path} erteilt: {body}, Bescheid vom {dated}")
    ),
    "path_request.refused": Told(N_("Zugangsweg abgelehnt"), N_("Zugangsweg {path} abgelehnt: {body}, {reason}")),
    "path_request.withdrawn": Told(
        N_("Anfrage eines Zugangswegs zurückgenommen"), N_("Anfrage zum Zugangsweg {path} zurückgenommen: {body}")
    ),
    "path_request.noted": Told(
        N_("Antwort zum Zugangsweg gesehen"), N_("Antwort zum Zugangsweg {path} zur Kenntnis genommen")
    ),
    "request.answered": Told(
        N_("Übermittlungsersuchen beantwortet"), N_("Übermittlungsersuchen beantwortet: {reason}")
    ),
    "handover.drafted": Told(N_("Übergabe angelegt"), N_("Übergabe {reference} angelegt, Wechsel zum {change_on}")),
    "handover.redrafted": Told(N_("Vorschlag für den Wechsel neu berechnet"), N_("Wechsel jetzt zum {change_on}")),
    "handover.overridden": Told(
        N_("Wechseltermin von Hand gesetzt"), N_("Wechseltermin von Hand gesetzt: {change_on}, {reason}")
    ),
    "handover.dropped": Told(
        N_("Entwurf der Übergabe zurückgezogen"), N_("Entwurf der Übergabe zurückgezogen: {reason}")
    ),
    "handover.prepared": Told(N_("Übergabe vorbereitet"), N_("Übergabe {reference} vorbereitet")),
    "handover.sent": Told(N_("Übergabe übermittelt"), N_("Übergabe {reference} unterschrieben und übermittelt")),
    "handover.received": Told(N_("Eingang der Übergabe bestätigt")),
    "handover.queried": Told(N_("Rückfrage des Jobcenters zur Übergabe")),
    "handover.renewed": Told(
        N_("Neue Fassung der Übergabe begonnen"), N_("Neue Fassung {reference} der Übergabe begonnen")
    ),
    "handover.superseded": Told(N_("Fassung ersetzt"), N_("Fassung {reference} durch {by} ersetzt")),
    "handover.accepted": Told(N_("Übergabe angenommen"), N_("Übergabe {reference} angenommen und unterschrieben")),
    "handover.rejected": Told(N_("Übergabe abgelehnt"), N_("Übergabe abgelehnt: {reason}")),
    "handover.withdrawn": Told(N_("Übergabe zurückgezogen"), N_("Übergabe zurückgezogen: {reason}")),
    "handover.expired": Told(N_("Übergabe abgelaufen")),
    "handover.copy_given": Told(N_("Kopie des Bogens ausgehändigt"), N_("Kopie des Bogens ausgehändigt am {on}")),
    "handover.first_talk": Told(N_("Erstes Gespräch im Jobcenter"), N_("Erstes Gespräch im Jobcenter am {on}")),
}
"""By kind of event; what is not named here happens to no case."""

GROUPS: Mapping[str, tuple[str, tuple[str, ...]]] = {
    "angaben": (
        N_("Angaben und Listen"),
        (
            "answer.",
            "person.",
            "household.",
            "stage.",
            "evidence.",
            "competence.",
            "agreement.",
            "report.",
            "question.",
        ),
    ),
    "papiere": (N_("Papiere und Bescheide"), ("residence.", "decision.")),
    "kurse": (N_("Kurse"), ("enrolment.", "path_request.")),
    "uebergabe": (N_("Übergabe"), ("handover.", "case.responsibility", "request.")),
    "fall": (N_("Fall und Coaching"), ("case.", "coach.", "consent.", "follow_up.")),
    "termine": (
        N_("Termine"),
        ("appointment.", "group.", "case.first_contact", "handover.first_talk", "follow_up.", "conference."),
    ),
    "vermerke": (N_("Eigene Vermerke"), ("note.",)),
    "dokumente": (
        N_("Dokumente und Unterschriften"),
        ("enrolment.form_issued", "evidence.", "agreement.closed", "handover.sent", "handover.accepted"),
    ),
}
"""What a history can be narrowed to: word in the address, German label, beginnings of kinds."""
DOCUMENTS = "dokumente"
"""The group that also has the issued documents."""
READINGS = "gelesen"
"""The group of readings: asked for by itself, because there are many more of them than of all else."""

OWN_KINDS = ("follow_up.", "note.", "conference.")
"""What an organisation plans and notes for itself is nobody else's business."""
OF_QUESTIONS = "question."
"""Between two organisations alone: nobody else is told that there is one, and no paper tells it."""
OF_APPOINTMENTS = "appointment."
"""Who sees the appointments of the organisation is told of them."""
OF_CONSENTS = "consent."
OF_ITEMS = ("answer.", "evidence.")
"""Who sees the item is told of it."""

READ: Mapping[str, str] = {
    "conference": N_("Fallbesprechung"),
    "conference_file": N_("Fallbesprechung, gedruckt"),
    "case": N_("Fall"),
    "history": N_("Verlauf"),
    "history_file": N_("Verlauf, gedruckt"),
    "item": N_("Punkt einer Liste"),
    "residence": N_("Aufenthalt"),
    "courses": N_("Kurse"),
    "enrolment": N_("Anmeldung zum Kurs"),
    "enrolment_form": N_("Anmeldebogen"),
    "registration_proof": N_("Nachweis der Anmeldung"),
    "path_request": N_("Anfrage eines Zugangswegs"),
    "handover": N_("Übergabe"),
    "preview": N_("Vorschau des Übergabebogens"),
    "sheet": N_("Übergabebogen"),
    "receipt": N_("Empfangsbestätigung"),
    "coach_list": N_("Checkliste des Beschäftigungscoachs, gedruckt"),
    "quick_entry": N_("Checkliste, vom Papier eingetragen"),
    "file": N_("Nachweis"),
    "duplicate": N_("Anzeige als möglicher Doppelfall"),
    "compared": N_("Vergleich zweier Personen"),
    "merge": N_("Zusammenführung zweier Personen"),
    "list_file": N_("Liste, als Datei ausgegeben"),
    "list_paper": N_("Liste eines Falls, gedruckt"),
    "day_bundle": N_("Tagesmappe, gedruckt"),
    "life_line": N_("Werdegang"),
    "languages": N_("Sprachen"),
    "availability": N_("Verfügbarkeit und Hemmnisse"),
    "competence_paper": N_("Werdegang und Kompetenzen, gedruckt"),
    "work": N_("Arbeitsmarktzugang"),
    "consents": N_("Einwilligungen"),
    "recipients": N_("Wer bekommt was?"),
    "recipients_file": N_("Wer bekommt was?, gedruckt"),
    "agreement": N_("Vereinbarung erster Schritte"),
    "agreement_file": N_("Vereinbarung erster Schritte, Papier"),
    "consent_form": N_("Formular einer Einwilligung, gedruckt"),
    "consent_scan": N_("unterschriebene Einwilligung"),
    "appointments": N_("Termine"),
    "appointment_letter": N_("Terminbrief"),
    "attendance": N_("Anwesenheitsliste"),
    "attendance_list": N_("Anwesenheitsliste, gedruckt"),
    "participants": N_("Teilnehmende eines Kurses"),
    "participant_list": N_("Teilnahmeliste eines Kurses, gedruckt"),
    "course_attendance": N_("Anwesenheit im Kurs"),
    "course_sheet": N_("Kursliste mit Rücksendeabschnitten, gedruckt"),
    "notes": N_("Vermerke"),
    "reports": N_("Meldungen der Gemeinde"),
    "questions": N_("Rückfragen"),
}
"""What was read, by the word in the access log."""


def reading_sentence(action: str) -> Message:
    """The sentence for a reading."""
    return Message(N_("gelesen: {what}"), what=READ.get(action, N_("anderes")))


def document_sentence(title: str, signatures: int) -> Message:
    """The sentence for an issued document."""
    if signatures == 0:
        return Message(N_("{title} ausgestellt"), title=title)
    if signatures == 1:
        return Message(N_("{title} mit einer Unterschrift ausgestellt"), title=title)
    return Message(N_("{title} mit {count} Unterschriften ausgestellt"), title=title, count=signatures)


_ISO = re.compile(r"\d{4}-\d{2}-\d{2}")
_NAMED = {"residence.recorded": ("code", "paper"), "decision.recorded": ("code", "decision")}
_CODED = ("list", "outcome", "attendance", "why", "kind", "change")


def sentence(kind: str, data: Mapping[str, Any], naming: Naming) -> Message | None:
    """The sentence for an event, None for a kind that is not told; ``naming`` gives names for codes."""
    told = SENTENCES.get(kind)
    if told is None:
        return None
    words = {name: _word(name, value, naming) for name, value in data.items()}
    if kind in _NAMED:
        source, name = _NAMED[kind]
        words[name] = naming(name, str(data.get(source, "")))
    needed = re.findall(r"{(\w+)}", told.long)
    if needed and all(words.get(name) for name in needed):
        return Message(told.long, **{name: words[name] for name in needed})
    return Message(told.short)


def _word(name: str, value: Any, naming: Naming) -> str:
    """A value as text; of a pair "before, after" the second."""
    if isinstance(value, list):
        value = value[-1] if value else ""
    text = "" if value is None else str(value)
    if name in _CODED:
        return naming(name, text)
    return german_date(date.fromisoformat(text)) if _ISO.fullmatch(text) else text
