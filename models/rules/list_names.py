"""The German names of the lists of a case, as sentences use them; a list itself shows its own title."""

from collections.abc import Mapping

from models.rules.message import N_
from models.rules.states import ListKey

LIST_NAMES: Mapping[ListKey, str] = {
    ListKey.INTAKE: N_("Aufnahme"),
    ListKey.COUNSELLING: N_("Beratung"),
    ListKey.COURSES: N_("Kurszuweisung"),
    ListKey.HANDOVER: N_("Übergabe"),
    ListKey.COACH: N_("Coach"),
}
