"""Courses and providers: what can be entered, and what cannot."""

import json
from dataclasses import replace
from datetime import date, timedelta

import pytest

from models.operations.courses import (
    create_course,
    create_provider,
    create_site,
    update_course,
    update_provider,
    update_site,
)
from models.rules.courses import CourseData, ProviderData, SiteData
from models.rules.errors import RuleBroken, StaleVersion
from models.rules.lesson_times import lessons_of, read_lessons
from models.tables import Course, Enrolment, Event, Provider, Site
from tests.conftest import NOW, TODAY
from tests.course_cast import make_course, make_enrolment, make_participant, make_provider

pytestmark = pytest.mark.usefixtures("database")
START = date(2027, 1, 4)


def data_of(course: Course, **changes: object) -> CourseData:
    """The course as it would be entered, with changes."""
    values = {name: getattr(course, name) for name in CourseData.__slots__}
    data = CourseData(**values | {"lessons": lessons_of(course.lessons or ())})
    return replace(data, **changes)


@pytest.fixture
def data() -> CourseData:
    provider = make_provider()
    return CourseData(
        "BB-1", provider.id, "AIK", "Modul 3", "A2", "B1", "St. Wendel", "Mo–Fr 8–12 Uhr", "Bus R2", START,
        date(2027, 7, 30), date(2026, 12, 18), 25, 15, True, False,
    )  # fmt: skip


def test_a_course_is_entered_and_corrected(data, people):
    actor = people("jobcenter")
    course_id = create_course(data, actor=actor, now=NOW)
    update_course(course_id, replace(data, title="Modul 4", seats=20), seen_version=1, actor=actor, now=NOW)
    course = Course.get_by_id(course_id)
    assert (course.title, course.seats, course.version, course.taken) == ("Modul 4", 20, 2, 0)
    assert [event.kind for event in Event.select().order_by(Event.id.desc()).limit(2)] == [
        "course.changed",
        "course.created",
    ]


def test_a_double_click_or_an_old_page_changes_nothing(data, people):
    actor = people("agentur")
    course_id = create_course(data, actor=actor, now=NOW)
    update_course(course_id, replace(data, title="A"), seen_version=1, actor=actor, now=NOW)
    with pytest.raises(StaleVersion):
        update_course(course_id, replace(data, title="B"), seen_version=1, actor=actor, now=NOW)
    assert Course.get_by_id(course_id).title == "A"


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"ends_on": START - timedelta(days=1)}, "ends_on"),
        ({"register_until": START + timedelta(days=1)}, "register_until"),
        ({"seats": 0}, "seats"),
        ({"seats": 26}, "seats"),
        ({"threshold": 26}, "threshold"),
        ({"kind": "FRAUEN"}, "kind"),
        ({"kind": "JUGEND"}, "kind"),
        ({"kind": "ELTERN"}, "kind"),
        ({"kind": ""}, "kind"),
        ({"level_from": "B2", "level_to": "A1"}, "level_to"),
        ({"units": 1201}, "units"),
        ({"units": 0}, "units"),
        ({"module_from": 0}, "module_from"),
        ({"module_to": 11}, "module_to"),
        ({"module_from": 4, "module_to": 3}, "module_to"),
        ({"place_id": 4711}, "place"),
    ],
)
def test_what_cannot_be_is_refused_at_its_field(data, people, change, field):
    with pytest.raises(RuleBroken) as refused:
        create_course(replace(data, **change), actor=people("agentur"), now=NOW)
    assert field in refused.value.fields
    assert Course.select().count() == 0


def test_a_course_number_is_given_once(data, people):
    create_course(data, actor=people("agentur"), now=NOW)
    with pytest.raises(RuleBroken) as refused:
        create_course(data, actor=people("agentur"), now=NOW)
    assert "number" in refused.value.fields
    other = make_course(Provider.get(), "BB-2")
    with pytest.raises(RuleBroken) as refused:
        update_course(other.id, data_of(other, number="BB-1"), seen_version=1, actor=people("agentur"), now=NOW)
    assert "number" in refused.value.fields


def test_a_provider_has_a_name_and_an_organisation_of_its_own(people):
    actor = people("agentur")
    with_office = make_provider("Institut Schaumberg", account=True)
    data = ProviderData("Volkshochschule", "BAMF-1", "Weg 1", "66606", "St. Wendel", "", "", None)
    provider_id = create_provider(data, actor=actor, now=NOW)
    with pytest.raises(RuleBroken) as refused:
        create_provider(data, actor=actor, now=NOW)
    assert "name" in refused.value.fields
    taken = replace(data, organisation_id=with_office.organisation_id)
    with pytest.raises(RuleBroken) as refused:
        update_provider(provider_id, taken, seen_version=1, actor=actor, now=NOW)
    assert "organisation" in refused.value.fields
    update_provider(provider_id, replace(data, town="Tholey"), seen_version=1, actor=actor, now=NOW)
    assert Provider.get_by_id(provider_id).town == "Tholey"


