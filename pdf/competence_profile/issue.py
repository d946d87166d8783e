"""Life-line and competences on paper: collected from what its reader sees of a case, printed, not kept."""

from collections.abc import Iterator
from datetime import datetime

from models.queries import competences
from models.queries.case_head import head_of, name_for, needs_for
from models.queries.case_view import CaseView
from models.queries.code_names import code_names, named
from models.queries.competence_rows import Stored
from models.queries.competences import LanguageLine as Known
from models.queries.competences import LifeLine, Question
from models.rules.competences.availability import DAYS, HOURS, PARTS, Availability
from models.rules.competences.languages import SKILLS
from models.rules.competences.periods import TRUST_NAMES, Period, PeriodKind
from models.rules.message import N_, Message
from models.rules.times import german_date, german_time, stamp
from pdf.competence_profile.sheet import LanguageLine, PeriodLine, ProfileFacts, profile
from pdf.render import render_pdf

_NEEDS = "Verständigung"


def print_profile(view: CaseView, *, now: datetime, watermark: bool) -> bytes:
    """The paper as a PDF; NotAllowed for who may not see the competences of the case."""
    line, spoken, plan = competences.life_line(view), competences.languages(view), competences.availability(view)
    facts = ProfileFacts(
        name=name_for(view),
        number=view.held.case.number,
        facts=tuple(fact for fact in head_of(view).facts if fact[0] != _NEEDS),
        needs=needs_for(view),
        picture=line.picture,
        periods=tuple(_period(number, row) for number, row in enumerate(line.rows, start=1)),
        questions=tuple(_question(one) for one in _asked(line)),
        languages=tuple(_language(one) for one in spoken.lines if one.counts),
        script=_script(spoken),
        week=tuple(_week(plan[0].value)) if plan else (),
        organisation=view.actor.organisation_name,
        printed_by=view.actor.name,
        printed_at=german_time(stamp(now)),
        created=now,
    )
    return render_pdf("competence_profile", profile(facts), watermark=watermark)


def _asked(line: LifeLine) -> list[Question]:
    return sorted(line.questions, key=lambda one: one.finding.first)


def _period(number: int, row: Stored[Period]) -> PeriodLine:
    one = row.value
    where = (one.place, named("countries", [one.country]))
    trust = TRUST_NAMES[one.trust] + (f": {one.contradiction}" if one.contradiction else "")
    source = [trust, one.source]
    return PeriodLine(
        number=str(number),
        span=one.span,
        what=tuple(part for part in (one.name, *_details(one)) if part),
        where=", ".join(part for part in where if part),
        proof=named("proofs", [one.proof]),
        source=", ".join(source),
    )


def _details(one: Period) -> Iterator[str]:
    if one.title:
        yield one.title_original
    yield named("kldb2", [one.kldb])
    yield f"Niveau {one.level}: {named('job_levels', [one.level])}" if one.level else ""
    if one.certificate:
        labels = code_names("school_certificates") if one.kind is PeriodKind.SCHOOL else {"yes": "ja", "no": "nein"}
        yield f"Abschluss: {labels.get(one.certificate, one.certificate)}"
    track = one.recognition
    if track.status:
        applied = f"beantragt am {german_date(track.applied_on)}" if track.applied_on else ""
        said = (named("recognition", [track.status]), track.occupation, track.office, applied, track.result)
        yield "Anerkennung: " + ", ".join(part for part in said if part)


def _question(one: Question) -> tuple[str, str]:
    if one.remark is None:
        return str(one.finding.text), N_("noch offen")
    return str(one.finding.text), N_("nicht bekannt") if one.remark.value.unknown else one.remark.value.text


def _language(line: Known) -> LanguageLine:
    skill = line.row.value
    levels = code_names("language_levels")
    listening, reading, writing, speaking = (levels.get(getattr(skill, name), "–") for name in SKILLS)
    mother = " (Muttersprache)" if skill.mother_tongue else ""
    proof = (named("language_proofs", [skill.proof]), german_date(skill.proved_on), skill.issuer)
    return LanguageLine(
        language=named("languages", [skill.language]) + mother,
        levels=(listening, reading, writing, speaking),
        proof=", ".join(part for part in proof if part),
        valid="; ".join(f"{one.purpose} bis {german_date(one.until)} ({one.basis})" for one in line.validities),
    )


def _script(spoken: competences.Languages) -> str:
    if not spoken.scripts:
        return ""
    script = spoken.scripts[0].value
    reads = str(Message(N_("liest und schreibt {scripts}"), scripts=script.scripts)) if script.scripts else ""
    parts = (named("literacy", [script.literacy]), reads, german_date(script.seen_on))
    return ", ".join(part for part in parts if part)


def _week(plan: Availability) -> Iterator[tuple[str, str]]:
    for part, label in PARTS.items():
        days = [name for day, name in DAYS.items() if f"{day}-{part}" in plan.slots]
        yield label, ", ".join(days)
    yield N_("Online"), N_("ja") if plan.online else ""
    yield N_("Umfang"), HOURS.get(plan.hours, "")
    yield N_("Mobilität"), named("mobility", plan.mobility)
    yield N_("Längster Weg"), named("commuting_times", [plan.commuting])
    yield N_("Kinderbetreuung"), named("childcare", [plan.childcare])
