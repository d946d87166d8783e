"""Verify a document: who signed when for whom, whether it holds, and whether the file is the one that counts.

Whether a file "was issued here" is told by the keys, not by anything that a forger could leave out: everything that a
certificate of our own root signed was signed by this software and stored byte for byte. So from its first byte to the
end of the last signature of ours, a file must be one that we stored. A signature of another installation may follow
(two installations that exchange the signed file); it is then judged by cryptography alone, as is everything where no
registry is at hand.
"""

import hashlib
from collections.abc import Sequence
from datetime import datetime, timedelta

from models.rules.message import N_, Message
from pdf.signatures.findings import Finding, Inspection
from pdf.signatures.trust import Root
from pdf.signatures.verdict import DocumentState, IssuedDocument, IssuedRegistry, Verdict, VerdictCode
from pdf.signatures.wording import report

LARGEST_FILE = 32 * 1024 * 1024
CLOCK_TOLERANCE = timedelta(minutes=5)
PDF_MARKS = (b"%PDF-", b"startxref")
SIGNATURE_MARKS = (b"/ByteRange", b"/ETSI.CAdES.detached")

STATE_SENTENCES = {
    DocumentState.COUNTERSIGNED: N_("{label} ist echt, wurde aber weiter unterschrieben: Es gilt die spätere Datei."),
    DocumentState.SUPERSEDED: N_("{label} ist echt, aber durch eine neuere Fassung ersetzt."),
    DocumentState.WITHDRAWN: N_("{label} ist echt, wurde aber zurückgezogen."),
    DocumentState.REJECTED: N_("{label} ist echt, aber die Übergabe wurde abgelehnt."),
    DocumentState.EXPIRED: N_("{label} ist echt, aber die Übergabe ist abgelaufen."),
}
NOT_HERE = N_("Ob es eine neuere Fassung gibt, weiß nur die Stelle, die den Bogen ausgestellt hat.")
CONTINUED = N_(
    "Bis zur letzten Unterschrift dieser Stelle stimmt die Datei Byte für Byte mit der gespeicherten überein; "
    "weiter unterschrieben wurde anderswo, bei einer Stelle, der hier vertraut wird."
)

TAIL = 4096
"""So far from its end a PDF says at the latest where its cross-reference table begins."""


def verify_pdf(content: bytes, *, trust: Sequence[Root], issued: IssuedRegistry | None, now: datetime) -> Verdict:
    """Judge a file of whatever content; no content makes it raise.

    trust: our own root and others that count. issued: the stored files of this installation; None where they are not
    at hand, for example on another machine with nothing but our root. now: aware time.
    """
    if len(content) > LARGEST_FILE:
        return _not_signed(N_("Die Datei ist zu groß für einen unterschriebenen Bogen und wurde nicht geprüft."))
    if b"startxref" not in content[-TAIL:]:  # a parser would search the whole file for objects before it gives up
        return _without_signature(content, N_("Die Datei ist keine lesbare PDF-Datei."))
    inspection = _inspected(content, trust)
    if isinstance(inspection, Verdict):
        return inspection
    if not inspection.findings:
        return _without_signature(content, N_("Die PDF-Datei trägt keine elektronische Unterschrift."))
    reports = tuple(report(finding, now, CLOCK_TOLERANCE) for finding in inspection.findings)
    if not all(each.valid for each in reports):
        broken = Message(N_("Die Datei ist ungültig: Mindestens eine Unterschrift hält der Prüfung nicht stand."))
        return Verdict(VerdictCode.BROKEN, (broken,), reports)
    code, sentences = _by_cryptography(inspection) if issued is None else _by_registry(content, inspection, issued)
    return Verdict(code, sentences, reports)


def _inspected(content: bytes, trust: Sequence[Root]) -> Inspection | Verdict:
    from pdf.signatures.inspection import Unreadable, inspect  # pyHanko takes long to import

    try:
        return inspect(content, trust)
    except Unreadable:
        return _not_signed(N_("Die PDF-Datei ist mit einem Kennwort geschützt und lässt sich nicht prüfen."))
    except Exception:  # a parser fed with arbitrary bytes; whatever it stumbles over, the answer is a sentence
        return _without_signature(content, N_("Die Datei ist keine lesbare PDF-Datei."))


def _without_signature(content: bytes, text: str) -> Verdict:
    """No signature was found; where the file has the traces of one, that is damage. Each trace is looked for twice."""
    if not (any(mark in content for mark in PDF_MARKS) and any(mark in content for mark in SIGNATURE_MARKS)):
        return _not_signed(text)
    damaged = Message(N_("Die Datei ist ungültig: Sie ist beschädigt oder wurde nach der Unterschrift verändert."))
    return Verdict(VerdictCode.BROKEN, (damaged,))


def _not_signed(text: str) -> Verdict:
    return Verdict(VerdictCode.NOT_SIGNED, (Message(text),))


def _by_registry(
    content: bytes, inspection: Inspection, issued: IssuedRegistry
) -> tuple[VerdictCode, tuple[Message, ...]]:
    if document := issued.by_sha256(_sha256(content)):
        return _by_state(document, inspection, N_("Die Datei stimmt Byte für Byte mit der gespeicherten überein."))
    ours = _last_of_ours(inspection.findings)
    if ours is None:
        return _by_cryptography(inspection)
    if document := issued.by_sha256(_sha256(content[: ours.end])):
        return _by_state(document, inspection, CONTINUED)
    unknown = N_(
        "Die Datei ist ungültig: Sie ist mit einem Schlüssel dieser Stelle unterschrieben, "
        "aber nicht die, die hier gespeichert wurde."
    )
    return VerdictCode.BROKEN, (Message(unknown),)


def _by_state(document: IssuedDocument, inspection: Inspection, remark: str) -> tuple[VerdictCode, tuple[Message, ...]]:
    if document.state is not DocumentState.CURRENT:
        return VerdictCode.NOT_CURRENT, (Message(STATE_SENTENCES[document.state], label=document.label),)
    if inspection.empty:
        return VerdictCode.AWAITING, (_awaiting(inspection), Message(remark))
    current = Message(N_("{label} ist gültig unterschrieben und die aktuelle Fassung."), label=document.label)
    return VerdictCode.VALID, (current, Message(remark))


def _by_cryptography(inspection: Inspection) -> tuple[VerdictCode, tuple[Message, ...]]:
    if inspection.empty:
        return VerdictCode.AWAITING, (_awaiting(inspection), Message(NOT_HERE))
    return VerdictCode.VALID, (Message(N_("Alle Unterschriften der Datei sind gültig.")), Message(NOT_HERE))


def _awaiting(inspection: Inspection) -> Message:
    return Message(N_("Die Datei ist bis hierher gültig. Es fehlt noch: {fields}."), fields=", ".join(inspection.empty))


def _last_of_ours(findings: Sequence[Finding]) -> Finding | None:
    return next((each for each in reversed(findings) if each.root is not None and each.root.own), None)


def _sha256(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()
