"""The checklist engine: definitions as data, answers, conditions, progress, gates. Pure functions of plain data."""

from models.rules.checklists.answers import (
    NOTE,
    REASON,
    SOURCE,
    WAIVED,
    FieldErrors,
    asked,
    document_name,
    missing_name,
    parse_answer,
    parse_day,
)
from models.rules.checklists.conditions import Condition, DefinitionError, evaluate, undecided
from models.rules.checklists.definition import (
    ChecklistDefinition,
    Choice,
    ChoiceList,
    Field,
    Gate,
    Item,
    Kind,
    Level,
    When,
)
from models.rules.checklists.display import display, display_field
from models.rules.checklists.facts import CASE_FACTS, LAW_FACTS, gather, items_by_code, law_facts
from models.rules.checklists.gates import accepting_gaps, printed_gaps, sending_gaps
from models.rules.checklists.progress import (
    Assessment,
    Count,
    ItemState,
    ItemView,
    Missing,
    Progress,
    assess,
    missing,
    progress,
    state_of,
)
from models.rules.checklists.reading import choice_list_from_data, definition_from_dict
from models.rules.checklists.responsibility import ROLE_NAMES, hearsay, may_answer, needs_source, role_names
from models.rules.checklists.values import MISSING_REASONS, AnswerValues, DerivedAnswer, FactValue, Known, Value
from models.rules.checklists.wording import condition_sentence, decided_by, describe
from models.rules.checklists.writing import definition_to_dict

__all__ = [
    "CASE_FACTS", "LAW_FACTS", "MISSING_REASONS", "NOTE", "REASON", "ROLE_NAMES", "SOURCE", "WAIVED",
    "AnswerValues", "Assessment", "ChecklistDefinition", "Choice", "ChoiceList", "Condition", "Count",
    "DefinitionError", "DerivedAnswer", "FactValue", "Field", "FieldErrors", "Gate", "Item", "ItemState",
    "ItemView", "Kind", "Known", "Level", "Missing", "Progress", "Value", "When", "accepting_gaps", "asked",
    "assess", "choice_list_from_data", "condition_sentence", "decided_by", "definition_from_dict",
    "definition_to_dict", "describe", "display", "display_field", "document_name", "evaluate", "gather",
    "hearsay", "items_by_code", "law_facts", "may_answer", "missing", "missing_name", "needs_source",
    "parse_answer", "parse_day", "printed_gaps", "progress", "role_names", "sending_gaps", "state_of",
    "undecided",
]
