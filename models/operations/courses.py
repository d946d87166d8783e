"""Courses, their providers and the sites of these: entered and corrected by the Agentur and the Jobcenter."""

from dataclasses import asdict
from datetime import date, datetime
from typing import Any

from peewee import IntegrityError

from models.base import db
from models.operations.ledger import claim, record
from models.operations.seats import hold_courses, offer_free_seats
from models.queries.courses import site_data
from models.queries.law import current_law
from models.rules.courses import CourseData, ProviderData, SiteData, course_problems, place_words, placed
from models.rules.errors import RuleBroken, StaleVersion
from models.rules.lesson_times import lesson_rows
from models.rules.message import N_, Message
from models.rules.roles import Actor
from models.rules.states import LISTED, PLACED
from models.rules.times import local_day
from models.tables import Course, Enrolment, Provider, Site

CHECK = Message(N_("Bitte prüfen Sie die Angaben zum Kurs."))


def create_course(data: CourseData, *, actor: Actor, now: datetime) -> int:
    """Enter a course; returns its id. RuleBroken by field for what cannot be right and for a number that is taken."""
    _check(data)
    data = _placed(data)
    try:
        with db.atomic():
            course = Course.create(**_columns(data))
            record(actor, "course.created", _told(data), now=now)
    except IntegrityError:
        raise _at("number", N_("Diese Kursnummer gibt es schon.")) from None
    return int(course.id)


def update_course(course_id: int, data: CourseData, *, seen_version: int, actor: Actor, now: datetime) -> None:
    """Correct a course. RuleBroken by field, also where more seats are taken than would be left, and for a change that
    would take its people to another provider or into a course that their paths do not open.

    Seats that it gains go to its waiting list.
    """
    _check(data)
    data = _placed(data)
    try:
        with db.atomic():
            if not claim(Course, course_id, seen_version):
                raise StaleVersion
            _keep_people(Course.get_by_id(course_id), data)
            # the condition is part of the statement: a reservation may come in at this moment
            fits = Course.update(**_columns(data)).where(Course.id == course_id, Course.taken <= data.seats)
            if not fits.execute():
                raise _at("seats", N_("So viele Plätze sind schon vergeben; weniger geht nicht."))
            record(actor, "course.changed", _told(data) | {"from_version": seen_version}, now=now)
    except IntegrityError:
        raise _at("number", N_("Diese Kursnummer gibt es schon.")) from None
    offer_free_seats([course_id], now=now)


def create_provider(data: ProviderData, *, actor: Actor, now: datetime) -> int:
    """Enter a provider; returns its id. RuleBroken for a name or an organisation that another provider has."""
    try:
        with db.atomic():
            provider = Provider.create(**_provider_columns(data))
            record(actor, "provider.created", {"provider": provider.id, **asdict(data)}, now=now)
    except IntegrityError:
        raise _provider_taken(data, 0) from None
    return int(provider.id)


def update_provider(provider_id: int, data: ProviderData, *, seen_version: int, actor: Actor, now: datetime) -> None:
    """Correct a provider. RuleBroken for a name or an organisation that another provider has, and for another
    organisation that would read what was released to the present one, or to the one that had the access last.
    """
    try:
        with db.atomic():
            if not claim(Provider, provider_id, seen_version):
                raise StaleVersion
            reader = _keep_reader(Provider.get_by_id(provider_id), data)
            columns = _provider_columns(data) | {"last_reader": reader}
            Provider.update(**columns).where(Provider.id == provider_id).execute()
            told = {"provider": provider_id, **asdict(data), "from_version": seen_version}
            record(actor, "provider.changed", told, now=now)
    except IntegrityError:
        raise _provider_taken(data, provider_id) from None


def create_site(data: SiteData, *, actor: Actor, now: datetime) -> int:
    """Enter a site of a provider; returns its id. RuleBroken for a name that another site of the provider has."""
    try:
        with db.atomic():
            site = Site.create(**_site_columns(data))
            record(actor, "site.created", {"site": site.id, **asdict(data)}, now=now)
    except IntegrityError:
        raise _at("name", N_("Diesen Standort gibt es bei diesem Kursträger schon.")) from None
    return int(site.id)


