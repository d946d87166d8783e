"""Keeps the files of a case once each, and deletes the bytes that nothing rests on any more."""

import hashlib
from datetime import datetime

from models.rules.files import CheckedFile
from models.rules.roles import Actor
from models.rules.times import stamp
from models.tables import Agreement, Consent, Evidence, Upload, UploadContent


def keep_upload(case_id: int, file: CheckedFile, *, actor: Actor, now: datetime) -> int:
    """Keep the bytes once for each case, whatever they prove; returns the id of the file.

    Inside the transaction of the operation that has locked the case.
    """
    digest = hashlib.sha256(file.content).hexdigest()
    known = Upload.get_or_none(Upload.case == case_id, Upload.sha256 == digest)
    upload_id = known.id if known else _insert_upload(case_id, file, digest, actor, now)
    if not UploadContent.select().where(UploadContent.upload == upload_id).exists():
        UploadContent.insert(upload=upload_id, content=file.content).execute()
    return int(upload_id)


def _insert_upload(case_id: int, file: CheckedFile, digest: str, actor: Actor, now: datetime) -> int:
    return int(
        Upload.insert(
            case=case_id,
            sha256=digest,
            media_type=file.media_type,
            size=len(file.content),
            organisation=actor.organisation_id,
            account=actor.account_id,
            uploaded_at=stamp(now),
        ).execute()
    )


def drop_unused(case_id: int, sha256: str | None) -> None:
    """A copy that proves nothing any more is not needed, and perhaps shows another person (Art. 17 DSGVO)."""
    in_use = (
        Evidence.select(Evidence.upload).where(Evidence.upload.is_null(False), Evidence.removed_at.is_null()),
        Consent.select(Consent.scan).where(Consent.scan.is_null(False)),
        Agreement.select(Agreement.scan).where(Agreement.scan.is_null(False)),
    )
    unused = Upload.select(Upload.id).where(Upload.case == case_id, Upload.sha256 == sha256)
    for used in in_use:
        unused = unused.where(Upload.id.not_in(used))
    UploadContent.delete().where(UploadContent.upload.in_(unused)).execute()
