"""Access to an integration course: all seven paths, and the one that leads."""

from models.rules.law.course_claim import claim_path, obligation_by_alien_authority
from models.rules.law.course_deadline import course_deadline
from models.rules.law.course_paths import (
    admission_by_bamf,
    admission_by_jobcenter,
    obligation_by_asylblg_body,
    obligation_by_jobcenter,
    self_payer,
)
from models.rules.law.data import Law
from models.rules.law.facts import CourseFacts
from models.rules.law.outcomes import CourseOutcome, PathState
from models.rules.message import Message

LEADING = ("obliged", "claim", "not_yet", "hint")
"""The states of a path that leads: what is settled before what an authority may still decide."""

JOBCENTER_PATHS = ("P3", "P4")
"""What the Jobcenter may decide today leads over a claim that is still to come or may have lapsed."""

USUAL_PATH = {"SGB II": "P3", "AsylbLG": "P5"}
"""The path that is looked at first for a benefit when none is open."""


def course_access(facts: CourseFacts, law: Law) -> CourseOutcome:
    """Which access paths P1 to P7 are open and which one leads (rules.md 9, domain.md 2.2).

    With ``course_kind`` the question is another: which deadline runs for that registration or entitlement. ``claim``
    and ``deadline`` come with a day; ``hint``, ``none``, ``not_yet`` and ``obliged`` with none.
    """
    if facts.course_kind:
        return course_deadline(facts, law)
    paths = access_paths(facts, law)
    leading = _leading(paths) or _usual(paths, facts)
    missing = dict.fromkeys(name for path in paths for name in path.missing)
    return CourseOutcome(
        result=_result(leading, paths),
        rule="access_path",
        reasons=_reasons(leading, paths),
        paragraphs=leading.paragraphs,
        missing=tuple(missing) if leading.state in ("hint", "no", "suspended") else leading.missing,
        path=leading.path,
        paths=paths,
        claim_valid_to=leading.valid_to,
        entitlement_lapses=False if leading.state == "obliged" else None,
    )


def access_paths(facts: CourseFacts, law: Law) -> tuple[PathState, ...]:
    """P1 to P7 in order, each with its state and the reason."""
    claim = claim_path(facts, law)
    return (
        claim,
        obligation_by_alien_authority(facts, claim),
        obligation_by_jobcenter(facts),
        admission_by_jobcenter(facts, claim),
        obligation_by_asylblg_body(facts, law),
        admission_by_bamf(facts, law, claim),
        self_payer(),
    )


def _leading(paths: tuple[PathState, ...]) -> PathState | None:
    """The first path of the strongest state that rests on known facts alone."""
    known = [path for path in paths if path.state in LEADING and not path.missing]
    return min(known, key=_rank, default=None)


def _rank(path: PathState) -> float:
    """The place in LEADING; the Jobcenter may oblige or admit before the title is granted (domain.md 1.4, ANE)."""
    if path.state == "hint" and path.path in JOBCENTER_PATHS:
        return LEADING.index("claim") + 0.5
    return LEADING.index(path.state)


def _usual(paths: tuple[PathState, ...], facts: CourseFacts) -> PathState:
    wanted = USUAL_PATH.get(facts.benefits or "", "P1")
    return next(path for path in paths if path.path == wanted)


def _result(leading: PathState, paths: tuple[PathState, ...]) -> str:
    """A path that only lacks facts makes a hint; without one there is no way but paying oneself."""
    if leading.state in LEADING:
        return leading.state
    return "hint" if any(path.missing for path in paths) else "none"


def _reasons(leading: PathState, paths: tuple[PathState, ...]) -> tuple[Message, ...]:
    others = tuple(path.reason for path in paths if path.state == "suspended" and path is not leading)
    return (leading.reason, *others)