def update_site(site_id: int, data: SiteData, *, seen_version: int, actor: Actor, now: datetime) -> None:
    """Correct a site, and its words in the courses there that are not over; those that are keep what was true.

    RuleBroken for a name that another site of the provider has.
    """
    try:
        with db.atomic():
            if not claim(Site, site_id, seen_version):
                raise StaleVersion
            Site.update(**_site_columns(data)).where(Site.id == site_id).execute()
            today = local_day(now)
            runs = Course.ends_on.is_null() | (Course.ends_on >= today)
            here = Course.select(Course.id).where(Course.place == site_id, runs).tuples()
            held = hold_courses(course_id for (course_id,) in here)
            moved = Course.update(place_words(data) | {"version": Course.version + 1})
            courses = moved.where(Course.id.in_(list(held))).execute()
            told = {"site": site_id, **asdict(data), "courses": courses, "from_version": seen_version}
            record(actor, "site.changed", told, now=now)
    except IntegrityError:
        raise _at("name", N_("Diesen Standort gibt es bei diesem Kursträger schon.")) from None


def _keep_people(course: Course, data: CourseData) -> None:
    """Whoever was released to a provider consented to that one (E2); her path opens courses of one family."""
    inside = (Enrolment.course == course.id) & Enrolment.state.in_((*PLACED, *LISTED))
    sent = (Enrolment.course == course.id) & Enrolment.sent_on.is_null(False)
    if data.provider_id != course.provider_id and Enrolment.select().where(inside | sent).exists():
        raise _at(
            "provider", N_("In diesem Kurs gibt es Anmeldungen. Für einen anderen Kursträger legen Sie einen Kurs an.")
        )
    family = current_law().course_family
    if family(data.kind) != family(course.kind) and Enrolment.select().where(inside).exists():
        raise _at("kind", N_("In diesem Kurs gibt es Anmeldungen; ihr Zugangsweg gilt für diese Kursart nicht."))


def _keep_reader(provider: Provider, data: ProviderData) -> int | None:
    """The organisation that reads what was sent, or did so last; who worked on paper till now may get any."""
    before, after = provider.organisation_id or provider.last_reader_id, data.organisation_id
    sent = (Course.provider == provider.id) & Enrolment.sent_on.is_null(False)
    if before and after and before != after and Enrolment.select().join(Course).where(sent).exists():
        text = N_("Einer anderen Stelle wurden hier Anmeldungen gesendet; nur sie darf sie lesen.")
        raise _at("organisation", text)
    return after or before


def _placed(data: CourseData) -> CourseData:
    """``placed`` with the site that was chosen. RuleBroken for a site of another provider."""
    if data.place_id is None:
        return placed(data, None)
    site = Site.get_or_none(Site.id == data.place_id)
    if site is None or site.provider_id != data.provider_id:
        raise _at("place", N_("Dieser Standort gehört nicht zu diesem Kursträger."))
    return placed(data, site_data(site))


def _provider_taken(data: ProviderData, provider_id: int) -> RuleBroken:
    if Provider.select().where(Provider.name == data.name, Provider.id != provider_id).exists():
        return _at("name", N_("Diesen Kursträger gibt es schon."))
    return _at("organisation", N_("Diese Stelle gehört schon zu einem anderen Kursträger."))


def _check(data: CourseData) -> None:
    kinds = {kind.code for kind in current_law().course_kinds_on(data.starts_on)}
    if problems := course_problems(data, kinds):
        raise RuleBroken(CHECK, problems)


def _at(field: str, text: str) -> RuleBroken:
    return RuleBroken(Message(text), {field: Message(text)})


def _columns(data: CourseData) -> dict[str, Any]:
    columns = asdict(data) | {"lessons": lesson_rows(data.lessons)}
    return columns | {"provider": columns.pop("provider_id"), "place": columns.pop("place_id")}


def _site_columns(data: SiteData) -> dict[str, Any]:
    columns = asdict(data)
    return columns | {"provider": columns.pop("provider_id")}


def _provider_columns(data: ProviderData) -> dict[str, Any]:
    columns = asdict(data)
    return columns | {"organisation": columns.pop("organisation_id")}


def _told(data: CourseData) -> dict[str, object]:
    told = asdict(data) | {"lessons": lesson_rows(data.lessons)}
    return {name: value.isoformat() if isinstance(value, date) else value for name, value in told.items()}
