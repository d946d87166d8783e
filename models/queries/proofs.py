"""The evidence of one case as it is stored, and the bytes of its files. Reads only."""

from datetime import date
from typing import NamedTuple

from peewee import JOIN, Select

from models.queries.prepared import Prepared
from models.tables import Account, Evidence, Upload, UploadContent


class Proof(NamedTuple):
    """What proves an answer; with an empty ``item`` the scanned paper of a list. ``person`` recorded it."""

    id: int
    list: str
    item: str
    holder: str
    kind: str
    seen_on: date | None
    note: str
    paper_version: int | None
    organisation_id: int
    person: str | None
    recorded_at: str
    version: int
    sha256: str | None
    media_type: str | None
    size: int | None


def content_of_upload(case_id: int, sha256: str) -> bytes | None:
    """The bytes of a file of a case, None for none."""
    mine = (Upload.case == case_id) & (Upload.sha256 == sha256)
    row = UploadContent.select(UploadContent.content).join(Upload).where(mine).tuples().first()
    return bytes(row[0]) if row else None


def _proofs(case_id: int) -> Select:
    return (
        Evidence.select(
            Evidence.id,
            Evidence.list,
            Evidence.item,
            Evidence.holder,
            Evidence.kind,
            Evidence.seen_on,
            Evidence.note,
            Evidence.paper_version,
            Evidence.organisation,
            Account.name,
            Evidence.recorded_at,
            Evidence.version,
            Upload.sha256,
            Upload.media_type,
            Upload.size,
        )
        .join(Account, JOIN.LEFT_OUTER, on=(Evidence.account == Account.id))
        .switch(Evidence)
        .join(Upload, JOIN.LEFT_OUTER)
        .where(Evidence.case == case_id, Evidence.removed_at.is_null())
        .order_by(Evidence.id)
    )


OF_CASE = Prepared(_proofs, int)
"""All evidence of a case that was not removed, the oldest first: the columns of ``Proof``."""
