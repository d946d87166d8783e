"""One item of a draft: its texts, its fields, its condition."""

from flask import request
from flask.typing import ResponseReturnValue

from blueprints.definitions.draft_routes import STEPS, WORDS, held_draft, place_after, seen_version, shown
from blueprints.definitions.forms import FieldForm, ItemForm, TestForm, WordsForm
from blueprints.definitions.routes import address_of, bp
from blueprints.definitions.saving import Outcome, attempt
from blueprints.shared import access
from blueprints.shared.render import go_to
from models.operations import checklist_drafts as drafts
from models.queries.checklist_editing import Judged
from models.queries.checklists import list_of
from models.queries.definitions import all_code_lists
from models.rules.checklists import Item
from models.rules.checklists.conditions import AnyOf, Condition
from models.rules.checklists.editing import from_parts, parts_of
from models.rules.checklists.subjects import Subject, comparison_of, subjects
from models.rules.errors import NotVisible
from models.rules.permissions import Permission


def _item_in(held: Judged, code: str) -> Item:
    item = held.definition.by_code.get(code)
    if item is None:
        raise NotVisible
    return item


def _address(key: str, code: str) -> str:
    return f"{address_of(key)}/entwurf/punkte/{code}"


@bp.route("/<word>/entwurf/punkte/<code>", methods=["GET", "POST"])
@access.requires(Permission.DEFINITION_EDIT)
def item(word: str, code: str) -> ResponseReturnValue:
    """Text, help, legal basis, level and roles of an item; its fields and its condition to look at."""
    key, form = list_of(word), ItemForm()
    held = held_draft(key)
    form.offer(_item_in(held, code))
    if request.method == "GET":
        form.show(_item_in(held, code))
        return _item_page(held, code, form)
    outcome = attempt(form, lambda: _change_item(key, code, form))
    if outcome == Outcome.SAVED:
        return go_to(f"{address_of(key)}/entwurf?getan=gespeichert#punkt-{code}")
    return _item_page(held_draft(key), code, form, outcome)


def _change_item(key: str, code: str, form: ItemForm) -> None:
    seen, values = form.version.data, form.values()
    drafts.change_item(key, code, values, seen_version=seen, actor=access.actor(), now=access.now())


def _item_page(held: Judged, code: str, form: ItemForm, outcome: Outcome | None = None) -> ResponseReturnValue:
    item = _item_in(held, code)
    change = next((one for one in held.changes.changed if one.item.code == code), None)
    context = {"item": item, "form": form, "change": change, "stale": outcome == Outcome.STALE}
    return shown("definitions/item.html", held, outcome.status if outcome else 200, **context)


@bp.route("/<word>/entwurf/punkte/<code>/neues-feld", methods=["GET", "POST"])
@access.requires(Permission.DEFINITION_EDIT)
def new_field(word: str, code: str) -> ResponseReturnValue:
    """Add a field to an item."""
    key, form = list_of(word), FieldForm()
    held = held_draft(key)
    form.offer(_item_in(held, code), "", all_code_lists())
    if request.method == "GET":
        form.required.data = True
        return _field_page(held, code, "", form)
    outcome = attempt(form, lambda: _add_field(key, code, form))
    if outcome == Outcome.SAVED:
        return go_to(f"{_address(key, code)}?getan=gespeichert#felder")
    return _field_page(held_draft(key), code, "", form, outcome)


def _add_field(key: str, code: str, form: FieldForm) -> None:
    seen, values = form.version.data, form.values()
    drafts.add_field(key, code, values, seen_version=seen, actor=access.actor(), now=access.now())


@bp.route("/<word>/entwurf/punkte/<code>/felder/<name>", methods=["GET", "POST"])
@access.requires(Permission.DEFINITION_EDIT)
def field(word: str, code: str, name: str) -> ResponseReturnValue:
    """Change a field of an item."""
    key, form = list_of(word), FieldForm()
    held = held_draft(key)
    found = next((one for one in _item_in(held, code).fields if one.key == name), None)
    if found is None:
        raise NotVisible
    form.offer(_item_in(held, code), name, all_code_lists())
    form.kept_codes = found.code_lists if len(found.code_lists) > 1 else ()
    if request.method == "GET":
        form.show(found)
        return _field_page(held, code, name, form)
    outcome = attempt(form, lambda: _change_field(key, code, name, form))
    if outcome == Outcome.SAVED:
        return go_to(f"{_address(key, code)}?getan=gespeichert#felder")
    return _field_page(held_draft(key), code, name, form, outcome)


def _change_field(key: str, code: str, name: str, form: FieldForm) -> None:
    seen, values = form.version.data, form.values()
    drafts.change_field(key, code, name, values, seen_version=seen, actor=access.actor(), now=access.now())


def _field_page(
    held: Judged, code: str, name: str, form: FieldForm, outcome: Outcome | None = None
) -> ResponseReturnValue:
    item = _item_in(held, code)
    stored = next((one for one in item.fields if one.key == name), None)
    context = {"item": item, "name": name, "stored": stored, "form": form, "stale": outcome == Outcome.STALE}
    return shown("definitions/field.html", held, outcome.status if outcome else 200, **context)


