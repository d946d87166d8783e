"""The proposal of an enrolment that waits for an answer, as part of the statements that read enrolments."""

from models.rules.proposals import ProposalState
from models.tables import CourseProposal, Enrolment

IS_OPEN = (CourseProposal.enrolment == Enrolment.id) & (CourseProposal.state == ProposalState.OPEN)
"""Joins an enrolment with its one open proposal."""
