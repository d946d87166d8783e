"""What the case page says above the lists: end of the case, change of legal sphere, household, work."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from models.queries.carried import episode_after, episode_before, still_to_confirm
from models.queries.case_view import CaseView
from models.queries.checklists import LIST_WORDS
from models.queries.dossier import Dossier
from models.queries.household import Member
from models.queries.law import current_law
from models.queries.merges import merge_of_case
from models.queries.residence import propose_change
from models.queries.sheet import draft_of
from models.rules.change_reports import KINDS, ReportAct, acts_on, readable
from models.rules.handovers import STATE_LABELS
from models.rules.law.facts import FACT_LABELS
from models.rules.law.outcomes import SphereOutcome, WorkOutcome
from models.rules.message import N_, Message
from models.rules.permissions import Block
from models.rules.questions import is_between
from models.rules.residence_entries import decision_name
from models.rules.roles import Role
from models.rules.sheet.release import release_from
from models.rules.states import CaseState, ChangeKind, HandoverState, ListKey, Outcome
from models.rules.timeline import OUTCOMES
from models.rules.times import from_stamp, german_date, local_day
from models.tables import Handover

UNDER_WAY = (HandoverState.DRAFT, HandoverState.SENT, HandoverState.RECEIVED, HandoverState.QUERIED)


@dataclass(frozen=True, slots=True)
class Notice:
    """A box: colour, title, sentences, and links as (text, address)."""

    kind: str
    title: Message
    sentences: tuple[Message, ...] = ()
    links: tuple[tuple[str, str], ...] = ()


def current_handover(held: Dossier) -> Handover | None:
    """The handover that is being prepared or under way."""
    return next((row for row in held.handovers if row.state in UNDER_WAY), None)


def open_proposal(view: CaseView) -> SphereOutcome | None:
    """What the rules propose where no handover is under way and something is known that may change the sphere."""
    held = view.held
    if Block.HANDOVER not in view.blocks or held.direct or held.accepted or current_handover(held):
        return None
    outcome = propose_change(held, view.known)
    return None if outcome.rule in ("nothing_known", "paper", "pending") else outcome


def notices_of(view: CaseView, proposal: SphereOutcome | None, members: Sequence[Member]) -> tuple[Notice, ...]:
    """The boxes that this person may see, the most important first."""
    handover = current_handover(view.held)
    found = [*_closed(view), *_reported(view), *_asked(view), *_came_back(view), *_given_away(view)]
    if Block.HANDOVER in view.blocks and handover:
        found.append(_change(view.held, handover))
    elif proposal:
        found.append(_proposed(proposal))
    elif Block.CHANGE_DATE in view.blocks and view.actor.role == Role.ASYLBLG:
        found.extend(_benefit_ends(view, handover))
    return (*found, *_doubts(view), *_household(view, handover, members))


def _doubts(view: CaseView) -> Iterator[Notice]:
    """What of the competences is contradictory: to be cleared before a handover, holding nothing up."""
    found = view.held.competences.doubts if view.held.competences and Block.COUNSELLING in view.blocks else ()
    if found:
        sentences = tuple(Message(N_("{what}: {why}"), what=what, why=why) for what, why in found)
        link = (N_("Zum Werdegang"), f"/faelle/{view.held.case.number}/werdegang")
        yield Notice("warning", Message(N_("Widersprüchliche Angaben")), sentences, (link,))


def _reported(view: CaseView) -> Iterator[Notice]:
    """What the municipality reported and this person has still to answer or to take notice of."""
    case, actor = view.held.case, view.actor
    for report in view.held.reports:
        if readable(report.data, ChangeKind(report.kind), view.blocks) is None:
            continue
        if acts_on(report, actor.role, actor.organisation_id, case) - {ReportAct.WITHDRAW}:
            title = Message(N_("Gemeldet: {what}"), what=KINDS[ChangeKind(report.kind)])
            words = {"office": view.held.office(report.organisation_id), "day": german_date(report.on_day)}
            link = (N_("Zur Meldung"), f"/faelle/{case.number}/meldungen")
            yield Notice("info", title, (Message(N_("{office}, geschehen am {day}."), **words),), (link,))


def _asked(view: CaseView) -> Iterator[Notice]:
    """Questions of or to this person's organisation that are not closed."""
    mine = view.actor.organisation_id
    waiting = [row for row in view.held.questions if not row.is_closed and is_between(row, mine)]
    if not waiting:
        return
    turn = [row for row in waiting if mine == (row.asked_by_id if row.answered_at else row.asked_to_id)]
    codes = ", ".join(dict.fromkeys(row.item for row in waiting))
    link = (N_("Zu den Rückfragen"), f"/faelle/{view.held.case.number}/rueckfragen")
    title = N_("Rückfrage: Sie sind am Zug") if turn else N_("Rückfrage gestellt, Antwort steht aus")
    yield Notice("warning" if turn else "info", Message(title), (Message(N_("Punkt {codes}."), codes=codes),), (link,))


