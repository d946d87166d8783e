"""The people of the arrivals list whose way is told in full: who they are, and what happened to them when."""

from collections.abc import Callable
from dataclasses import dataclass

from demo import ways
from demo.intake import ALONE, Home
from demo.training import Told

MARRIED = Home("VH", 2)
WIDOWED = Home("VW")


@dataclass(frozen=True, slots=True)
class Story:
    """One person: her row in the list, what she tells of herself, with whom she lives, and her way."""

    row: int
    biography: str
    way: Callable[[Told, Home], None]
    home: Home = ALONE


STORIES: tuple[Story, ...] = (
    # the ones that every training needs, the most telling first
    Story(36, "pharmacist", ways.accepted_long_ago),
    Story(110, "teacher", ways.queried, WIDOWED),
    Story(195, "tailor", ways.draft_overdue, MARRIED),
    Story(285, "programmer", ways.draft_due, MARRIED),
    Story(215, "mason", ways.accepted_lately),
    Story(57, "cook", ways.received, MARRIED),
    Story(363, "hairdresser", ways.sent),
    Story(170, "electrician", ways.superseded, WIDOWED),
    Story(259, "driver", ways.draft_with_gaps, MARRIED),
    Story(402, "teacher", ways.rejected, MARRIED),
    Story(334, "hairdresser", ways.withdrawn, MARRIED),
    # a mother and her daughter in one household, with decisions of different months
    Story(1288, "tailor", ways.family_first, Home("VW", 2)),
    Story(1098, "hairdresser", ways.family_later, Home("LD", 2)),
    Story(45, "programmer", ways.waiting_for_title, WIDOWED),
    Story(375, "driver", ways.stays_tolerated, MARRIED),
    Story(251, "mason", ways.closed_in_work),
    # courses
    Story(60, "tailor", ways.seat_without_childcare, Home("VH", 2, 3, 3)),
    Story(113, "mason", ways.seat_reserved, Home("VH", 2, 3, 2)),
    Story(127, "driver", ways.seat_sent, MARRIED),
    Story(254, "electrician", ways.seat_confirmed, Home("LD", 1, 1)),
    Story(208, "tailor", ways.seat_declined, Home("LD", 1, 2, 1)),
    Story(374, "teacher", ways.seat_cancelled, Home("GS")),
    Story(232, "hairdresser", ways.seat_in_running_course, Home("VH", 2, 3, 2)),
    Story(185, "mason", ways.seat_in_running_course, Home("UB", 2, 2)),
    Story(294, "tailor", ways.seat_on_paper, Home("GS", 1, 3)),
    # counselling
    Story(5, "tailor", ways.not_yet_agreed, Home("VH", 2, 2, 1)),
    Story(365, "teacher", ways.agreed_anew, Home("VW", 1, 2, 1)),
    Story(87, "tailor", ways.consent_withdrawn, WIDOWED),
    Story(358, "cook", ways.consent_refused, Home("VW", 1, 2)),
    Story(46, "hairdresser", ways.in_counselling, Home("LD", 1, 3, 3)),
    Story(242, "teacher", ways.course_over, Home("GS")),
    Story(90, "electrician", ways.half_told, Home("VH", 2, 2, 2)),
    # intake
    Story(85, "mason", ways.taken_in, Home("LD", 1, 1, 1)),
    Story(213, "electrician", ways.taken_in, Home("VW", 1, 3, 3)),
    Story(298, "cook", ways.taken_in, Home("VW", 1, 3, 1)),
    Story(7, "tailor", ways.taken_in, Home("LD", 1, 2)),
    Story(353, "mason", ways.taken_in, MARRIED),
    Story(349, "hairdresser", ways.being_taken_in),
    Story(183, "tailor", ways.being_taken_in),
    # recorded twice, and back after having moved away
    Story(88, "hairdresser", ways.being_taken_in),
    Story(136, "driver", ways.taken_in, Home("VW", 1, 1)),
    # straight to the Jobcenter
    Story(107, "teacher", ways.direct, Home("GS", 1, 3, 1)),
    Story(100, "cook", ways.direct_new, WIDOWED),
)
