"""What may be reported of the end of a course, and the certificate that follows from it."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from models.rules.course_reports import Report, certificate, lid_told, report_problems

TODAY = date(2027, 8, 20)
BEGAN, TESTED = date(2027, 1, 11), date(2027, 7, 30)
PARTS = {"listening": "B1", "reading": "B1", "writing": "A2", "speaking": "B1"}
PASSED = Report("B1", exam="DTZ", exam_result="B1", exam_on=TESTED, lid_points=21, recommendation="VOCATIONAL", **PARTS)


@pytest.mark.parametrize(
    ("change", "family", "fields"),
    [
        ({}, "IK", set()),
        ({"speaking": "A2"}, "IK", {"exam_result"}),
        ({"exam_result": "A2"}, "IK", {"exam_result"}),
        ({"exam_result": "A2", "speaking": "A2"}, "IK", set()),
        ({"exam_result": "B2"}, "IK", {"exam_result"}),
        ({"exam_result": ""}, "IK", {"exam_result"}),
        ({"exam_result": "PENDING", "exam_on": None}, "IK", set()),
        ({"exam_result": "PENDING", "exam_on": TODAY + timedelta(days=9)}, "IK", set()),
        ({"exam_on": None}, "IK", {"exam_on"}),
        ({"exam_on": TODAY + timedelta(days=1)}, "IK", {"exam_on"}),
        ({"exam_on": BEGAN - timedelta(days=1)}, "IK", {"exam_on"}),
        ({"exam": "NONE"}, "IK", {"exam", "exam_on"}),
        ({"reading": "A2"}, "IK", {"reading"}),
        ({"writing": "B2"}, "IK", {"writing"}),
        ({"level": "B7"}, "IK", {"level"}),
        ({"lid_points": 34}, "IK", {"lid_points"}),
        ({"units": 701}, "IK", {"units"}),
        ({"recommendation": "frei"}, "IK", {"recommendation"}),
        ({}, "BSK", {"exam", "lid_points"}),
        ({"exam": "DTB", "lid_points": None, "exam_result": "B2"}, "BSK", set()),
    ],
)
def test_what_can_be_reported(change, family, fields):
    assert report_problems(replace(PASSED, **change), family, BEGAN, 700, TODAY).keys() == fields


def test_something_is_reported():
    assert report_problems(Report(), "IK", BEGAN, None, TODAY).keys() == {"level"}


def test_the_certificate_has_the_parts_that_were_told():
    found = certificate(PASSED, "Bildungswerk", "lt. Träger")
    assert found is not None
    assert (found.proof, found.proved_on, found.levels, found.source) == ("DTZ", TESTED, PARTS, "lt. Träger")


@pytest.mark.parametrize("change", [{"speaking": ""}, {"exam_result": "PENDING"}, {"exam": "OTHER"}, {"exam": "NONE"}])
def test_nothing_is_guessed_into_a_certificate(change):
    assert certificate(replace(PASSED, **change), "Bildungswerk", "lt. Träger") is None


def test_points_are_told_in_words():
    assert [lid_told(points) for points in (14, 15, 17)] == [
        "nicht bestanden", "bestanden", "bestanden, auch Einbürgerungstest"
    ]  # fmt: skip
