"""What a paper shown on arrival says: its code, and to which legal sphere the person belongs from the first day."""

from datetime import date

from models.rules.law.card_text import normal_form, without_brackets
from models.rules.law.data import Arrival, Law, SphereRule


def code_for_label(text: str, law: Law) -> str | None:
    """The residence code for the words on a paper or in a list, None if they decide none.

    New and old card labels, the codes themselves, with or without an explanation in brackets.
    """
    exact = law.label_index.get(normal_form(text))
    return exact or law.label_index.get(normal_form(without_brackets(text)))


def sphere_on_arrival(code: str | None, law: Law, *, ed_done: bool | None = None, day: date | None = None) -> Arrival:
    """Legal sphere on the day of arrival (rules.md 5).

    S2: straight to the Jobcenter, no handover. S3: the Agentur. hint: facts are missing, a person decides.
    The Fiktionsbescheinigung for § 24 counts as S2 once identification is done (§ 1 Abs. 3a AsylbLG, § 74 SGB II).
    """
    residence = law.residence(code, day)
    if residence is None:
        return Arrival.HINT
    if residence.sphere is SphereRule.TEMPORARY_PROTECTION and ed_done:
        return Arrival.SGB2
    return residence.arrival
