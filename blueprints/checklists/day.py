"""The coach's bundle of a day: choose people, get the route and a list for each of them as one PDF."""

from collections.abc import Mapping
from datetime import date

from flask import current_app, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import RadioField, SelectField, StringField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired

from blueprints.checklists.routes import bp
from blueprints.shared import access
from blueprints.shared.access_log import note_access
from blueprints.shared.addresses import LAST_PAGE
from blueprints.shared.forms import NEEDED, BaseForm, GermanDateField, parse_day
from blueprints.shared.render import download, page
from models.queries.case_view import view_of
from models.queries.coach_day import MOST_CHOSEN, Looking, people_for
from models.queries.dossier import dossier_numbered
from models.queries.still_seen import refuse_if_narrowed
from models.rules.day_bundle import Pick, read_numbers, route_of
from models.rules.errors import NotVisible, RuleBroken
from models.rules.message import N_, Message
from models.rules.permissions import Permission
from models.rules.times import german_date, local_day
from pdf.checklist.issue import Visit, Wish, print_day
from pdf.checklist.sheet import Names

HOME = "/tagesmappe/"
LOOKS = frozenset({"zeigen", "seite"})
"""Buttons of the form that show other people, with what was chosen so far. By POST: a name is no part of an address."""


class DayForm(BaseForm):
    """How the bundle is printed; the chosen people are rows of their own."""

    day = GermanDateField(_l("Tag"), validators=[InputRequired(NEEDED)])
    more = StringField(_l("Weitere Fallnummern"))
    content = RadioField(
        _l("Listen"),
        choices=[
            SelectChoice("leer", _l("leer, zum Ausfüllen")),
            SelectChoice("ausgefuellt", _l("mit dem Stand im Fall")),
        ],
        default="leer",
    )
    names = SelectField(
        _l("Namen"),
        choices=[
            SelectChoice(Names.FULL.value, _l("mit Namen und Telefon")),
            SelectChoice(Names.INITIALS.value, _l("ohne Klarnamen: Initialen")),
            SelectChoice(Names.NUMBER.value, _l("ohne Klarnamen: nur Fallnummer")),
        ],
        default=Names.FULL.value,
    )


@bp.get(HOME)
@access.requires(Permission.COACH_LIST_PRINT)
def day_bundle() -> ResponseReturnValue:
    """Choose whom to visit on a day."""
    return _page(DayForm(formdata=None, day=_asked_day()), {})


@bp.post(HOME)
@access.requires(Permission.COACH_LIST_PRINT)
def print_day_bundle() -> ResponseReturnValue:
    """The bundle as one PDF, each printed person noted in the access log; or the people that were looked for."""
    form = DayForm()
    if LOOKS & request.form.keys():
        return _page(form, {}, 200 if form.day.validate(form) else 422)
    visits, wrong = _visits(form) if form.validate() else ([], {})
    form.more.errors = [*form.more.errors, *(str(wrong[name]) for name in ("people", "more") if name in wrong)]
    if form.errors or wrong:
        return _page(form, wrong, 422)
    settings = current_app.config["SETTINGS"]
    wish = Wish(form.content.data == "leer", Names(form.names.data), settings.demo)
    title = _("Tagesmappe %(day)s", day=german_date(form.day.data))
    content = print_day(visits, title, wish, settings.base_url, now=access.now())
    refuse_if_narrowed(*(visit.view for visit in visits))
    for visit in visits:
        note_access(visit.view.held.case.id, "day_bundle")
    return download(content, f"Tagesmappe-{form.day.data:%Y-%m-%d}.pdf", "application/pdf", inline=False)


def _visits(form: DayForm) -> tuple[list[Visit], Mapping[str, Message]]:
    """The stops with their cases, or what is wrong by control."""
    try:
        more = read_numbers(form.more.data or "")
        route = route_of(_picks(), more)
        return [_visit(pick, typed=pick.number in more) for pick in route], {}
    except RuleBroken as broken:
        return [], broken.fields


def _picks() -> list[Pick]:
    chosen = request.form.getlist("people")
    return [
        Pick(number, request.form.get(f"time-{number}", ""), request.form.get(f"place-{number}", ""))
        for number in chosen
    ]


def _visit(pick: Pick, *, typed: bool) -> Visit:
    """A stop with what the coach sees of the case; a typed number that is none of hers is said at its field."""
    try:
        held = dossier_numbered(access.actor(), pick.number, local_day(access.now()))
    except NotVisible:
        if not typed:
            raise
        message = Message(N_("Nicht unter Ihren Fällen: {number}."), number=pick.number)
        raise RuleBroken(message, {"more": message}) from None
    view = view_of(held, access.actor())
    return Visit(view, pick.time, pick.place or held.office(held.case.municipality_id))


def _asked_day() -> date:
    try:
        return parse_day(request.args.get("tag", ""))
    except ValueError:
        return local_day(access.now())


def _page(form: DayForm, wrong: Mapping[str, Message], status: int = 200) -> ResponseReturnValue:
    today, looking = local_day(access.now()), _looking()
    day = form.day.data or today
    people = people_for(access.actor(), day, today, looking)
    chosen = set(looking.chosen)
    if request.method == "GET" or request.form.get("termine", "") != day.isoformat():
        chosen |= {row.number for row in people.due}  # of a day that was not shown before
    return page(
        "checklists/day.html",
        status=status,
        area="day_bundle",
        form=form,
        people=people,
        chosen=chosen,
        typed=request.form,
        wrong=wrong,
        day=day,
        looking=looking,
    )


def _looking() -> Looking:
    """What is looked for; the page is the one of the button, else the one that was shown, else the first."""
    sent = request.form if request.method == "POST" else request.args
    number = sent.get("seite", sent.get("hier", 1, type=int) if "zeigen" not in sent else 1, type=int)
    chosen = request.form.getlist("people")[:MOST_CHOSEN]
    return Looking(
        sent.get("gemeinde", ""),
        request.form.get("wer", "")[:120],
        number if number and 1 <= number <= LAST_PAGE else 1,
        frozenset(chosen),
    )
