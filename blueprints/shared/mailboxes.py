"""The form of a mailbox, the same for the own account and for the administration."""

from flask_babel import gettext as _

from blueprints.shared import access
from blueprints.shared.forms import MailboxForm
from models.operations.mailboxes import set_mailbox
from models.queries.digest import mailbox_of
from models.rules.errors import RuleBroken, StaleVersion


def mailbox_form(account_id: int) -> MailboxForm:
    """The form as the mailbox stands."""
    return MailboxForm(formdata=None, obj=mailbox_of(account_id))


def saved_mailbox(form: MailboxForm, account_id: int) -> int:
    """Save what was posted; 0 where that worked, else the status of the answer, with the reason at the field."""
    if not form.validate_on_submit():
        return 422
    said = (account_id, form.address.data or "", form.digest.data)
    try:
        set_mailbox(*said, seen_version=form.version.data, actor=access.actor(), now=access.now())
    except RuleBroken as broken:
        form.address.errors = [_(broken.message.text)]
        return 422
    except StaleVersion:
        _say_what_stands(form, account_id)
        return 409
    return 0


def _say_what_stands(form: MailboxForm, account_id: int) -> None:
    """Keep what was typed, say what stands there now, and let it be sent again."""
    now = mailbox_of(account_id)
    wanted = _("mit täglicher Nachricht") if now.digest else _("ohne tägliche Nachricht")
    text = _("Inzwischen wurde gespeichert: %(address)s, %(wanted)s.", address=now.address or "–", wanted=wanted)
    form.address.errors = [text]
    form.version.data, form.version.raw_data = now.version, None
