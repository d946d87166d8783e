"""The report on one signature, in German sentences and in the time of the county."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from cryptography import x509
from cryptography.x509.oid import NameOID, ObjectIdentifier

from models.rules.message import N_, Message
from pdf.signatures.authority import Revocation
from pdf.signatures.findings import Finding, Flaw
from pdf.signatures.verdict import SignatureReport

ZONE = ZoneInfo("Europe/Berlin")

FLAW_SENTENCES = {
    Flaw.ALTERED: N_("{title}: Die Unterschrift ist beschädigt, oder die Datei wurde verändert."),
    Flaw.FOREIGN: N_("{title}: Das Zertifikat kommt von einer Stelle, der hier nicht vertraut wird."),
    Flaw.IMPOSTOR: N_("{title}: Das Zertifikat nennt eine Stelle, der hier vertraut wird, ist aber nicht von ihr."),
    Flaw.OUT_OF_DATE: N_("{title}: Das Zertifikat war zum Zeitpunkt der Unterschrift nicht gültig."),
}


def report(finding: Finding, now: datetime, clock_tolerance: timedelta) -> SignatureReport:
    """What to say of a signature, judged at now (aware time) and against the revocations of its root."""
    problem = _problem(finding, now, clock_tolerance)
    sentences = (problem,) if problem else (_success(finding), *_remarks(finding, now))
    return SignatureReport(
        field=finding.field,
        title=finding.title,
        signer=_part(finding.certificate, NameOID.COMMON_NAME),
        organisation=_part(finding.certificate, NameOID.ORGANIZATION_NAME),
        function=_part(finding.certificate, NameOID.TITLE),
        signed_at=finding.signed_at,
        valid=problem is None,
        sentences=sentences,
    )


def _problem(finding: Finding, now: datetime, clock_tolerance: timedelta) -> Message | None:
    if finding.flaw is not None or finding.signed_at is None:
        return Message(FLAW_SENTENCES[finding.flaw or Flaw.ALTERED], title=finding.title)
    if finding.signed_at > now + clock_tolerance:
        text = N_("{title}: Der angegebene Zeitpunkt der Unterschrift, {signed}, liegt in der Zukunft.")
        return Message(text, title=finding.title, signed=_moment(finding.signed_at))
    revocation = _revocation(finding)
    if revocation is not None and revocation.at <= finding.signed_at:
        text = N_("{title}: Das Zertifikat war bei der Unterschrift schon gesperrt, nämlich seit {revoked}.")
        return Message(text, title=finding.title, revoked=_moment(revocation.at))
    return None


def _success(finding: Finding) -> Message:
    return Message(
        N_("{title}: {signer}, {organisation}, {signed}. Die fortgeschrittene elektronische Signatur ist gültig."),
        title=finding.title,
        signer=_part(finding.certificate, NameOID.COMMON_NAME),
        organisation=_part(finding.certificate, NameOID.ORGANIZATION_NAME),
        signed=_moment(finding.signed_at),
    )


def _remarks(finding: Finding, now: datetime) -> Iterator[Message]:
    signer = _part(finding.certificate, NameOID.COMMON_NAME)
    revocation = _revocation(finding)
    if revocation is not None:
        text = N_("Das Zertifikat von {signer} wurde nach der Unterschrift gesperrt ({revoked}); sie bleibt gültig.")
        yield Message(text, signer=signer, revoked=_moment(revocation.at))
    if finding.certificate is not None and finding.certificate.not_valid_after_utc < now:
        text = N_("Das Zertifikat von {signer} ist nach der Unterschrift abgelaufen ({expired}); sie bleibt gültig.")
        yield Message(text, signer=signer, expired=_moment(finding.certificate.not_valid_after_utc))
    if finding.root is not None and finding.root.revoked is None:
        yield Message(N_("Ob das Zertifikat von {signer} gesperrt wurde, ist hier nicht bekannt."), signer=signer)


def _revocation(finding: Finding) -> Revocation | None:
    if finding.root is None or finding.root.revoked is None or finding.below_root is None:
        return None
    return finding.root.revoked.get(finding.below_root.serial_number)


def _part(certificate: x509.Certificate | None, part: ObjectIdentifier) -> str:
    found = certificate.subject.get_attributes_for_oid(part) if certificate is not None else []
    return str(found[0].value) if found else ""


def _moment(moment: datetime | None) -> str:
    return "" if moment is None else moment.astimezone(ZONE).strftime("%d.%m.%Y, %H:%M Uhr")