def _closed(view: CaseView) -> Iterator[Notice]:
    case = view.held.case
    if case.state == CaseState.CLOSED and Block.PROGRESS in view.blocks:
        title = Message(N_("Fall abgeschlossen: {outcome}"), outcome=OUTCOMES.get(case.outcome or "", ""))
        links = (*(_goes_on(case.id) if case.outcome == Outcome.DUPLICATE else ()), *_next_case(view))
        yield Notice("info", title, (Message(N_("Seit {day}."), day=german_date(case.outcome_on)),), links)


def _goes_on(case_id: int) -> Iterator[tuple[str, str]]:
    if found := merge_of_case(case_id):
        yield N_("Zum Fall, der weitergeht"), f"/faelle/{found[1]}"


def _next_case(view: CaseView) -> Iterator[tuple[str, str]]:
    if number := episode_after(view, view.actor):
        yield N_("Die Person ist zurück: zum neuen Fall"), f"/faelle/{number}"


def _came_back(view: CaseView) -> Iterator[Notice]:
    """In a case that follows another one: where the earlier one is, and what is to be confirmed."""
    if view.held.case.follows_id is None or Block.PERSON not in view.blocks:
        return
    earlier, waiting = episode_before(view, view.actor), still_to_confirm(view)
    number = len(waiting)
    links = list(_lists_to_confirm(view, Counter(one.row.key for one in waiting)))
    sentence = Message(N_("Aus dem früheren Fall sind noch {number} Angaben zu bestätigen."), number=number)
    if not number:
        sentence = Message(N_("Alle Angaben aus dem früheren Fall sind durchgesehen."))
    if earlier:
        links.append((N_("Zum früheren Fall"), f"/faelle/{earlier.number}"))
    yield Notice("warning" if number else "info", Message(N_("Die Person war schon hier")), (sentence,), tuple(links))


def _lists_to_confirm(view: CaseView, counts: Mapping[ListKey, int]) -> Iterator[tuple[str, str]]:
    """Where it stands: "Stimmt das noch?" is asked at each item."""
    for key, number in counts.items():
        yield f"{view.definitions[key].title} ({number})", f"/faelle/{view.held.case.number}?liste={LIST_WORDS[key]}"


def _given_away(view: CaseView) -> Iterator[Notice]:
    case = view.held.case
    if view.actor.role == Role.AGENTUR and case.accepted_on:
        title = Message(N_("Übergeben: Das Jobcenter ist seit {day} zuständig"), day=german_date(case.accepted_on))
        until = Message(N_("Was Sie beigetragen haben, sehen Sie bis {day}."), day=german_date(case.agentur_sees_until))
        yield Notice("info", title, (until,), _handover_link(view.held, HandoverState.ACCEPTED))


def _handover_link(held: Dossier, state: HandoverState) -> tuple[tuple[str, str], ...]:
    row = next((row for row in held.handovers if row.state == state), None)
    return ((N_("Zum Übergabebogen"), f"/uebergaben/{row.reference}"),) if row else ()


def _change(held: Dossier, handover: Handover) -> Notice:
    day = german_date(handover.change_on)
    title = Message(N_("Rechtskreiswechsel voraussichtlich zum {day}"), day=day)
    sentences = (*_ground(handover), _responsible_from(handover), *_application(handover), *_state(held, handover))
    return Notice("warning", title, sentences, _links(held, handover))


def _ground(handover: Handover) -> Iterator[Message]:
    if handover.served_on:
        yield Message(
            N_("BAMF-Bescheid zugestellt am {day}: {decision}."),
            day=german_date(handover.served_on),
            decision=decision_name(current_law(), handover.decision_code),
        )


def _responsible_from(handover: Handover) -> Message:
    day = german_date(handover.change_on)
    if not handover.override_reason:
        return Message(
            N_("Das Jobcenter ist voraussichtlich ab {day} zuständig (Vorschlag nach {basis})."),
            day=day,
            basis=handover.legal_basis,
        )
    proposed = german_date(handover.proposed_on)
    if not proposed:
        return Message(
            N_("Das Jobcenter ist voraussichtlich ab {day} zuständig, so festgelegt: {reason}."),
            day=day,
            reason=handover.override_reason.rstrip("."),
        )
    return Message(
        N_("Das Jobcenter ist voraussichtlich ab {day} zuständig. Vorschlag war der {proposed}; abweichend: {reason}."),
        day=day,
        proposed=proposed,
        reason=handover.override_reason.rstrip("."),
    )


def _application(handover: Handover) -> Iterator[Message]:
    if handover.application_latest:
        yield Message(N_("Antrag SGB II spätestens am {day}."), day=german_date(handover.application_latest))


