"""State of an item, counts, what is missing and who can supply it."""

import time
from datetime import date

import pytest

from models.rules.checklists import (
    AnswerValues,
    DerivedAnswer,
    ItemState,
    Known,
    Level,
    assess,
    decided_by,
    definition_from_dict,
    gather,
    items_by_code,
    missing,
    progress,
    state_of,
)
from models.rules.states import AnswerState, StageState
from models.seed.checklist_data import definitions

HELP = "Damit jeder es weiß."


def entry(code: str, level: str = "required", **more: object) -> dict[str, object]:
    fields = more.pop("fields", [{"key": "on", "kind": "date", "label": "am"}])
    base = {"code": code, "text": f"Punkt {code}", "help": HELP, "roles": ["agentur"], "level": level}
    return base | {"fields": fields} | more


KINDS = [{"code": "A", "label": "a"}, {"code": "B", "label": "b"}]
SMALL = definition_from_dict(
    {
        "key": "courses",
        "version": 1,
        "title": "Kurse",
        "condition": {"not": {"fact": "direct_jobcenter", "is": True}},
        "items": [
            entry("K01", roles=["agentur", "jobcenter"]),
            entry("K02", fields=[
                {"key": "kind", "kind": "choice", "label": "Art", "choices": KINDS},
                {"key": "until", "kind": "date", "label": "bis", "when": {"field": "kind", "in": ["B"]}},
                {"key": "note", "kind": "text", "label": "dazu", "required": False},
            ]),
            entry("K03", condition={"fact": "children", "at_least": 1}),
            entry("K04", "recommended", after=["K01"]),
            entry("K05", "optional"),
            entry("K06", fields=[{"key": "form", "kind": "document", "label": "Bogen", "signature": True}]),
        ],
    }
)  # fmt: skip
DAY = AnswerValues(values={"on": "2026-11-22"})


def states(known: Known) -> dict[str, str]:
    return {view.item.code: view.state.value for view in assess(SMALL, known).views}


def test_nothing_known_yet():
    assert states(Known()) == {
        "K01": "open",
        "K02": "open",
        "K03": "open",
        "K04": "blocked",
        "K05": "open",
        "K06": "open",
    }
    counts = progress(SMALL, Known())
    assert (counts.done, counts.total, counts.open, counts.not_applicable) == (0, 4, 4, 0)
    assert assess(SMALL, Known()).stage == StageState.OPEN


def test_an_undecided_item_is_shown_with_what_decides_it_and_demanded_of_nobody():
    view = assess(SMALL, Known()).views[2]
    assert (view.applies, view.state) == (None, ItemState.OPEN)
    assert str(decided_by(view.waits_for, {})) == "Ob der Punkt nötig ist, ergibt sich aus: Kinder im Haushalt"
    assert "K03" not in {gap.code for gap in missing(SMALL, Known())}
    assert "K03" in {gap.code for gap in missing(SMALL, Known(facts={"children": 2}))}
    assert states(Known(facts={"children": 0}))["K03"] == "not_applicable"


def test_an_undecided_item_counts_once_it_is_answered():
    assert (progress(SMALL, Known({"K03": DAY})).done, progress(SMALL, Known({"K03": DAY})).total) == (1, 5)


def test_an_optional_item_counts_once_it_is_answered():
    counts = progress(SMALL, Known({"K05": DAY}))
    assert (counts.done, counts.total, counts.open) == (1, 5, 4)
    assert counts.by_level[Level.OPTIONAL].total == 1


def test_half_an_answer_names_what_is_open():
    half = Known({"K02": AnswerValues(values={"kind": "B"})})
    gap = next(gap for gap in missing(SMALL, half) if gap.code == "K02")
    assert str(gap.why) == "es fehlt noch: bis"
    assert states(Known({"K02": AnswerValues(values={"kind": "A"})}))["K02"] == "done"


def test_who_can_supply_it():
    gap = missing(SMALL, Known())[0]
    assert str(gap.sentence) == "Punkt K01: noch nicht beantwortet (Agentur für Arbeit oder Jobcenter)"


def test_blocked_says_what_comes_first():
    gap = next(gap for gap in missing(SMALL, Known(), Level.RECOMMENDED) if gap.code == "K04")
    assert str(gap.why) == "wird frei, sobald erledigt ist: K01 Punkt K01"
    assert states(Known({"K01": DAY}))["K04"] == "open"
    waived = Known({"K01": AnswerValues(AnswerState.NOT_APPLICABLE, reason="nicht nötig")})
    assert states(waived)["K04"] == "open"


def test_levels_of_what_is_missing():
    codes = [gap.code for gap in missing(SMALL, Known(), Level.OPTIONAL)]
    assert codes == ["K01", "K02", "K04", "K05", "K06"]
    assert [gap.code for gap in missing(SMALL, Known())] == ["K01", "K02", "K06"]


@pytest.mark.parametrize(
    ("answer", "state"),
    [
        (AnswerValues(AnswerState.UNKNOWN), ItemState.DONE),
        (AnswerValues(AnswerState.DECLINED), ItemState.DONE),
        (AnswerValues(AnswerState.NOT_ASKED), ItemState.OPEN),
        (AnswerValues(AnswerState.NOT_APPLICABLE, reason="x"), ItemState.NOT_APPLICABLE),
        (AnswerValues(values={"on": {"missing": "unknown"}}), ItemState.DONE),
        (AnswerValues(values={"on": {"missing": "not_asked"}}), ItemState.OPEN),
        (AnswerValues(AnswerState.CLEARED), ItemState.OPEN),
    ],
)
def test_reasons_for_a_missing_value(answer, state):
    known = gather(items_by_code([SMALL]), {"K01": answer})
    view = state_of(SMALL.by_code["K01"], known, SMALL.by_code)
    assert view.state == state
    assert view.without_value == (state == ItemState.DONE)
    assert progress(SMALL, known).without_value == (state == ItemState.DONE)


