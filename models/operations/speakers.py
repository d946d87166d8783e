"""Who may say what of an enrolment: the provider for itself, or somebody who names the source."""

from datetime import date

from models.queries.enrolments import tells_itself
from models.rules.errors import NotAllowed, RuleBroken
from models.rules.message import N_, Message
from models.rules.roles import Actor, Role
from models.tables import Course, Enrolment, Provider

NEEDS_E4 = Message(N_("Ohne Verpflichtung braucht diese Rückmeldung die Einwilligung E4 der Person."))


def at_field(field: str, text: str) -> RuleBroken:
    """A refusal with this sentence at one field."""
    return RuleBroken(Message(text), {field: Message(text)})


def check_source(source: str, actor: Actor) -> None:
    """RuleBroken where somebody else enters something for a provider without its source (case_model: Four stages)."""
    if actor.role != Role.PROVIDER and not source:
        raise at_field("source", N_("Nennen Sie die Quelle, zum Beispiel: lt. Träger, Telefonat vom 22.11.2026."))


def refuse_speaking_for(row: Enrolment, actor: Actor) -> None:
    """RuleBroken where a provider with an account, to whom the enrolment was sent, speaks for itself."""
    if actor.role == Role.PROVIDER or row.sent_on is None:
        return
    if Provider.select().join(Course).where(Course.id == row.course_id, Provider.organisation.is_null(False)).exists():
        raise RuleBroken(Message(N_("Der Kursträger hat die Anmeldung vorliegen und antwortet selbst.")))


def check_speaker(row: Enrolment, actor: Actor, today: date) -> None:
    """NotAllowed for a provider that may not tell how a course goes: no obligation, no consent E4 (domain.md 4.1, D9).

    RuleBroken where somebody speaks for a provider that tells it itself.
    """
    tells = tells_itself(row, today)
    if actor.role == Role.PROVIDER and not tells:
        raise NotAllowed(NEEDS_E4)
    if tells:
        refuse_speaking_for(row, actor)


def refuse_untold(row: Enrolment, field: str, *, actor: Actor, today: date) -> None:
    """The same for one field of a provider's form, which is refused there."""
    if actor.role == Role.PROVIDER and not tells_itself(row, today):
        raise RuleBroken(NEEDS_E4, {field: NEEDS_E4})