def _state(held: Dossier, handover: Handover) -> Iterator[Message]:
    if handover.state == HandoverState.DRAFT:
        if missing := missing_for_sheet(held, handover):
            yield _missing_sentence(missing)
        else:
            yield Message(N_("Für den Übergabebogen fehlt nichts mehr."))
    elif handover.state == HandoverState.QUERIED:
        yield Message(N_("Das Jobcenter hat eine Rückfrage."))
    else:
        yield Message(
            N_("Übermittelt am {day}, Stand: {state}."),
            day=german_date(local_day(from_stamp(str(handover.sent_at)))),
            state=STATE_LABELS[HandoverState(handover.state)],
        )


def missing_for_sheet(held: Dossier, handover: Handover) -> int:
    """How many details still hold up the sending, by the same function that the page of the handover asks."""
    return len(draft_of(held, handover, release_from(handover.released or {})).gaps)


_SMALL = {2: N_("Zwei"), 3: N_("Drei"), 4: N_("Vier"), 5: N_("Fünf"), 6: N_("Sechs"), 7: N_("Sieben"), 8: N_("Acht")}


def _missing_sentence(number: int) -> Message:
    if number == 1:
        return Message(N_("Eine Angabe fehlt noch für den Übergabebogen."))
    word = _SMALL.get(number, str(number))
    return Message(N_("{number} Angaben fehlen noch für den Übergabebogen."), number=word)


def _links(held: Dossier, handover: Handover) -> tuple[tuple[str, str], ...]:
    place = f"/uebergaben/{handover.reference}"
    if handover.state != HandoverState.DRAFT:
        return ((N_("Zur Übergabe"), place),)
    other_day = (N_("Anderen Wechseltermin setzen"), f"/faelle/{held.case.number}/wechsel")
    return ((N_("Fehlende Angaben ansehen"), place), other_day)


def _proposed(outcome: SphereOutcome) -> Notice:
    kind = "warning" if outcome.result in ("change", "hint") else "info"
    return Notice(kind, outcome.summary, tuple(explained(outcome)))


def explained(outcome: SphereOutcome | WorkOutcome) -> Iterator[Message]:
    """The reasons of a rule, what it misses where it cannot propose for that, and the paragraphs."""
    yield from outcome.reasons
    if outcome.missing and outcome.result != "change":
        names = ", ".join(FACT_LABELS.get(name, name) for name in outcome.missing)
        yield Message(N_("Es fehlt noch: {facts}."), facts=names)
    if outcome.paragraphs:
        yield Message(N_("Grundlage: {paragraphs}."), paragraphs="; ".join(outcome.paragraphs))


def _benefit_ends(view: CaseView, handover: Handover | None) -> Iterator[Notice]:
    """The AsylbLG unit learns the day of the change alone."""
    until = view.held.case.asylblg_until or (handover.asylblg_until if handover else None)
    if until:
        after = Message(N_("Danach ist voraussichtlich das Jobcenter zuständig; bis dahin sehen Sie den Fall."))
        yield Notice("warning", Message(N_("AsylbLG voraussichtlich bis {day}"), day=german_date(until)), (after,))


def _household(view: CaseView, handover: Handover | None, members: Sequence[Member]) -> Iterator[Notice]:
    """Differing days and decisions are shown and never made equal (rules.md 3)."""
    days = _differing_days(view, handover, members)
    own = view.held.decisions[0].code if Block.PAPERS in view.blocks and view.held.decisions else ""
    decisions = [member for member in members if own and member.decision not in ("", own)]
    differing = [member for member in members if member in days or member in decisions]
    if not differing:
        return
    yield Notice(
        "warning",
        Message(N_("Im Haushalt gelten verschiedene Termine"))
        if days
        else Message(N_("Im Haushalt gelten verschiedene Entscheidungen")),
        (Message(N_("Jede Person behält ihren eigenen Termin.")), *map(member_sentence, differing)),
        tuple((member.name, f"/faelle/{member.number}") for member in differing),
    )


def _differing_days(view: CaseView, handover: Handover | None, members: Sequence[Member]) -> list[Member]:
    if Block.HANDOVER not in view.blocks:
        return []
    own = handover.change_on if handover else view.held.case.accepted_on
    if all(day is None for day in (own, *(member.change_on for member in members))):
        return []
    return [member for member in members if member.change_on != own]


def member_sentence(member: Member) -> Message:
    """Who it is, her decision, and the day of her own change."""
    decision = decision_name(current_law(), member.decision) if member.decision else ""
    day = german_date(member.change_on)
    if decision and day:
        return Message(N_("{name}: {decision}, Wechsel zum {day}."), name=member.name, decision=decision, day=day)
    if decision:
        return Message(N_("{name}: {decision}, noch kein Wechsel."), name=member.name, decision=decision)
    if day:
        return Message(N_("{name}: Wechsel zum {day}."), name=member.name, day=day)
    return Message(N_("{name}: noch kein Wechsel."), name=member.name)