def test_what_people_marked_as_not_applicable_is_counted_apart():
    counts = progress(SMALL, Known({"K01": AnswerValues(AnswerState.NOT_APPLICABLE, reason="x")}, {"children": 0}))
    assert (counts.total, counts.not_applicable) == (3, 1)


def test_a_signature_is_not_there_before_it_is_signed():
    prepared = Known({"K06": AnswerValues(values={"form": {"state": "prepared"}})})
    assert states(prepared)["K06"] == "open"
    assert str(next(gap.why for gap in missing(SMALL, prepared) if gap.code == "K06")) == "noch nicht unterschrieben"
    assert states(Known({"K06": AnswerValues(values={"form": {"state": "signed_on_paper"}})}))["K06"] == "done"


def test_the_way_of_a_stage():
    answers = {"K01": DAY, "K02": AnswerValues(values={"kind": "A"})}
    assert assess(SMALL, Known(answers)).stage == StageState.IN_PROGRESS
    answers["K06"] = AnswerValues(values={"form": {"state": "signed"}})
    assert assess(SMALL, Known(answers)).stage == StageState.FINISHED
    assert assess(SMALL, Known(answers, {"children": 1})).stage == StageState.IN_PROGRESS
    waived = assess(SMALL, Known(answers, {"direct_jobcenter": True}))
    assert (waived.stage, waived.missing()) == (StageState.WAIVED, ())


def test_open_soll_items_never_hold_a_stage():
    signed = AnswerValues(values={"form": {"state": "signed"}})
    answers = {"K01": DAY, "K02": AnswerValues(values={"kind": "A"}), "K06": signed}
    assert assess(SMALL, Known(answers)).can_finish
    assert missing(SMALL, Known(answers), Level.RECOMMENDED)


def test_a_record_elsewhere_answers_and_goes_before_the_stored_answer():
    own = {"K01": AnswerValues(values={"on": "2026-01-01"}, note="Anruf")}
    known = gather(
        items_by_code([SMALL]), own, {"K01": DerivedAnswer({"on": "2026-11-22"}, "Aufenthaltsakte", date(2026, 11, 22))}
    )
    view = state_of(SMALL.by_code["K01"], known, SMALL.by_code)
    assert (view.state, view.answer.values, view.answer.note) == (ItemState.DONE, {"on": "2026-11-22"}, "Anruf")
    assert view.derived.source == "Aufenthaltsakte"


def test_a_stored_answer_fills_what_the_record_leaves_open():
    own = {"K02": AnswerValues(values={"kind": "A", "note": "lt. Karte"})}
    known = gather(
        items_by_code([SMALL]), own, {"K02": DerivedAnswer({"kind": "B", "until": "2027-01-14"}, "Aufenthaltsakte")}
    )
    assert known.answers["K02"].values == {"kind": "B", "until": "2027-01-14", "note": "lt. Karte"}


def test_informing_the_person_and_handing_out_the_copy_are_two_moments():
    handover = definitions()["handover"]
    known = Known({"U12": AnswerValues(values={"informed_on": "2026-11-20"})})
    view = state_of(handover.by_code["U12"], known, handover.by_code)
    assert (view.state, [item.code for item in view.blocked_by]) == (ItemState.BLOCKED, ["U13"])
    nothing = state_of(handover.by_code["U12"], Known(), handover.by_code)
    assert nothing.state == ItemState.OPEN


def test_an_item_without_required_fields_is_open_until_one_is_filled():
    a12 = definitions()["intake"].by_code["A12"]
    assert state_of(a12, Known(), {}).state == ItemState.OPEN
    assert state_of(a12, Known({"A12": AnswerValues(values={"phone": "0151 1"})}), {}).state == ItemState.DONE


def test_a_list_of_forty_items_is_judged_in_well_under_a_millisecond():
    lists = tuple(definitions().values())
    own = {code: AnswerValues(values={"entries": "0"}) for code in items_by_code(lists)}
    known = gather(items_by_code(lists), own, {}, {"paper": "AGS", "children": 2, "age": 30})
    best = min(_seconds(known) for _ in range(5))
    assert best < 0.001


def _seconds(known: Known) -> float:
    began = time.process_time()
    judged = assess(definitions()["counselling"], known)
    assert judged.progress.total
    assert judged.missing()
    return time.process_time() - began


def test_items_without_a_value_are_counted_apart_by_their_reason():
    own = {
        "K01": AnswerValues(AnswerState.UNKNOWN),
        "K02": AnswerValues(values={"kind": "B", "until": {"missing": "declined"}, "note": {"missing": "declined"}}),
        "K04": AnswerValues(AnswerState.NOT_APPLICABLE, reason="kein Bedarf"),
        "K05": AnswerValues(AnswerState.NOT_ASKED),
        "K06": AnswerValues(AnswerState.CLEARED),
        "K03": AnswerValues(AnswerState.UNKNOWN),
    }
    known = gather(items_by_code([SMALL]), own, facts={"children": 0})
    assert assess(SMALL, known).apart == {"unknown": 1, "declined": 1, "not_applicable": 1, "not_asked": 1}
    assert assess(SMALL, Known()).apart == {}