def test_released_people_stay_with_the_provider_they_consented_to(people, make_case):
    actor, ours, other = people("agentur"), make_provider(account=True), make_provider("Schaumberg", account=True)
    course = make_course(ours)
    enrolment = make_enrolment(make_case(), course, actor)
    moves = {"provider": {"provider_id": other.id}, "kind": {"kind": "BBSK-B2"}}
    for field, change in moves.items():
        with pytest.raises(RuleBroken) as refused:
            update_course(course.id, data_of(course, **change), seen_version=1, actor=actor, now=NOW)
        assert list(refused.value.fields) == [field]
    Enrolment.update(sent_on=TODAY).where(Enrolment.id == enrolment.id).execute()
    data = ProviderData("Bosenberg", "", "", "", "", "", "", make_provider("Theel", account=True).organisation_id)
    with pytest.raises(RuleBroken) as refused:
        update_provider(ours.id, data, seen_version=1, actor=actor, now=NOW)
    assert list(refused.value.fields) == ["organisation"]
    update_provider(ours.id, replace(data, organisation_id=ours.organisation_id), seen_version=1, actor=actor, now=NOW)
    assert Provider.get_by_id(ours.id).name == "Bosenberg"


def test_who_gets_the_access_later_reads_nothing_that_was_sent_before(people, make_case):
    actor, ours, other = people("agentur"), make_provider(account=True), make_provider("Schaumberg", account=True)
    make_participant(make_case(), make_course(ours), actor)
    mine, theirs = ours.organisation_id, other.organisation_id
    Provider.update(organisation=None).where(Provider.id == other.id).execute()
    data = ProviderData("Bosenberg", "", "", "", "", "", "", None)
    update_provider(ours.id, data, seen_version=1, actor=actor, now=NOW)
    update_provider(ours.id, replace(data, town="Tholey"), seen_version=2, actor=actor, now=NOW)
    with pytest.raises(RuleBroken) as refused:
        update_provider(ours.id, replace(data, organisation_id=theirs), seen_version=3, actor=actor, now=NOW)
    assert list(refused.value.fields) == ["organisation"]
    update_provider(ours.id, replace(data, organisation_id=mine), seen_version=3, actor=actor, now=NOW)
    assert Provider.get_by_id(ours.id).organisation_id == mine


def test_a_provider_on_paper_may_get_its_first_access(people, make_case):
    actor, ours, office = people("agentur"), make_provider(), make_provider("Schaumberg", account=True)
    make_participant(make_case(), make_course(ours), actor)
    Provider.update(organisation=None).where(Provider.id == office.id).execute()
    data = ProviderData("Bosenberg", "", "", "", "", "", "", office.organisation_id)
    update_provider(ours.id, data, seen_version=1, actor=actor, now=NOW)
    assert Provider.get_by_id(ours.id).organisation_id == office.organisation_id


def site_of(provider: Provider, **changes: object) -> SiteData:
    """The house of a provider, with changes."""
    return replace(SiteData(provider.id, "Haus A", "Weg 1", "66606", "St. Wendel", True, "Bus R2"), **changes)


def test_a_course_says_what_its_site_says_until_it_is_over(data, people):
    actor, provider = people("agentur"), Provider.get()
    site_id = create_site(site_of(provider), actor=actor, now=NOW)
    placed = replace(data, place_id=site_id, site="alter Text", transport="", barrier_free=False)
    runs = create_course(placed, actor=actor, now=NOW)
    over = create_course(
        replace(placed, number="BB-0", starts_on=date(2026, 1, 5), ends_on=date(2026, 6, 30), register_until=None),
        actor=actor,
        now=NOW,
    )
    said = Course.get_by_id(runs)
    assert (said.site, said.transport, said.barrier_free) == ("Haus A, Weg 1, 66606 St. Wendel", "Bus R2", True)
    moved = site_of(provider, street="Weg 2", barrier_free=False)
    update_site(site_id, moved, seen_version=1, actor=actor, now=NOW)
    assert Course.get_by_id(runs).site == "Haus A, Weg 2, 66606 St. Wendel" and not Course.get_by_id(runs).barrier_free
    assert Course.get_by_id(over).site == "Haus A, Weg 1, 66606 St. Wendel"
    assert json.loads(Event.select().order_by(Event.id.desc()).get().data)["courses"] == 1
    with pytest.raises(StaleVersion):
        update_course(runs, placed, seen_version=1, actor=actor, now=NOW)
    with pytest.raises(StaleVersion):
        update_site(site_id, moved, seen_version=1, actor=actor, now=NOW)


def test_a_site_belongs_to_its_provider_and_has_a_name_of_its_own(data, people):
    actor, other = people("agentur"), make_provider("Institut Schaumberg")
    site_id = create_site(site_of(other), actor=actor, now=NOW)
    with pytest.raises(RuleBroken) as refused:
        create_course(replace(data, place_id=site_id), actor=actor, now=NOW)
    assert "place" in refused.value.fields
    with pytest.raises(RuleBroken) as refused:
        create_site(site_of(other), actor=actor, now=NOW)
    assert "name" in refused.value.fields
    assert Site.select().count() == 1 and Course.select().count() == 0


def test_weekly_times_stand_beside_their_words(data, people):
    times = read_lessons("Mo–Do 9–12:15")
    timed = replace(data, lessons=times, schedule="", units=100, module_from=3, module_to=3)
    course = Course.get_by_id(create_course(timed, actor=people("agentur"), now=NOW))
    assert lessons_of(course.lessons) == times and course.schedule == "Mo–Do 9:00–12:15"
    update_course(course.id, replace(timed, schedule="vormittags"), seen_version=1, actor=people("agentur"), now=NOW)
    assert Course.get_by_id(course.id).schedule == "vormittags"