@bp.post("/<word>/entwurf/punkte/<code>/felder/<name>/<any(hoch,runter,entfallen):act>")
@access.requires(Permission.DEFINITION_EDIT)
def arrange_field(word: str, code: str, name: str, act: str) -> ResponseReturnValue:
    """Move a field up or down, or take it out."""
    key, seen = list_of(word), seen_version()
    who = {"seen_version": seen, "actor": access.actor(), "now": access.now()}
    if act in STEPS:
        drafts.move_field(key, code, name, STEPS[act], **who)
    else:
        drafts.remove_field(key, code, name, **who)
    keys = [one.key for one in _item_in(held_draft(key), code).fields]
    at = place_after(act, keys.index(name), len(keys), f"feld-{name}", f"feld-{name}") if name in keys else "felder"
    return go_to(f"{_address(key, code)}?getan={WORDS[act]}#{at}")


@bp.get("/<word>/entwurf/punkte/<code>/bedingung")
@access.requires(Permission.DEFINITION_EDIT)
def condition(word: str, code: str) -> ResponseReturnValue:
    """For whom an item is meant; ?angabe= chooses what the next comparison asks for."""
    return _condition_page(held_draft(list_of(word)), code, request.args.get("angabe", ""))


def _condition_page(
    held: Judged, code: str, chosen: str, test: TestForm | None = None, outcome: Outcome | None = None
) -> ResponseReturnValue:
    item = _item_in(held, code)
    offered = subjects(held.definition, held.lists, code)
    subject = next((one for one in offered if one.key == chosen), None)
    join = "any" if isinstance(item.condition, AnyOf) else "all"
    context = {
        "item": item,
        "shown_parts": parts_of(item.condition),
        "offered": offered,
        "subject": subject,
        "test": test or (_test_form(subject) if subject else None),
        "form": WordsForm(formdata=None, join=join, words=item.condition_text),
        "stale": outcome == Outcome.STALE,
    }
    return shown("definitions/condition.html", held, outcome.status if outcome else 200, **context)


def _test_form(subject: Subject, *, empty: bool = True) -> TestForm:
    form = TestForm(formdata=None) if empty else TestForm()
    form.way.choices = list(subject.ways)
    form.codes.choices = list(subject.options)
    return form


@bp.post("/<word>/entwurf/punkte/<code>/bedingung/neu")
@access.requires(Permission.DEFINITION_EDIT)
def add_test(word: str, code: str) -> ResponseReturnValue:
    """Add a comparison to the condition of an item."""
    key, chosen = list_of(word), request.form.get("subject", "")
    held = held_draft(key)
    item = _item_in(held, code)
    subject = next((one for one in subjects(held.definition, held.lists, code) if one.key == chosen), None)
    if subject is None:
        raise NotVisible
    form = _test_form(subject, empty=False)
    added = comparison_of(subject, form.way.data or "", form.codes.data or (), form.number.data)
    form.missing = added is None
    outcome = attempt(form, lambda: _store(key, item, [*parts_of(item.condition), added], form))
    if outcome == Outcome.SAVED:
        return go_to(f"{_address(key, code)}/bedingung?getan=gespeichert")
    return _condition_page(held_draft(key), code, chosen, form, outcome)


def _store(key: str, item: Item, parts: list[Condition], form: TestForm | WordsForm, words: str = "") -> None:
    """Parts that change make the list's own words untrue; ``words`` are those that were typed for them."""
    join = form.join.data if isinstance(form, WordsForm) else "any" if isinstance(item.condition, AnyOf) else "all"
    found = from_parts(parts, any_of=join == "any")
    seen = form.version.data
    drafts.change_condition(key, item.code, found, words, seen_version=seen, actor=access.actor(), now=access.now())


@bp.post("/<word>/entwurf/punkte/<code>/bedingung/worte")
@access.requires(Permission.DEFINITION_EDIT)
def words(word: str, code: str) -> ResponseReturnValue:
    """How the parts of a condition are joined, and how it is said."""
    key, form = list_of(word), WordsForm()
    held = held_draft(key)
    item = _item_in(held, code)
    typed = form.words.data if item.condition else ""
    outcome = attempt(form, lambda: _store(key, item, list(parts_of(item.condition)), form, typed or ""))
    if outcome == Outcome.SAVED:
        return go_to(f"{_address(key, code)}/bedingung?getan=gespeichert")
    return _condition_page(held_draft(key), code, "", None, outcome)


@bp.post("/<word>/entwurf/punkte/<code>/bedingung/<int:number>/entfallen")
@access.requires(Permission.DEFINITION_EDIT)
def remove_test(word: str, code: str, number: int) -> ResponseReturnValue:
    """Take one part out of the condition of an item."""
    key, seen = list_of(word), seen_version()
    item = _item_in(held_draft(key), code)
    parts = list(parts_of(item.condition))
    if not 1 <= number <= len(parts):
        raise NotVisible
    rest = from_parts(parts[: number - 1] + parts[number:], any_of=isinstance(item.condition, AnyOf))
    drafts.change_condition(key, code, rest, "", seen_version=seen, actor=access.actor(), now=access.now())
    return go_to(f"{_address(key, code)}/bedingung?getan=gespeichert")
